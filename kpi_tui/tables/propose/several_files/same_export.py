"""Files of one export (a month each): looked at as one, so that one mapping fits all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from kpi_tui.definitions.library.recipe import Recipe, placeholders
from kpi_tui.tables.propose.by_recipe import Recognised, recognised
from kpi_tui.tables.propose.column_shapes import LOOKED, shape_of
from kpi_tui.tables.propose.several_files.shops import Shops

_COALESCED = re.compile(r"coalesce\([^()]*\)")
_ALONE = re.compile(r"(?:min\()?\{[^{}]*\}\)?")


def together(files: Sequence[Recognised], shops: Shops) -> list[Recognised]:
    """Files of one shop and recipe whose columns mean the same, as one; the others as they are.

    A column that only some of them have keeps them apart where a mapping without it is another (a time of payment).
    """
    groups: list[list[Recognised]] = []
    for one in files:
        group = next((group for group in groups if all(_alike(one, other, shops) for other in group)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return [one for group in groups for one in _as_one(group)]


def _alike(one: Recognised, other: Recognised, shops: Shops) -> bool:
    if one.recipe.id != other.recipe.id or one.path.suffix.lower() != other.path.suffix.lower():
        return False
    if not all(shops.are_one(table, [one.path], [other.path]) for table in one.recipe.tables):
        return False
    shared = set(one.headers) & set(other.headers)
    if any(one.frame.schema[name] != other.frame.schema[name] for name in shared):
        return False
    names = one.columns.keys() | other.columns.keys()
    differing = {name for name in names if one.columns.get(name) != other.columns.get(name)}
    return not any(name in one.columns and name in other.columns for name in differing) and not (
        differing & _deciding(one.recipe)
    )


def _deciding(recipe: Recipe) -> set[str]:
    """Names whose column makes another mapping where it is missing, not the same with empty cells.

    Those that have a default, stand in a `coalesce` or alone make a column of their own do not.
    """
    asked = set()
    for table in recipe.tables.values():
        alone = [ways[0] for ways in table.columns.values() if len(ways) == 1 and _ALONE.fullmatch(ways[0])]
        for sql in table.sqls():
            if sql not in alone:
                asked |= {one.name for one in placeholders(_COALESCED.sub("", sql)) if not one.default}
    return asked


def _as_one(group: Sequence[Recognised]) -> Sequence[Recognised]:
    first, *others = group
    if not others:
        return group
    share = LOOKED // len(group)  # rows of every file are among the first that are looked at
    parts = [one.frame.head(share) for one in group] + [one.frame[share:] for one in group]
    frame = pl.concat(parts, how="diagonal")
    names = dict.fromkeys(name for one in group for name in one.headers)
    shapes = {name: shape_of(name, frame[name].head(LOOKED)) for name in names}
    made = recognised(first.path, frame, shapes, [first.recipe], first.said)
    return [replace(made, more=tuple(one.path for one in others))] if made else group
