"""Words of a known export's states that its recipe does not know: a person says what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import polars as pl

from kpi_tui.definitions.library.recipe import Recipe
from kpi_tui.definitions.written.status_words import GROUPS, MEANINGS, MOST_WORDS, PAID, Said, StatusColumn
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.propose.synonyms import plain
from kpi_tui.tables.source.text_cells import tidy

NOTHING_SAID: Said = MappingProxyType({})
Words = Mapping[str, tuple[str, ...]]


def strange_words(
    words: Words, recipe: Recipe, columns: Mapping[str, str], frame: pl.DataFrame
) -> Iterator[StatusColumn]:
    """The columns that say whether an order is paid, with the words of the file that stand in no group of the recipe.

    `words`: by group, as the file spells them.
    """
    for name, groups in recipe.words.items():
        meanings = tuple(one for one in MEANINGS if one in _meanings(recipe, name))
        if name not in columns or columns[name] not in frame.columns or PAID not in meanings or len(meanings) < 2:
            continue
        known = {plain(word) for group in groups for word in words[group]}
        cells = tidy(frame[columns[name]].cast(pl.String)).drop_nulls().value_counts(sort=True)
        strange = {str(word): int(rows) for word, rows in cells.iter_rows() if plain(str(word)) not in known}
        strange = {word: rows for word, rows in strange.items() if word not in recipe.empty}
        if 0 < len(strange) <= MOST_WORDS:
            yield StatusColumn(columns[name], sql_name(columns[name]), strange, meanings=meanings, unsaid="")


def with_said(words: Words, recipe: Recipe, columns: Mapping[str, str], said: Said) -> dict[str, tuple[str, ...]]:
    """The groups with the words that a person says mean the same."""
    found = dict(words)
    for name in recipe.words:
        groups = _meanings(recipe, name)
        for word, meaning in said.get(columns.get(name, ""), {}).items():
            if group := groups.get(meaning):
                found[group] = tuple(dict.fromkeys((*found[group], word)))
    return found


def _meanings(recipe: Recipe, name: str) -> dict[str, str]:
    """What can be said of a column's words -> the group of the recipe that means it."""
    found: dict[str, str] = {}
    for group, meaning in GROUPS.items():
        if group in recipe.words[name]:
            found.setdefault(meaning, group)
    return found
