"""Tables by a dimension: columns of metrics, base measures and formulas, a row per segment (R087, R094, R100)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.page import BreakdownFound, BreakdownRow
from kpi_tui.definitions.answers.value import Number, Reason, Value, resting_on

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.library.metric import Signal
    from kpi_tui.definitions.library.page import BalanceCheck, BreakdownPart, PartColumn
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.numbers import Numbers

Cells = dict[str | None, Value]
"""The values of a column by segment; None is the whole."""
_MOVES = ("rising", "falling")
"""Signals that rest on several values, not on the last alone."""


class Breakdowns:
    """Reads the break-downs of pages."""

    def __init__(self, workspace: Workspace, numbers: MetricNumbers, engine: Numbers) -> None:
        self._workspace = workspace
        self._numbers = numbers
        self._engine = engine

    def of(self, part: BreakdownPart, period: Period, progress: Progress | None = None) -> BreakdownFound:
        """A row per segment; none where no column has a number for the whole."""
        tables = {one.id: self._column(one, part, period, progress) for one in part.columns if not one.formula}
        quotients = {one.id: self._quotient(one, part, period, progress) for one in part.columns if "/" in one.formula}
        if not any(value.value is not None for cells in tables.values() for value in cells.values()):
            now = [one.id for one in part.columns if one.id in tables and not one.previous]
            return BreakdownFound((), without=next((tables[one][None] for one in now if None in tables[one]), None))
        rows = self._called(rows_of(part, tables, period, quotients), part)
        told = tuple(row for row in rows if not part.most or _says_anything(row, part))
        shown = told[: part.most + part.total] if part.most else told
        return BreakdownFound(self._signalled(shown, part), len(told) - len(shown), nothing=len(rows) - len(told))

    def _called(self, rows: tuple[BreakdownRow, ...], part: BreakdownPart) -> tuple[BreakdownRow, ...]:
        """The rows, whose segments know what they are called, those without a number too."""
        asked = [row.segment for row in rows if row.segment is not None]
        names = dict(zip(asked, self._numbers.called(part.by, asked), strict=True))
        return tuple(replace(row, segment=names[row.segment]) if row.segment is not None else row for row in rows)

    def _signalled(self, rows: tuple[BreakdownRow, ...], part: BreakdownPart) -> tuple[BreakdownRow, ...]:
        """The rows with what the metrics of their columns signal; nobody restocks all segments together."""
        for column in (one for one in part.columns if one.signals and one.metric):
            values = [row.cells[column.id] for row in rows]
            found = self._numbers.signals(values, by=part.by, where=part.where or None)
            past = self._past(column.metric, values[0], found, part)
            rows = tuple(
                replace(
                    row,
                    signals=(*row.signals, *(one.says for one in own)),
                    paths=(*row.paths, *(_path(one, past.get(row.segment, [])) for one in own)),
                )
                if row.segment is not None
                else row
                for row, own in zip(rows, found, strict=True)
            )
        return rows

    def _past(
        self, metric: str, now: Value, found: Sequence[Sequence[Signal]], part: BreakdownPart
    ) -> dict[str | None, list[Value]]:
        """Segment -> its last values, oldest first, where a signal is that they rise or fall."""
        last = max((one.periods for own in found for one in own if one.op in _MOVES), default=0)
        past: dict[str | None, list[Value]] = {}
        if last:
            for value in self._numbers.values([metric], now.period, by=part.by, where=part.where or None, last=last):
                past.setdefault(value.segment, []).append(value)
        return past

    # --- columns ----------------------------------------------------------------------------
    def _column(self, column: PartColumn, part: BreakdownPart, period: Period, progress: Progress | None) -> Cells:
        when = period.previous() if column.previous else period
        by = None if column.whole else part.by
        if column.measure:
            values = self.measures([column.measure], [when], by, part.where or None, progress)
            values = [replace(value, unit=column.unit) for value in values]
        else:
            values = self._numbers.values([column.metric], when, by=by, where=part.where or None, progress=progress)
        return {value.segment: value for value in values}

    def _quotient(self, column: PartColumn, part: BreakdownPart, period: Period, progress: Progress | None) -> Cells:
        """A formula whose two sides leave out the same rows of unknown amount, read as a metric of it would be."""
        from kpi_tui.engine.measure_metrics import over_measures

        text = over_measures(column, part, self._workspace)
        if not text or not self._engine.leaves_out(text):
            return {}
        values = self.measures([text], [period], part.by, part.where or None, progress)
        return {value.segment: replace(value, metric=column.id, unit=column.unit) for value in values}

    def measures(
        self, names: Sequence[str], periods: Sequence[Period], by: str | None, where: str | None,
        progress: Progress | None,
    ) -> list[Value]:  # fmt: skip
        """Base measures, or quotients of them, by themselves, per name, period and segment (the whole first)."""
        from kpi_tui.engine.measure_metrics import PREFIX
        from kpi_tui.engine.query.cut import Cut

        return self._engine.values([PREFIX + name for name in names], list(periods), Cut(by, where), progress)


def _path(signal: Signal, past: Sequence[Value]) -> tuple[Value, ...]:
    """The values that a signal of rising or falling rests on; none of another signal."""
    return tuple(past[-signal.periods :]) if signal.op in _MOVES else ()


def rows_of(
    part: BreakdownPart, tables: Mapping[str, Cells], period: Period, quotients: Mapping[str, Cells] | None = None
) -> tuple[BreakdownRow, ...]:
    """The rows of a break-down from its columns, formulas computed but for `quotients`, in order."""
    rows = [_row(segment, {**tables, **(quotients or {})}, part, period) for segment in _segments(tables, part)]
    return tuple(_ordered(rows, part))


def _row(segment: str | None, tables: Mapping[str, Cells], part: BreakdownPart, period: Period) -> BreakdownRow:
    """Its cells; what a formula makes of others is as doubtful as they are."""
    from kpi_tui.engine.formula import names

    cells: dict[str, Value] = {}
    for column in part.columns:
        if column.formula and segment in tables.get(column.id, {}):
            cells[column.id] = tables[column.id][segment]
        elif column.formula:
            number = _evaluate(column.formula, cells)
            blank = Value(column.id, period, number.value, number.reason, number.detail, segment)
            parts = [cells[name] for name in names(column.formula) if name in cells]
            cells[column.id] = resting_on(replace(blank, unit=column.unit), parts)
        else:
            cells[column.id] = _cell(tables[column.id], column, segment, period)
    return BreakdownRow(segment, cells, balances=_balances(part.balance, cells) if part.balance else None)


def _segments(tables: Mapping[str, Cells], part: BreakdownPart) -> Iterator[str | None]:
    """The whole where it is wanted, the segments that always stand, then the others that rows name."""
    from kpi_tui.engine.query.segments import NULL_SEGMENT

    if part.total:
        yield None
    yield from part.segments
    whole = {column.id for column in part.columns if column.whole}
    own = [cells for name, cells in tables.items() if name not in whole]
    for segment in dict.fromkeys(key for cells in own for key in cells):
        if segment is None or segment in part.segments or (segment == NULL_SEGMENT and not part.known):
            continue
        if not part.segments or any(cells[segment].value for cells in own if segment in cells):
            yield segment


def _cell(cells: Cells, column: PartColumn, segment: str | None, period: Period) -> Value:
    """A segment without rows counts 0 where the column says so."""
    from kpi_tui.engine.query.segments import NULL_SEGMENT

    if column.whole or segment in cells:
        return cells[None if column.whole else segment]
    whole = cells.get(None)
    blank = Value(column.metric or column.measure, period, None, Reason.NO_ROWS, segment=segment, unit=column.unit)
    if whole is None or whole.value is None:
        return replace(blank, reason=whole.reason if whole else Reason.NO_ROWS)
    counts = column.zero == "whole" or (
        column.zero == "others" and any(key not in (None, NULL_SEGMENT) for key in cells)
    )
    if not counts:
        return blank
    zero = replace(blank, value=0.0, reason=None, partial=whole.partial, late=whole.late)
    return replace(zero, left_out=whole.left_out)


def _ordered(rows: Sequence[BreakdownRow], part: BreakdownPart) -> list[BreakdownRow]:
    """The highest of a column first, unknown ones last, equal ones by name; the best are marked."""

    def rank(row: BreakdownRow) -> tuple[bool, bool, float, str]:
        number = row.cells[part.sort].value
        return row.segment is not None, number is None, -round(number or 0.0, 9), row.segment or ""

    found = sorted(rows, key=rank) if part.sort else list(rows)
    if not part.best:
        return found
    known = [row.cells[part.best].value for row in found if row.segment is not None]
    most = max((number for number in known if number is not None), default=None)
    return [
        replace(row, best=most is not None and row.segment is not None and row.cells[part.best].value == most)
        for row in found
    ]


def _balances(check: BalanceCheck, cells: Mapping[str, Value]) -> bool | None:
    left, right = (_evaluate(side, cells).value for side in (check.left, check.right))
    return None if left is None or right is None else left == right


def _says_anything(row: BreakdownRow, part: BreakdownPart) -> bool:
    """The whole, a segment that always stands, and one with a number that is not 0."""
    return row.segment is None or row.segment in part.segments or any(cell.value for cell in row.cells.values())


def _evaluate(formula: str, cells: Mapping[str, Value]) -> Number:
    from kpi_tui.engine.formula import evaluate

    return evaluate(formula, {name: Number(cell.value, cell.reason, cell.detail) for name, cell in cells.items()})
