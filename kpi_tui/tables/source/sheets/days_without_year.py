"""Days written without their year (10月1日, 10/1 15:30): the year of the first row, of the file, or of a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.file_reading import YEAR_OF_FILE
from kpi_tui.definitions.message import Message, say
from kpi_tui.tables.source.raw_rows import Raw

MONTH_DAY = r"^(\d{1,2})\s*(?:月\s*(\d{1,2})\s*[日号]?|[/-](\d{1,2}))(\s.*|[上下].*|)$"
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_LATE, _EARLY = 10, 3  # months between which a year ends


def year_said(path: Path, titles: str) -> str:
    """The only year that the sheet, the title above its header, the name of the file or its folder says; "" else."""
    for text in (*titles.splitlines(), path.stem, path.parent.name):
        if found := set(_YEAR.findall(text)):
            return found.pop() if len(found) == 1 else ""
    return ""


def with_years(raw: Raw, path: Path, column: str, year: str) -> tuple[pl.Series, Message]:
    """The column with whole days, and what to say of them. TableError where no year is known.

    From December on to January the next year begins, from January back to December the one before.
    """
    cells = raw.frame[column].cast(pl.String)
    parts = cells.to_frame("cell").select(
        pl.col("cell").str.extract(MONTH_DAY, 1).cast(pl.Int64).alias("month"),
        pl.coalesce(pl.col("cell").str.extract(MONTH_DAY, at) for at in (2, 3)).cast(pl.Int64).alias("day"),
        pl.col("cell").str.extract(MONTH_DAY, 4).fill_null("").alias("rest"),
    )
    if year in raw.frame.columns:
        years = raw.frame[year].cast(pl.String).str.extract(r"((?:19|20)\d\d)").cast(pl.Int64)
    else:
        first = year_said(path, raw.titles) if year == YEAR_OF_FILE else year
        if not (first.isdigit() and len(first) == len("2026")):
            raise TableError(_unknown(path, column, year))
        years = int(first) + _turns(parts["month"])
    written = parts.with_columns(years.alias("year")).select(
        pl.format(
            "{}-{}-{}{}",
            "year",
            pl.col("month").cast(pl.String).str.zfill(2),
            pl.col("day").cast(pl.String).str.zfill(2),
            pl.when(pl.col("rest").str.contains(r"^\S")).then(" " + pl.col("rest")).otherwise("rest"),
        )
    )
    made = written.to_series().alias(column)
    days = made.str.slice(0, 10).drop_nulls()
    said = say(
        "{file}: {column} has no year: its days are read as {first} to {last}",
        file=path.name,
        column=column,
        first=days.min() or "—",
        last=days.max() or "—",
    )
    return made.zip_with(made.is_not_null(), cells.alias(column)), said


def _unknown(path: Path, column: str, year: str) -> Message:
    if year == YEAR_OF_FILE:
        return say(
            "{file}: {column} has no year, and neither the sheet, its title nor the name of the file says one: "
            "`init … --year {file}=2026` says it",
            file=path.name,
            column=column,
        )
    return say("{file}: {year!r} is no year and no column of the file", file=path.name, year=year)


def _turns(months: pl.Series) -> pl.Series:
    """How many years each row lies behind the first."""
    known = months.forward_fill()
    before = known.shift(1)
    on = ((before >= _LATE) & (known <= _EARLY)).fill_null(value=False).cast(pl.Int64)
    back = ((before <= _EARLY) & (known >= _LATE)).fill_null(value=False).cast(pl.Int64)
    return (on - back).cum_sum()


def lacks_year(cells: Iterable[str | None], *, called_so: bool) -> bool:
    """Whether cells are days without a year; `10/1` only where the column is called as a day is."""
    known = [cell for cell in cells if cell]
    fits = [at for cell in known if (at := re.match(MONTH_DAY, cell)) and (called_so or "月" in cell)]
    return bool(known) and len(fits) >= 0.95 * len(known)
