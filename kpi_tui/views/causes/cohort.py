"""Who stayed: a triangle of shares, empty beyond the end of the data (spec R129)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.cohort import Cohort
from kpi_tui.text.phrase import phrase
from kpi_tui.views.cells import Cell, NumberCell, text
from kpi_tui.views.view import Column, Row, View, sheet

FIRST = 8
"""Days that every terminal shows; the later ones leave where room is short."""


def cohorts(found: Sequence[Cohort]) -> View:
    """One line per cohort, one column per day after registration."""
    days = range(len(found[0].kept) if found else 0)
    columns = [
        Column("cohort", phrase("Cohort")),
        Column("size", phrase("Users"), right=True),
        *(Column(f"day_{day}", f"+{day}", right=True, drop=0 if day < FIRST else day) for day in days),
        Column("detail"),
    ]
    rows = [Row(cohort.period.id, _cells(cohort)) for cohort in found]
    note = phrase(
        "+n: share of the users active on the n-th day after registration; empty: the data do not reach it yet"
    )
    return View(sheets=(sheet(columns, rows, notes=[note], key="cohorts"),), data=[_data(cohort) for cohort in found])


def _cells(cohort: Cohort) -> tuple[Cell, ...]:
    shares = (NumberCell(share, "percent", blank=True) for share in cohort.kept)
    return text(cohort.period.id), NumberCell(cohort.size), *shares, text(cohort.detail, "muted")


def _data(cohort: Cohort) -> dict[str, object]:
    return {"cohort": cohort.period.id, "size": cohort.size, "kept": list(cohort.kept), "detail": cohort.detail}
