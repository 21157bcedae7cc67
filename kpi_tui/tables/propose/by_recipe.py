"""A known export: its tables as a recipe makes them (config/recipes/*.toml), its doubtful rows counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
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
from kpi_tui.tables.propose.column_shapes import LOOKED, Shape, shape_of
from kpi_tui.tables.propose.header_words import JOINED, close, columns_meant
from kpi_tui.tables.propose.order_amounts import said_once
from kpi_tui.tables.propose.synonyms import plain
from kpi_tui.tables.source.text_cells import tidy
from kpi_tui.tables.total_rows import total_words

SPARE = 0.9  # confidence of a table that another file may fill better
_KNOWN = 0.6  # of the cells of a status
_FIELD = re.compile(r"\{(count|made|sum)(?::([^|{}]*)\|([^|{}]*))?\}")  # {count}, {count:order was|orders were}
_MIXED = ("an amount of several currencies", "多种币种的金额")  # {sum}, where it cannot be one
_TYPES = {"number": ColumnType.FLOAT, "time": ColumnType.DATETIME, "order": ColumnType.FLOAT}


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file as one recipe sees it: `columns` are the names of the recipe that the file has.

    `shapes` are those of the file's columns and of such that were joined; `words`: group -> words, as the file spells
    them too; `headers` are all columns of the file, `used` those that the recipe has a name for.
    """

    recipe: Recipe
    path: Path
    columns: Mapping[str, str]
    shapes: Mapping[str, Shape]
    words: Mapping[str, tuple[str, ...]]
    headers: tuple[str, ...]
    used: frozenset[str]
    frame: pl.DataFrame
    totals: Mapping[str, list[str]]  # column -> words of rows that sum up others
    more: tuple[Path, ...] = ()  # further files of the export, their rows in `frame` too
    once: dict[str, bool] = field(default_factory=dict)  # what `said_once` found, by name

    def sql(self, template: str) -> str:
        """SQL over the columns of the file; "" when it asks for one that the file has not."""
        parts = [self._part(one) for one in placeholders(template)]
        filled = iter(parts)
        return PLACEHOLDER.sub(lambda _: next(filled), template) if all(parts) else ""

    def first(self, ways: Iterable[str]) -> str:
        """The first SQL whose columns the file has."""
        return next(filter(None, map(self.sql, ways)), "")

    def _part(self, asked: Placeholder) -> str:
        if asked.name in self.words:
            return _listed(self.words[asked.name])
        if asked.name not in self.columns:
            return asked.default
        shape = self.shapes[self.columns[asked.name]]
        text = shape.sql.get(ColumnType.STR, sql_name(self.columns[asked.name]))
        sql = shape.sql.get(_TYPES[asked.kind], text) if asked.kind else text
        sql = f"coalesce({sql}, {asked.default})" if asked.default else sql
        if asked.kind != "order":
            return sql
        if asked.name not in self.once:
            cells = {name: self.frame[column] for name, column in self.columns.items() if column in self.frame.columns}
            self.once[asked.name] = said_once(cells, asked.name)
        return f"max({sql})" if self.once[asked.name] else f"sum({sql})"

    def known(self, name: str) -> tuple[str, ...]:
        """The words that the recipe knows in the column of `name`."""
        return tuple(dict.fromkeys(word for group in self.recipe.words[name] for word in self.words[group]))

    def currencies(self) -> set[str]:
        """Codes that the recipe knows, or that the column which says them holds."""
        name = self.recipe.currency.strip("{}")
        if name and name == self.recipe.currency:
            return {name}
        if name not in self.columns:
            return set()
        cells = tidy(self.frame[self.columns[name]]).drop_nulls().str.to_uppercase().unique()
        return {code for code in cells if re.fullmatch(r"[A-Z]{3}", code)}


def recognised(
    path: Path, frame: pl.DataFrame, shapes: Mapping[str, Shape], recipes: Iterable[Recipe]
) -> Recognised | None:
    """The recipe whose header words the file has, the one that asks for most of them; None when none fits.

    Words of a status that the recipe mostly does not know are those of another shop, whatever its headers are.
    """
    headers = set(map(close, shapes))
    fitting = [
        (recipe, columns)
        for recipe in recipes
        if (columns := _columns(recipe, shapes, frame)).keys() >= set(recipe.needs)
        and not headers & set(map(close, recipe.without))
        and _speaks(recipe, columns, frame)
    ]
    if not fitting:
        return None
    recipe, columns = max(fitting, key=lambda one: (len(one[0].needs), len(one[1])))
    joined = {JOINED.join(parts): _joined(parts, frame) for parts in columns.values() if len(parts) > 1}
    by_name = {name: JOINED.join(parts) for name, parts in columns.items()}
    if recipe.empty:
        own = (name for name in by_name.values() if name in frame.columns)
        shapes = {**shapes, **{name: shape_of(name, frame[name].head(LOOKED), "", recipe.empty) for name in own}}
    used = frozenset(part for parts in columns.values() for part in parts)
    words = _words(recipe, columns, frame)
    return Recognised(
        recipe, path, by_name, {**shapes, **joined}, words, tuple(shapes), used, frame, total_words(frame)
    )


def _speaks(recipe: Recipe, columns: Mapping[str, tuple[str, ...]], frame: pl.DataFrame) -> bool:
    """Whether most cells of every column of words are words that the recipe knows."""
    for name in recipe.words.keys() & columns.keys():
        known = {plain(word) for words in recipe.words[name].values() for word in words}
        cells = tidy(frame[columns[name][0]]).drop_nulls().value_counts().rows()
        if sum(count for word, count in cells if plain(word) in known) < _KNOWN * sum(count for _, count in cells):
            return False
    return True


def _columns(recipe: Recipe, headers: Iterable[str], frame: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """The columns meant; of texts (a buyer, a product) rather one with cells than one without any.

    An empty time of payment says that nobody paid: another column does not stand in for it.
    """
    asked = (one for table in recipe.tables.values() for sql in table.sqls() for one in placeholders(sql))
    read = {one.name for one in asked if one.kind} | recipe.words.keys()
    texts = {name: words for name, words in recipe.names.items() if name not in read}
    filled = [name for name in headers if frame[name].null_count() < frame.height]
    return {**columns_meant(recipe.names, headers), **columns_meant(texts, filled)}


def _joined(parts: tuple[str, ...], frame: pl.DataFrame) -> Shape:
    """Cells of several columns read as one, a blank between them."""
    cells = frame.head(LOOKED).select(pl.concat_str(parts, separator=" ", ignore_nulls=True)).to_series()
    blank = ", ' ', "
    return shape_of(JOINED.join(parts), cells, f"concat({blank.join(map(sql_name, parts))})")


def _words(recipe: Recipe, columns: Mapping[str, tuple[str, ...]], frame: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """The words of every group, and what the file has that differs from one by case, blanks or signs only."""
    found = {}
    for name, groups in recipe.words.items():
        own = tidy(frame[columns[name][0]]).drop_nulls().unique().sort().to_list() if name in columns else []
        taken = {word for words in groups.values() for word in words}
        for group, words in groups.items():
            alike = set(map(plain, words))
            found[group] = (*words, *(word for word in own if word not in taken and plain(word) in alike))
    return found


def _listed(words: Iterable[str]) -> str:
    return f"({', '.join(map(quoted_text, words))})"


def fills_a_table(one: Recognised, schemas: Mapping[str, TableSchema]) -> bool:
    """Whether the file has what a table of its recipe needs."""
    return any(part.id in schemas and _table(one, part, schemas) for part in one.recipe.tables.values())


def recipe_tables(one: Recognised, schemas: Mapping[str, TableSchema], timezone: str) -> list[TableProposal]:
    """The tables of the export that have all they need; what a person should confirm stands at each."""
    made = [
        table for part in one.recipe.tables.values() if part.id in schemas and (table := _table(one, part, schemas))
    ]
    words = {one.columns[name]: one.known(name) for name in one.recipe.words if name in one.columns}
    return [
        _confirmed(table, one, schemas[table.table], timezone, words if not at else {}) for at, table in enumerate(made)
    ]


def _table(one: Recognised, part: RecipeTable, schemas: Mapping[str, TableSchema]) -> TableProposal | None:
    where = one.first(part.where)
    groups = tuple(one.sql(key) for key in part.group_by)
    if (part.where and not where) or not all(groups):
        return None
    columns = {name: sql for name, ways in part.columns.items() if (sql := one.first(ways))}
    schema = schemas[part.id]
    if not columns.keys() >= ({schema.time} if schema.time else set(schema.key)):
        return None
    missing = tuple(c.name for c in schema.columns.values() if not c.nullable and c.name not in columns)
    return TableProposal(
        part.id,
        one.path,
        columns,
        tuple(name for name in one.headers if name not in one.used),
        missing,
        SPARE if part.spare else 1.0,
        info=(say("recognised as: {name}", name=one.recipe.name), *_told_totals(one)),
        where=_without_totals(where, one),
        group_by=groups,
        options={"timezone": part.timezone} if part.timezone else {},
        distinct=part.distinct,
        latest_by=tuple(one.columns[name] for name in one.recipe.latest_by if name in one.columns),
        recipe=one.recipe.id,
        more=one.more,
    )


def _told_totals(one: Recognised) -> list[str]:
    return [
        say("rows that sum up others are left out: {name} {words}", name=name, words=", ".join(words))
        for name, words in one.totals.items()
    ]


def _without_totals(where: str, one: Recognised) -> str:
    """The condition without the rows that sum up others (合计), which no reader of an export takes for an order."""
    totals = [f"coalesce({sql_name(name)}, '') not in {_listed(words)}" for name, words in one.totals.items()]
    return " and ".join([f"({where})", *totals] if where and totals else [where] if where else totals)


def _confirmed(
    table: TableProposal, one: Recognised, schema: TableSchema, timezone: str, words: Mapping[str, tuple[str, ...]]
) -> TableProposal:
    part = one.recipe.tables[table.table]
    told = [
        said
        for said in one.recipe.told
        if said.table == table.table and (not said.name or _reads(one, part, said.name))
    ]
    if not told:
        return replace(table, words=words)
    source = TableSource(
        table.table,
        tuple(str(path.resolve()) for path in (table.path, *table.more)),
        columns=table.columns,
        where=table.where,
        group_by=table.group_by,
        timezone=table.options.get("timezone", ""),
    )
    folders = tuple(path.resolve().parent for path in (table.path, *table.more))
    try:
        rows = prepare(source, schema, data=folders[0], roots=folders, timezone=timezone)
    except (TableError, OSError) as error:  # `check` says the same when the workspace is there
        return replace(table, words=words, notes=(*table.notes, str(error)))
    said = tuple(text for one_told in told if (text := _said(one_told, rows, one)))
    return replace(table, words=words, confirm=(*said, *_zone(table, timezone)))


def _reads(one: Recognised, part: RecipeTable, name: str) -> bool:
    """Whether a name of the recipe fills a column of the table."""
    taken = (next(filter(one.sql, ways), "") for ways in part.columns.values())
    return name in one.columns and any(name == asked.name for sql in taken for asked in placeholders(sql))


def _zone(table: TableProposal, timezone: str) -> tuple[Text, ...]:
    """The zone of the export, where the workspace has another: days begin elsewhere."""
    zone = table.options.get("timezone", timezone)
    if zone == timezone:
        return ()
    return (
        Text(
            f"times without an offset are taken for {zone}, the zone of this export, and counted as {timezone}",
            f"不带时区的时间按该导出的时区 {zone} 读取，再换算为 {timezone}",
        ),
    )


def _said(told: Told, rows: Prepared, one: Recognised) -> Text | None:
    """The sentence with its numbers; None where there are no such rows. Several currencies have no sum."""
    profile = rows.profile
    totals = pl.any_horizontal(False, *(pl.col(name).is_in(words) for name, words in one.totals.items()))
    left_out = profile.filtered - one.frame.filter(totals).height
    count = left_out if told.of == "left_out" else profile.rows_kept
    if not count:
        return None
    made, total = rows.frame.select(pl.len(), pl.col(told.sum).sum() if told.sum else pl.lit(0)).collect().row(0)
    numbers = {"count": count, "made": made}
    filled = {name: f"{number:,}" for name, number in numbers.items()}
    sums = _MIXED if len(one.currencies()) > 1 else (format(float(total or 0), ",.2f"),) * 2

    def text(said: str, sum_said: str) -> str:
        words = {**filled, "sum": sum_said}
        return _FIELD.sub(lambda f: (f[2] if numbers[f[1]] == 1 else f[3]) if f[3] is not None else words[f[1]], said)

    return Text(*(text(said, sum_said) for said, sum_said in zip((told.text.en, told.text.zh), sums, strict=True)))
