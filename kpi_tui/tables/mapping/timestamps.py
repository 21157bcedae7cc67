"""Stamps to naive local time of the workspace's zone. ISO 8601 is read; any other form must be declared.

`01/02/2026` is day or month first: it is asked for, never guessed.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import polars as pl

from kpi_tui.tables.mapping.parse_cells import ParsedCells
from kpi_tui.tables.source.text_cells import tidy

_DAY = r"\d{4}-\d{2}-\d{2}"
_CLOCK = r"(\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d*)?)?"
_OFFSET = r"(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)"
_ISO = rf"^({_DAY})(?:[T ]{_CLOCK}\s?{_OFFSET}?)?$"
_STAMP = pl.Datetime("us")
_SERIAL_1970 = 25_569
SERIAL = "excel"  # days since 1899-12-30, as spreadsheets count them, told as strptime(x, 'excel')
EPOCHS = {"%s": 0, "%s%3f": 3, "%s%6f": 6, "%s%9f": 9}  # Unix time in s, ms, µs, ns: always UTC


@dataclass(frozen=True, slots=True)
class Zones:
    """`source`: zone of stamps that name none ("" = the workspace's); `target`: the workspace's zone."""

    source: str
    target: str


def to_stamp(cells: pl.Series, zones: Zones, fmt: str = "") -> ParsedCells:
    """Naive Datetime(us) in the workspace's zone from text or from typed dates and stamps."""
    if cells.dtype == pl.Date:
        return ParsedCells(cells.cast(_STAMP), cells.is_not_null() & cells.is_null())
    if isinstance(cells.dtype, pl.Datetime):
        values, shifted = localise(cells, zones)
        return ParsedCells(values, cells.is_not_null() & cells.is_null(), shifted=shifted)
    text = tidy(cells)
    if fmt in EPOCHS:
        values, shifted = localise(_unix(text, EPOCHS[fmt]), zones)
    elif fmt == SERIAL:
        values, shifted = localise(_serial(text), zones)
    elif fmt:
        parsed = _declared(text, fmt)
        values, shifted = localise(parsed, zones)
    else:
        plain = _usual(text)
        whole = plain.null_count() == text.null_count()
        values, shifted = localise(plain, zones) if whole else _iso(text, zones)
    values = values.set((values.dt.year() < 1000).fill_null(False), None)  # a two-digit year read with %Y
    return ParsedCells(values, text.is_not_null() & values.is_null(), shifted=shifted)


def localise(stamps: pl.Series, zones: Zones) -> tuple[pl.Series, int]:
    """Any Datetime to naive local time of the target zone, and how many a clock change made unclear.

    An hour that happens twice is read as the first one; one that does not exist as an hour later (PEP 495).
    """
    zone = getattr(stamps.dtype, "time_zone", None)
    stamps = stamps.dt.cast_time_unit("us")
    if zone:
        return stamps.dt.convert_time_zone(zones.target).dt.replace_time_zone(None), 0
    if not zones.source or zones.source == zones.target:
        return stamps, 0
    first = stamps.dt.replace_time_zone(zones.source, ambiguous="earliest", non_existent="null")
    second = stamps.dt.replace_time_zone(zones.source, ambiguous="latest", non_existent="null")
    later = stamps.dt.offset_by("1h").dt.replace_time_zone(zones.source, ambiguous="earliest", non_existent="null")
    shifted = int((first != second).sum()) + int((stamps.is_not_null() & first.is_null()).sum())
    aware = first.zip_with(first.is_not_null(), later)
    return aware.dt.convert_time_zone(zones.target).dt.replace_time_zone(None), shifted


def _usual(text: pl.Series) -> pl.Series:
    """The usual form, told by the end of the first cell: eight times faster than looking at every part."""
    first = next(iter(text.drop_nulls().head(1)), "")
    ending = next((end for end in (" UTC", " GMT", "Z") if first.endswith(end)), "")
    form = "%Y-%m-%dT%H:%M:%S" if "T" in first[:11] else "%Y-%m-%d %H:%M:%S"
    stamps = text.str.strptime(_STAMP, form + ending, strict=False)
    return stamps.dt.replace_time_zone("UTC") if ending else stamps


def _unix(text: pl.Series, digits: int) -> pl.Series:
    """Counted from 1970 in UTC; a number with a fraction or an exponent (1.7672e9) is read as well."""
    whole = text.str.contains(r"^-?\d{1,18}$")
    exact = text.set(~whole.fill_null(False), None).cast(pl.Int64)
    micros = exact // 10 ** (digits - 6) if digits > 6 else exact * 10 ** (6 - digits)
    number = text.cast(pl.Float64, strict=False)
    rounded = (number * 10.0 ** (6 - digits)).round().cast(pl.Int64, strict=False)
    made: pl.Series = micros.zip_with(micros.is_not_null(), rounded).cast(pl.Datetime("us", "UTC"))
    return made


def _serial(text: pl.Series) -> pl.Series:
    """A day number and the part of the day, to the millisecond; before 1900-03-01 spreadsheets miscount."""
    days = text.cast(pl.Float64, strict=False)
    days = days.set(~days.is_between(61, 2_958_465).fill_null(False), None)
    since = ((days - _SERIAL_1970) * 86_400_000).round().cast(pl.Int64, strict=False)
    return since.cast(pl.Datetime("ms")).cast(_STAMP)


def _declared(text: pl.Series, fmt: str) -> pl.Series:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # chrono's `.%f` reads nanoseconds: 05.123 would become 05.000000123
        return text.str.strptime(_STAMP, fmt.replace(".%f", "%.f"), strict=False)


def _iso(text: pl.Series, zones: Zones) -> tuple[pl.Series, int]:
    parts = text.to_frame("t").select(
        pl.col("t").str.extract(_ISO, i).alias(name)
        for i, name in enumerate(("day", "clock", "second", "fraction", "offset"), 1)
    )
    written = pl.concat_str(
        "day",
        pl.lit(" "),
        pl.col("clock").fill_null("00:00"),
        pl.lit(":"),
        pl.col("second").fill_null("00"),
        pl.lit("."),
        pl.col("fraction").fill_null("0"),
    )
    naive = written.str.strptime(_STAMP, "%Y-%m-%d %H:%M:%S%.f", strict=False)
    digits = pl.col("offset").str.replace(":", "", literal=True).str.pad_end(5, "0")
    minutes = digits.str.slice(1, 2).cast(pl.Int64, strict=False) * 60 + digits.str.slice(3, 2).cast(
        pl.Int64, strict=False
    )
    signed = pl.when(digits.str.starts_with("-")).then(-minutes).otherwise(minutes)
    east = pl.when(pl.col("offset").is_in(["Z", "UTC", "GMT"])).then(0).otherwise(signed)
    found = parts.select(naive.alias("naive"), east.alias("east"))
    plain, shifted = localise(found["naive"].set(found["east"].is_not_null(), None), zones)
    if found["east"].null_count() == len(found):
        return plain, shifted
    utc = found.select((pl.col("naive") - pl.duration(minutes="east")).dt.replace_time_zone("UTC"))["naive"]
    moved, _ = localise(utc, zones)
    return plain.zip_with(found["east"].is_null(), moved), shifted
