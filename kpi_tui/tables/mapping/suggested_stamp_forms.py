"""Forms in which people write dates and times, and which of them a cell can have."""

from __future__ import annotations

import re

import polars as pl

from kpi_tui.tables.mapping.timestamps import SERIAL, Zones, to_stamp

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
)
CLOCKS = ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p")
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
)
_ZONES = ("", " %z", " %Z", "%z")
_UNIX_DIGITS = {10: "%s", 13: "%s%3f", 16: "%s%6f", 19: "%s%9f"}
_NONE = Zones("", "UTC")


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
    """Forms that a cell has the signs of, the simplest first; whether they read it is another question."""
    return [form for zone in _ZONES for form in _with_zone(cell, zone)]


def _with_zone(cell: str, zone: str) -> list[str]:
    clocks = (day + clock for day in (*DATES, *_MORE_DATES) for clock in (*CLOCKS, *_MORE_CLOCKS))
    return [clock + zone for clock in clocks if _may_be(cell, clock + zone)]


def _may_be(cell: str, form: str) -> bool:
    """Whether a cell has the signs of a form: spares hundreds of attempts."""
    signs = re.sub(r"%[.]?[A-Za-z]", "", form).strip()
    if form.startswith("%y") and not cell[:2].isdigit():
        return False  # chrono reads the 1 of 1/2/26 as a year
    letters = {"%b": 3, "%p": 1, "%Z": 2}
    return all(sign in cell for sign in signs) and sum(map(str.isalpha, cell)) >= max(
        (least for mark, least in letters.items() if mark in form), default=0
    )
