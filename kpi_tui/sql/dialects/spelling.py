"""Small trees that spellings are put together from."""

from __future__ import annotations

from sqlglot import exp

from kpi_tui.sql.kinds import NUMBERS, Kinds, ValueKind


def call(name: str, *operands: exp.Expr) -> exp.Expr:
    """A function by name."""
    return exp.Anonymous(this=name, expressions=list(operands))


def number(value: int | str) -> exp.Expr:
    """A number as it is written."""
    return exp.Literal.number(str(value))


def cast(value: exp.Expr, kind: str) -> exp.Expr:
    """A value of another type."""
    return exp.cast(value, kind, copy=False)


def integer(value: exp.Expr) -> exp.Expr:
    """A whole number wide enough to count on: polars has parts of dates in 8 bits, and lets them run over."""
    return cast(value, "bigint")


def grouped(value: exp.Expr) -> exp.Expr:
    """A value in brackets."""
    return exp.Paren(this=value)


def is_text(node: object) -> bool:
    """Whether a node is a quoted text."""
    return isinstance(node, exp.Literal) and bool(node.is_string)


def whole_number(node: object) -> int | None:
    """The value of a whole number that is written out, else None."""
    if isinstance(node, exp.Neg):
        inner = whole_number(node.this)
        return None if inner is None else -inner
    if isinstance(node, exp.Paren):
        return whole_number(node.this)
    return int(node.name) if isinstance(node, exp.Literal) and not node.is_string and node.name.isdigit() else None


def quoted_numbers(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    """A quoted number beside a number is a number."""
    sides = list(node.iter_expressions())
    if any(kinds.of(side) in NUMBERS for side in sides):
        for side in sides:
            if kinds.of(side) is ValueKind.TEXT and is_text(side) and is_number(side.name):
                side.replace(number(side.name.strip()))
    return node


def is_number(text: str) -> bool:
    """Whether a text is a number as SQL reads it."""
    try:
        float(text)
    except ValueError:
        return False
    return text.strip()[:1] in "0123456789.-"
