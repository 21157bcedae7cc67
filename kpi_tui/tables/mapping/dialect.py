"""Judged SQL in the words polars knows; what both engines would say differently is spelled out DuckDB's way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlglot import exp

_SECONDS = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600, "DAY": 86400}


def to_polars(tree: exp.Expression) -> exp.Expression:
    """A copy of the whole tree as polars wants it."""
    copy = tree.copy()
    for child in list(copy.iter_expressions()):
        child.replace(to_polars(child))
    word = _WORDS.get(type(copy))
    return word(copy) if word else copy


def _call(name: str, *operands: exp.Expression) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=list(operands))


def _part(name: str) -> Callable[[exp.Expression], exp.Expression]:
    return lambda node: exp.Extract(this=exp.var(name), expression=node.this)


def _round(node: exp.Expression) -> exp.Expression:
    """Halves away from zero, as DuckDB and people round; polars rounds 12.5 to 12 (R003)."""
    digits = node.args.get("decimals")
    if digits is not None and not isinstance(digits, exp.Literal):
        return node
    scale = f"1e{digits.name if digits is not None else 0}"
    value = exp.cast(node.this.copy(), "double")
    whole = exp.Floor(this=exp.Abs(this=value.copy()) * exp.Literal.number(scale) + exp.Literal.number("0.5"))
    return exp.paren(exp.Sign(this=value) * whole / exp.Literal.number(scale))


def _difference(node: exp.Expression) -> exp.Expression:
    """Boundaries crossed between two stamps: from 23:59 to 00:01 is one day."""
    unit = node.text("unit").upper() or "DAY"
    if unit in ("YEAR", "MONTH"):
        return exp.paren(_months(node.this, unit) - _months(node.expression, unit))
    if unit not in _SECONDS:
        return node
    return exp.paren(_ticks(node.this, unit) - _ticks(node.expression, unit))


def _months(stamp: exp.Expression, unit: str) -> exp.Expression:
    year = exp.Extract(this=exp.var("year"), expression=stamp.copy())
    if unit == "YEAR":
        return year
    return exp.paren(year * 12 + exp.Extract(this=exp.var("month"), expression=stamp.copy()))


def _ticks(stamp: exp.Expression, unit: str) -> exp.Expression:
    epoch = _call("DATE_PART", exp.Literal.string("epoch"), exp.cast(stamp.copy(), "timestamp"))
    return exp.cast(exp.Floor(this=exp.Div(this=epoch, expression=exp.Literal.number(_SECONDS[unit]))), "bigint")


def _log(node: exp.Expression) -> exp.Expression:
    """log(x) and log10(x) are to base 10; log2(x) is LOG(2, x) to sqlglot."""
    base, value = (node.this, node.expression) if node.expression else (exp.Literal.number(10), node.this)
    names = {"2": "LOG2", "10": "LOG10"}
    return _call(names[base.name], value) if base.name in names else node


def _counted(node: exp.Expression) -> exp.Expression:
    holds = exp.Case().when(node.this.copy(), exp.Literal.number(1)).else_(exp.Literal.number(0))
    return exp.Sum(this=holds)


_WORDS: Mapping[type[exp.Expression], Callable[[exp.Expression], exp.Expression]] = {
    exp.RegexpLike: lambda node: _call("REGEXP_LIKE", node.this, node.expression),
    exp.Contains: lambda node: exp.paren(
        exp.GT(this=_call("STRPOS", node.this, node.expression), expression=exp.Literal.number(0))
    ),
    exp.DayOfWeek: _part("dow"),
    exp.DayOfWeekIso: _part("isodow"),
    exp.WeekOfYear: _part("week"),
    exp.TimeToUnix: lambda node: _call("DATE_PART", exp.Literal.string("epoch"), node.this),
    exp.Round: _round,
    exp.DateDiff: _difference,
    exp.Log: _log,
    exp.AnyValue: lambda node: exp.Min(this=node.this),
    exp.IgnoreNulls: lambda node: node.this if isinstance(node.this, exp.Min) else node,  # any_value(x)
    exp.LogicalOr: lambda node: exp.Max(this=node.this),
    exp.LogicalAnd: lambda node: exp.Min(this=node.this),
    exp.CountIf: _counted,
}
