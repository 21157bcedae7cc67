"""What was edited: who set a target, what differs from the file, its history, a conflict, what a save or undo did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpi_tui.definitions.edit import Change
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import BothNames, Word, joined, phrase, phrases
from kpi_tui.views.cells import NumberCell, TextCell, Tone, text
from kpi_tui.views.names import factor_name, holder_name, target_name, target_unit
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Row, Sheet, View, listed, sheet

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
    return phrase("typed by hand") if key.role == COUNTS else BothNames(holder_name(space, key))


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
    columns = [
        Column("role", phrase("Role"), most=16, drop=1),
        Column("metric", phrase("Metric"), flex=1, least=12),
        Column("period", phrase("Period"), most=12),
        Column("old", phrase("Saved"), most=14, right=True),
        Column("arrow", width=1, csv=False),
        Column("new", phrase("New"), most=14, right=True),
    ]
    rows = []
    for (period, key), (old, new) in pending.items():
        unit = cell_unit(space, key)
        whose, what = text(cell_holder(space, key), "muted", key.role), text(cell_name(space, key), exact=key.metric)
        step = NumberCell(old, unit), TextCell("→"), NumberCell(new, unit, "changed")
        rows.append(Row(f"{period} {cell_key(key)}", (whose, what, text(period, "muted"), *step)))
    return sheet(columns, rows, phrase("Differences to the saved targets: {count}", count=len(rows)), key="differences")


def clashes(found: Iterable[Clash], choices: Mapping[str, str], space: Workspace) -> Sheet:
    """Both sides of every contested cell, and the one chosen (row key -> `mine` or `theirs`)."""
    columns = [
        Column("metric", phrase("Metric"), flex=2, least=12),
        Column("was", phrase("Was"), most=12, right=True),
        Column("mine", phrase("Mine"), most=12, right=True),
        Column("theirs", phrase("Theirs"), most=12, right=True),
        Column("who", phrase("Who"), flex=1, least=8),
        Column("choice", phrase("Keep"), width=8),
    ]
    return sheet(columns, [_sides(clash, choices.get(clash.row_key, ""), space) for clash in found], key="clashes")


def _sides(clash: Clash, choice: str, space: Workspace) -> Row:
    def side(value: float | None, which: str) -> NumberCell:
        return NumberCell(value, cell_unit(space, clash.key), "strong" if choice == which else "")

    other = clash.theirs
    names = {MINE: joined("●", phrase("mine"), between=" "), THEIRS: joined("●", phrase("theirs"), between=" ")}
    cells = (
        text(cell_name(space, clash.key)),
        NumberCell(clash.base, cell_unit(space, clash.key), "muted"),
        side(clash.mine, MINE),
        side(other.value if other else None, THEIRS),
        text(joined(other.by, moment(other.at), other.why, between=" ") if other else "", "muted"),
        text(names.get(choice, "?"), "changed"),
    )
    return Row(clash.row_key, cells)


# --- history -------------------------------------------------------------------------------------------
def history(found: Sequence[Change], key: TargetKey, space: Workspace) -> Sheet:
    """Who changed this cell, newest first."""
    whose = joined(cell_name(space, key), cell_holder(space, key), between=" · ")
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
