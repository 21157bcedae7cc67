"""The exit code of an answer: which values without a number are bad news for a script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX

if TYPE_CHECKING:
    from kpi_tui.book import Book

NO_NUMBER = (Reason.ERROR, Reason.NO_TABLE, Reason.NO_COLUMN, Reason.UNKNOWN)
"""Reasons that are bad news for a script: something must be mended before there can be a number."""


def exit_code(book: Book, values: Sequence[Value]) -> ExitCode:
    """PROBLEM when a number could not be computed. TableError (exit 4) when its table cannot be read."""
    demand_data(book, values)
    return ExitCode.PROBLEM if any(value.reason in NO_NUMBER for value in values) else ExitCode.OK


def demand_data(book: Book, values: Iterable[Value]) -> None:
    """TableError (exit 4) when a shown value is missing because its table cannot be read."""
    missing = {value.metric for value in values if value.reason in (Reason.ERROR, Reason.NO_TABLE)}
    metrics = {metric.removesuffix(GROWTH_SUFFIX) for metric in missing} & set(book.workspace.metrics)
    # A table nobody declared is simply not there; only a declared one can be unreadable.
    wanted = sorted(
        {table for metric in metrics for table in book.numbers.tables_of(metric)} & set(book.workspace.tables)
    )
    if not wanted:
        return
    unreadable = book.data.unreadable()
    for table in wanted:
        if table in unreadable:
            raise unreadable[table]
