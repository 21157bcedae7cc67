"""Stamps to naive local time of the workspace's zone. ISO 8601 is read; any other form must be declared.

`01/02/2026` is day or month first: it is asked for, never guessed.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass

import polars as pl

from kpi_tui.tables.mapping.clock_changes import Localised, localised
from kpi_tui.tables.mapping.parsed_cells import ParsedCells
from kpi_tui.tables.mapping.zone_names import MOST_MINUTES, is_place, offset_minutes, split_zone, zone_specifier
from kpi_tui.tables.source.text_cells import tidy

_DAY = r"\d{4}-\d{2}-\d{2}"
_CLOCK = r"(\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d*)?)?"
_OFFSET = r"(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)"
_ISO = rf"^({_DAY})(?:[T ]{_CLOCK}\s?{_OFFSET}?)?$"
_BEGINS = rf"^{_DAY}"
_FRACTION = re.compile(r"\.?%\.?[369]?f")
_STAMP = pl.Datetime("us")
_SERIAL_1970 = 25_569
_ZERO_DATE = r"^0000[-/]?00[-/]?00(?:[T ]00:00(?::00(?:\.0+)?)?)?$"
_NO_TIME = ("null", "\\n", "n/a", "#n/a", "na", "nan", "nat", "none", "nil", "-", "--")
HALF_DAY = r"\s*([AaPp][Mm]|上午|下午|凌晨|早上|晚上)"  # what stands in a cell for `%p`
_MORNING, _EVENING = r"上午|凌晨|早上", r"下午|晚上"
SERIAL = "excel"  # days since 1899-12-30, as spreadsheets count them, told as strptime(x, 'excel')
APART = "\n"  # between the forms of a list, `strptime(x, ['…', '…'])`
EPOCHS = {"%s": 0, "%s%3f": 3, "%s%6f": 6, "%s%9f": 9}  # Unix time in s, ms, µs, ns: always UTC


@dataclass(frozen=True, slots=True)
class Zones:
    """`source`: zone of stamps that name none ("" = the workspace's); `target`: the workspace's zone."""

    source: str
    target: str


def to_stamp(cells: pl.Series, zones: Zones, fmt: str = "", *, is_tidy: bool = False) -> ParsedCells:
    """Naive Datetime(us) in the workspace's zone from text or from typed dates and stamps.

    `fmt` may be several forms (`APART`): each cell is read by the first one that fits. `is_tidy`: as for `to_number`.
    """
    if cells.dtype == pl.Date:
        return ParsedCells(cells.cast(_STAMP), cells.is_not_null() & cells.is_null())
    if isinstance(cells.dtype, pl.Datetime):
        made = localise(cells, zones)
        return ParsedCells(made.values, cells.is_not_null() & made.values.is_null(), twice=made.twice)
    text = cells if is_tidy else tidy(cells)
    nothing = _says_none(text)
    word = str(text.filter(nothing)[0]) if (count := int(nothing.sum())) else ""
    text = text.set(nothing, None) if count else text
    values, twice = pl.repeat(None, len(text), dtype=_STAMP, eager=True).alias(text.name), 0
    for form in fmt.split(APART):
        made = _read(text.set(values.is_not_null(), None) if twice or form != fmt else text, zones, form)
        values, twice = values.zip_with(values.is_not_null(), made.values), twice + made.twice
    return ParsedCells(values, text.is_not_null() & values.is_null(), twice=twice, nothing=count, word=word)


def _says_none(text: pl.Series) -> pl.Series:
    """Cells that say there is no time: a word of a database for nothing, or the day 0 of the year 0 of MySQL."""
    first = text.str.slice(0, 1)
    if not first.is_in([*"0Nn\\-"]).any():  # an ISO date begins with 1 or 2: nothing more is looked at
        return first.is_null() & first.is_not_null()
    zero = text.str.contains(_ZERO_DATE)
    return (zero | text.str.to_lowercase().is_in(_NO_TIME)).fill_null(False)


def of_no_year(days: pl.Series) -> pl.Series:
    """Years of two digits read with %Y are none, nor those of five: milliseconds read as seconds."""
    return (~days.dt.year().is_between(1000, 9999)).fill_null(False)


def localise(stamps: pl.Series, zones: Zones) -> Localised:
    """Any Datetime to naive local time of the target zone; null where its hour or year does not exist in its zone."""
    zone = getattr(stamps.dtype, "time_zone", None)
    stamps = stamps.dt.cast_time_unit("us")
    stamps = stamps.set(of_no_year(stamps), None)
    if zone:
        return Localised(stamps.dt.convert_time_zone(zones.target).dt.replace_time_zone(None))
    return localised(stamps, zones.source or zones.target, zones.target)


def _read(text: pl.Series, zones: Zones, fmt: str) -> Localised:
    """Stamps of one form; null where a cell does not have it or names a time that does not exist."""
    if fmt in EPOCHS:
        return localise(_unix(text, EPOCHS[fmt]), zones)
    if fmt == SERIAL:
        return localise(_serial(text), zones)
    if fmt:
        return localise(_declared(text, fmt), zones)
    plain = _usual(text)
    if plain.null_count() == text.null_count():
        return localise(plain, zones)
    if not text.str.contains(_BEGINS).any():  # words and numbers, of which a file has many columns: none is a stamp
        return Localised(pl.repeat(None, len(text), dtype=_STAMP, eager=True).alias(text.name))
    return _iso(text, zones)


def _usual(text: pl.Series) -> pl.Series:
    """The usual form, told by the end of the first cell: eight times faster than looking at every part."""
    first = next(iter(text.drop_nulls().head(1)), "")
    ending = next((end for end in (" UTC", " GMT", "Z") if first.endswith(end)), "")
    form = "%Y-%m-%dT%H:%M:%S" if "T" in first[:11] else "%Y-%m-%d %H:%M:%S"
    stamps = _without_leap(text, text.str.strptime(_STAMP, form + ending, strict=False), form + ending)
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
    """Stamps of a declared form, in UTC when the form says a zone."""
    zone = zone_specifier(fmt)
    if zone == "%Z":
        return _named(text, fmt)
    if "%p" in fmt:
        text = _as_half_days(text)
    if "%H" in fmt and "%M" not in fmt and not zone:  # an hour alone: chrono wants its minute
        text, fmt = text + " 00", f"{fmt} %M"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # chrono's `.%f` reads nanoseconds: 05.123 would become 05.000000123
        stamps = text.str.strptime(_STAMP, fmt.replace(".%f", "%.f"), strict=False)
    if zone:
        said = split_zone(text, fmt, zone)[1]
        far = [offset for offset in said.unique().drop_nulls() if offset_minutes(offset) is None]
        stamps = stamps.set(said.is_in(far).fill_null(False), None)
    return _without_leap(text, stamps, fmt)


def _as_half_days(text: pl.Series) -> pl.Series:
    """上午 and 下午 as AM and PM; 晚上12 is the midnight before or after, so that it stays as it is."""
    if not text.str.contains(f"{_MORNING}|{_EVENING}").any():
        return text
    sure = ~text.str.contains(r"晚上\s*12").fill_null(value=False)
    return text.str.replace(_MORNING, "AM").str.replace(_EVENING, "PM").zip_with(sure, text)


def _named(text: pl.Series, fmt: str) -> pl.Series:
    """Stamps that name their zone: an abbreviation that means one offset, or a place; null for any other."""
    rest, names, plain = split_zone(text, fmt, "%Z")
    naive = _declared(rest, plain)
    made = pl.repeat(None, len(text), dtype=pl.Datetime("us", "UTC"), eager=True)
    for name in names.unique().drop_nulls():
        mine = naive.set((names != name).fill_null(True), None)
        if (minutes := offset_minutes(name)) is not None:
            utc = mine.dt.offset_by(f"{-minutes}m")
        elif is_place(name):
            utc = localised(mine, name, "UTC").values
        else:
            continue
        made = made.zip_with(made.is_not_null(), utc.dt.replace_time_zone("UTC"))
    return made.alias(text.name)


def _without_leap(text: pl.Series, stamps: pl.Series, fmt: str) -> pl.Series:
    """No second 60: read as the next minute it could change the day, and no clock of an export shows it."""
    full = text.str.contains("60", literal=True)
    doubt = (full & (stamps.dt.second() == 0)).fill_null(False) if full.any() else full
    if not doubt.any():
        return stamps
    literal = _FRACTION.sub("", fmt.replace("%T", "%H:%M:%S")).replace("%S", "60")
    cells = text.filter(doubt).str.replace(r"60[.,]\d+", "60")
    leap = cells.str.strptime(_STAMP, literal, strict=False).is_not_null() if "60" in literal else cells.is_null()
    return stamps.scatter(doubt.arg_true().filter(leap), None)


def _iso(text: pl.Series, zones: Zones) -> Localised:
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
    hours, past = (digits.str.slice(at, 2).cast(pl.Int64, strict=False) for at in (1, 3))
    minutes = hours * 60 + past
    signed = pl.when(digits.str.starts_with("-")).then(-minutes).otherwise(minutes)
    east = pl.when(pl.col("offset").is_in(["Z", "UTC", "GMT"])).then(0).otherwise(signed)
    wrong = (pl.col("second") == "60") | (minutes > MOST_MINUTES) | (past > 59)
    found = parts.select(pl.when(wrong.fill_null(False)).then(None).otherwise(naive).alias("naive"), east.alias("east"))
    local = localise(found["naive"].set(found["east"].is_not_null(), None), zones)
    if found["east"].null_count() == len(found):
        return local
    utc = found.select((pl.col("naive") - pl.duration(minutes="east")).dt.replace_time_zone("UTC"))["naive"]
    return Localised(local.values.zip_with(found["east"].is_null(), localise(utc, zones).values), local.twice)
