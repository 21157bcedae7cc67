"""Formulas: SQL arithmetic over names, evaluated in one place from exact parts (R002, R006).

sqlglot parses and judges the text; this file walks the tree in plain float arithmetic, so that a zero
denominator is a reason and not an infinity, and every engine forms its ratios the same way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from sqlglot import exp

from kpi_tui.definitions.answers.value import Number, Reason
from kpi_tui.definitions.message import say
from kpi_tui.sql import guard


def names(formula: str) -> tuple[str, ...]:
    """The measures, metrics and settings a formula mentions, in order; none for a metric read off a chain."""
    return guard.expression(formula).columns if formula else ()


def quotient(formula: str) -> tuple[str, str] | None:
    """Numerator and denominator of a formula that divides one sum, or a multiple of it, by another; else None.

    Only of such sides those of the segments add up to those of the whole.
    """
    tree = guard.expression(formula).tree.unnest() if formula else None
    if not isinstance(tree, exp.Div) or not (_is_linear(tree.this) and _is_linear(tree.expression)):
        return None
    return tree.this.sql(), tree.expression.sql()


def _is_linear(node: exp.Expression) -> bool:
    if isinstance(node, exp.Mul):
        left, right = node.this.unnest(), node.expression.unnest()
        return any(isinstance(one, exp.Literal) and _is_linear(other) for one, other in ((left, right), (right, left)))
    if isinstance(node, exp.Add | exp.Sub):
        return _is_linear(node.this) and _is_linear(node.expression)
    return _is_linear(node.this) if isinstance(node, exp.Paren | exp.Neg) else isinstance(node, exp.Column)


def evaluate(formula: str, known: Mapping[str, Number]) -> Number:
    """The number a formula gives; the gravest reason among its parts when it gives none."""
    if not formula:
        return Number(None, Reason.NOT_APPLICABLE, say("it is read off a chain, month by month"))
    missing = [known[name] for name in names(formula) if known[name].value is None]
    tree = guard.expression(formula).tree
    if missing and not any(tree.find_all(exp.Coalesce)):
        return min(missing, key=lambda number: list(Reason).index(number.reason or Reason.ERROR))
    try:
        value = _walk(tree, known)
    except _NoValue as unknown:
        return Number(None, unknown.reason, unknown.detail)
    except (OverflowError, ValueError) as error:
        return Number(None, Reason.ERROR, say("{formula}: {error}", formula=formula, error=error))
    if not math.isfinite(value):
        return Number(None, Reason.ERROR, say("{formula} is not a finite number", formula=formula))
    return Number(value)


class _NoValue(Exception):
    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def _divide(left: float, right: float) -> float:
    if right == 0:
        raise _NoValue(Reason.ZERO_DENOMINATOR, say("the denominator is 0"))
    return left / right


_BINARY: Mapping[type[exp.Expression], Callable[[float, float], float]] = {
    exp.Add: lambda a, b: a + b,
    exp.Sub: lambda a, b: a - b,
    exp.Mul: lambda a, b: a * b,
    exp.Div: _divide,
    exp.Pow: lambda a, b: math.pow(a, b),
}
_UNARY: Mapping[type[exp.Expression], Callable[[float], float]] = {
    exp.Neg: lambda a: -a,
    exp.Paren: lambda a: a,
    exp.Abs: abs,
    exp.Sqrt: math.sqrt,
    exp.Ln: math.log,
    exp.Exp: math.exp,
}


def _walk(node: exp.Expression, known: Mapping[str, Number]) -> float:
    if isinstance(node, exp.Column):
        number = known[node.name]
        if number.value is None:
            raise _NoValue(number.reason or Reason.ERROR, number.detail)
        return number.value
    if isinstance(node, exp.Literal) and not node.is_string:
        return float(node.this)
    if binary := _BINARY.get(type(node)):
        return binary(_walk(node.this, known), _walk(node.expression, known))
    if unary := _UNARY.get(type(node)):
        return unary(_walk(node.this, known))
    if isinstance(node, exp.Least | exp.Greatest):
        pick = min if isinstance(node, exp.Least) else max
        return pick(_walk(part, known) for part in (node.this, *node.expressions))
    if isinstance(node, exp.Round):
        return _round_half_up(
            _walk(node.this, known), int(_walk(node.args["decimals"], known)) if node.args.get("decimals") else 0
        )
    if isinstance(node, exp.Coalesce):
        return _coalesce(node, known)
    if isinstance(node, exp.Nullif):
        return _nullif(_walk(node.this, known), _walk(node.expression, known))
    raise _NoValue(Reason.ERROR, say("{node} is not allowed in a formula", node=node.sql()))


def _round_half_up(value: float, decimals: int) -> float:
    """Halves away from zero, as SQL and R003 round; 1e-9 keeps 0.5 from being 0.49999…"""
    scale = 10.0**decimals
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9), value) / scale


def _coalesce(node: exp.Coalesce, known: Mapping[str, Number]) -> float:
    last: _NoValue | None = None
    for part in (node.this, *node.expressions):
        try:
            return _walk(part, known)
        except _NoValue as unknown:
            last = unknown
    raise last or _NoValue(Reason.ERROR, say("coalesce() of nothing"))


def _nullif(value: float, other: float) -> float:
    if value == other:
        raise _NoValue(Reason.ZERO_DENOMINATOR, say("the denominator is 0"))
    return value
