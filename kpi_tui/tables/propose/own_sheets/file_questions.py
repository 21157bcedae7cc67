"""How the cells of a file are to be read: what the file says itself, and what only a person can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from kpi_tui.definitions.library.file_reading import ALL_SHEETS, YEAR_OF_FILE, FileReading, ReadingQuestion
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.message import Message, listed, say, says
from kpi_tui.tables.propose.column_shapes import LOOKED, Shape, day_or_month, shape_of
from kpi_tui.tables.propose.synonyms import names_of, plain
from kpi_tui.tables.source.raw_rows import ROW, Raw
from kpi_tui.tables.source.sheets.days_without_year import lacks_year, year_said
from kpi_tui.tables.source.sheets.filled_down import blanks_below
from kpi_tui.tables.total_rows import total_words

_COUNTED = (
    *(("orders", name) for name in ("order_amount", "paid_amount", "list_amount")),
    *(("order_items", name) for name in ("qty", "unit_price", "unit_cost")),
    *(("channel_daily", name) for name in ("impressions", "clicks", "spend", "orders", "order_amount")),
    ("refunds", "amount"),
    ("costs", "amount"),
)
"""A number merged over several rows is that of all of them together, not of each."""
_DAYS = (("orders", "created_at"), ("channel_daily", "day"))
_ONCE = (*_DAYS, ("orders", "order_id"))
_OFTEN = 0.2  # so many blank cells of a column are no slips
_YEARS = ("年", "年份", "年度", "year")


def read_by_itself(raw: Raw, path: Path, said: FileReading) -> FileReading:
    """What a person said, with the columns filled that the workbook merges and the years that the file says."""
    merged = tuple(name for name in raw.merged_down if name not in said.fill_down and _is_of_each(raw.frame, name))
    years = {name: year for name in _without_year(raw) if name not in said.year_of if (year := _year(raw, path))}
    return replace(said, fill_merged=merged, year_of={**said.year_of, **years})


def questions(raw: Raw, alike: list[str]) -> Iterator[ReadingQuestion]:
    """What is asked of a file; `alike`: sheets of the same columns as the first."""
    if alike:
        yield ReadingQuestion("sheet", "", _sheets(alike), ALL_SHEETS)
    for name in _without_year(raw):
        asked = say("{column} has no year: which year is its first row of?", column=name)
        yield ReadingQuestion("year_of", name, asked)
    for name in raw.columns:
        if name in raw.merged_down or not _is_called(name, _ONCE):
            continue
        rows, blank = _rows(raw.frame), blanks_below(raw.frame, name)
        if blank >= _OFTEN * rows and blank:
            told = says(
                "{column} is empty in {count} of {rows} row: does the one above stand for them?",
                "{column} is empty in {count} of {rows} rows: does the one above stand for them?",
                rows,
                column=name,
                count=blank,
                rows=rows,
            )
            yield ReadingQuestion("fill_down", name, told, name)


def orders_of_dates(shapes: Mapping[str, Shape], head: pl.DataFrame) -> Iterator[ReadingQuestion]:
    """Columns in whose dates day or month may stand first."""
    for name, shape in shapes.items():
        if shape.orders:
            yield ReadingQuestion("dates", name, day_or_month(name, head[name]))


def ways_out(file: str, asked: ReadingQuestion) -> Message:
    """The question with the option of `init` that answers it, where nobody has."""
    option = {
        "sheet": say("`init … --all-sheets {file}` reads them together", file=file),
        "year_of": say("`init … --year {file}=2026` says it", file=file),
        "fill_down": say("`init … --fill-down {column}` says yes", column=asked.column),
    }[asked.kind]
    return say(
        "{file}: {asked} {option} (in step 1 of the wizard Space on its line)",
        file=file,
        asked=asked.said,
        option=option,
    )


def _sheets(alike: list[str]) -> Message:
    return say("only its first sheet is read; {sheets} have the same columns: read them too?", sheets=listed(alike))


def _rows(frame: pl.DataFrame) -> int:
    """How many rows are no sums of others."""
    sums = total_words(frame.drop(ROW))
    return frame.height - sum(int(frame[name].is_in(words).sum()) for name, words in sums.items())


def _is_of_each(frame: pl.DataFrame, name: str) -> bool:
    """Whether a merged cell says something of each of its rows: a day, a number of an order, a name; no amount."""
    if _is_called(name, _COUNTED):
        return False
    return _is_called(name, (*_ONCE, ("orders", "user_id"), ("orders", "seller_id"))) or (
        ColumnType.FLOAT not in shape_of(name, frame[name].head(LOOKED)).sql
    )


def _is_called(name: str, columns: tuple[tuple[str, str], ...]) -> bool:
    return any(plain(name) in names_of(table, column) for table, column in columns)


def _without_year(raw: Raw) -> Iterator[str]:
    """Columns whose days lack their year."""
    sums: Mapping[str, list[str]] = total_words(raw.frame)
    for name in raw.columns:
        if raw.frame.schema[name] == pl.String:
            cells = raw.frame[name].head(LOOKED).drop_nulls()
            cells = cells.filter(~cells.is_in(sums.get(name, [])))
            if lacks_year(cells, called_so=_is_called(name, _DAYS)):
                yield name


def _year(raw: Raw, path: Path) -> str:
    """The column that says the year, or that the file does; "" where neither is known."""
    for name in raw.columns:
        cells = raw.frame[name].cast(pl.String).drop_nulls()
        if plain(name) in _YEARS and len(cells) and cells.str.contains(r"^(19|20)\d\d年?$").all():
            return name
    return YEAR_OF_FILE if year_said(path, raw.titles) else ""
