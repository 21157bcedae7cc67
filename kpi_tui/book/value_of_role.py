"""The rows of one value of a role that is scored by the values of a column (`store@S1`), and whose metrics have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_tui.definitions.role import role_and_value

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.workspace import Workspace


def column_of_role(workspace: Workspace, owner: str, period: Period) -> str:
    """The column whose values a role is scored by in a period; "" for none."""
    found = workspace.at(period).roles.get(role_and_value(owner)[0])
    return found.per if found else ""


def rows_of_value(workspace: Workspace, owner: str, period: Period) -> str:
    """The condition on the rows that one value of a role is scored by; "" for a whole."""
    from kpi_tui.sql.quoted_text import quoted_text

    value, per = role_and_value(owner)[1], column_of_role(workspace, owner, period)
    return f"{per} = {quoted_text(value)}" if per and value is not None else ""


def has_column(workspace: Workspace, numbers: MetricNumbers, metric: str, column: str) -> bool:
    """Whether the rows of a metric have the column; those of a chain's never."""
    known = workspace.metrics.get(metric)
    return known is not None and not known.chain and bool(numbers.cut_by(metric, [column]))
