"""Rows that sum up others (合计, Total) left out by a condition of the mapping, so that nobody has to write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import polars as pl

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.library.table import ColumnType, TableSchema
from kpi_tui.definitions.message import listed, say
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.propose.by_recipe import sql_list
from kpi_tui.tables.propose.sampled_file import SampledFile
from kpi_tui.tables.source.text_cells import tidy
from kpi_tui.tables.total_rows import is_total, total_words


def without_total_rows(
    made: Iterable[TableProposal], seen: SampledFile, schemas: Mapping[str, TableSchema]
) -> list[TableProposal]:
    """The tables of an own sheet without its rows of sums: their word stands where a day or a number should, or beside
    no day. A row with both is somebody's who is called so; `check` asks about it.
    """
    made = list(made)
    numbers, days = set(_numbers(made, seen, schemas)), set(_days(made, seen, schemas))
    totals = {
        name: words
        for name, words in total_words(seen.frame).items()
        if name in numbers or ColumnType.DATETIME in seen.shapes[name].sql or _without_day(name, days, seen)
    }
    if not totals:
        return made
    told = told_totals(totals)
    kept = without_totals("", totals)
    return [replace(one, where=without_totals(one.where, totals), totals=kept, info=(*one.info, *told)) for one in made]


def _numbers(made: Iterable[TableProposal], seen: SampledFile, schemas: Mapping[str, TableSchema]) -> Iterator[str]:
    """The columns of the file that number the rows of a table."""
    for one in made:
        key = next(iter(schemas[one.table].key), "")
        sql = one.columns.get(key, sql_name(key) if key in one.same else "")
        yield from (name for name, shape in seen.shapes.items() if sql and shape.sql.get(ColumnType.STR) == sql)


def _days(made: Iterable[TableProposal], seen: SampledFile, schemas: Mapping[str, TableSchema]) -> Iterator[str]:
    """The columns of the file that date them."""
    for one in made:
        time = schemas[one.table].time
        sql = one.columns.get(time, sql_name(time) if time in one.same else "")
        for name, shape in seen.shapes.items():
            if sql and shape.sql.get(ColumnType.DATETIME) in (sql, sql.removeprefix("min(").removesuffix(")")):
                yield name


def _without_day(column: str, days: Iterable[str], seen: SampledFile) -> bool:
    """Whether no row with a word for a total has a day."""
    rows = seen.frame.filter(is_total(column))
    cells = [rows[name] for name in days]
    return bool(cells) and all((tidy(one) if one.dtype == pl.String else one).is_null().all() for one in cells)


def told_totals(totals: Mapping[str, list[str]]) -> list[str]:
    """That rows with words for a total are left out, by their column."""
    return [
        say("rows that sum up others are left out: {name} {words}", name=name, words=listed(words))
        for name, words in totals.items()
    ]


def without_totals(where: str, totals: Mapping[str, list[str]]) -> str:
    """The condition without the rows that sum up others (合计), which no reader of an export takes for an order."""
    kept = [f"coalesce({sql_name(name)}, '') not in {sql_list(words)}" for name, words in totals.items()]
    return " and ".join([f"({where})", *kept] if where and kept else [where] if where else kept)
