"""What a text may cost: shapes that hang a parser or an engine are refused before either sees them.

Found by nesting every allowed function and clause in itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlglot import exp

from kpi_tui.definitions.message import say
from kpi_tui.sql.no_sql import no_such_kind
from kpi_tui.sql.text_growth import overlong

MOST_REPEATED = 5
"""BETWEEN, nullif and the like inside each other: polars plans their operand twice, 2 ** 5 plans at most."""
MOST_PADDED = 10_000
"""Characters that lpad and rpad may make of one text."""

_MOST_DIGITS = 38
MOST_DEEP = 660
"""What the levels of a text may cost of the 1,000 calls of a Python stack, which whoever rewrites it goes down too."""
_NESTED_LEVEL, _CHAINED_LEVEL = 20, 4
_NESTED = (exp.Func, exp.Unary, exp.In, exp.Select, exp.Subquery, exp.Tuple, exp.Window)
_CHAINED = (exp.Connector, exp.If)

_REPEATED = (exp.Between, exp.Nullif, exp.SplitPart, exp.DateDiff)
_WORD = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"[^\"]*\"|\w+|[()]", re.DOTALL)


def unparsable(sql: str) -> str:
    """Why a text may not reach the parser, whose time grows as 2 ** n with these; empty when it may."""
    without_on = [0]
    before = ""
    for word in (found[0].lower() for found in _WORD.finditer(sql)):
        if word == "(":
            without_on.append(0)
        elif word == ")":
            if without_on.pop():
                return _no_condition()
            without_on = without_on or [0]
        elif word == "join" and before not in ("cross", "natural"):
            without_on[-1] += 1
        elif word in ("on", "using"):
            without_on[-1] = max(without_on[-1] - 1, 0)
        before = word
    return _no_condition() if any(without_on) else ""


def _no_condition() -> str:
    return say("a JOIN without ON; say in which columns the rows meet, as in ON a.order_id = b.order_id")


def too_costly(tree: exp.Expr, nodes: Sequence[exp.Expr]) -> str:
    """Why a parsed text may not reach an engine; empty when it may. `nodes`: all of it, walked through once."""
    return next(_costly(tree, nodes), "")


def _costly(tree: exp.Expr, nodes: Sequence[exp.Expr]) -> Iterator[str]:
    for node in _of(nodes, *_REPEATED):
        if _repeated_around(node) > MOST_REPEATED:
            name = node.key.upper()
            yield say("{name} stands inside its like more than {most} times; put the inner one into a column",
                      name=name, most=MOST_REPEATED)  # fmt: skip
    for rounded in _of(nodes, exp.Ceil, exp.Floor):
        if rounded.args.get("decimals"):  # polars plans without end when they are nested
            yield say("{name}() takes one number", name=rounded.key)
    for part in _of(nodes, exp.Substring):
        places = (part.args.get("start"), part.args.get("length"))
        if any(isinstance(place, exp.Literal) and place.is_string for place in places):  # as with these
            yield say("substr() takes whole numbers after the text")
    for pad in _of(nodes, exp.Pad):
        length = pad.expression
        if not (isinstance(length, exp.Literal) and length.is_int and int(length.this) <= MOST_PADDED):
            yield say("{part:.60} may make a text of any length; write a number up to {most}",
                      part=pad.sql("duckdb"), most=MOST_PADDED)  # fmt: skip
    for kind in _of(nodes, exp.DataType):
        yield from _odd_kind(kind)
    if _is_deep(tree):
        yield say("nested or chained too deeply; make a column of an inner part, or write IN ('a', 'b') for many OR")
    if why := overlong(tree, nodes):
        yield why


def _odd_kind(kind: exp.Expr) -> Iterator[str]:
    """What is no kind of values to a parser that reads it again, and decimals that make an engine panic."""
    if kind.this == exp.DataType.Type.USERDEFINED:
        yield no_such_kind(str(kind.args.get("kind") or kind.sql())[:40])
    if kind.this == exp.DataType.Type.DECIMAL:
        digits = [int(part.name) if part.name.isdigit() else -1 for part in kind.expressions]
        if digits and not (1 <= digits[0] <= _MOST_DIGITS and 0 <= digits[-1] <= digits[0]):
            yield say("{kind:.40}: a decimal has 1 to {most} digits, as decimal(38, 2)",
                      kind=kind.sql("duckdb"), most=_MOST_DIGITS)  # fmt: skip


def _is_deep(tree: exp.Expr) -> bool:
    left: list[tuple[exp.Expr, int]] = [(tree, 0)]
    while left:
        node, depth = left.pop()
        is_nested = isinstance(node, _NESTED) and not isinstance(node, _CHAINED)
        depth += _NESTED_LEVEL if is_nested else _CHAINED_LEVEL
        if depth > MOST_DEEP:
            return True
        left += [(child, depth) for child in node.iter_expressions()]
    return False


def _of(nodes: Sequence[exp.Expr], *kinds: type[exp.Expr]) -> Iterator[exp.Expr]:
    return (node for node in nodes if isinstance(node, kinds))


def _repeated_around(node: exp.Expr | None) -> int:
    """How many of them a node stands in, itself among them."""
    count = 0
    while node is not None and count <= MOST_REPEATED:
        count += isinstance(node, _REPEATED)
        node = node.parent
    return count
