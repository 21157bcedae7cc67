"""Edits of definitions in words: which key of what, its values, what is unsaved, who changed it (R009, R038)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kpi_tui.definitions.edit import CellValue, Change, KeyPath
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.text.terms import LIFE_STAGES, METHODS, STAGES
from kpi_tui.views.cells import text
from kpi_tui.views.design.advice import PRINCIPLES
from kpi_tui.views.design.plan import TEXTS
from kpi_tui.views.design.posts import FIELDS, TYPES
from kpi_tui.views.edits.own_reasons import reason_of
from kpi_tui.views.names import metric_name, owner_name, table_name
from kpi_tui.views.reasons import known, term
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Sheet, View, listed

BETWEEN = " › "
Pending = Mapping[tuple[str, KeyPath], tuple[CellValue, CellValue]]
"""Unsaved keys: (period id or "", path) -> (value in the file, new value)."""
_KEYS = {
    "weight": N_("weight"),
    "method": N_("method"),
    "options": N_("numbers of the method"),
    "steps": N_("steps"),
    "mode": N_("mode"),
    "lines": N_("Lines"),
    "roles": N_("Posts"),
    "off": N_("switched off"),
    "bonus_base": N_("bonus base"),
    "preset": N_("preset"),
    "grain": N_("period"),
    "confirm": N_("to be confirmed"),
    **FIELDS,
    **TEXTS,
    **PRINCIPLES,
}
_SECTIONS = {
    "north_star": N_("North star"),
    "candidates": N_("Chosen metrics"),
    "modules": N_("Modules"),
    "bonus": N_("Bonus"),
}


def definition_name(path: KeyPath, space: Workspace) -> Word:
    """`Promotion › New users › weight`: a key of the TOML by the names of what it leads through."""
    section, *keys = path
    if section in ("roles", "people"):
        first: list[Word] = [owner_name(space, keys[0])] if keys else [known(_KEYS["roles"])]
        return joined(*first, *(_key(key, space) for key in _told_keys(keys[1:])), between=BETWEEN)
    if section == "tables":
        table = table_name(space, keys[0]) if keys else Text(section)
        return joined(table, *(_key(key, space) for key in keys[1:] if key != "sources"), between=BETWEEN)
    if section == "stages":
        return joined(
            *(term(LIFE_STAGES, key) if n == 0 else _key(key, space) for n, key in enumerate(keys)), between=BETWEEN
        )
    return joined(term(_SECTIONS, section), *(_key(key, space) for key in keys), between=BETWEEN)


def _told_keys(keys: Sequence[str]) -> list[str]:
    """The keys of a role without those that only lead to others."""
    return [key for n, key in enumerate(keys, 1) if key not in ("lines", "principles") or n == len(keys)]


def _key(key: str, space: Workspace) -> Word:
    return metric_name(space, key) if key in space.metrics else term(_KEYS, key)


def definition_value(value: CellValue, space: Workspace) -> Word:
    """A value of the TOML in words; a dash where there is nothing."""
    if value is None or value in ("", [], {}):
        return DASH
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return Quantity(float(value), "weight", digits=_decimals(value))
    if isinstance(value, Mapping):
        return _table(value, space)
    if isinstance(value, list | tuple):
        return _list(value, space)
    return _name(str(value), space)


def _decimals(value: float) -> int | None:
    """As many as were typed, where the usual one would hide some."""
    written = f"{value:.6f}".rstrip("0").partition(".")[2]
    return len(written) if len(written) > 1 else None


def _name(value: str, space: Workspace) -> Word:
    if value in space.metrics:
        return metric_name(space, value)
    if value in space.roles or value in space.people:
        return owner_name(space, value)
    shelves = {**space.categories, **space.switched_off}
    if value in shelves:
        return shelves[value].name
    return in_words(value)


def in_words(value: str) -> Word:
    """What a word of the TOML that stands for a choice is called; any other text as it is."""
    words = {**STAGES, **TYPES, **METHODS}
    return known(words[value]) if value in words else value


def _table(value: Mapping[str, Any], space: Workspace) -> Word:
    if value.keys() <= {"en", "zh", "of"}:
        return Text(str(value.get("en", "")), str(value.get("zh", "")))
    if "lines" in value:
        return _lines(value["lines"])
    if "weight" in value:
        return definition_value(value["weight"], space)
    if "roles" in value:
        return definition_value(value["roles"], space)
    return joined(*(joined(key, definition_value(one, space), between="=") for key, one in value.items()), between=", ")


def _list(value: Sequence[Any], space: Workspace) -> Word:
    if all(isinstance(one, Mapping) and "metric" in one for one in value):
        return _lines(value)
    if all(isinstance(one, Mapping) and one.keys() == {"attainment", "effect"} for one in value):
        steps = (
            joined(
                Quantity(one["attainment"], "percent", digits=0),
                Quantity(one["effect"], "effect", signed=True),
                between=" → ",
            )
            for one in value
        )
        return joined(*steps, between=", ")
    return joined(*(definition_value(one, space) for one in value), between=", ")


def _lines(lines: Sequence[Any]) -> Word:
    return phrases("{count} line", "{count} lines", len(lines))


def both_values(before: CellValue, after: CellValue, space: Workspace) -> tuple[Word, Word]:
    """A value before and after, in words; of lines in another order, which of them stood where."""
    if _are_sentences(before) or _are_sentences(after):
        return _agreed_with(before, after, space), _agreed_with(after, before, space)
    orders = _order(before), _order(after)
    if orders[0] == orders[1] or sorted(orders[0]) != sorted(orders[1]):
        return definition_value(before, space), definition_value(after, space)
    moved = next((one for one in orders[0] if _without(one, orders[0]) == _without(one, orders[1])), "")
    if not moved:
        first, then = (joined(*(metric_name(space, one) for one in order), between=", ") for order in orders)
        return first, then
    name = metric_name(space, moved)
    was, now = (phrase("line {place}: {metric}", place=order.index(moved) + 1, metric=name) for order in orders)
    return was, now


def _are_sentences(value: CellValue) -> bool:
    """What is to be confirmed: texts in both languages."""
    return isinstance(value, list | tuple) and any(isinstance(one, Mapping) and "en" in one for one in value)


def _agreed_with(value: CellValue, other: CellValue, space: Workspace) -> Word:
    """The sentences that stand on this side alone; `agreed` where they stand on the other."""
    there, others = (one if isinstance(one, list | tuple) else () for one in (value, other))
    alone = [one for one in there if one not in others]
    return joined(*(definition_value(one, space) for one in alone), between=" · ") if alone else phrase("agreed")


def _order(value: CellValue) -> list[str]:
    """The metrics of lines, in their order; of anything else nothing."""
    lines = value if isinstance(value, list | tuple) else ()
    return [str(one["metric"]) for one in lines if isinstance(one, Mapping) and "metric" in one]


def _without(metric: str, order: Sequence[str]) -> list[str]:
    return [one for one in order if one != metric]


# --- unsaved, saved ------------------------------------------------------------------------------------
def unsaved_definitions(pending: Pending, space: Workspace) -> Sheet:
    """Every unsaved key: as the file says it → as it is now."""
    return listed(
        list(pending.items()),
        [
            (Column("what", phrase("What"), flex=1, least=16), lambda one: text(definition_name(one[0][1], space))),
            (Column("since", phrase("Since"), most=10), lambda one: text(one[0][0], "muted")),
            (Column("old", phrase("Saved"), most=28), lambda one: text(both_values(*one[1], space)[0])),
            (Column("arrow", width=1, csv=False), lambda _one: text("→")),
            (Column("new", phrase("New"), most=28), lambda one: text(both_values(*one[1], space)[1], "changed")),
        ],
        lambda one: ".".join(one[0][1]),
        phrase("Differences to the saved definitions: {count}", count=len(pending)),
        name="differences",
    )


def saved_definitions(changes: Sequence[Change], space: Workspace) -> Word:
    """`Saved 2 definitions · ann 2026-10-31 09:00: Promotion › New users › weight 35 → 40`."""
    count = phrases("Saved {count} definition", "Saved {count} definitions", len(changes))
    if not changes:
        return count
    last = changes[-1]
    step = joined(definition_name(last.key, space), _step(last, space), between=" ")
    return joined(count, joined(f"{last.who} {last.at:%Y-%m-%d %H:%M}", step, between=": "), between=" · ")


def _step(change: Change, space: Workspace) -> Word:
    return joined(*both_values(change.before, change.after, space), between=" → ")


def touched(paths: Iterable[KeyPath], space: Workspace) -> Word:
    """What an undo or redo touched: the first key, and how many more."""
    first, *more = paths
    return joined(definition_name(first, space), f"+{len(more)}" if more else "", between=" ")


# --- history -------------------------------------------------------------------------------------------
def definition_changes(changes: Sequence[Change], space: Workspace, none: Word = "") -> View:
    """Who changed which key since when, in the order given; `none` is said where nobody did."""

    def values(change: Change) -> tuple[Word, Word]:
        return both_values(change.before, change.after, space)

    def remark(change: Change) -> Word:
        return reason_of(change, space)

    def since(change: Change) -> Word:  # where the reason has no room, here it is still seen to be late
        return joined(change.since, phrase("late") if change.late else "", between=" ")

    found = listed(
        changes,
        [
            (Column("at", phrase("When"), width=16), lambda c: text(f"{c.at:%Y-%m-%d %H:%M}", exact=c.at.isoformat())),
            (Column("who", phrase("Who"), most=12), lambda c: text(c.who)),
            (Column("what", phrase("What"), flex=1, least=16), lambda c: text(definition_name(c.key, space))),
            (
                Column("since", phrase("Since"), least=16, most=18),
                lambda c: text(since(c), "near" if c.late else "muted", c.since),
            ),
            (Column("from", phrase("Was"), most=24), lambda c: text(values(c)[0])),
            (Column("to", phrase("New"), most=24), lambda c: text(values(c)[1], "strong")),
            (Column("why", phrase("Why"), most=24, drop=1), lambda c: text(remark(c), "muted")),
        ],
        lambda change: change.id,
        phrase("History of the definitions"),
        [] if changes else [none],
        "history",
    )
    return View(sheets=(found,), data=[change_data(change) for change in changes])


def late_sentences(changes: Sequence[Change], space: Workspace) -> list[Word]:
    """A sentence for each save that reached into a period that was over: what, who, when, why (R009)."""
    saved: dict[str, list[Change]] = {}
    for one in changes:
        saved.setdefault(one.batch, []).append(one)
    return [
        phrase(
            "Changed after the period was over: {what} ({who}, {day}: {why})",
            what=touched((one.key for one in some), space),
            who=some[0].who,
            day=str(some[0].at.date()),
            why=some[0].why,
        )
        for some in saved.values()
    ]


def change_data(change: Change) -> Record:
    """The JSON of one line of the history of definitions."""
    return {
        "at": change.at.isoformat(timespec="seconds"),
        **record(change, "who", "account"),
        "path": list(change.key),
        **record(change, "since"),
        "from": change.before,
        "to": change.after,
        **record(change, "why", "kind", "late", "id", "batch"),
    }
