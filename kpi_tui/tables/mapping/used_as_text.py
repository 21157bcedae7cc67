"""Columns of whole numbers (Parquet) that a mapping uses as text: zeros they may have begun with are lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import polars as pl
from sqlglot import exp

from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import say
from kpi_tui.sql import guard
from kpi_tui.sql.compared_words import is_compared

_SEARCHING = (exp.Like, exp.ILike, exp.RegexpLike, exp.StartsWith, exp.EndsWith, exp.StrPosition, exp.Length)
_CUTTING = (exp.Substring, exp.Left, exp.Right, exp.SplitPart, exp.Pad, exp.Concat, exp.DPipe)
_ZEROS = re.compile(r"0\d+")


def text_notes(source: TableSource, kinds: Mapping[str, pl.DataType]) -> list[str]:
    """A note for each column of integers that is searched, cut or compared with a text such as '007'."""
    whole = {name for name, kind in kinds.items() if kind.is_integer()}
    if not whole:
        return []
    trees = [guard.expression(sql).tree for sql in source.columns.values() if sql not in kinds]
    trees += [guard.predicate(source.where).tree] if source.where else []
    used = dict.fromkeys(name for tree in trees for name in _as_text(tree) if name in whole)
    return [
        say(
            "{name}: whole numbers in the file, used as text: zeros they may have begun with are lost; "
            "export the column as text",
            name=name,
        )
        for name in used
    ]


def _as_text(tree: exp.Expression) -> Iterator[str]:
    for column in tree.find_all(exp.Column):
        place = column.parent
        if isinstance(place, exp.Cast):
            place = place.parent
        words = [node.name for node in place.find_all(exp.Literal) if is_compared(node)] if place else []
        if isinstance(place, (*_SEARCHING, *_CUTTING)) or any(map(_ZEROS.fullmatch, words)):
            yield column.name
