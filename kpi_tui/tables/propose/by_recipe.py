"""A known export: its tables as a recipe makes them (config/recipes/*.toml), its doubtful rows counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.recipe import PLACEHOLDER, Placeholder, Recipe, RecipeTable, Told, placeholders
from kpi_tui.definitions.library.table import ColumnType, TableSchema, TableSource
from kpi_tui.definitions.message import say
from kpi_tui.definitions.text import Text
from kpi_tui.sql.quoted_text import quoted_text
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.prepare import prepare
from kpi_tui.tables.prepared import Prepared
from kpi_tui.tables.propose.column_shapes import Shape
from kpi_tui.tables.propose.synonyms import plain
from kpi_tui.tables.source.text_cells import tidy

_TYPES = {"number": ColumnType.FLOAT, "time": ColumnType.DATETIME}


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file as one recipe sees it: `columns` are the names of the recipe that the file has."""

    recipe: Recipe
    path: Path
    columns: Mapping[str, str]
    shapes: Mapping[str, Shape]

    def sql(self, template: str) -> str:
        """SQL over the columns of the file; "" when it asks for one that the file has not."""
        parts = [self._part(one) for one in placeholders(template)]
        filled = iter(parts)
        return PLACEHOLDER.sub(lambda _: next(filled), template) if all(parts) else ""

    def _part(self, asked: Placeholder) -> str:
        groups = {group: words for one in self.recipe.words.values() for group, words in one.items()}
        if asked.name in groups:
            return f"({', '.join(map(quoted_text, groups[asked.name]))})"
        if asked.name not in self.columns:
            return asked.default
        column = self.columns[asked.name]
        sql = self.shapes[column].sql.get(_TYPES[asked.kind], sql_name(column)) if asked.kind else sql_name(column)
        return f"coalesce({sql}, {asked.default})" if asked.default else sql


def recognised(path: Path, shapes: Mapping[str, Shape], recipes: Iterable[Recipe]) -> Recognised | None:
    """The recipe whose header words the file has, the one that asks for most of them; None when none fits."""
    by_name = {plain(name): name for name in reversed(list(shapes))}
    fitting = [
        Recognised(recipe, path, columns, shapes)
        for recipe in recipes
        if (columns := _columns(recipe, by_name)).keys() >= set(recipe.needs)
        and not by_name.keys() & set(map(plain, recipe.without))
    ]
    return max(fitting, key=lambda one: (len(one.recipe.needs), len(one.columns)), default=None)


def _columns(recipe: Recipe, by_name: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name, words in recipe.names.items():
        column = next((by_name[plain(word)] for word in words if plain(word) in by_name), "")
        if column:
            found[name] = column
    return found


def recipe_tables(one: Recognised, schemas: Mapping[str, TableSchema], timezone: str) -> list[TableProposal]:
    """The tables of the export that have all they need; what a person should confirm stands at each."""
    made = [
        table for part in one.recipe.tables.values() if part.id in schemas and (table := _table(one, part, schemas))
    ]
    words = {one.columns[name]: _known(groups) for name, groups in one.recipe.words.items() if name in one.columns}
    return [
        _confirmed(table, one, schemas[table.table], timezone, words if not at else {}) for at, table in enumerate(made)
    ]


def _known(groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in groups.values() for word in words))


def _table(one: Recognised, part: RecipeTable, schemas: Mapping[str, TableSchema]) -> TableProposal | None:
    where = one.sql(part.where)
    groups = tuple(one.sql(key) for key in part.group_by)
    if (part.where and not where) or not all(groups):
        return None
    columns = {name: sql for name, ways in part.columns.items() if (sql := next(filter(None, map(one.sql, ways)), ""))}
    schema = schemas[part.id]
    if not columns.keys() >= ({schema.time} if schema.time else set(schema.key)):
        return None
    used = set(one.columns.values())
    missing = tuple(c.name for c in schema.columns.values() if not c.nullable and c.name not in columns)
    return TableProposal(
        part.id,
        one.path,
        columns,
        tuple(name for name in one.shapes if name not in used),
        missing,
        1.0,
        info=(say("recognised as: {name}", name=one.recipe.name),),
        where=where,
        group_by=groups,
        options={"timezone": part.timezone} if part.timezone else {},
        distinct=part.distinct,
        recipe=one.recipe.id,
    )


def _confirmed(
    table: TableProposal, one: Recognised, schema: TableSchema, timezone: str, words: Mapping[str, tuple[str, ...]]
) -> TableProposal:
    told = [said for said in one.recipe.told if said.table == table.table]
    if not told:
        return replace(table, words=words)
    source = TableSource(
        table.table,
        (str(table.path),),
        columns=table.columns,
        where=table.where,
        group_by=table.group_by,
        timezone=table.options.get("timezone", ""),
    )
    folder = table.path.resolve().parent
    try:
        rows = prepare(source, schema, data=folder, roots=(folder,), timezone=timezone)
    except (TableError, OSError) as error:  # `check` says the same when the workspace is there
        return replace(table, words=words, notes=(*table.notes, str(error)))
    said = tuple(text for one_told in told if (text := _said(one_told, rows)))
    return replace(table, words=words, confirm=said)


def _said(told: Told, rows: Prepared) -> Text | None:
    """The sentence with its numbers; None where there are no such rows."""
    profile = rows.profile
    count = profile.filtered if told.of == "left_out" else profile.rows_kept
    if not count:
        return None
    total = ""
    if told.sum:
        total = format(float(rows.frame.select(pl.col(told.sum).sum()).collect().item() or 0), ",.2f")
    filled = {"{count}": f"{count:,}", "{sum}": total}
    return Text(*(_filled(text, filled) for text in (told.text.en, told.text.zh)))


def _filled(text: str, values: Mapping[str, str]) -> str:
    for field, value in values.items():
        text = text.replace(field, value)
    return text


def currency_of(one: Recognised, frame: pl.DataFrame) -> str:
    """The code the recipe knows, or the only one its column holds; "" when nothing says it."""
    name = one.recipe.currency.strip("{}")
    if name == one.recipe.currency:
        return name
    if name not in one.columns:
        return ""
    codes = tidy(frame[one.columns[name]]).drop_nulls().str.to_uppercase().unique().to_list()
    return str(codes[0]) if len(codes) == 1 and re.fullmatch(r"[A-Z]{3}", str(codes[0])) else ""
