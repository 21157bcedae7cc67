"""Files of one export (a month each): looked at as one, so that one mapping fits all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from kpi_tui.tables.propose.by_recipe import Recognised, recognised
from kpi_tui.tables.propose.column_shapes import LOOKED, shape_of


def together(files: Sequence[Recognised]) -> list[Recognised]:
    """Files of the same recipe and kind whose header words mean the same, as one; the others as they are."""
    alike: dict[tuple[object, ...], list[Recognised]] = {}
    for one in files:
        kinds = tuple(sorted(str(one.frame.schema[name]) for name in one.headers))
        key = (one.recipe.id, tuple(sorted(one.columns.items())), one.path.suffix.lower(), kinds)
        alike.setdefault(key, []).append(one)
    return [one for group in alike.values() for one in _as_one(group)]


def _as_one(group: Sequence[Recognised]) -> Sequence[Recognised]:
    first, *others = group
    if not others:
        return group
    share = LOOKED // len(group)  # rows of every file are among the first that are looked at
    parts = [one.frame.head(share) for one in group] + [one.frame[share:] for one in group]
    try:
        frame = pl.concat(parts, how="diagonal")
    except pl.exceptions.PolarsError:  # a column of numbers here and of texts there
        return group
    names = dict.fromkeys(name for one in group for name in one.headers)
    shapes = {name: shape_of(name, frame[name].head(LOOKED)) for name in names}
    made = recognised(first.path, frame, shapes, [first.recipe])
    return [replace(made, more=tuple(one.path for one in others))] if made else group
