"""The rows that a measure counted, one by one: where its number was read, with the columns of its own table (R172)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from kpi_tui.definitions.answers.rows.counted_rows import (
    COUNTED,
    COUNTED_IN,
    CountedRows,
    RowCell,
    RowColumn,
    RowsWish,
)
from kpi_tui.definitions.answers.rows.refused_rows import FILE_NAME, FILE_ROW
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.issue import EngineError, UsageError
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.engine.query import plan
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.query.fact_joins import ColumnLacking, Joins
from kpi_tui.engine.query.one_owner import OwnedCut
from kpi_tui.engine.query.rows_statement import RowsStatement
from kpi_tui.engine.query.windows import anchor_of
from kpi_tui.engine.row_pages.asked_columns import expect_few, no_column, not_asked
from kpi_tui.engine.row_pages.behind import MeasureBehind
from kpi_tui.engine.row_pages.file_cells import FileCells, FileCellsReader
from kpi_tui.engine.row_pages.row_columns import RowColumns
from kpi_tui.engine.rows_asked.plain_rows import Engine
from kpi_tui.sql.guard import FragmentError

NOT_READ = frozenset({Reason.ERROR, Reason.NO_TABLE, Reason.NO_COLUMN, Reason.NOT_APPLICABLE, Reason.NO_DATA})
"""Why a measure was not read: there are no rows to show either."""

_PLAIN = frozenset({str, int, float, bool, date, type(None)})


class KnowsMeasures(Protocol):
    """What knows the measures behind a value (`engine/metric_values.py`)."""

    def behind(self, metric: str, period: Period, cut: Cut) -> list[MeasureBehind]:
        """Every measure, its number, what it was asked for; none where the metric cannot be read in the period."""

    def values(self, metrics: Sequence[str], periods: Sequence[Period], cut: Cut) -> list[Value]:
        """The values themselves."""

    def owned(self, metric: str, period: Period, cut: Cut) -> OwnedCut:
        """The cut as the measures of a metric are asked."""


class CountedRowsReader:
    """Reads the rows of one workspace through an engine; `one_question` holds the lock and reports progress."""

    def __init__(
        self,
        workspace: Workspace,
        data: Data,
        lineage: Lineage,
        reader: MeasureReader,
        engine: Engine,
        evaluator_for: Callable[[Cut], KnowsMeasures],
        one_question: Callable[[Progress | None], AbstractContextManager[None]],
    ) -> None:
        self._workspace, self._data, self._lineage = workspace, data, lineage
        self._reader, self._engine = reader, engine
        self._evaluator_for, self._one_question = evaluator_for, one_question
        self._columns = RowColumns(workspace, lineage, reader.missing)
        self._files = FileCellsReader(workspace, data, lineage)

    def of(
        self,
        metric: str,
        period: Period,
        cut: Cut,
        measure: str,
        wish: RowsWish,
        progress: Progress | None = None,
    ) -> CountedRows:
        """The rows of a measure behind a value ("": the first one). UsageError for what nobody has."""
        with self._one_question(progress):
            behind = self._evaluator_for(cut).behind(metric, period, cut)
            if not behind:
                (value,) = self._evaluator_for(cut).values([metric], [period], cut)
                raise UsageError(value.detail or str(value.reason))
            chosen = _chosen(metric, behind, measure)
            readings = tuple(one.reading for one in behind)
            found = CountedRows(metric, period, chosen.reading, readings, wish=wish, where=cut.where or "")
            if chosen.reading.number.reason in NOT_READ:
                return found
            return self._filled(found, chosen, self._evaluator_for(cut).owned(metric, period, cut).cut)

    def _filled(self, found: CountedRows, chosen: MeasureBehind, cut: Cut) -> CountedRows:
        measure, run = self._run(chosen, cut)
        (query,) = run.queries
        names = self._columns.of(measure)
        wish = found.wish
        if wish.sort and wish.sort not in names:
            raise no_column(wish.sort, names)
        page, total = self._read(query, run, names, wish)
        own = list(zip(*(_plain([row[f"c{place}"] for row in page]) for place in range(len(names))), strict=True))
        files = self._files.beside(measure.table, names, own)
        laid = _Laid(measure, names, run, files)
        counted = chosen.reading.rows if not wish.only else None
        return replace(
            found,
            columns=laid.columns(),
            rows=laid.rows(page, own),
            total=total,
            without=0 if counted is None else max(counted - total, 0),
        )

    def _run(self, chosen: MeasureBehind, cut: Cut) -> tuple[Measure, plan.Run]:
        """The measure as it was read, in the periods whose days feed it: one query."""
        without = tuple(dict.fromkeys(name for one in chosen.requests for name in one.without))
        measure = self._reader.measure(replace(chosen.requests[0], without=without))
        measure = self._reader.on_its_days(measure, cut)
        anchors = frozenset(anchor_of(measure, one.period) for one in chosen.requests)
        (run,) = plan.runs([plan.PlacedMeasure(measure, anchors)], cut, self._workspace, self._lineage)
        return measure, run

    def _read(
        self, query: plan.Query, run: plan.Run, names: Sequence[str], wish: RowsWish
    ) -> tuple[list[plan.QueryRow], int]:
        joins = Joins(query, self._workspace, self._lineage, self._reader.missing.lacks, [])
        statement = RowsStatement(query, run.asked, joins, names, self._workspace)
        try:
            body = statement.body(wish.only)
            query.sql = statement.page(body, wish, self._columns.order(query.measures[0], names))
            counting = replace(query, sql=statement.count(body))
            first = self._data.days.earliest() or run.asked[0].start
            if wish.most is None:
                ((count,),) = self._engine.run([counting], list(run.asked), first)
                expect_few(int(str(count["total"])), wish)
            page, (count,) = self._engine.run([query, counting], list(run.asked), first)
        except (FragmentError, ColumnLacking, EngineError) as error:
            why = query.in_words(error.why) if isinstance(error, EngineError) else error
            if not wish.only:
                raise UsageError(say("the rows cannot be read: {why}", why=why)) from None
            raise not_asked(wish.only, why) from None
        return page, int(str(count["total"]))


@dataclass(frozen=True, slots=True)
class _Laid:
    """How rows are laid out: the period that counts them, what is counted, the first own column, the place in the file,
    the other columns of the table, those that only the file has."""

    measure: Measure
    names: Sequence[str]
    run: plan.Run
    files: FileCells

    @property
    def _several(self) -> bool:
        return len(self.run.asked) > 1

    @property
    def _made(self) -> bool:
        """Whether what is counted is no column of the table."""
        return self.measure.column not in ("", "*", *self.names)

    @property
    def _aside(self) -> tuple[list[str], list[str]]:
        """The place in the file, and what else stands there."""
        places = [name for name in self.files.columns if name in (FILE_NAME, FILE_ROW)]
        return places, [name for name in self.files.columns if name not in places]

    def columns(self) -> tuple[RowColumn, ...]:
        """Of every row."""
        places, more = self._aside
        called = self.files.called
        first, *rest = [RowColumn(n, called.get(n, ""), counted=n == self.measure.column) for n in self.names]
        return (
            *([RowColumn(COUNTED_IN, sorts=False)] if self._several else []),
            *([RowColumn(COUNTED, sorts=False, counted=True)] if self._made else []),
            first,
            *(RowColumn(name, sorts=False) for name in places),
            *rest,
            *(RowColumn(name, name, sorts=False) for name in more),
        )

    def rows(self, page: Sequence[plan.QueryRow], own: Sequence[Sequence[RowCell]]) -> tuple[tuple[RowCell, ...], ...]:
        """Those of the page, whose cells of the table are `own`."""
        (query,) = self.run.queries
        periods = {key: period.id for period, key in self.run.keys(query).items()} if self._several else {}
        places, more = self._aside
        counts = _plain([row["v"] for row in page]) if self._made else []
        laid = []
        for place, (found, cells) in enumerate(zip(page, own, strict=True)):
            beside = self.files.cells.get(place, {})
            first = [periods.get(found["w_period"], "")] if periods else []
            counted = counts[place : place + 1]
            file, further = [beside.get(name) for name in places], [beside.get(name) for name in more]
            laid.append((*first, *counted, *cells[:1], *file, *cells[1:], *further))
        return tuple(laid)


def _chosen(metric: str, behind: Sequence[MeasureBehind], measure: str) -> MeasureBehind:
    known = {one.reading.id: one for one in behind}
    if measure and measure not in known:
        raise UsageError(
            say("{metric} has no measure {measure!r}; it has {known}", metric=metric, measure=measure,
                known=listed(known))
        )  # fmt: skip
    return known[measure] if measure else behind[0]


def _plain(values: Sequence[object]) -> list[RowCell]:
    """A column as it can be kept and told: what is no text, number or day is its text."""
    if _PLAIN.issuperset(map(type, values)):
        return list(values)  # type: ignore[arg-type]
    return [value if isinstance(value, str | int | float | bool | date | None) else str(value) for value in values]
