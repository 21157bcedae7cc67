"""Periods as people head columns with them: `10月`, `2026年10月`, `Oct 2026`, `Q1`, `第43周`, `2026/10`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.period import Grain, Period

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november")
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_DIGITS |= {"十一": 11, "十二": 12}
_NUMBER = r"(\d{1,2}|十[一二]|[一二三四五六七八九十])"
_YEAR = r"(\d{4})\s*年?\s*[-/. ]?\s*"
_MONTH = re.compile(rf"(?:{_YEAR})?第?\s*{_NUMBER}\s*月(?:份|度)?")
_MONTH_OF_YEAR = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})")
_QUARTER = re.compile(rf"(?:{_YEAR})?(?:q\s*([1-4])|第?\s*([1-4一二三四])\s*季度?)")
_QUARTER_FIRST = re.compile(r"q\s*([1-4])[\s/-]*(\d{4})")
_WEEK = re.compile(rf"(?:{_YEAR})?(?:w(?:eek|k)?\s*(\d{{1,2}})|第?\s*(\d{{1,2}})\s*周)")
_WORD = re.compile(r"([a-z]+)\.?[\s'/-]*(\d{2}|\d{4})?")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00:00)?|(\d{4})年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True)
class SaidPeriod:
    """A period; `assumed`: the year was not said. `day`: a whole date was written, as Excel makes of `2026-10`."""

    period: Period
    assumed: bool = False
    day: bool = False


def said_period(text: str, year: int, calendar: Calendar = ISO) -> SaidPeriod | None:
    """The period that a heading or a cell says; `year` (of the calendar) is meant where it says
    none. None when it says no period.

    Where years are no calendar years, a year or a quarter that is not written FY2026 is one all the same.
    """
    said = " ".join(text.split()).casefold()
    try:
        if found := _DAY.fullmatch(said):
            day = date.fromisoformat(found[1]) if found[1] else date(int(found[2]), int(found[3]), int(found[4]))
            return SaidPeriod(Period.containing(day, Grain.DAY, calendar), day=True)
        return _without_day(said, year, calendar)
    except (ValueError, OverflowError):
        return None


def years_in(text: str) -> list[int]:
    """The years a title names: `2026年销售目标`."""
    return [int(found) for found in re.findall(r"(?<!\d)((?:19|20|21)\d{2})(?!\d)", text)]


def _without_day(said: str, year: int, calendar: Calendar) -> SaidPeriod | None:
    try:
        return SaidPeriod(Period.parse(said, calendar))
    except ValueError:
        pass
    if found := re.fullmatch(r"(\d{4})\s*(?:年(?:度)?)?", said):
        return SaidPeriod(_of_year(found[1], "", calendar))
    if found := _MONTH_OF_YEAR.fullmatch(said):
        return _month(found[1], int(found[2]), year, calendar)
    if found := _MONTH.fullmatch(said):
        return _month(found[1], _number(found[2]), year, calendar)
    if found := _QUARTER_FIRST.fullmatch(said):
        return SaidPeriod(_of_year(found[2], f"-Q{found[1]}", calendar))
    if found := _QUARTER.fullmatch(said):
        return SaidPeriod(_of_year(found[1] or year, f"-Q{_number(found[2] or found[3])}", calendar), not found[1])
    if found := _WEEK.fullmatch(said):
        return _week(found[1], int(found[2] or found[3]), year, calendar)
    found = _WORD.fullmatch(said)
    if found and (found[1][:3] in _MONTHS and (len(found[1]) == 3 or found[1] in (*_LONG, "december", "sept"))):
        said_year = found[2] and (found[2] if len(found[2]) == 4 else f"20{found[2]}")
        return _month(said_year, _MONTHS.index(found[1][:3]) + 1, year, calendar)
    return None


def _month(said: str | None, month: int, year: int, calendar: Calendar) -> SaidPeriod:
    of = int(said) if said else calendar.month_year(year, month)
    day = date(of, month, 1)
    return SaidPeriod(Period.containing(calendar.month_called(day.year, day.month), Grain.MONTH, calendar), not said)


def _week(said: str | None, number: int, year: int, calendar: Calendar) -> SaidPeriod:
    """A week without a year is the one that begins in a year which is none of the calendar."""
    if calendar.in_weeks:
        return SaidPeriod(Period.parse(f"FY{said or year}-W{number:02d}", calendar), not said)
    first = calendar.year_called(year)
    years = [first.year, first.year + 1] if calendar.is_fiscal and not said else [int(said or year)]
    weeks = [Period.parse(f"{one}-W{number:02d}", calendar) for one in years]
    return SaidPeriod(next((one for one in weeks if calendar.year_around(one.start) == first), weeks[0]), not said)


def _of_year(year: str | int, quarter: str, calendar: Calendar) -> Period:
    return Period.parse(f"{'FY' if calendar.is_fiscal else ''}{year}{quarter}", calendar)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _DIGITS[text]
