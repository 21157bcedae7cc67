"""Typed columns (Parquet) brought to the few kinds that mappings know: text, Int64, Float64, stamps, dates."""

from __future__ import annotations

import polars as pl

from kpi_tui.definitions.message import says
from kpi_tui.tables.mapping.timestamps import Zones, localise, of_no_year
from kpi_tui.tables.source.raw_rows import FILE, ROW

_UNITS = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
_FIRST_DAY, _LAST_DAY = -719_161, 2_932_895
"""Since 1970, of the second day of year 1 and the last but one of 9999: a zone may move a stamp by one."""


def normal(frame: pl.DataFrame, zones: Zones) -> tuple[pl.DataFrame, list[str]]:
    """The frame with NaN as null, small integers widened, stamps local and naive; notes say what changed."""
    notes: list[str] = []
    columns = [column if column.name in (ROW, FILE) else _normal(column, zones, notes) for column in frame]
    return pl.DataFrame(columns), notes


def _normal(column: pl.Series, zones: Zones, notes: list[str]) -> pl.Series:
    kind = column.dtype
    if kind.is_float():
        wide = column.cast(pl.Float64)
        odd = (wide.is_nan() | wide.is_infinite()).fill_null(False)
        if count := int(odd.sum()):
            notes.append(not_finite_note(column.name, count))
            wide = wide.set(odd, None)
        return wide
    if isinstance(kind, pl.Datetime | pl.Date) and (beyond := _beyond(column)).any():
        return _as_text(column, beyond)
    if isinstance(kind, pl.Datetime):
        made = localise(column, zones)
        if (
            made.values.null_count() > column.null_count()
        ):  # hours and years that do not exist: as text, so that their rows are told
            return column.dt.strftime("%Y-%m-%d %H:%M:%S%.6f")
        if made.twice:
            notes.append(clock_note(column.name, made.twice))
        return made.values
    if kind == pl.Date and of_no_year(column).any():
        return column.cast(pl.String)
    if kind.is_integer() or kind.is_decimal():
        return _whole_or_exact(column)
    if isinstance(kind, pl.Duration):
        return pl.select(pl.format(f"{{}} {kind.time_unit}", column.to_physical()).alias(column.name))[:, 0]
    if kind == pl.Binary:
        return _texts(column)
    if isinstance(kind, pl.Categorical | pl.Enum) or kind == pl.Null:
        return column.cast(pl.String)
    return column


def _beyond(column: pl.Series) -> pl.Series:
    """Days and stamps of years that no calendar has: polars keeps them, and can neither show nor convert them."""
    unit = _UNITS[column.dtype.time_unit] if isinstance(column.dtype, pl.Datetime) else 1
    days = column.to_physical() // unit
    return ((days <= _FIRST_DAY) | (days >= _LAST_DAY)).fill_null(False)


def _as_text(column: pl.Series, beyond: pl.Series) -> pl.Series:
    """As text, so that the rows of such years are told, and no other."""
    zone = "%:z" if isinstance(column.dtype, pl.Datetime) and column.dtype.time_zone else ""
    form = "%Y-%m-%d" if column.dtype == pl.Date else f"%Y-%m-%d %H:%M:%S%.6f{zone}"
    good = column.set(beyond, None).dt.strftime(form)
    numbers = column.to_physical().cast(pl.String)
    return good.zip_with(~beyond, numbers).alias(column.name)


def _texts(column: pl.Series) -> pl.Series:
    """Bytes as UTF-8, and where one cell is not, all as hexadecimal digits: two ids never become one."""
    try:
        return column.cast(pl.String)
    except pl.exceptions.PolarsError:
        return column.bin.encode("hex")


def finite(table: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Numbers that a mapping made by 7.0 / 0 or 1e999 are none: empty, and told, as those of a file are."""
    floats = [name for name, dtype in table.schema.items() if dtype.is_float()]
    odd = table.select((pl.col(floats).is_nan() | pl.col(floats).is_infinite()).fill_null(False).sum())
    counts = {name: count for name, count in zip(floats, odd.row(0), strict=True) if count} if floats else {}
    made = table.with_columns(pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name) for name in counts)
    return made, [not_finite_note(name, count) for name, count in counts.items()]


def not_finite_note(name: str, count: int) -> str:
    """A sentence about numbers of a column that are none."""
    return says(
        "{said}: {count} cell is NaN or infinite; read as empty",
        "{said}: {count} cells are NaN or infinite; read as empty",
        count,
        said=name,
    )


def clock_note(name: str, count: int) -> str:
    """What a profile says about stamps that may be one of two moments."""
    return says(
        "{name}: {count} stamp lies in an hour that a clock change repeats; the first of the two was taken",
        "{name}: {count} stamps lie in an hour that a clock change repeats; the first of the two was taken",
        count,
        name=name,
    )


def no_time_note(name: str, count: int, word: str) -> str:
    """What a profile says about cells that write in words or zeros that there is no time."""
    return says(
        "{name}: {count} cell says that there is no time ({word!r}); read as empty",
        "{name}: {count} cells say that there is no time ({word!r}); read as empty",
        count,
        name=name,
        word=word,
    )


def _whole_or_exact(column: pl.Series) -> pl.Series:
    if isinstance(column.dtype, pl.Decimal) and column.dtype.scale:
        return column.cast(pl.Float64)
    whole = column.cast(pl.Int64, strict=False)
    return whole if whole.null_count() == column.null_count() else column.cast(pl.String)
