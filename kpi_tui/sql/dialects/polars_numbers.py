"""Casts, rounding and arithmetic as polars must be told them to mean what DuckDB means."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from kpi_tui.definitions.message import say
from kpi_tui.sql.dialects.dialect import Unsaid, Word
from kpi_tui.sql.dialects.number_text import number_text
from kpi_tui.sql.dialects.polars_times import from_text, refuse_span, stamp_text
from kpi_tui.sql.dialects.spelling import call, cast, grouped, integer, number, quoted_numbers, whole_number
from kpi_tui.sql.kinds import NUMBERS, Kinds, ValueKind

_Type = exp.DType
_SMALL = (_Type.TINYINT, _Type.SMALLINT, _Type.INT, _Type.UTINYINT, _Type.USMALLINT, _Type.UINT)
"""Whole numbers of fewer than 64 bits."""
NO_NUMBERS = (ValueKind.DATE, ValueKind.STAMP, ValueKind.INTERVAL)


def _cast(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    """Casts round as DuckDB rounds: DOUBLE to even, DECIMAL away from zero, which is how polars rounds each."""
    source, target = kinds.of(node.this), kinds.of(node)
    if target in NUMBERS and source in NO_NUMBERS:
        refuse_span(source)
    if target is ValueKind.INT:
        return _to_integer(node, source)
    if target is ValueKind.DOUBLE:
        node.set("to", exp.DataType.build("double"))
        if source is ValueKind.TEXT:
            node.set("this", exp.Trim(this=node.this))
    if target is ValueKind.DECIMAL and source in (ValueKind.DOUBLE, ValueKind.DECIMAL, ValueKind.TEXT):
        sizes = [int(one.name) for one in node.args["to"].expressions]
        scale = sizes[1] if len(sizes) > 1 else 0
        exact = source is ValueKind.TEXT and bool(sizes)
        node.set(
            "this", _as_written(node, sizes[0] - scale, scale) if exact else _half_away(_inner(node, source), scale)
        )
    if target is ValueKind.TEXT and source is ValueKind.STAMP:
        return stamp_text(node.this)
    if target is ValueKind.TEXT and source is ValueKind.DOUBLE:
        return number_text(node.this)
    if target in (ValueKind.DATE, ValueKind.STAMP):
        return from_text(node, source, target)
    if target is ValueKind.BOOL and source is ValueKind.TEXT:
        raise Unsaid(say("a text cannot be cast to boolean; write {instead}", instead="x in ('true', '1')"))
    return node


def _to_integer(node: exp.Expr, source: ValueKind) -> exp.Expr:
    """A whole number that the asked type can hold, else a failure, or nothing; counted on in 64 bits."""
    value, asked = node.this, node.args["to"].this
    node.set("to", exp.DataType.build("bigint"))
    made = node
    if source in (ValueKind.DOUBLE, ValueKind.DECIMAL):
        node.set("this", call("ROUND", value))
    elif source is ValueKind.TEXT:
        whole = exp.TryCast(this=exp.Trim(this=value.copy()), to=_type("bigint"))
        made = exp.Coalesce(this=whole, expressions=[integer(_half_away(_parsed(node), 0))])
    if asked not in _SMALL:
        return made
    kind = exp.TryCast if isinstance(node, exp.TryCast) else exp.Cast
    return integer(kind(this=made, to=exp.DataType(this=asked)))


def _parsed(node: exp.Expr) -> exp.Expr:
    """The text that is cast, as a number; of a TRY_CAST what is none gives null."""
    trimmed = exp.Trim(this=node.this)
    return exp.TryCast(this=trimmed, to=_type("double")) if isinstance(node, exp.TryCast) else cast(trimmed, "double")


def _inner(node: exp.Expr, source: ValueKind) -> exp.Expr:
    return _parsed(node) if source is ValueKind.TEXT else node.this


def _as_written(node: exp.Expr, whole: int, scale: int) -> exp.Expr:
    """The text that is cast with all its digits, rounded half away from zero: '0.285' is no double on the way."""
    text, kind = exp.Trim(this=node.this), _type(f"decimal(38, {38 - whole})")
    made = exp.TryCast(this=text, to=kind) if isinstance(node, exp.TryCast) else exp.Cast(this=text, to=kind)
    return call("ROUND", made, number(scale))


def _type(name: str) -> exp.DataType:
    return exp.DataType.build(name)


def _half_away(value: exp.Expr, digits: int) -> exp.Expr:
    """Halves away from zero, as DuckDB and people round; polars rounds 12.5 to 12 (R003)."""
    scale = number(f"1e{digits}")
    value = value if isinstance(value, exp.Cast) and value.to.is_type("double") else cast(value, "double")
    whole = exp.Floor(this=exp.Abs(this=value.copy()) * scale.copy() + number("0.5e0"))
    made = grouped(exp.Sign(this=value) * whole / scale)
    return call("ROUND", made, number(digits)) if digits > 0 else made  # takes away what dividing left


def _round(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    kind, written = kinds.of(node.this), node.args.get("decimals")
    digits = 0 if written is None else whole_number(written)
    if digits is None or abs(digits) > 15:
        raise Unsaid(say("round() needs a number of digits that is written out"))
    if kind is ValueKind.INT and digits >= 0:
        return grouped(node.this)
    return node if kind is ValueKind.DECIMAL and digits >= 0 else _half_away(node.this, digits)


def _divided(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    """True division: polars keeps 6 digits of a quotient of decimals, and fails where the divisor is 0.

    Where one number divides a column, it multiplies by the reciprocal: 49 / 49 is less than 1, 35 / 100 more than 0.35.
    """
    if ValueKind.DECIMAL in (kinds.of(node.this), kinds.of(node.expression)):
        node.set("this", cast(node.this, "double"))
        node.set("expression", cast(node.expression, "double"))
    divisor = node.expression
    if node.this.find(exp.Column) and (divisor.find(exp.Window, exp.Select) or not divisor.find(exp.Column)):
        none = exp.Mul(this=number(0), expression=exp.Abs(this=node.this.copy()))  # 0 keeps its sign
        node.set("expression", grouped(exp.Add(this=divisor, expression=none)))
        return grouped(node)
    return node


def _divided_whole(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    if {kinds.of(node.this), kinds.of(node.expression)} & {ValueKind.DOUBLE, ValueKind.DECIMAL}:
        raise Unsaid(say("a // b is for whole numbers; write {instead}", instead="trunc(a / b)"))
    return node


def _power(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    return call("POWER", cast(node.this, "double"), cast(node.expression, "double"))


def _log(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    """log(x) and log10(x) are to base 10; log2(x) is LOG(2, x) to sqlglot."""
    base, value = (node.this, node.expression) if node.expression else (number(10), node.this)
    names = {"2": "LOG2", "10": "LOG10"}
    if base.name in names:
        return call(names[base.name], value)
    return grouped(exp.Div(this=call("LOG10", value), expression=call("LOG10", base)))


NUMBER_WORDS: Mapping[type[exp.Expr], Word] = {
    **dict.fromkeys((exp.Cast, exp.TryCast), _cast),
    exp.Round: _round,
    exp.Mul: quoted_numbers,
    exp.Div: _divided,
    exp.IntDiv: _divided_whole,
    exp.Pow: _power,
    exp.Log: _log,
}
