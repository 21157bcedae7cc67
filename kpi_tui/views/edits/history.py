"""Who changed what and when: of one target, of one cell, of many (R009, R038)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpi_tui.definitions.edit import Change
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.text.terms import CHANGES
from kpi_tui.views.cells import NumberCell, Tone, text
from kpi_tui.views.edits.edited_cell import cell_holder, cell_name, cell_unit
from kpi_tui.views.edits.own_reasons import reason_of, told_reason
from kpi_tui.views.reasons import term
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Sheet, View, listed


def set_by(target: Target, space: Workspace) -> Word:
    """`ann 2026-09-28 09:00 “agreed” (after the period)` (R009)."""
    late = phrase("(after the period)") if target.late else ""
    why = joined("“", told_reason(target.why, space), "”", between="") if target.why else ""
    return joined(target.by, moment(target.at), why, late, between=" ")


def moment(stamp: str) -> str:
    """An ISO time to the minute."""
    return stamp[:16].replace("T", " ")


def history(found: Sequence[Change], key: TargetKey, space: Workspace) -> Sheet:
    """Who changed this cell, newest first."""
    whose = joined(cell_name(space, key), cell_holder(space, key), between=" · ")
    lines = _changes(found[::-1], space, phrase("History of {metric}", metric=whose))
    return lines.only("at", "who", "period", "from", "to", "remark")


def changes(found: Sequence[Change], space: Workspace, none: Word = "") -> View:
    """Edits of targets or typed numbers in the order given (R038); `none` is said when there are none."""
    lines = _changes(found, space, none="" if found else none)
    shown = lines.only("at", "who", "kind", "role", "metric", "period", "from", "to", "why")
    return View(sheets=(shown,), data=[change_data(change) for change in found])


def _changes(found: Iterable[Change], space: Workspace, title: Word = "", none: Word = "") -> Sheet:
    def amount(value: float | None, change: Change, tone: Tone = "") -> NumberCell:
        return NumberCell(value, cell_unit(space, TargetKey(change.role, change.metric)), tone)

    def remark(change: Change) -> Word:
        return joined(phrase("late") if change.late else "", reason_of(change, space), between=" ")

    return listed(
        found,
        [
            (Column("at", phrase("When"), width=16), lambda c: text(f"{c.at:%Y-%m-%d %H:%M}", exact=_stamp(c))),
            (Column("who", phrase("Who")), lambda c: text(c.who)),
            (Column("kind", phrase("What")), lambda c: text(term(CHANGES, c.kind), "muted", c.kind)),
            (Column("role", phrase("Role")), lambda c: text(c.role)),
            (Column("metric", phrase("Metric")), lambda c: text(c.metric)),
            (Column("period", phrase("Period")), lambda c: text(c.period, "muted")),
            (Column("from", phrase("Was"), right=True), lambda c: amount(c.before, c)),
            (Column("to", phrase("New"), right=True), lambda c: amount(c.after, c, "strong")),
            (Column("why", phrase("Why")), lambda c: text(told_reason(c.why, space), "muted", c.why)),
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
