"""What is said of a column that a cut names and that nobody has, or of which a row may have several: which table was
asked, what is like it, what to ask instead."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import Message, either, listed, say
from kpi_tui.definitions.names import nearest_few

_SHOWN = 4
"""Metrics that are named."""


def unknown_column(table: str, columns: Iterable[str], known: Iterable[str]) -> UsageError:
    """No such column in a table nor, unless the table was named, in those it leads to; `known`: what there is."""
    named, there = list(columns), set(known)
    known = sorted(
        name for name in there if name.removesuffix("_day") == name or name.removesuffix("_day") not in there
    )
    near = list(dict.fromkeys(name for column in named for name in nearest_few(column, known)))
    hint = say("did you mean {names}?", names=either(near)) if near else say("`kpi-tui tables` lists the columns")
    return UsageError(say("{table} has no column {columns}; {hint}", table=table, columns=listed(named), hint=hint))


def unknown_table(table: str, other: str, columns: Iterable[str], known: Iterable[str]) -> UsageError:
    """A column of a table that no key of the asked one leads to; `known` are those that are reached."""
    reached = list(dict.fromkeys(known))
    near = nearest_few(other, reached)
    hint = (
        say("did you mean {names}?", names=either(near))
        if near
        else say("it leads to {tables}", tables=listed(reached))
    )
    return UsageError(
        say(
            "{table} leads to no {columns}; {hint}",
            table=table, columns=listed(f"{other}.{column}" for column in columns), hint=hint,
        )
    )  # fmt: skip


def not_supplied(columns: Iterable[str], table: str) -> Message:
    """Columns of a table, or of some of its sources, that are in no file."""
    return say("no file supplies {columns} of {table}", columns=listed(columns), table=table)


def several_of_a_row(table: str, columns: Iterable[str], holder: str, metrics: Iterable[str]) -> Message:
    """A column of rows that name one of the asked table (lines of an order): none of them is that of the order.

    `metrics`: those that are counted by these rows, and so can be cut by the column.
    """
    said = say(
        "{columns} is told by rows of {holder}, and one of {table} may have several of these",
        columns=listed(columns), holder=holder, table=table,
    )  # fmt: skip
    some = list(metrics)[:_SHOWN]
    return say("{said}; ask it of {metrics}", said=said, metrics=either(some)) if some else said
