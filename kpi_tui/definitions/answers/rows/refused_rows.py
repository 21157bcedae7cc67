"""The rows of files that did not arrive in a table: refused, filtered, copies."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.answers.rows.counted_rows import FIRST_ROWS, RowCell, RowColumn, RowsWish

REASON, FILE_NAME, FILE_ROW, WHOLE_LINE = "reason", "file", "file_row", "whole_line"
"""Columns beside those of the file: why a row did not arrive, in which file and line it stands; the line
itself, where it could not be taken apart."""


@dataclass(frozen=True, slots=True)
class RefusedRows:
    """A page of the rows of a table that did not arrive; cells of a file are texts, as it writes them.

    `reasons`: why, and how many rows, the most frequent first. `unread`: rows beside them that no reader could take
    apart, of which examples alone are known; those stand among the rows.
    """

    table: str
    columns: tuple[RowColumn, ...] = ()
    rows: tuple[tuple[RowCell, ...], ...] = ()
    total: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    unread: int = 0
    wish: RowsWish = FIRST_ROWS
