"""Operands that do not go together are refused in words of the trade, before polars refuses them in its own."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from kpi_tui.definitions.message import say
from kpi_tui.sql.dialects.dialect import Unsaid
from kpi_tui.sql.kinds import NUMBERS, TIMES, Kinds, ValueKind

_COUNTS_WITH = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.IntDiv, exp.Pow, exp.Neg, exp.Abs, exp.Round,
                exp.Floor, exp.Ceil, exp.Sqrt, exp.Exp, exp.Ln, exp.Log, exp.Sign)  # fmt: skip
_CHOOSES = (exp.Greatest, exp.Least)


def refuse(node: exp.Expr, kinds: Kinds) -> None:
    """Unsaid for a text that is counted with, and for a time beside a number; quoted numbers are numbers."""
    if isinstance(node, _COUNTS_WITH):
        for part in _operands(node):
            if kinds.of(part) is ValueKind.TEXT and not isinstance(part.unnest(), exp.Literal):
                name = part.sql("duckdb")
                raise Unsaid(
                    say("{name:.60} is a text and is counted with; write try_cast({name:.60} as double)", name=name)
                )
    elif isinstance(node, _CHOOSES):
        found = {kinds.of(part) for part in _operands(node)}
        if found & set(NUMBERS) and found & set(TIMES):
            written = node.sql()
            raise Unsaid(say("a time and a number stand side by side in {node!r:.60}; cast one of them", node=written))


def _operands(node: exp.Expr) -> Iterator[exp.Expr]:
    return (part for part in node.iter_expressions() if not isinstance(part, exp.DataType | exp.Var))
