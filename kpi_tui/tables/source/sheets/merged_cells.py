"""Cells merged over several rows: which columns and rows they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpi_tui.tables.source.xlsx_sheet_facts import column_number

_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class MergedCell:
    """A range of cells of which the first has the value; rows and columns as Excel counts them."""

    said: str
    column: int
    first: int
    last: int


def merged_cells(ranges: Iterable[str], below: int) -> tuple[MergedCell, ...]:
    """Those of the ranges that lie in row `below` or under it: above it are titles and the header."""
    found = (_RANGE.fullmatch(one) for one in ranges)
    cells = (MergedCell(at[0], column_number(at[1].encode()), int(at[2]), int(at[4])) for at in found if at)
    return tuple(one for one in cells if one.first >= below)


def over_rows(
    cells: Iterable[MergedCell], first_column: int, columns: Sequence[str]
) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Column -> first and last row of its cells that are merged over several rows."""
    found: dict[str, list[tuple[int, int]]] = {}
    for one in cells:
        if one.last > one.first and 0 <= (at := one.column - first_column) < len(columns):
            found.setdefault(columns[at], []).append((one.first, one.last))
    return {name: tuple(sorted(rows)) for name, rows in found.items()}
