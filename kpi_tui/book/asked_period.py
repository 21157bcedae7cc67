"""A period as people ask for it: written out, `current`, `ytd` …; and the one meant where none is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import TO_DAY, Grain, Period

if TYPE_CHECKING:
    from kpi_tui.definitions.calendar import Calendar

DEFAULT = "current"
"""The period shown where none is asked for."""


def asked_period(text: str, grain: Grain, calendar: Calendar, as_of: Callable[[], date]) -> Period:
    """A period written out, the one of `grain` around the as-of day, or the one before; or days up to that day.

    UsageError when it is none.
    """
    if text in ("current", "previous"):
        current = Period.containing(as_of(), grain, calendar)
        return current if text == "current" else current.previous()
    if text.lower() in TO_DAY:
        return Period.containing(as_of(), Grain(text.lower()), calendar)
    try:
        return Period.parse(text, calendar)
    except ValueError as error:
        raise UsageError(say("{error}, current, previous, ytd, 7d or 28d", error=error)) from None
