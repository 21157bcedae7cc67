"""Who stayed: a triangle of shares, empty beyond the end of the data (R129)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kpi_tui.definitions.answers.cohort import Cohort
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.cells import Cell, NumberCell, text
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Columns, Sheet, View, listed

FIRST = 8
"""Days that every terminal shows; the later ones leave where room is short."""


def cohorts(found: Sequence[Cohort]) -> View:
    """The triangle and what its days mean."""
    note = phrase(
        "+n: share of the users active on the n-th day after registration; empty: the data do not reach it yet"
    )
    return View(sheets=(cohort_sheet(found, note),), data=cohorts_data(found))


def cohort_sheet(found: Sequence[Cohort], *notes: Word) -> Sheet:
    """One line per cohort, one column per day after registration."""
    columns: Columns[Cohort] = [
        (Column("cohort", phrase("Cohort")), lambda one: text(one.period.id)),
        (Column("size", phrase("Users"), right=True), lambda one: NumberCell(one.size)),
        *(_day(found, day) for day in range(len(found[0].kept) if found else 0)),
        (Column("detail"), lambda one: text(one.detail, "muted")),
    ]
    return listed(found, columns, lambda one: one.period.id, notes=notes, name="cohorts")


def _day(found: Sequence[Cohort], day: int) -> tuple[Column, Callable[[Cohort], Cell]]:
    """A day that the data do not reach for any cohort is for csv only."""
    drop, unknown = max(day - FIRST + 1, 0), all(one.kept[day] is None for one in found)
    column = Column(f"day_{day}", f"+{day}", right=True, drop=drop, hidden=unknown)
    return column, lambda one: NumberCell(one.kept[day], "percent", blank=True)


def cohorts_data(found: Sequence[Cohort]) -> list[Record]:
    """The JSON of the triangle."""
    return [record(one, "cohort=period", "size", "kept", "detail") for one in found]
