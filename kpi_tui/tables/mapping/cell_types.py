"""What each part of a mapping expression needs a cell to be: text, number, truth value or stamp.

File columns are text. `Quantity * UnitPrice` needs numbers, `InvoiceNo` for an order id needs the text
(00123 stays 00123), `min(InvoiceDate)` for a datetime needs stamps. Every such use becomes a *cell*: a
converted copy of a column (or of a text expression such as `replace(price, ',', '')`), under its own name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl
from sqlglot import exp

from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.message import say
from kpi_tui.sql.compared_words import is_compared, tidy_word


class CellType(StrEnum):
    """What a place in an expression needs."""

    AS_IS = "as is"
    GUESS = "guess"  # a number when the whole column is numeric, else text
    NUMBER = "number"
    STAMP = "date or time"
    BOOL = "truth value"

    @property
    def word(self) -> str:
        """What a cell that fits is called."""
        return _WORDS.get(self, self.value)


_WORDS = {CellType.NUMBER: say("number"), CellType.STAMP: say("date or time"), CellType.BOOL: say("truth value")}


WANT_OF_TYPE: Mapping[ColumnType, CellType] = {
    ColumnType.STR: CellType.AS_IS,
    ColumnType.INT: CellType.NUMBER,
    ColumnType.FLOAT: CellType.NUMBER,
    ColumnType.BOOL: CellType.BOOL,
    ColumnType.DATE: CellType.STAMP,
    ColumnType.DATETIME: CellType.STAMP,
}

NUMERIC = (
    exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.Pow, exp.Neg, exp.Sum, exp.Avg, exp.Stddev, exp.StddevSamp,
    exp.StddevPop, exp.Variance, exp.VariancePop, exp.PercentileCont, exp.Quantile, exp.ApproxQuantile, exp.Median,
    exp.Abs, exp.Round, exp.Ceil, exp.Floor, exp.Sqrt, exp.Exp, exp.Ln, exp.Log, exp.Sign, exp.Trunc,
)  # fmt: skip
TEXTUAL = (
    exp.Replace, exp.RegexpReplace, exp.Trim, exp.Lower, exp.Upper, exp.Substring, exp.Left, exp.Right,
    exp.SplitPart, exp.Concat, exp.ConcatWs, exp.DPipe, exp.Pad, exp.Reverse,
)  # fmt: skip
_TIMELY = (
    exp.Extract, exp.DateTrunc, exp.TimestampTrunc, exp.Year, exp.Month, exp.Day, exp.Week, exp.Quarter,
    exp.TimeToStr, exp.DateDiff, exp.TsOrDsToDate, exp.Date, exp.Hour, exp.Minute, exp.Second, exp.DayOfWeek,
    exp.DayOfWeekIso, exp.WeekOfYear, exp.TimeToUnix, exp.DateAdd,
)  # fmt: skip
_PASSING = (exp.Min, exp.Max, exp.Greatest, exp.Least, exp.Coalesce, exp.Nullif, exp.Paren, exp.Lag, exp.Lead,
            exp.FirstValue, exp.LastValue, exp.Window, exp.Filter)  # fmt: skip
_GROWING = (exp.Mul, exp.Sum, exp.Add, exp.Sub, exp.Pow)
COMPARING = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In)
LOGICAL = (exp.And, exp.Or, exp.Not, exp.CountIf, exp.LogicalAnd, exp.LogicalOr)
_CAST_TYPES = (
    (exp.DataType.NUMERIC_TYPES, CellType.NUMBER),
    (exp.DataType.TEMPORAL_TYPES, CellType.STAMP),
    ({exp.DataType.Type.BOOLEAN}, CellType.BOOL),
)


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A converted copy of `sql` (over file columns) called `name`; `said` is how a message calls it."""

    name: str
    sql: str
    said: str
    needed: CellType
    format: str = ""  # of a stamp; several are tried in order, one a line
    column: str = ""  # set when `sql` is a bare column
    lenient: bool = False  # TRY_CAST: a cell that cannot be read is empty, and its row stays


@dataclass(slots=True)
class OperandTyping:
    """Rewrites expressions so that each use of a column is of the kind its place needs."""

    kinds: Mapping[str, pl.DataType]
    is_numeric: Callable[[str], bool]
    render: Callable[[exp.Expression], str]
    cells: dict[tuple[str, CellType, str, bool], TypedCell] = field(default_factory=dict)

    def rewrite(self, node: exp.Expression, needed: CellType) -> exp.Expression:
        """A copy of `node` in which text is converted where its place needs something else."""
        if isinstance(node, exp.Column):
            return self._column(node, needed)
        if is_compared(node):
            return tidy_word(node)
        if isinstance(node, exp.StrToTime) and not node.find(exp.AggFunc):
            return self._cell(node.this, CellType.STAMP, _formats(node.args["format"]))
        if isinstance(node, exp.UnixToTime) and not node.find(exp.AggFunc):
            return self._cell(self._in_numbers(node.this), CellType.STAMP, "%s")
        if isinstance(node, exp.Cast):  # TryCast too
            return self._cast(node)
        if _is_textual(node):
            if needed in (CellType.NUMBER, CellType.STAMP, CellType.BOOL) and not node.find(exp.AggFunc):
                return self._cell(node, needed)
            return self._children(node, CellType.AS_IS)
        return self._children(node, self._operand_type(node, needed))

    def _in_numbers(self, node: exp.Expression) -> exp.Expression:
        """What is reckoned before it becomes a moment (`at / 1000`): its columns of text are numbers there."""

        def number(one: exp.Expression) -> exp.Expression:
            is_text = isinstance(one, exp.Column) and self.kinds.get(one.name) == pl.String
            if not is_text or isinstance(one.parent, exp.Cast):
                return one
            return exp.TryCast(this=one.copy(), to=exp.DataType.build("double"))

        return node if isinstance(node, exp.Column) else node.transform(number)

    def _column(self, node: exp.Column, needed: CellType) -> exp.Expression:
        kind = self.kinds.get(node.name)
        if kind is None:  # a group key: already decided
            return node.copy()
        if needed is CellType.GUESS:
            needed = CellType.NUMBER if kind == pl.String and self.is_numeric(node.name) else CellType.AS_IS
        fits = {
            CellType.NUMBER: kind.is_numeric(),
            CellType.STAMP: kind.is_temporal(),
            CellType.BOOL: kind == pl.Boolean,
        }
        return node.copy() if fits.get(needed, True) else self._cell(node, needed)

    def _cell(self, node: exp.Expression, needed: CellType, fmt: str = "", *, lenient: bool = False) -> exp.Expression:
        sql = self.render(node)
        key = (sql, needed, fmt, lenient)
        column = node.name if isinstance(node, exp.Column) else ""
        if key not in self.cells:
            self.cells[key] = TypedCell(
                f"kpi:cell{len(self.cells)}", sql, column or node.sql(), needed, fmt, column, lenient
            )
        return exp.column(self.cells[key].name, quoted=True)

    def _cast(self, node: exp.Cast) -> exp.Expression:
        needed = next((needed for kinds, needed in _CAST_TYPES if node.to.this in kinds), CellType.AS_IS)
        if (
            needed is CellType.NUMBER
            and isinstance(node.this, exp.Column)
            and self.kinds.get(node.this.name) == pl.Boolean
        ):
            needed = CellType.AS_IS  # who casts true to a number means 1
        if isinstance(node.this, exp.Literal):
            return node.copy()
        copy = node.copy()
        text = isinstance(node.this, exp.Column) or _is_textual(node.this)
        if isinstance(node, exp.TryCast) and needed is not CellType.AS_IS and text and not node.find(exp.AggFunc):
            copy.set("this", self._cell(node.this, needed, lenient=True))
        else:
            copy.set("this", self.rewrite(node.this, needed))
        return copy

    def _operand_type(self, node: exp.Expression, needed: CellType) -> CellType:
        """What the operands of `node` need when the place of `node` needs `needed`."""
        if isinstance(node, exp.Add | exp.Sub):
            return CellType.STAMP if node.find(exp.Interval) or needed is CellType.STAMP else CellType.NUMBER
        if isinstance(node, NUMERIC):
            return CellType.NUMBER
        if isinstance(node, _TIMELY) or (isinstance(node, exp.Anonymous) and node.name.lower() == "date_part"):
            return CellType.STAMP
        if isinstance(node, COMPARING):
            return self._compared(node)
        if isinstance(node, LOGICAL):
            return CellType.BOOL
        if isinstance(node, exp.Coalesce | exp.Greatest | exp.Least) and needed in (CellType.GUESS, CellType.AS_IS):
            return self._compared(node) if needed is CellType.GUESS else needed
        return needed if isinstance(node, (*_PASSING, exp.Case, exp.If)) else CellType.AS_IS

    def _compared(self, node: exp.Expression) -> CellType:
        """Operands of a comparison agree: a number, stamp or truth value on one side decides for all."""
        sides = [_bare(child) for child in node.iter_expressions()]
        columns = [side for side in sides if isinstance(side, exp.Column)]
        kinds = [self.kinds.get(column.name, pl.String()) for column in columns]
        if any(_is_number(side) for side in sides) or any(kind.is_numeric() for kind in kinds):
            return CellType.NUMBER
        if any(_is_stamp(side) for side in sides) or any(kind.is_temporal() for kind in kinds):
            return CellType.STAMP
        if any(isinstance(side, exp.Boolean) for side in sides):
            return CellType.BOOL
        text = [column.name for column in columns]
        if len(text) == len(sides) and all(name in self.kinds and self.is_numeric(name) for name in text):
            return CellType.NUMBER
        return CellType.AS_IS

    def _children(self, node: exp.Expression, inner: CellType) -> exp.Expression:
        def made(part: object) -> object:
            if isinstance(part, list):
                return [made(one) for one in part]
            if not isinstance(part, exp.Expression):
                return part
            new = self.rewrite(part, self._place(node, part, inner))
            whole = isinstance(node, _GROWING) and inner is CellType.NUMBER and isinstance(new, exp.Column)
            return exp.cast(new, "double") if whole else new  # Int64 sums and products wrap around

        return type(node)(**{key: made(part) for key, part in node.args.items()})  # a copy of one level, not of all

    def _place(self, node: exp.Expression, child: exp.Expression, inner: CellType) -> CellType:
        """Conditions of CASE, FILTER and windows are no values of the expression."""
        if isinstance(node, exp.If) and child.arg_key == "this":
            simple_case = isinstance(node.parent, exp.Case) and node.parent.this is not None
            return CellType.AS_IS if simple_case else CellType.BOOL
        if isinstance(node, exp.Case) and child.arg_key == "this":
            return CellType.AS_IS
        if isinstance(node, exp.Window) and child.arg_key != "this":
            return CellType.AS_IS
        if isinstance(node, exp.Where):
            return CellType.BOOL
        if isinstance(node, exp.Count | exp.Is):
            return CellType.AS_IS
        return inner


def _formats(node: exp.Expression) -> str:
    """The format of strptime; several of them one a line."""
    return "\n".join(part.name for part in node.expressions) if isinstance(node, exp.Array) else node.name


def _is_textual(node: exp.Expression) -> bool:
    """Functions that make text, and choices between values one of which is a quoted text."""
    if isinstance(node, TEXTUAL):
        return True
    if isinstance(node, exp.Nullif | exp.Coalesce):
        return any(isinstance(child, exp.Literal) and child.is_string for child in node.iter_expressions())
    return False


def _bare(node: exp.Expression) -> exp.Expression:
    while isinstance(node, exp.Paren | exp.Min | exp.Max | exp.Coalesce) and node.this is not None:
        node = node.this
    return node


def _is_number(node: exp.Expression) -> bool:
    return (isinstance(node, exp.Literal) and not node.is_string) or isinstance(node, (*NUMERIC, exp.Count))


def _is_stamp(node: exp.Expression) -> bool:
    cast = isinstance(node, exp.Cast) and node.to.this in exp.DataType.TEMPORAL_TYPES
    return cast or isinstance(node, (exp.StrToTime, exp.CurrentDate, exp.Date, exp.DateTrunc, exp.TimestampTrunc))
