"""Aggregates as polars must be told them to mean what DuckDB means."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from kpi_tui.definitions.message import say
from kpi_tui.sql.dialects.dialect import Unsaid, Word
from kpi_tui.sql.dialects.polars_numbers import NO_NUMBERS
from kpi_tui.sql.dialects.polars_times import refuse_span
from kpi_tui.sql.dialects.spelling import call, cast, grouped, integer, number
from kpi_tui.sql.kinds import Kinds, ValueKind


def _sum(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    """Whole numbers in 64 bits: a sum of 32 bits runs over without a word."""
    kind = kinds.of(node.this)
    if kind in NO_NUMBERS:
        refuse_span(kind)
    if kind in (ValueKind.INT, ValueKind.BOOL) and not isinstance(node.this, exp.Distinct):
        node.set("this", integer(node.this))
    return node


def _of_double(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    kind = kinds.of(node.this)
    if kind in NO_NUMBERS:
        refuse_span(kind)
    if kind is ValueKind.DECIMAL and not isinstance(node.this, exp.Distinct):
        node.set("this", cast(node.this, "double"))
    return node


def _population(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    """Variance over all rows, from that over a sample: one row has none."""
    value = cast(node.this, "double")
    rows = exp.Count(this=value.copy())
    spread = exp.Div(this=exp.Variance(this=value) * grouped(rows.copy() - number(1)), expression=rows.copy())
    made = exp.Case().when(rows.eq(1), number("0e0"), copy=False).else_(spread, copy=False)
    return exp.Sqrt(this=made) if isinstance(node, exp.StddevPop) else made


def _counted(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    return exp.Sum(this=integer(exp.Case().when(node.this, number(1), copy=False).else_(number(0), copy=False)))


def _within_group(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    """percentile_cont(0.9) within group (order by x) is quantile_cont(x, 0.9)."""
    if not isinstance(node.this, exp.PercentileCont):
        raise Unsaid(say("this cannot be computed within a group; write {instead}", instead="quantile_cont(x, 0.5)"))
    ordered = node.expression.expressions[0]
    share = float(node.this.this.name)
    share = 1 - share if ordered.args.get("desc") else share
    return call("QUANTILE_CONT", cast(ordered.this, "double"), number(repr(share)))


def _ignoring_nulls(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    if isinstance(node.this, exp.Min):  # any_value(x)
        return node.this
    raise Unsaid(say("'ignore nulls' cannot be computed; leave the rows without a value out with where"))


def _approximate(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    name = "approx_quantile" if isinstance(node, exp.ApproxQuantile) else "quantile"
    raise Unsaid(say("{name}() cannot be computed; write {instead}", name=name, instead="quantile_cont(x, 0.5)"))


AGGREGATE_WORDS: Mapping[type[exp.Expr], Word] = {
    exp.Sum: _sum,
    **dict.fromkeys((exp.Avg, exp.Median, exp.PercentileCont, exp.Stddev, exp.StddevSamp, exp.Variance), _of_double),
    **dict.fromkeys((exp.StddevPop, exp.VariancePop), _population),
    exp.CountIf: _counted,
    exp.AnyValue: lambda node, _kinds: exp.Min(this=node.this),
    exp.LogicalOr: lambda node, _kinds: exp.Max(this=node.this),
    exp.LogicalAnd: lambda node, _kinds: exp.Min(this=node.this),
    exp.IgnoreNulls: _ignoring_nulls,
    exp.WithinGroup: _within_group,
    **dict.fromkeys((exp.ApproxQuantile, exp.Quantile), _approximate),
}
