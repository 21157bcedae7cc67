"""What is said of a column that rows do not have, of a filter they cannot be asked, and of too many rows."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.rows.counted_rows import RowsWish
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import nearest

MOST_AT_ONCE = 1_000_000
"""Rows of one answer: a sheet of a workbook holds hardly more, and each takes some kilobytes until it is written."""


def expect_few(rows: int, wish: RowsWish) -> None:
    """UsageError where all rows are wished for, and they are too many for one answer."""
    if wish.most is None and rows - wish.first > MOST_AT_ONCE:
        raise UsageError(
            say("more rows than one answer has: {rows:,} ({most:,} at most); keep fewer by a filter, or ask for a"
                " thousand at a time", rows=rows, most=MOST_AT_ONCE)
        )  # fmt: skip


def no_column(name: str, names: Sequence[str]) -> UsageError:
    """Which column was meant, or which there are."""
    if near := nearest(name, names):
        return UsageError(say("the rows have no column {column!r}; did you mean {near}?", column=name, near=near))
    return UsageError(say("the rows have no column {column!r}; they have {known}", column=name, known=listed(names)))


def not_asked(only: str, why: object) -> UsageError:
    """A filter that these rows cannot be asked."""
    return UsageError(say("{filter!r} cannot be asked of these rows: {why}", filter=only, why=why))
