"""Periods as people head columns with them: `10月`, `2026年10月`, `Oct 2026`, `Q1`, `第43周`, `2026/10`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

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


def said_period(text: str, year: int) -> SaidPeriod | None:
    """The period that a heading or a cell says; `year` is meant where it says none. None when it says no period."""
    said = " ".join(text.split()).casefold()
    try:
        if found := _DAY.fullmatch(said):
            day = date.fromisoformat(found[1]) if found[1] else date(int(found[2]), int(found[3]), int(found[4]))
            return SaidPeriod(Period.containing(day, Grain.DAY), day=True)
        return _without_day(said, year)
    except (ValueError, OverflowError):
        return None


def years_in(text: str) -> list[int]:
    """The years a title names: `2026年销售目标`."""
    return [int(found) for found in re.findall(r"(?<!\d)((?:19|20|21)\d{2})(?!\d)", text)]


def _without_day(said: str, year: int) -> SaidPeriod | None:
    try:
        return SaidPeriod(Period.parse(said))
    except ValueError:
        pass
    if found := re.fullmatch(r"(\d{4})\s*年(?:度)?", said):
        return SaidPeriod(Period.parse(found[1]))
    if found := _MONTH_OF_YEAR.fullmatch(said):
        return _month(found[1], int(found[2]), year)
    if found := _MONTH.fullmatch(said):
        return _month(found[1], _number(found[2]), year)
    if found := _QUARTER_FIRST.fullmatch(said):
        return SaidPeriod(Period.parse(f"{found[2]}-Q{found[1]}"))
    if found := _QUARTER.fullmatch(said):
        return SaidPeriod(Period.parse(f"{found[1] or year}-Q{_number(found[2] or found[3])}"), not found[1])
    if found := _WEEK.fullmatch(said):
        return SaidPeriod(Period.parse(f"{found[1] or year}-W{int(found[2] or found[3]):02d}"), not found[1])
    found = _WORD.fullmatch(said)
    if found and (found[1][:3] in _MONTHS and (len(found[1]) == 3 or found[1] in (*_LONG, "december", "sept"))):
        said_year = found[2] and (found[2] if len(found[2]) == 4 else f"20{found[2]}")
        return _month(said_year, _MONTHS.index(found[1][:3]) + 1, year)
    return None


def _month(said: str | None, month: int, year: int) -> SaidPeriod:
    return SaidPeriod(Period.parse(f"{said or year}-{month:02d}"), not said)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _DIGITS[text]
