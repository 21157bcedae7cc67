"""The rows behind a number: those of a measure's own table that were counted, or those a table refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Reading
    from kpi_tui.definitions.period import Period

PAGE_ROWS = 1_000
"""Rows that are shown at a time."""

COUNTED, COUNTED_IN = "counted", "counted_in"
"""Columns beside those of the table: what a measure counts of a row, where that is no column of its own; the period
that a row counts in, where there are several."""

RowCell = str | int | float | bool | date | None
"""What stands in a cell of a row; a moment is a `datetime`, which is a date."""


@dataclass(frozen=True, slots=True)
class RowsWish:
    """Which of the rows, in which order: `sort` is a column, "" by time and key; `only` a text that stands in a row, or
    a condition on its columns; `first` counts from 0; `most` is None for all of them."""

    sort: str = ""
    descending: bool = False
    only: str = ""
    first: int = 0
    most: int | None = PAGE_ROWS


FIRST_ROWS = RowsWish()
"""The first page, by time."""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of the rows. `of_file`: what the file calls it, where it takes it over as it is, or has it alone.

    `sorts`: whether rows can be sorted by it. `counted`: whether the measure counts or adds it.
    """

    name: str
    of_file: str = ""
    sorts: bool = True
    counted: bool = False


@dataclass(frozen=True, slots=True)
class CountedRows:
    """The rows that a measure of a metric counted in a period; `measures` are all it could be asked of.

    `columns` name the cells of every row. `total`: how many rows there are, of which `rows` are those from
    `wish.first` on. `without`: rows that the measure looked at and did not count, because they have no value.
    `where`: the condition of the question.
    """

    metric: str
    period: Period
    measure: Reading
    measures: tuple[Reading, ...]
    columns: tuple[RowColumn, ...] = ()
    rows: tuple[tuple[RowCell, ...], ...] = ()
    total: int = 0
    without: int = 0
    wish: RowsWish = FIRST_ROWS
    where: str = ""
