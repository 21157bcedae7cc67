"""A period as people ask for it: written out, `current` or `previous`; and the one meant where none is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kpi_tui.definitions.calendar import Calendar
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period

DEFAULT = "current"
"""The period shown where none is asked for."""


def asked_period(text: str, grain: Grain, calendar: Calendar, as_of: Callable[[], date]) -> Period:
    """A period written out, or the one of `grain` around the as-of day, or the one before.

    UsageError when it is none.
    """
    if text in ("current", "previous"):
        current = Period.containing(as_of(), grain, calendar)
        return current if text == "current" else current.previous()
    try:
        return Period.parse(text, calendar)
    except ValueError as error:
        raise UsageError(say("{error}, current or previous", error=error)) from None
