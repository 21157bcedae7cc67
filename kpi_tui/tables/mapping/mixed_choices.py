"""Choices of a mapping (CASE, if, coalesce, greatest, least) that give a number here and a text there.

SQL has one kind for all of it, as in a measure (`sql/dialects/polars_choices.py`). Cells of a file are text whatever
they look like, so that a column is what its place makes of it: a number where numbers are needed, or all its cells are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import polars as pl
from sqlglot import exp

from kpi_tui.definitions.message import Message, say
from kpi_tui.sql.dialects.spelling import is_number, is_text
from kpi_tui.tables.mapping.cell_types import (
    COMPARING,
    LOGICAL,
    NUMERIC,
    TEXTUAL,
    CellType,
)
from kpi_tui.tables.mapping.column_names import sql_name

_CHOICES = (exp.Case, exp.If, exp.Coalesce, exp.Greatest, exp.Least)
_TRUTH = (*COMPARING, *LOGICAL, exp.Boolean, exp.Is)
_THROUGH = (*_CHOICES, exp.Paren, exp.Min, exp.Max, exp.Nullif, exp.Window, exp.Filter)
_NUMBER, _BOOL, _TEXT, _EITHER = "number", "truth", "text", ""


def mixed_choices(
    tree: exp.Expression, needed: CellType, kinds: Mapping[str, pl.DataType], numeric: Callable[[str], bool]
) -> Iterator[tuple[Message, Message]]:
    """What is wrong with each such choice, and what to write; `needed`: by the place of the whole expression."""
    choices: Iterator[exp.Expression] = tree.find_all(*_CHOICES)
    for node in choices:
        if isinstance(node, exp.If) and isinstance(node.parent, exp.Case):
            continue
        place = _place(node, needed)
        found = [(value, _kind(value, place, kinds, numeric)) for value in _values(node)]
        texts = [value for value, kind in found if kind == _TEXT]
        others = [(value, kind) for value, kind in found if kind in (_NUMBER, _BOOL)]
        if place is CellType.AS_IS:  # a whole number written beside texts is the text of it: coalesce(user_id, 0)
            others = [(value, kind) for value, kind in others if not isinstance(value, exp.Literal)]
            texts = texts if any(map(is_text, texts)) or others else []
        if texts and others:
            yield _in_words(node, texts[0], others[0][1])


def _in_words(node: exp.Expression, text: exp.Expression, other: str) -> tuple[Message, Message]:
    name, given = _written(text), _written(node)
    said = (
        say("{name:.60} is a text, and {node!r:.60} gives a number otherwise", name=name, node=given)
        if other == _NUMBER
        else say("{name:.60} is a text, and {node!r:.60} gives true or false otherwise", name=name, node=given)
    )
    if is_text(text):
        return said, say("write null where nothing is known, or make texts of all with cast(… as varchar)")
    return said, say("write try_cast({name:.60} as double), or make texts of all with cast(… as varchar)", name=name)


def _written(node: exp.Expression) -> str:
    """As a person would write it: a mapping quotes every column, and most names need none."""
    shown = node.copy()
    for column in shown.find_all(exp.Column):
        column.this.set("quoted", sql_name(column.name) != column.name)
    return shown.sql("duckdb")


def _values(node: exp.Expression) -> list[exp.Expression]:
    if isinstance(node, exp.Case):
        found = [*(branch.args.get("true") for branch in node.args["ifs"]), node.args.get("default")]
    elif isinstance(node, exp.If):
        found = [node.args.get("true"), node.args.get("false")]
    else:
        found = list(node.iter_expressions())
    return [value for value in found if value is not None]


def _kind(
    node: exp.Expression, place: CellType, kinds: Mapping[str, pl.DataType], numeric: Callable[[str], bool]
) -> str:
    """What a value is; "" where it may be either, or nobody knows."""
    if isinstance(node, exp.Paren | exp.Neg | exp.Min | exp.Max):
        return _kind(node.this, place, kinds, numeric)
    if isinstance(node, exp.Literal):
        empty = not node.name.strip() or is_number(node.name)  # a quoted number beside numbers is one
        return _NUMBER if not node.is_string else _EITHER if empty else _TEXT
    if isinstance(node, exp.Column):
        return _of_column(node.name, place, kinds, numeric)
    if isinstance(node, exp.Cast):
        to = node.to.this
        return _NUMBER if to in exp.DataType.NUMERIC_TYPES else _TEXT if to in exp.DataType.TEXT_TYPES else _EITHER
    if isinstance(node, TEXTUAL):
        return _EITHER if place in (CellType.NUMBER, CellType.BOOL) else _TEXT
    if isinstance(node, (*NUMERIC, exp.Count)):
        return _NUMBER
    return _BOOL if isinstance(node, _TRUTH) else _EITHER


def _of_column(name: str, place: CellType, kinds: Mapping[str, pl.DataType], numeric: Callable[[str], bool]) -> str:
    kind = kinds.get(name)
    if kind is None or kind.is_temporal():
        return _EITHER
    if kind.is_numeric():
        return _NUMBER
    if kind == pl.Boolean:
        return _BOOL
    if place is CellType.GUESS:
        return _NUMBER if numeric(name) else _TEXT
    return _TEXT if place is CellType.AS_IS else _NUMBER if place is CellType.NUMBER else _EITHER


def _place(node: exp.Expression, needed: CellType) -> CellType:
    """What the place of a choice needs: of a value that of the whole, of an operand a number, else the text."""
    child, parent = node, node.parent
    while parent is not None and isinstance(parent, _THROUGH) and not _is_condition(child, parent):
        child, parent = parent, parent.parent
    if parent is None:
        return needed
    return CellType.NUMBER if isinstance(parent, (*NUMERIC, exp.Add, exp.Sub)) else CellType.AS_IS


def _is_condition(child: exp.Expression, parent: exp.Expression) -> bool:
    if isinstance(parent, exp.If | exp.Case):
        return child.arg_key == "this"
    return isinstance(parent, exp.Window | exp.Filter) and child.arg_key != "this"
