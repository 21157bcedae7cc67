"""Answers of `cohort`: a triangle of shares, empty beyond the end of the data (spec R129)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.cohort import Cohort
from kpi_tui.report.sheet import Cell, Column, Report, figure, sheet, word
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import _

FIRST = 8  # offsets that every terminal shows; the others need room
WIDTH = 9  # cells of a column


def cohorts_report(found: Sequence[Cohort]) -> Report:
    """One line per cohort, one column per day after registration."""
    days = len(found[0].kept) if found else 0
    columns = [Column("cohort", _("Cohort")), Column("size", _("Users"), right=True)]
    columns += [Column(f"day_{day}", f"+{day}", right=True, least=_least(day)) for day in range(days)]
    columns.append(Column("detail", ""))
    rows = [
        [
            word(cohort.period.id),
            figure(cohort.size, fmt.number(cohort.size, "count")),
            *(_cell(share) for share in cohort.kept),
            word(cohort.detail, "dim"),
        ]
        for cohort in found
    ]
    notes = [_("+n: share of the users active on the n-th day after registration; empty: the data do not reach it yet")]
    return Report([_data(cohort) for cohort in found], (sheet(columns, rows, notes=notes),))


def _least(day: int) -> int:
    return 0 if day < FIRST else 30 + (day + 1) * WIDTH


def _cell(share: float | None) -> Cell:
    return figure(share, "" if share is None else fmt.number(share, "percent"))


def _data(cohort: Cohort) -> dict[str, object]:
    return {"cohort": cohort.period.id, "size": cohort.size, "kept": list(cohort.kept), "detail": cohort.detail}
