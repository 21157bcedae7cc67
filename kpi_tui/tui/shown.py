"""What the screens have in common: whose numbers, of when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.role import role_and_value
from kpi_tui.definitions.workspace import Workspace


@dataclass(frozen=True, slots=True)
class InView:
    """The role (or person), the period and the metric the reader is looking at; empty until the book is open.

    `page`: the page that was asked for last. `within`: one value of a role (`manager@S1`): the drivers are of its rows.
    """

    role: str = ""
    period: Period | None = None
    metric: str = ""
    within: str = ""
    page: str = ""

    def still_in(self, space: Workspace, otherwise: str) -> InView:
        """What is still there in a workspace read again; `otherwise`: whom to look at where the role is gone."""
        known = role_and_value(self.role)[0] in {*space.roles, *space.people}
        period = self.period and self.period.called_in(space.calendar)
        return replace(self, role=self.role if known else otherwise, period=period)


def of_grain(period: Period, grain: Grain, as_of: date | None = None) -> Period:
    """The day, week, month, quarter or year around the period's last day that has data."""
    day = as_of if as_of and period.start <= as_of < period.last_day else period.last_day
    return period.around(day, grain)
