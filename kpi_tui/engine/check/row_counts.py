"""How many rows of all days a condition keeps, with examples: a pass per table, remembered by its files."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from kpi_tui.definitions.issue import EngineError
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.workspace import Setting, Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.kept.cache import Cache, digest
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.engine.query import plan
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.query.row_filter import count_rows
from kpi_tui.engine.rows_asked.plain_rows import Engine
from kpi_tui.sql.parameters import bind

SHOWN = 8
"""Examples that are kept."""


@dataclass(frozen=True)
class RowCount:
    """Rows a measure's condition keeps, of how many, and values of its column in some; `error` where SQL fails."""

    count: int = 0
    of: int = 0
    examples: tuple[str, ...] = ()
    error: str = ""


class RowCounts:
    """Counts rows for the measures of one workspace, whatever day they lie on."""

    def __init__(
        self, workspace: Workspace, data: Data, lineage: Lineage, reader: MeasureReader, engine: Engine, cache: Cache
    ) -> None:
        self._workspace = workspace
        self._data = data
        self._lineage = lineage
        self._reader = reader
        self._engine = engine
        self._cache = cache

    def of(self, measures: Sequence[Measure], *, examples: bool = False) -> dict[str, RowCount]:
        """By id, for those whose tables and columns are here; facts per period are left out."""
        found: dict[str, RowCount] = {}
        asked: dict[str, list[tuple[str, Measure]]] = defaultdict(list)
        for measure in filter(self._can_be_asked, map(self._shown, measures)):
            key = self._key(measure, examples)
            stored = self._cache.get(key)
            if stored is not None:
                found[measure.id] = RowCount(stored[0], stored[1], tuple(stored[2]))
            else:
                asked[measure.table].append((key, measure))
        passes = (part for some in asked.values() for part in self._passes(some))
        for some in passes:
            counted = self._counted([measure for _, measure in some])
            for (key, measure), count in zip(some, counted, strict=True):
                shown = examples and count.count and measure.column
                found[measure.id] = one = self._with_examples(measure, count) if shown else count
                if not one.error:
                    self._cache.put(key, [one.count, one.of, one.examples])
        return found

    def _shown(self, measure: Measure) -> Measure:
        """Without the column of its examples where no file supplies it: the rows are there all the same."""
        bare = dataclasses.replace(measure, column="")
        lacks = self._reader.missing.first
        return bare if measure.column and lacks(measure) and not lacks(bare) else measure

    def _can_be_asked(self, measure: Measure) -> bool:
        reads = (measure.table, *self._lineage.condition(measure).tables)
        return not (
            self._reader.missing.first(measure)
            or self._lineage.without_library(measure)
            or any(map(self._lineage.is_per_period, reads))
        )

    def _key(self, measure: Measure, examples: bool) -> str:
        """Everything a count rests on: the condition, the facts below it, the files of its tables."""
        settings: dict[str, Setting] = dict(self._workspace.settings)
        facts = [self._lineage.shape(fact) for fact in self._lineage.facts_below(measure.table)]
        return "rows:" + digest(
            measure.table,
            bind(measure.where, settings) if measure.where else "",
            bind(measure.column, settings) if examples else "",
            [(shape.sql, str(shape.call)) for shape in facts],
            [(table, self._data.fingerprint(table)) for table in self._lineage.tables_of(measure)],
        )

    def _passes(self, asked: Sequence[tuple[str, Measure]]) -> list[list[tuple[str, Measure]]]:
        """The measures of a table by the column whose different values are enough to look at; "" for the rows."""
        passes: dict[str, list[tuple[str, Measure]]] = defaultdict(list)
        for key, measure in asked:
            passes[self._column_enough(measure)].append((key, measure))
        return list(passes.values())

    def _column_enough(self, measure: Measure) -> str:
        """The only column of a condition with regular expressions, unless it tells the rows apart; else "".

        A log has far fewer users than rows: each of their ids is held against the expressions once.
        """
        condition = self._lineage.condition(measure)
        names = {column.name for column in condition.tree.find_all(exp.Column)}
        only = names.pop() if len(names) == 1 and not condition.tables else ""
        is_key = only in self._workspace.key_of(measure.table)
        return only if only and not is_key and condition.tree.find(exp.RegexpLike) else ""

    def _counted(self, measures: Sequence[Measure]) -> list[RowCount]:
        """All in one pass; one by one where that fails or a condition asks other tables."""
        alone = [bool(self._lineage.condition(measure).tables) for measure in measures]
        if len(measures) > 1 and any(alone):
            return [count for measure in measures for count in self._counted([measure])]
        counts = ", ".join(f"{count_rows(self._where(m))} AS m{place}" for place, m in enumerate(measures))
        table = measures[0].table
        sql = f"SELECT COUNT(*) AS n, {counts} FROM {table} AS t"
        if column := self._column_enough(measures[0]):
            rows = f"{column}_rows"  # a name that its own column has not
            each = (f"SUM(CASE WHEN {self._where(m)} THEN t.{rows} ELSE 0 END) AS m{n}" for n, m in enumerate(measures))
            words = f"SELECT {column}, COUNT(*) AS {rows} FROM {table} GROUP BY {column}"
            sql = f"SELECT SUM(t.{rows}) AS n, {', '.join(each)} FROM ({words}) AS t"
        if alone[0]:
            sql = (
                f"SELECT w.n AS n, k.m0 AS m0 FROM (SELECT COUNT(*) AS n FROM {table}) AS w CROSS JOIN "
                f"(SELECT COUNT(*) AS m0 FROM {table} AS t WHERE {self._where(measures[0])}) AS k"
            )
        try:
            (row,) = self._rows(table, sql)
        except EngineError as error:
            if len(measures) == 1:
                return [RowCount(error=str(error))]
            return [count for measure in measures for count in self._counted([measure])]
        return [RowCount(_whole(row[f"m{place}"]), _whole(row["n"])) for place in range(len(measures))]

    def _with_examples(self, measure: Measure, count: RowCount) -> RowCount:
        shown = f"CAST({bind(measure.column, self._workspace.settings)} AS VARCHAR)"
        sql = (
            f"SELECT DISTINCT {shown} AS shown FROM {measure.table} AS t WHERE {self._where(measure)} "
            f"ORDER BY shown LIMIT {SHOWN}"
        )
        try:
            rows = self._rows(measure.table, sql)
        except EngineError as error:
            return dataclasses.replace(count, error=str(error))
        return dataclasses.replace(count, examples=tuple(_told(row["shown"]) for row in rows))

    def words(self, table: str, column: str, most: int) -> dict[str, int] | None:
        """The words of a column and the rows of each, the most frequent first; None for more than `most`."""
        key = "words:" + digest(table, column, most, self._data.fingerprint(table))
        stored = self._cache.get(key)
        if stored is None:
            sql = (
                f"SELECT {column} AS word, COUNT(*) AS n FROM {table} AS t WHERE {column} IS NOT NULL GROUP BY {column}"
            )
            found = sorted(self._rows(table, f"{sql} ORDER BY n DESC, word LIMIT {most + 1}"), key=_place)
            stored = [[str(row["word"]), _whole(row["n"])] for row in found]
            self._cache.put(key, stored)
        return None if len(stored) > most else dict(stored)

    def _where(self, measure: Measure) -> str:
        return f"({bind(measure.where, self._workspace.settings)})" if measure.where else ""

    def _rows(self, table: str, sql: str) -> list[plan.QueryRow]:
        query = plan.Query(table, "", "", "", Cut(), sql=sql)
        day = self._data.days.as_of()
        (rows,) = self._engine.run([query], [Period.containing(day, Grain.DAY, self._workspace.calendar)], day)
        return rows


def _whole(number: object) -> int:
    return int(str(number or 0))


def _told(value: object) -> str:
    return "" if value is None else str(value)


def _place(row: plan.QueryRow) -> tuple[int, str]:
    return -_whole(row["n"]), str(row["word"])
