"""A period as people ask for it: written out, `current` or `previous`; and the one meant where none is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period

DEFAULT = "current"
"""The period shown where none is asked for."""


def asked_period(text: str, grain: Grain, as_of: Callable[[], date]) -> Period:
    """An ISO period, or the one of `grain` that holds the as-of day, or the one before. UsageError when it is none."""
    if text in ("current", "previous"):
        current = Period.containing(as_of(), grain)
        return current if text == "current" else current.previous()
    try:
        return Period.parse(text)
    except ValueError as error:
        raise UsageError(say("{error}, current or previous", error=error)) from None
