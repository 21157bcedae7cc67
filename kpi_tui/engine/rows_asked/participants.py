"""Who took part in a campaign is asked of its own days, whatever days are asked of these people (R146)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Generic, TypeVar

from kpi_tui.definitions.calendar import Calendar
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.engine.rows_asked.plain_rows import PlainRows

Known = TypeVar("Known")


class Participants(Generic[Known]):
    """Asks `known` of each campaign and its days, once."""

    def __init__(self, plain: PlainRows, calendar: Calendar, known: Callable[[str, Period], Sequence[Known]]) -> None:
        self._plain = plain
        self._calendar = calendar
        self._known = known
        self._found: dict[str, Sequence[Known]] = {}

    def of(self, campaign: str) -> Sequence[Known]:
        """What is known of its days; nothing of a campaign without any."""
        if campaign not in self._found:
            self._found[campaign] = ()
            if (days := self._plain.campaign(campaign)) and days[0] <= days[1]:
                span = Period(days[0], days[1] + timedelta(days=1), Grain.SPAN, self._calendar)
                self._found[campaign] = self._known(campaign, span)
        return self._found[campaign]
