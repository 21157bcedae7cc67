"""The time zone `init` chooses for a new workspace: the one in which its files tell their times, when they agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

import polars as pl

from kpi_tui.definitions.message import Message, listed, say
from kpi_tui.definitions.written.currencies import DEFAULT_CURRENCY
from kpi_tui.tables.mapping.zone_names import is_place, offset_minutes
from kpi_tui.tables.source.text_cells import tidy

USUAL = (
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Asia/Bangkok",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Australia/Sydney",
)
"""Zones that an offset may mean; the first one whose clock had it on all days of the stamps."""
CLOCKS = {
    **dict.fromkeys(("PST", "PDT"), "America/Los_Angeles"),
    **dict.fromkeys(("MST", "MDT"), "America/Denver"),
    "CDT": "America/Chicago",  # CST is China's, too
    **dict.fromkeys(("EST", "EDT"), "America/New_York"),
    **dict.fromkeys(("CET", "CEST"), "Europe/Berlin"),
    "BST": "Europe/London",
    "JST": "Asia/Tokyo",
    **dict.fromkeys(("AEST", "AEDT"), "Australia/Sydney"),
}
"""Abbreviations -> the zone whose clocks are called so, in winter and in summer."""
_STAMP = r"^(\d{4}-\d{2}-\d{2})[T ]+\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?i:(Z|UTC)|([+-]\d{2}:?\d{2}))$"
_CLOCK = r"\d{1,2}:\d{2}"
_LOOKED = 200
_ZONES = re.compile(r"(?i)time ?zone|zeitzone|时区")
_EXAMPLE = "America/New_York"


@dataclass(frozen=True, slots=True)
class ZoneOfFiles:
    """The zone of a new workspace; `asked`: what a person should confirm; `guess`: from what it was guessed, if so."""

    zone: str
    asked: Message | None = None
    guess: Message | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """What files say of their zones: the days of the stamps of each, whether any time of day is told, and how many
    rows are in files that tell a zone, and in those that tell times without one."""

    days: Mapping[str, set[str]]
    clocks: bool
    with_zone: int
    without: int


def zone_of(frames: Iterable[pl.DataFrame], default: str, currency: str) -> ZoneOfFiles:
    """The zone that the files say with one voice, else `default`.

    Files in UTC say nothing of the shop, nor do those that tell a zone where more rows of others tell times without
    one. Nothing is asked where the files say `default`, or nothing in CNY, or tell days alone: a day is the same day
    in every zone.
    """
    told = _told(frames)
    if any(offset_minutes(zone) != 0 for zone in told.days):
        return _by_stamps(told, default)
    if not told.clocks:
        return ZoneOfFiles(default, guess=say("a guess, for the files tell days alone, which no zone moves"))
    if currency == DEFAULT_CURRENCY:
        return ZoneOfFiles(default, guess=say("a guess from the currency {code}: no file says a zone", code=currency))
    utc = bool(told.days)
    unsaid = say("a guess, for times are told in UTC") if utc else say("a guess, for no file says a zone")
    return ZoneOfFiles(default, _unsaid(default, utc=utc), unsaid)


def _told(frames: Iterable[pl.DataFrame]) -> _Told:
    days: dict[str, set[str]] = {}
    clocks, rows = False, {True: 0, False: 0}
    for frame in frames:
        tells = ticks = False
        for name in frame.columns:
            if frame[name].dtype == pl.String:
                cells = tidy(frame[name]).drop_nulls()
                ticks = ticks or bool(cells.head(_LOOKED).str.contains(_CLOCK).any())
                for zone, some in _said(name, cells):
                    tells = True
                    days.setdefault(zone, set()).update(some)
            elif isinstance(frame[name].dtype, pl.Datetime):
                ticks = ticks or bool((frame[name].dt.time() != time(0)).any())
        clocks = clocks or ticks
        if tells or ticks:
            rows[tells] += frame.height
    return _Told(days, clocks, rows[True], rows[False])


def _by_stamps(told: _Told, default: str) -> ZoneOfFiles:
    """By the zones and offsets that stamps carry: theirs where most rows are of such, else `default`, asked about."""
    found, zones = _matching(told.days), listed(sorted(told.days))
    guess = None if found in told.days else say("a guess from the times, told in {zones}", zones=zones)
    if not found or told.with_zone < told.without:
        asked = say(
            "stamps carry {zones}; days are counted in {zone}: if the shop is elsewhere: "
            "`kpi-tui define set timezone {example}`, or what it is (gK in the app; init --timezone)",
            zones=zones,
            zone=default,
            example=found or _EXAMPLE,
        )
        return ZoneOfFiles(default, asked, guess)
    if found == default:
        return ZoneOfFiles(default, guess=guess)
    asked = say(
        "times are told in {zones}: days are counted in {zone}; if the shop is elsewhere: "
        "`kpi-tui define set timezone {example}`, or what it is (gK in the app; init --timezone)",
        zones=zones,
        zone=found,
        example=default,
    )
    return ZoneOfFiles(found, asked, guess)


def _unsaid(default: str, *, utc: bool) -> Message:
    if utc:
        return say(
            "times are told in UTC, which is not the zone of a shop: days are counted in {zone}; if it is elsewhere: "
            "`kpi-tui define set timezone {example}`, or what it is (gK in the app; init --timezone)",
            zone=default,
            example=_EXAMPLE,
        )
    return say(
        "no file says its time zone: days are counted in {zone}; if the shop is elsewhere: "
        "`kpi-tui define set timezone {example}`, or what it is (gK in the app; init --timezone)",
        zone=default,
        example=_EXAMPLE,
    )


def _said(name: str, cells: pl.Series) -> Iterable[tuple[str, Iterable[str]]]:
    """The zones that the cells of a column name, each with the days of its stamps; nothing where one cell has none."""
    if not len(cells):
        return
    if _ZONES.search(name):
        yield from ((str(zone), ()) for zone in cells.unique() if is_place(zone) or offset_minutes(zone) is not None)
    elif cells.head(20).str.contains(_STAMP).all() and cells.str.contains(_STAMP).all():
        groups = cells.to_frame("t").select(
            pl.col("t").str.extract(_STAMP, 1).alias("day"),
            pl.col("t").str.extract(_STAMP, 3).str.replace(":", "").fill_null("UTC").alias("zone"),
        )
        for (zone,), rows in groups.unique().group_by("zone"):
            yield str(zone), rows["day"].to_list()


def _matching(days: Mapping[str, set[str]]) -> str:
    """The one zone that is named, or the first usual one whose clock had these offsets on these days; else ""."""
    places = [zone for zone in days if is_place(zone)]
    if places:
        return places[0] if len(days) == 1 else ""
    if len(named := {CLOCKS.get(zone.upper(), "") for zone in days}) == 1 and "" not in named:
        return named.pop()
    usual = (zone for zone in USUAL if all(_had(zone, offset, some) for offset, some in days.items()))
    return next(usual, _fixed(*days) if len(days) == 1 else "")


def _fixed(offset: str) -> str:
    """The zone whose clock never changes, of an offset of whole hours: -0400 is called Etc/GMT+4; else ""."""
    minutes = offset_minutes(offset) or 0
    hours, rest = divmod(abs(minutes), 60)
    zone = f"Etc/GMT{'+' if minutes < 0 else '-'}{hours}"
    return zone if hours and not rest and is_place(zone) else ""


def _had(zone: str, offset: str, days: set[str]) -> bool:
    minutes = offset_minutes(offset)
    return bool(days) and all(_minutes(zone, day) == minutes for day in days)


def _minutes(zone: str, day: str) -> float | None:
    """Minutes east of UTC at noon of a day."""
    try:
        ahead = datetime.fromisoformat(day).replace(hour=12, tzinfo=ZoneInfo(zone)).utcoffset()
    except ValueError:
        return None
    return ahead.total_seconds() / 60 if ahead is not None else None
