"""What is said of a text that is no period of a calendar: the forms there are, and which one it could have meant."""

from __future__ import annotations

from datetime import date

from kpi_tui.definitions.calendar import Calendar
from kpi_tui.definitions.message import say

_FORMS = say("2026, 2026-Q4, 2026-10, 2026-W43, 2026-10-15 or 2026-10-01/2026-10-15")
_FISCAL_FORMS = say("FY2026, FY2026-Q4, 2026-10, 2026-W43, 2026-10-15 or 2026-10-01/2026-10-15")
_WEEK_FORMS = say("FY2026, FY2026-Q4, FY2026-P09, FY2026-W39, 2026-10-15 or 2026-10-01/2026-10-15")


def no_period(text: str, calendar: Calendar) -> str:
    """The forms a period has in that calendar."""
    forms = _WEEK_FORMS if calendar.in_weeks else _FISCAL_FORMS if calendar.is_fiscal else _FORMS
    return say("{text!r} is not a period; write {forms}", text=text, forms=forms)


def ambiguous(text: str, meant: str, first: date, last: date) -> str:
    """A period of the calendar year, where years, or months too, are others."""
    return say(
        "{text!r} could be of a calendar year, and the years here are others; "
        "write {id} for {first} to {last}, or the days you mean",
        text=text,
        id=meant,
        first=first,
        last=last,
    )
