"""What kind of value every part of a query has: enough to know how an engine must be told to compute it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum

from sqlglot import exp

_Type = exp.DType


class ValueKind(Enum):
    """Kinds of values that SQL treats differently."""

    INT = "whole number"
    DECIMAL = "decimal number"
    DOUBLE = "number"
    TEXT = "text"
    BOOL = "truth value"
    DATE = "date"
    STAMP = "timestamp"
    INTERVAL = "time span"
    NULL = "nothing"
    UNKNOWN = "unknown"


NUMBERS = (ValueKind.INT, ValueKind.DECIMAL, ValueKind.DOUBLE)
"""Kinds that are counted with, the wider one last."""

TIMES = (ValueKind.DATE, ValueKind.STAMP)
"""Kinds that have a place in the calendar."""

Columns = Mapping[str, ValueKind]
"""Kinds of the columns of a relation, by name."""

_OF_TYPE: Mapping[exp.DType, ValueKind] = {
    **dict.fromkeys(exp.DataType.INTEGER_TYPES, ValueKind.INT),
    **dict.fromkeys((_Type.DECIMAL, _Type.BIGDECIMAL, _Type.MONEY), ValueKind.DECIMAL),
    **dict.fromkeys((_Type.DOUBLE, _Type.FLOAT), ValueKind.DOUBLE),
    **dict.fromkeys(exp.DataType.TEXT_TYPES, ValueKind.TEXT),
    _Type.BOOLEAN: ValueKind.BOOL,
    _Type.DATE: ValueKind.DATE,
    **dict.fromkeys((_Type.TIMESTAMP, _Type.DATETIME, _Type.TIMESTAMPNTZ), ValueKind.STAMP),
    _Type.INTERVAL: ValueKind.INTERVAL,
}

_FIXED: Mapping[type[exp.Expr], ValueKind] = {
    **dict.fromkeys(
        (exp.Count, exp.CountIf, exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile, exp.Length, exp.StrPosition,
         exp.DateDiff, exp.Year, exp.Quarter, exp.Month, exp.Week, exp.WeekOfYear, exp.Day, exp.DayOfWeek,
         exp.DayOfWeekIso, exp.DayOfYear, exp.Hour, exp.Minute, exp.Second, exp.Sign), ValueKind.INT),
    **dict.fromkeys(
        (exp.Div, exp.Avg, exp.Pow, exp.Sqrt, exp.Cbrt, exp.Exp, exp.Ln, exp.Log, exp.Median, exp.PercentileCont,
         exp.Stddev, exp.StddevSamp, exp.StddevPop, exp.Variance, exp.VariancePop, exp.TimeToUnix, exp.Corr,
         exp.PercentRank, exp.CumeDist), ValueKind.DOUBLE),
    **dict.fromkeys(
        (exp.Concat, exp.ConcatWs, exp.DPipe, exp.Lower, exp.Upper, exp.Trim, exp.Substring, exp.Left, exp.Right,
         exp.Replace, exp.RegexpReplace, exp.Reverse, exp.Pad, exp.SplitPart, exp.TimeToStr), ValueKind.TEXT),
    **dict.fromkeys(
        (exp.Boolean, exp.And, exp.Or, exp.Not, exp.Is, exp.In, exp.Between, exp.Like, exp.ILike, exp.Escape,
         exp.Exists, exp.RegexpLike, exp.Contains, exp.StartsWith, exp.EndsWith, exp.LogicalOr, exp.LogicalAnd,
         exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ,
         exp.IsNan), ValueKind.BOOL),
    **dict.fromkeys((exp.Date, exp.TsOrDsToDate, exp.CurrentDate, exp.LastDay), ValueKind.DATE),
    **dict.fromkeys((exp.DateTrunc, exp.TimestampTrunc, exp.StrToTime, exp.DateAdd), ValueKind.STAMP),
    exp.Interval: ValueKind.INTERVAL,
    exp.Null: ValueKind.NULL,
}  # fmt: skip

_SAME = (exp.Paren, exp.Alias, exp.Neg, exp.Ordered, exp.Filter, exp.Window, exp.IgnoreNulls, exp.RespectNulls,
         exp.WithinGroup, exp.Abs, exp.Round, exp.Floor, exp.Ceil, exp.Trunc, exp.Min, exp.Max, exp.AnyValue,
         exp.FirstValue, exp.LastValue, exp.NthValue, exp.Nullif, exp.Quantile, exp.First, exp.Last)  # fmt: skip
_WIDEST = (exp.Coalesce, exp.Greatest, exp.Least, exp.Lag, exp.Lead, exp.Mul, exp.Mod, exp.IntDiv)


class Kinds:
    """Kinds of the nodes of a query, found innermost first; a node that replaces another is told by `set`."""

    def __init__(self) -> None:
        self._found: dict[int, ValueKind] = {}
        self._kept: list[exp.Expr] = []  # an id is only good for as long as its node lives

    def of(self, node: object) -> ValueKind:
        """The kind of a node already visited; UNKNOWN for anything else."""
        return self._found.get(id(node), ValueKind.UNKNOWN)

    def set(self, node: exp.Expr, kind: ValueKind) -> None:
        """Keep the kind of a node."""
        self._found[id(node)] = kind
        self._kept.append(node)

    def find(self, node: exp.Expr, column: Callable[[exp.Column], ValueKind]) -> ValueKind:
        """The kind of a node whose children are known."""
        if isinstance(node, exp.Column):
            return column(node)
        if isinstance(node, exp.Literal):
            return _of_literal(node)
        if (fixed := _FIXED.get(type(node))) is not None:
            return fixed
        if isinstance(node, exp.Cast):
            return _OF_TYPE.get(node.to.this, ValueKind.UNKNOWN)
        if isinstance(node, exp.Add | exp.Sub):
            return summed(self.of(node.this), self.of(node.expression), minus=isinstance(node, exp.Sub))
        if isinstance(node, _SAME):
            return self.of(node.this)
        if isinstance(node, _WIDEST):
            values = [child for key, child in _named(node) if key != "offset"]
            return widest(self.of(value) for value in values)
        return self._of_choice(node)

    def _of_choice(self, node: exp.Expr) -> ValueKind:
        if isinstance(node, exp.Case):
            values = [branch.args.get("true") for branch in node.args["ifs"]]
            return widest(self.of(value) for value in [*values, node.args.get("default")] if value is not None)
        if isinstance(node, exp.If):
            return widest(self.of(value) for value in (node.args.get("true"), node.args.get("false")) if value)
        if isinstance(node, exp.Sum):
            return ValueKind.INT if self.of(node.this) is ValueKind.BOOL else self.of(node.this)
        if isinstance(node, exp.Distinct):
            return self.of(node.expressions[0]) if node.expressions else ValueKind.UNKNOWN
        if isinstance(node, exp.Extract):
            return ValueKind.DOUBLE if node.name.lower() == "epoch" else ValueKind.INT
        if isinstance(node, exp.Anonymous) and node.name.lower() == "date_part" and node.expressions:
            return ValueKind.DOUBLE if node.expressions[0].name.lower() == "epoch" else ValueKind.INT
        return ValueKind.UNKNOWN


def _named(node: exp.Expr) -> Iterable[tuple[str, exp.Expr]]:
    for key, value in node.args.items():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, exp.Expr):
                yield key, child


def _of_literal(node: exp.Literal) -> ValueKind:
    if node.is_string:
        return ValueKind.TEXT
    text = node.name.lower()
    return ValueKind.DOUBLE if "e" in text else ValueKind.DECIMAL if "." in text else ValueKind.INT


def widest(kinds: Iterable[ValueKind]) -> ValueKind:
    """What values of several kinds become together; a quoted text becomes what it stands beside."""
    found = {kind for kind in kinds if kind is not ValueKind.NULL}
    if not found:
        return ValueKind.NULL
    if len(found) == 1:
        return found.pop()
    if found <= set(NUMBERS):
        return max(found, key=NUMBERS.index)
    times = found - {ValueKind.TEXT}
    return ValueKind.STAMP if times == set(TIMES) else times.pop() if len(times) == 1 else ValueKind.UNKNOWN


def summed(left: ValueKind, right: ValueKind, *, minus: bool) -> ValueKind:
    """What a sum or a difference is: two dates are days apart, two times a span."""
    pair = {left, right}
    if minus and left in TIMES and right in TIMES:
        return ValueKind.INT if pair == {ValueKind.DATE} else ValueKind.INTERVAL
    if pair & set(TIMES):
        return ValueKind.STAMP if ValueKind.INTERVAL in pair or ValueKind.STAMP in pair else ValueKind.DATE
    return widest(pair)
