"""The text of a double as DuckDB writes it: an exponent has two digits, and stands from 0.0001 down."""

from __future__ import annotations

from sqlglot import exp

from kpi_tui.sql.dialects.spelling import call, cast, number

_LEAST_PLAIN = "1e-4"
"""Below it numbers have an exponent."""
_ZEROS = "0.0000"
"""What polars writes before the digits from 1e-5 on."""


def number_text(value: exp.Expr) -> exp.Expr:
    """polars writes 1e-7, and 0.000015; DuckDB 1e-07, and 1.5e-05."""
    text = cast(value.copy(), "varchar")
    size = exp.Abs(this=value.copy())
    plain = exp.or_(exp.GTE(this=size, expression=number(_LEAST_PLAIN)), exp.EQ(this=value, expression=number(0)))
    short = exp.Like(this=text.copy(), expression=exp.Literal.string("%e-_"))
    padded = call("REPLACE", text.copy(), exp.Literal.string("e-"), exp.Literal.string("e-0"))
    written = exp.Like(this=text.copy(), expression=exp.Literal.string(f"%{_ZEROS}%"))
    made = exp.Case().when(plain, text, copy=False).when(short, padded, copy=False)
    return made.when(written, _moved(text, value), copy=False).else_(text.copy(), copy=False)


def _moved(text: exp.Expr, value: exp.Expr) -> exp.Expr:
    """0.000015 as 1.5e-05."""
    digits = call("REPLACE", text.copy(), exp.Literal.string(_ZEROS), exp.Literal.string(""))
    digits = call("REPLACE", digits, exp.Literal.string("-"), exp.Literal.string(""))
    sign = exp.Case().when(exp.LT(this=value.copy(), expression=number(0)), exp.Literal.string("-"), copy=False)
    many = exp.GT(this=call("LENGTH", digits.copy()), expression=number(1))
    point = exp.Case().when(many, exp.Literal.string("."), copy=False).else_(exp.Literal.string(""), copy=False)
    first, rest = call("SUBSTR", digits.copy(), number(1), number(1)), call("SUBSTR", digits, number(2))
    return call(
        "CONCAT", sign.else_(exp.Literal.string(""), copy=False), first, point, rest, exp.Literal.string("e-05")
    )
