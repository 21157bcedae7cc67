"""What a file of targets keeps of its cells as they were when it was written, so that it can be read back (R038)."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_tui.views.cells import TextCell, text
from kpi_tui.views.view import Column


def exported_column() -> Column:
    """Out of sight in a workbook, the last column of a csv."""
    return Column("exported", hidden=True, back=True)


def exported(cells: Mapping[str, float | None]) -> TextCell:
    """`2026-10=0.28 2026-11=`: the cells of a row by period, exactly; one row of a sorted sheet keeps its own."""
    return text(" ".join(f"{period}={'' if value is None else repr(value)}" for period, value in cells.items()))
