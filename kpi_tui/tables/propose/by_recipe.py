"""Which known export a file is, and its columns as the recipe names them (config/recipes/*.toml)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from kpi_tui.definitions.library.recipe import PLACEHOLDER, Placeholder, Recipe, placeholders
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.written.status_words import Said, StatusColumn
from kpi_tui.sql.quoted_text import quoted_text
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.propose.column_shapes import LOOKED, Shape, shape_of
from kpi_tui.tables.propose.header_words import JOINED, close, columns_meant
from kpi_tui.tables.propose.order_amounts import said_once
from kpi_tui.tables.propose.recipe_words import NOTHING_SAID, strange_words, with_said
from kpi_tui.tables.propose.synonyms import plain
from kpi_tui.tables.source.text_cells import tidy
from kpi_tui.tables.total_rows import total_words

_KNOWN = 0.6  # of the cells of a status
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
    strange: tuple[StatusColumn, ...] = ()  # words that the recipe does not know
    said: Said = field(default_factory=dict)  # what a person says they mean
    unanswered: Recognised | None = None  # the same without that
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

    def columns_of(self, table: str) -> dict[str, str]:
        """The SQL of the columns of a table, where the recipe fills it from what the file has."""
        part = self.recipe.tables.get(table)
        return {name: sql for name, ways in part.columns.items() if (sql := self.first(ways))} if part else {}

    def _part(self, asked: Placeholder) -> str:
        if asked.name in self.words:
            return sql_list(self.words[asked.name])
        if asked.name not in self.columns:
            return asked.default
        shape = self.shapes[self.columns[asked.name]]
        text = shape.sql.get(ColumnType.STR, sql_name(self.columns[asked.name]))
        if asked.kind == "person":
            return f"case when {text} like '%*%' then null else {text} end" if self._names_someone(asked.name) else ""
        sql = shape.sql.get(_TYPES[asked.kind], text) if asked.kind else text
        sql = f"coalesce({sql}, {asked.default})" if asked.default else sql
        if asked.kind != "order":
            return sql
        if asked.name not in self.once:
            cells = {name: self.frame[column] for name, column in self.columns.items() if column in self.frame.columns}
            self.once[asked.name] = said_once(cells, asked.name)
        return f"max({sql})" if self.once[asked.name] else f"sum({sql})"

    def _names_someone(self, name: str) -> bool:
        cells = self.frame[self.columns[name]].cast(pl.String).drop_nulls()
        return not cells.str.contains("*", literal=True).all()

    def known(self, name: str) -> tuple[str, ...]:
        """The words that the recipe knows in the column of `name`."""
        return tuple(dict.fromkeys(word for group in self.recipe.words[name] for word in self.words[group]))

    def currencies(self) -> Counter[str]:
        """Codes that the recipe knows, or that the column which says them holds, and their rows."""
        name = self.recipe.currency.strip("{}")
        if name and name == self.recipe.currency:
            return Counter({name: self.frame.height})
        if name not in self.columns:
            return Counter()
        return codes_in(self.frame[self.columns[name]])


def codes_in(cells: pl.Series) -> Counter[str]:
    """Codes of currencies, and in how many cells they stand."""
    counts = tidy(cells.cast(pl.String)).drop_nulls().str.to_uppercase().value_counts()
    return Counter({code: rows for code, rows in counts.iter_rows() if re.fullmatch(r"[A-Z]{3}", code)})


def recognised(
    path: Path,
    frame: pl.DataFrame,
    shapes: Mapping[str, Shape],
    recipes: Iterable[Recipe],
    said: Said = NOTHING_SAID,
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
    strange = tuple(strange_words(words, recipe, by_name, frame))
    made = Recognised(
        recipe, path, by_name, {**shapes, **joined}, words, tuple(shapes), used, frame, total_words(frame), strange
    )
    meant = with_said(words, recipe, by_name, said)
    return replace(made, words=meant, said=said, unanswered=made) if meant != words else made


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


def sql_list(words: Iterable[str]) -> str:
    """Words as the right side of `in`."""
    return f"({', '.join(map(quoted_text, words))})"
