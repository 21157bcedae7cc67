"""What was edited: who set a target, what differs from the file, its history, a conflict, what a save or undo did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.target import Change, Target, TargetKey
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import BothNames, Word, joined, phrase, phrases
from kpi_tui.views.cells import NumberCell, TextCell, Tone, text
from kpi_tui.views.names import factor_name, holder_name, target_name, target_unit
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Sheet, View, listed

Pending = Mapping[tuple[str, TargetKey], tuple[float | None, float | None]]
"""Unsaved cells: (period id, key) -> (value as last seen in the file, new value)."""

COUNTS = "counts"
"""Whose cells the numbers typed by hand are."""
CHANGED = "✎"
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that two people changed: what both saw first, what the other saved, what I typed. `folder`: whose file."""

    folder: str
    period: str
    key: TargetKey
    base: float | None
    mine: float | None
    theirs: Target | None

    @property
    def row_key(self) -> str:
        """Key of its row."""
        return f"{self.period} {cell_key(self.key)}"


def cell_key(key: TargetKey) -> str:
    """Row key of a cell."""
    return f"{key.role}/{key.metric}"


def cell_at(row_key: str) -> TargetKey | None:
    """The cell behind a row key; ids hold no slash."""
    role, _slash, metric = row_key.partition("/")
    return TargetKey(role, metric) if metric else None


def cell_name(space: Workspace, key: TargetKey) -> Word:
    """What is aimed at, or counted by hand."""
    return factor_name(space, key.metric) if key.role == COUNTS else target_name(space, key)


def cell_unit(space: Workspace, key: TargetKey) -> str:
    """The unit of a cell."""
    return "count" if key.role == COUNTS else target_unit(space, key)


def cell_holder(space: Workspace, key: TargetKey) -> Word:
    """Whose cell it is: a role, a person, a chain, or nobody's for a count."""
    return phrase("typed by hand") if key.role == COUNTS else holder_name(space, key)


# --- sentences -----------------------------------------------------------------------------------------
def unsaved(count: int) -> Word:
    """`✎ 3 unsaved`; nothing when all is saved."""
    return joined(CHANGED, phrases("{count} unsaved", "{count} unsaved", count), between=" ") if count else ""


def set_by(target: Target) -> Word:
    """`ann 2026-09-28 09:00 “agreed” (after the period)` (R009)."""
    late = phrase("(after the period)") if target.late else ""
    return joined(target.by, moment(target.at), f"“{target.why}”" if target.why else "", late, between=" ")


def moment(stamp: str) -> str:
    """An ISO time to the minute."""
    return stamp[:16].replace("T", " ")


def saved(changes: Sequence[Change], space: Workspace) -> Word:
    """`Saved 3 targets · ann 2026-10-31 09:00: Buy-back rate 28.0 % → 30.0 %`: how many, and who changed what last."""
    if any(change.role == COUNTS for change in changes):
        count = phrases("Saved {count} number", "Saved {count} numbers", len(changes))
    else:
        count = phrases("Saved {count} target", "Saved {count} targets", len(changes))
    if not changes:
        return count
    last = changes[-1]
    key = TargetKey(last.role, last.metric)
    unit = cell_unit(space, key)
    step = joined(cell_name(space, key), Quantity(last.before, unit), "→", Quantity(last.after, unit), between=" ")
    return joined(count, joined(f"{last.who} {last.at:%Y-%m-%d %H:%M}:", step, between=" "), between=" · ")


def step(result: Sequence[Change] | str, space: Workspace) -> Word:
    """What an undo or redo touched: `2026-W44 B Visitors +2`, or how many saved targets."""
    if not isinstance(result, str):
        return phrase("{count} saved targets", count=len(result))
    period, role, rest = (*result.split(" ", 2), "", "")[:3]
    metric, _space, more = rest.partition(" ")
    return joined(period, cell_name(space, TargetKey(role, metric)), more, between=" ") if metric else result


# --- sheets --------------------------------------------------------------------------------------------
def differences(pending: Pending, space: Workspace) -> Sheet:
    """Every unsaved cell: saved value → new value. A row's key is its period and its cell."""
    cells = [(period, key, cell_unit(space, key), old, new) for (period, key), (old, new) in pending.items()]
    return listed(
        cells,
        [
            (Column("role", phrase("Role"), most=16, drop=1), lambda c: text(_whose(space, c[1]), "muted", c[1].role)),
            (
                Column("metric", phrase("Metric"), flex=1, least=12),
                lambda c: text(cell_name(space, c[1]), exact=c[1].metric),
            ),
            (Column("period", phrase("Period"), most=12), lambda c: text(c[0], "muted")),
            (Column("old", phrase("Saved"), most=14, right=True), lambda c: NumberCell(c[3], c[2])),
            (Column("arrow", width=1, csv=False), lambda _cell: TextCell("→")),
            (Column("new", phrase("New"), most=14, right=True), lambda c: NumberCell(c[4], c[2], "changed")),
        ],
        lambda c: f"{c[0]} {cell_key(c[1])}",
        phrase("Differences to the saved targets: {count}", count=len(cells)),
        name="differences",
    )


def clashes(found: Iterable[Clash], choices: Mapping[str, str], space: Workspace) -> Sheet:
    """Both sides of every contested cell, and the one chosen (row key -> `mine` or `theirs`)."""
    names = {MINE: joined("●", phrase("mine"), between=" "), THEIRS: joined("●", phrase("theirs"), between=" ")}

    def side(value: float | None, clash: Clash, which: str) -> NumberCell:
        tone: Tone = "muted" if not which else "strong" if choices.get(clash.row_key) == which else ""
        return NumberCell(value, cell_unit(space, clash.key), tone)

    def other(theirs: Target | None) -> Word:
        return joined(theirs.by, moment(theirs.at), theirs.why, between=" ") if theirs else ""

    return listed(
        found,
        [
            (Column("metric", phrase("Metric"), flex=2, least=12), lambda c: text(cell_name(space, c.key))),
            (Column("was", phrase("Was"), most=12, right=True), lambda c: side(c.base, c, "")),
            (Column("mine", phrase("Mine"), most=12, right=True), lambda c: side(c.mine, c, MINE)),
            (
                Column("theirs", phrase("Theirs"), most=12, right=True),
                lambda c: side(c.theirs.value if c.theirs else None, c, THEIRS),
            ),
            (Column("who", phrase("Who"), flex=1, least=8), lambda c: text(other(c.theirs), "muted")),
            (
                Column("choice", phrase("Keep"), width=8),
                lambda c: text(names.get(choices.get(c.row_key, ""), "?"), "changed"),
            ),
        ],
        lambda clash: clash.row_key,
        name="clashes",
    )


# --- history -------------------------------------------------------------------------------------------
def history(found: Sequence[Change], key: TargetKey, space: Workspace) -> Sheet:
    """Who changed this cell, newest first."""
    whose = joined(cell_name(space, key), _whose(space, key), between=" · ")
    lines = _changes(found[::-1], space, phrase("History of {metric}", metric=whose))
    return lines.only("at", "who", "period", "from", "to", "remark")


def changes(found: Sequence[Change], space: Workspace, none: Word = "") -> View:
    """Edits of targets or typed numbers in the order given (spec R038); `none` is said when there are none."""
    lines = _changes(found, space, none="" if found else none)
    shown = lines.only("at", "who", "kind", "role", "metric", "period", "from", "to", "why")
    return View(sheets=(shown,), data=[change_data(change) for change in found])


def _changes(found: Iterable[Change], space: Workspace, title: Word = "", none: Word = "") -> Sheet:
    def amount(value: float | None, change: Change, tone: Tone = "") -> NumberCell:
        return NumberCell(value, cell_unit(space, TargetKey(change.role, change.metric)), tone)

    def remark(change: Change) -> Word:
        return joined(phrase("late") if change.late else "", change.why or change.kind, between=" ")

    return listed(
        found,
        [
            (Column("at", phrase("When"), width=16), lambda c: text(f"{c.at:%Y-%m-%d %H:%M}", exact=_stamp(c))),
            (Column("who", phrase("Who")), lambda c: text(c.who)),
            (Column("kind", phrase("What")), lambda c: text(c.kind, "muted")),
            (Column("role", phrase("Role")), lambda c: text(c.role)),
            (Column("metric", phrase("Metric")), lambda c: text(c.metric)),
            (Column("period", phrase("Period")), lambda c: text(c.period, "muted")),
            (Column("from", phrase("From"), right=True), lambda c: amount(c.before, c)),
            (Column("to", phrase("To"), right=True), lambda c: amount(c.after, c, "strong")),
            (Column("why", phrase("Why")), lambda c: text(c.why, "muted")),
            (Column("remark", phrase("Why"), flex=1, least=8), lambda c: text(remark(c), "muted")),
        ],
        lambda change: change.id,
        title,
        [none],
        "history",
    )


def change_data(change: Change) -> Record:
    """The JSON of one line of the history."""
    named = (
        "who",
        "account",
        "role",
        "metric",
        "period",
        "from=before",
        "to=after",
        "why",
        "kind",
        "late",
        "id",
        "batch",
    )
    return {"at": _stamp(change), **record(change, *named)}


def _stamp(change: Change) -> str:
    return change.at.isoformat(timespec="seconds")


def _whose(space: Workspace, key: TargetKey) -> Word:
    name = cell_holder(space, key)
    return BothNames(name) if isinstance(name, Text) else name
