"""How a period is written (R004): ISO 8601, years that are no calendar years as FY2026, rolling ones by their day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kpi_tui.definitions.calendar import TO_DAY, Calendar, Grain

MIN_YEAR, MAX_YEAR = 1900, 2199

_FORM = re.compile(
    r"(?P<fy>FY)?(?P<year>\d{4})"
    r"(?:-?Q(?P<quarter>[1-4])|-?W(?P<week>\d{2})|-?P(?P<place>\d{2})|-(?P<month>\d{2})(?P<day>-\d{2})?)?",
    re.IGNORECASE,
)
_TO_DAY_FORM = re.compile(rf"({'|'.join(TO_DAY)})-(\d{{4}}-\d{{2}}-\d{{2}})", re.IGNORECASE)


def named(text: str, calendar: Calendar) -> tuple[date, Grain]:
    """A day of the period that a text names, and its grain; ValueError or OverflowError when it names none."""
    if to_day := _TO_DAY_FORM.fullmatch(text):
        return date.fromisoformat(to_day[2]), Grain(to_day[1].lower())
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year = int(found["year"])
    of_year = not found["day"] and (calendar.in_weeks or not (found["week"] or found["month"]))
    if not MIN_YEAR <= year <= MAX_YEAR or bool(found["fy"]) != (calendar.is_fiscal and of_year):
        raise ValueError(text)
    if found["week"]:
        return calendar.week_called(year, int(found["week"])), Grain.WEEK
    if found["day"]:
        return date.fromisoformat(text), Grain.DAY
    if bool(found["place"]) != calendar.in_weeks and (found["place"] or found["month"]):
        raise ValueError(text)
    if found["place"]:
        return _at(calendar.months_of(year), int(found["place"])), Grain.MONTH
    if found["month"]:
        return date(year, int(found["month"]), 1), Grain.MONTH
    if found["quarter"]:
        return _at(calendar.months_of(year)[::3], int(found["quarter"])), Grain.QUARTER
    return calendar.year_called(year), Grain.YEAR


def span_named(text: str) -> tuple[date, date]:
    """First and last day of `2026-10-03/2026-10-09`; ValueError when they are none."""
    first, last = (date.fromisoformat(part) for part in text.split("/", 1))
    if last < first or not MIN_YEAR <= first.year <= MAX_YEAR:
        raise ValueError(text)
    return first, last


def meant(text: str, calendar: Calendar) -> tuple[date, Grain] | None:
    """What `2026`, `2026-Q4` (in a calendar of weeks `2026-10`, `2026-W43` too) could mean where years are others."""
    found = _FORM.fullmatch(text)
    if found is None or found["fy"] or found["day"] or found["place"]:
        return None
    try:
        if not found["month"]:
            return named(f"FY{text}", calendar)
        month = date(int(found["year"]), int(found["month"]), 1)
        return calendar.month_called(month.year, month.month), Grain.MONTH
    except (ValueError, OverflowError):
        return None


def _at(starts: Sequence[date], place: int) -> date:
    if not 1 <= place < len(starts):
        raise ValueError(place)
    return starts[place - 1]
