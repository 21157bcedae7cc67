"""Forms in which people write dates and times, and which of them a cell can have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import polars as pl

from kpi_tui.tables.mapping.timestamps import HALF_DAY, SERIAL, Zones, to_stamp

DATES = (
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y%m%d",
    "%Y年%m月%d日",
    "%m/%d/%y",
    "%d/%m/%y",
    "%y/%m/%d",
    "%y-%m-%d",
    "%b %d, %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%b-%d-%Y",
    "%b-%d-%y",
)
CLOCKS = ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", " %p %I:%M:%S", " %p %I:%M")
_MORE_DATES = ("%Y-%m-%d", "%Y.%m.%d", "%d.%m.%y")
_MORE_CLOCKS = (
    "T%H:%M:%S",
    "T%H:%M",
    "%H:%M:%S",
    "%H:%M",
    " %H时%M分%S秒",
    " %H时%M分",
    " %H:%M:%S%.f",
    "%H%M%S",
    " %I:%M:%S%p",
    " %I:%M%p",
    " %p %I时%M分",
    " %p %I点%M分",
)
_ZONES = ("", " %z", " %Z", "%z")
_UNIX_DIGITS = {10: "%s", 13: "%s%3f", 16: "%s%6f", 19: "%s%9f"}
_NONE = Zones("", "UTC")
_ONE_OR_TWO, _NAME = r"\s*\d{1,2}", r"\s*[^\W\d_]{3,}"
_LOOKS = {
    " ": r"\s*",
    "%Y": r"\s*\d{4}",
    "%y": r"\s*\d{2}",  # chrono reads the 1 of 1/2/26 as a year, and the 9 of 26/1/9
    "%b": _NAME,
    "%p": HALF_DAY,
    "%.f": r"(\.\d+)?",
    "%z": r"\s*[+-]\d.*",
    "%Z": r"\s*[A-Za-z].*",
    **dict.fromkeys(("%m", "%d", "%H", "%I", "%M", "%S"), _ONE_OR_TWO),
}
"""What stands in a cell for a part of a form."""


def forms_of(cell: str) -> list[str]:
    """Every form that reads a cell, each order of day, month and year once; the simplest first."""
    text = pl.Series([cell])
    if cell.isdigit() and len(cell) in _UNIX_DIGITS and cell[0] in "12345":
        return [_UNIX_DIGITS[len(cell)]]
    found: dict[str, str] = {}
    for zone in _ZONES:
        for form in _with_zone(cell, zone):
            order = "".join(letter for letter in form if letter in "dmbyY")
            if order not in found and not to_stamp(text, _NONE, form).bad[0]:
                found[order] = form
        if found:
            break
    if not found and not to_stamp(text, _NONE, SERIAL).bad[0]:
        return [SERIAL]
    whole_years = [form for form in found.values() if "%Y" in form]
    return whole_years or list(found.values())


def possible_forms(cell: str) -> list[str]:
    """Forms that a cell looks like, the simplest first; whether they read it (a month 13) is another question."""
    return [form for zone in _ZONES for form in _with_zone(cell, zone)]


def common_forms(cells: pl.Series) -> list[str]:
    """Forms of `DATES` and `CLOCKS`, without a zone, that some of the cells look like, in the order of the lists."""
    seen = {form for cell in cells.unique().drop_nulls() for form in _of_look(cell, DATES, CLOCKS, "")}
    return [form for day in DATES for clock in CLOCKS if (form := day + clock) in seen]


def _with_zone(cell: str, zone: str) -> list[str]:
    return list(_of_look(cell, (*DATES, *_MORE_DATES), (*CLOCKS, *_MORE_CLOCKS), zone))


def _of_look(cell: str, days: Sequence[str], clocks: Sequence[str], zone: str) -> Iterator[str]:
    """A day, a clock and a zone one after the other, each as long as it can be: so strptime reads them."""
    for day in days:
        if not (found := _look(day).match(cell)):
            continue
        for clock in clocks:
            ended = _look(clock).match(cell, found.end())
            if ended and _look(zone).fullmatch(cell, ended.end(), len(cell.rstrip())):
                yield day + clock + zone


@cache
def _look(form: str) -> re.Pattern[str]:
    """What a cell of a form looks like; never narrower than what strptime reads, but that a year has two digits."""
    parts = re.split(r"(%\.?[A-Za-z]| )", form)
    return re.compile("".join(_LOOKS.get(part, re.escape(part)) for part in parts))
