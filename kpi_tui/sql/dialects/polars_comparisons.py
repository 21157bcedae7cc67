"""Comparisons (=, <, between, in) of numbers, texts and times in polars as in DuckDB; LIKE is in polars_texts.py."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from kpi_tui.definitions.message import say
from kpi_tui.sql.dialects.dialect import Unsaid, Word
from kpi_tui.sql.dialects.spelling import cast, grouped, is_text, number, quoted_numbers
from kpi_tui.sql.kinds import NUMBERS, TIMES, Kinds, ValueKind


def _is(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    """`is true`, `is false`: an unknown truth value is neither."""
    if not isinstance(node.expression, exp.Boolean):
        return node
    holds = node.this
    if kinds.of(holds) in NUMBERS:
        holds = grouped(exp.NEQ(this=holds, expression=number(0)))
    holds = holds if node.expression.this else exp.Not(this=grouped(holds))
    return exp.Coalesce(this=holds, expressions=[exp.false()])


def _compared(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    """A quoted number beside a number is one; other texts and numbers do not meet."""
    sides = list(node.iter_expressions())
    times = [kinds.of(side) for side in sides if kinds.of(side) in TIMES]
    if times:
        if any(kinds.of(side) in NUMBERS for side in sides):
            raise Unsaid(say("a time and a number are compared in {node!r:.60}; cast one of them", node=node.sql()))
        return _quoted_times(node, sides, "timestamp" if ValueKind.STAMP in times else "date")
    if not any(kinds.of(side) in NUMBERS for side in sides):
        return node
    node = quoted_numbers(node, kinds)
    if any(kinds.of(side) is ValueKind.TEXT for side in node.iter_expressions()):
        raise Unsaid(say("a number and a text are compared in {node!r:.60}; cast one of them", node=node.sql()))
    return node


def _quoted_times(node: exp.Expr, sides: list[exp.Expr], kind: str) -> exp.Expr:
    """A quoted day beside a day is one."""
    for side in sides:
        if is_text(side):
            side.replace(cast(side.copy(), kind))
    return node


def _equal(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    """polars joins only values of one type."""
    found = {kinds.of(node.this), kinds.of(node.expression)}
    if found == {ValueKind.DATE, ValueKind.STAMP}:
        return _both(node, "timestamp")
    joined = isinstance(node.find_ancestor(exp.Join, exp.Select), exp.Join)
    if joined and ValueKind.INT in found and found & {ValueKind.DOUBLE, ValueKind.DECIMAL}:
        return _both(node, "double")
    return _compared(node, kinds)


def _both(node: exp.Expr, kind: str) -> exp.Expr:
    node.set("this", cast(node.this, kind))
    node.set("expression", cast(node.expression, kind))
    return node


def _tuple(_node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    raise Unsaid(say("(a, b) cannot be computed; write {instead}", instead="concat(a, '|', b)"))


COMPARISON_WORDS: Mapping[type[exp.Expr], Word] = {
    exp.Is: _is,
    exp.EQ: _equal,
    exp.Tuple: _tuple,
    **dict.fromkeys((exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In), _compared),
}
