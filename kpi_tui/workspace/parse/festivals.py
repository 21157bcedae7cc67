"""festivals.toml: days that move sales, the same every year or listed year by year."""

from __future__ import annotations

import re
from datetime import date

from kpi_tui.definitions.answers.definition_key import KeyKind
from kpi_tui.definitions.library.analysis_parts import DATES
from kpi_tui.definitions.library.festival import WEEKDAY, Festival
from kpi_tui.definitions.message import say
from kpi_tui.workspace.toml.fields import Fields

LONGEST = 180
"""How far, in days, a festival may reach from its day: further, it would meet that of another year."""
_MONTH_AND_DAY = re.compile(r"(\d{2})-(\d{2})")
_COMMON_YEAR = 2015


def read_festival(key: str, fields: Fields) -> Festival:
    """One `[festivals.id]`."""
    if key in (WEEKDAY, DATES):
        message = say("{key!r} cannot be a festival: a section of a page asks for something else by it", key=key)
        fields.problem("", message, say("give it another id"))
    name, fixed, days = fields.text("name", required=True), _fixed(fields), _days(fields)
    if ("day" in fields.data) == ("days" in fields.data):
        message = say("a festival has either the same day every year or a list of days, one a year")
        fields.problem("", message, say('write day = "11-11" or days = ["2026-02-17"]'), "missing-key")
    first, last = _offset(fields, "first"), _offset(fields, "last")
    if first > last:
        message = say("first = {first} lies after last = {last}", first=first, last=last)
        fields.problem("first", message, say("both count days from the day itself: first = -10, last = 1"))
    short = fields.text("short") if "short" in fields.data else name
    return Festival(key, name, fixed, days, first, last, fields.place, fields.places, short)


def _fixed(fields: Fields) -> tuple[int, int] | None:
    """Month and day; one that every year has."""
    written = fields.string("day")
    if not written:
        return None
    found = _MONTH_AND_DAY.fullmatch(written)
    try:
        day = date(_COMMON_YEAR, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        message = say("day = {written!r} is no day of every year", written=written)
        fields.problem("day", message, say('write month and day as "11-11"; days that move are listed in days'))
        return None
    return day.month, day.day


def _days(fields: Fields) -> tuple[date, ...]:
    """The listed days in order, one a year."""
    found: dict[int, date] = {}
    for written in fields.listed("days", KeyKind.LIST):
        day = _iso(written)
        if day is None:
            message = say("days: {written!r} is no day", written=str(written))
            fields.problem("days", message, say("write days as 2026-10-31"))
        elif other := found.get(day.year):
            message = say("days: {first} and {second} lie in one year", first=other, second=day)
            fields.problem("days", message, say("keep one of them, or define a second festival"))
        else:
            found[day.year] = day
    return tuple(found[year] for year in sorted(found))


def _iso(written: object) -> date | None:
    """A TOML date or an ISO text."""
    if type(written) is date:
        return written
    try:
        return date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None


def _offset(fields: Fields, key: str) -> int:
    """Days from the day itself, 0 where nothing is written."""
    number = fields.number(key)
    if number != int(number) or abs(number) > LONGEST:
        message = say("{key!r} must be a whole number of days from -{most} to {most}", key=key, most=LONGEST)
        fields.problem(key, message, say("write -10 for ten days before"))
        return 0
    return int(number)
