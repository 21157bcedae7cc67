"""What kind of value every part of a query has: enough to know how an engine must be told to compute it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum

from sqlglot import exp

_Type = exp.DType


class Kind(Enum):
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


NUMBERS = (Kind.INT, Kind.DECIMAL, Kind.DOUBLE)
"""Kinds that are counted with, the wider one last."""

TIMES = (Kind.DATE, Kind.STAMP)
"""Kinds that have a place in the calendar."""

Columns = Mapping[str, Kind]
"""Kinds of the columns of a relation, by name."""

_OF_TYPE: Mapping[exp.DType, Kind] = {
    **dict.fromkeys(exp.DataType.INTEGER_TYPES, Kind.INT),
    **dict.fromkeys((_Type.DECIMAL, _Type.BIGDECIMAL, _Type.MONEY), Kind.DECIMAL),
    **dict.fromkeys((_Type.DOUBLE, _Type.FLOAT), Kind.DOUBLE),
    **dict.fromkeys(exp.DataType.TEXT_TYPES, Kind.TEXT),
    _Type.BOOLEAN: Kind.BOOL,
    _Type.DATE: Kind.DATE,
    **dict.fromkeys((_Type.TIMESTAMP, _Type.DATETIME, _Type.TIMESTAMPNTZ), Kind.STAMP),
    _Type.INTERVAL: Kind.INTERVAL,
}

_FIXED: Mapping[type[exp.Expr], Kind] = {
    **dict.fromkeys(
        (exp.Count, exp.CountIf, exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile, exp.Length, exp.StrPosition,
         exp.DateDiff, exp.Year, exp.Quarter, exp.Month, exp.Week, exp.WeekOfYear, exp.Day, exp.DayOfWeek,
         exp.DayOfWeekIso, exp.DayOfYear, exp.Hour, exp.Minute, exp.Second, exp.Sign), Kind.INT),
    **dict.fromkeys(
        (exp.Div, exp.Avg, exp.Pow, exp.Sqrt, exp.Cbrt, exp.Exp, exp.Ln, exp.Log, exp.Median, exp.PercentileCont,
         exp.Stddev, exp.StddevSamp, exp.StddevPop, exp.Variance, exp.VariancePop, exp.TimeToUnix, exp.Corr,
         exp.PercentRank, exp.CumeDist), Kind.DOUBLE),
    **dict.fromkeys(
        (exp.Concat, exp.ConcatWs, exp.DPipe, exp.Lower, exp.Upper, exp.Trim, exp.Substring, exp.Left, exp.Right,
         exp.Replace, exp.RegexpReplace, exp.Reverse, exp.Pad, exp.SplitPart, exp.TimeToStr), Kind.TEXT),
    **dict.fromkeys(
        (exp.Boolean, exp.And, exp.Or, exp.Not, exp.Is, exp.In, exp.Between, exp.Like, exp.ILike, exp.Escape,
         exp.Exists, exp.RegexpLike, exp.Contains, exp.StartsWith, exp.EndsWith, exp.LogicalOr, exp.LogicalAnd,
         exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ, exp.IsNan), Kind.BOOL),
    **dict.fromkeys((exp.Date, exp.TsOrDsToDate, exp.CurrentDate, exp.LastDay), Kind.DATE),
    **dict.fromkeys((exp.DateTrunc, exp.TimestampTrunc, exp.StrToTime, exp.DateAdd), Kind.STAMP),
    exp.Interval: Kind.INTERVAL,
    exp.Null: Kind.NULL,
}  # fmt: skip

_SAME = (exp.Paren, exp.Alias, exp.Neg, exp.Ordered, exp.Filter, exp.Window, exp.IgnoreNulls, exp.RespectNulls,
         exp.WithinGroup, exp.Abs, exp.Round, exp.Floor, exp.Ceil, exp.Trunc, exp.Min, exp.Max, exp.AnyValue,
         exp.FirstValue, exp.LastValue, exp.NthValue, exp.Nullif, exp.Quantile, exp.First, exp.Last)  # fmt: skip
_WIDEST = (exp.Coalesce, exp.Greatest, exp.Least, exp.Lag, exp.Lead, exp.Mul, exp.Mod, exp.IntDiv)


class Kinds:
    """Kinds of the nodes of a query, found innermost first; a node that replaces another is told by `set`."""

    def __init__(self) -> None:
        self._found: dict[int, Kind] = {}
        self._kept: list[exp.Expr] = []  # an id is only good for as long as its node lives

    def of(self, node: object) -> Kind:
        """The kind of a node already visited; UNKNOWN for anything else."""
        return self._found.get(id(node), Kind.UNKNOWN)

    def set(self, node: exp.Expr, kind: Kind) -> None:
        """Keep the kind of a node."""
        self._found[id(node)] = kind
        self._kept.append(node)

    def find(self, node: exp.Expr, column: Callable[[exp.Column], Kind]) -> Kind:
        """The kind of a node whose children are known."""
        if isinstance(node, exp.Column):
            return column(node)
        if isinstance(node, exp.Literal):
            return _of_literal(node)
        if (fixed := _FIXED.get(type(node))) is not None:
            return fixed
        if isinstance(node, exp.Cast):
            return _OF_TYPE.get(node.to.this, Kind.UNKNOWN)
        if isinstance(node, exp.Add | exp.Sub):
            return summed(self.of(node.this), self.of(node.expression), minus=isinstance(node, exp.Sub))
        if isinstance(node, _SAME):
            return self.of(node.this)
        if isinstance(node, _WIDEST):
            values = [child for key, child in _named(node) if key != "offset"]
            return widest(self.of(value) for value in values)
        return self._of_choice(node)

    def _of_choice(self, node: exp.Expr) -> Kind:
        if isinstance(node, exp.Case):
            values = [branch.args.get("true") for branch in node.args["ifs"]]
            return widest(self.of(value) for value in [*values, node.args.get("default")] if value is not None)
        if isinstance(node, exp.If):
            return widest(self.of(value) for value in (node.args.get("true"), node.args.get("false")) if value)
        if isinstance(node, exp.Sum):
            return Kind.INT if self.of(node.this) is Kind.BOOL else self.of(node.this)
        if isinstance(node, exp.Distinct):
            return self.of(node.expressions[0]) if node.expressions else Kind.UNKNOWN
        if isinstance(node, exp.Extract):
            return Kind.DOUBLE if node.name.lower() == "epoch" else Kind.INT
        if isinstance(node, exp.Anonymous) and node.name.lower() == "date_part" and node.expressions:
            return Kind.DOUBLE if node.expressions[0].name.lower() == "epoch" else Kind.INT
        return Kind.UNKNOWN


def _named(node: exp.Expr) -> Iterable[tuple[str, exp.Expr]]:
    for key, value in node.args.items():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, exp.Expr):
                yield key, child


def _of_literal(node: exp.Literal) -> Kind:
    if node.is_string:
        return Kind.TEXT
    text = node.name.lower()
    return Kind.DOUBLE if "e" in text else Kind.DECIMAL if "." in text else Kind.INT


def widest(kinds: Iterable[Kind]) -> Kind:
    """What values of several kinds become together; a quoted text becomes what it stands beside."""
    found = {kind for kind in kinds if kind is not Kind.NULL}
    if not found:
        return Kind.NULL
    if len(found) == 1:
        return found.pop()
    if found <= set(NUMBERS):
        return max(found, key=NUMBERS.index)
    times = found - {Kind.TEXT}
    return Kind.STAMP if times == set(TIMES) else times.pop() if len(times) == 1 else Kind.UNKNOWN


def summed(left: Kind, right: Kind, *, minus: bool) -> Kind:
    """What a sum or a difference is: two dates are days apart, two times a span."""
    pair = {left, right}
    if minus and left in TIMES and right in TIMES:
        return Kind.INT if pair == {Kind.DATE} else Kind.INTERVAL
    if pair & set(TIMES):
        return Kind.STAMP if Kind.INTERVAL in pair or Kind.STAMP in pair else Kind.DATE
    return widest(pair)
