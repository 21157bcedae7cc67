"""Names of zones and offsets inside stamps (`%Z`, `%z`): honoured when they mean one thing, else not read."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterable, Mapping
from functools import lru_cache

import polars as pl

OFFSETS: Mapping[str, int] = {
    **dict.fromkeys(("UTC", "GMT", "UT", "Z", "WET"), 0),
    **{"CET": 60, "MEZ": 60, "WEST": 60, "CEST": 120, "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180},
    **{"EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420},
    **{"AKST": -540, "AKDT": -480, "HST": -600, "NST": -210, "NDT": -150, "BRT": -180},
    **{"PKT": 300, "WIB": 420, "HKT": 480, "SGT": 480, "PHT": 480, "AWST": 480, "JST": 540, "KST": 540},
    **{"ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780},
}
"""Abbreviations that mean one offset (minutes east), or nearly always one (`AMERICAN`); CST of RFC 5322 is none."""
AMBIGUOUS = frozenset({"CST", "IST", "BST", "AST", "SST", "ADT", "ECT", "GST"})
"""CST is China's time and Chicago's; IST India's, Israel's and Ireland's: never guessed."""
AMERICAN: Mapping[str, str] = {
    **{"EST": "Australia/Sydney", "EDT": "Australia/Sydney", "CDT": "America/Havana"},
    **{"MST": "Asia/Kuala_Lumpur", "PST": "Asia/Manila"},
}
"""Names read as RFC 5322 has them, of North America, and where else people call their time so."""
MOST_MINUTES = 14 * 60
"""No zone is further from UTC."""
_NAME = r"([A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*(?::\d{2})?)"
_OFFSET = r"(Z|[+-]\d{2}(?::?\d{2})?)"
_SPECIFIERS = re.compile(r"%(?:[#:]*z|Z|[-_0]?(?:\.?\d?f|\.f)|[-_0]?[A-Za-z%])")


def zone_specifier(fmt: str) -> str:
    """The part of a format that says a zone: `%Z`, `%z`, `%:z` …, or nothing."""
    return next((part for part in _SPECIFIERS.findall(fmt) if part[-1] in "zZ"), "")


def split_zone(text: pl.Series, fmt: str, specifier: str) -> tuple[pl.Series, pl.Series, str]:
    """The stamps without their zone, the zones, and the format without it; null where a cell is not of that form."""
    before, _, after = fmt.partition(specifier)
    word = _NAME if specifier == "%Z" else _OFFSET
    pattern = f"^({_loosely(before)}){word}({_loosely(after)})$"
    found = text.to_frame("t").select(pl.col("t").str.extract(pattern, at).alias(str(at)) for at in (1, 2, 3))
    rest = found.select(pl.concat_str(pl.col("1"), pl.col("3")).alias("rest"))["rest"]
    return rest, found["2"], before + after


def american_names(text: pl.Series, forms: Iterable[str]) -> dict[str, int]:
    """How many tidy cells name a zone in its American sense: name -> cells, by the first form that finds one."""
    names = pl.repeat(None, len(text), dtype=pl.String, eager=True).alias("zone")
    for form in forms:
        if "%Z" in form:
            names = names.zip_with(names.is_not_null(), split_zone(text, form, "%Z")[1])
    names = names.str.to_uppercase()
    counts = names.filter(names.is_in(list(AMERICAN)).fill_null(False)).value_counts().sort("zone")
    return {str(name): int(count) for name, count in counts.iter_rows()}


def offset_minutes(zone: str) -> int | None:
    """Minutes east of UTC that an offset or abbreviation says; None for a name of a place and for what is no zone."""
    if (said := OFFSETS.get(zone.upper())) is not None:
        return said
    written = re.fullmatch(r"(?:GMT|UTC)?([+-])(\d{2}):?(\d{2})?", zone)
    if written is None:
        return None
    minutes = int(written[2]) * 60 + int(written[3] or 0)
    if minutes > MOST_MINUTES or int(written[3] or 0) > 59:
        return None
    return -minutes if written[1] == "-" else minutes


@lru_cache(maxsize=256)
def is_place(zone: str) -> bool:
    """Whether a name such as `Asia/Shanghai` is known; abbreviations and offsets of the same list are not meant."""
    if "/" not in zone:
        return False
    try:
        zoneinfo.ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _loosely(fmt: str) -> str:
    """A regular expression for what a part of a format reads: its own signs, and anything for a specifier."""
    parts: list[str] = []
    at = 0
    for found in _SPECIFIERS.finditer(fmt):
        parts += [re.escape(fmt[at : found.start()]), ".*?"]
        at = found.end()
    text = "".join((*parts, re.escape(fmt[at:])))
    return re.sub(r"(?:\\ )+", r"\\s*", text)
