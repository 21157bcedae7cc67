"""The engine's front: questions about numbers, answered from the result cache where nothing changed.

polars is imported when a number has to be computed, not before.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.coverage import MissingInput
from kpi_tui.definitions.answers.value import Explanation, Number, Profile, Reason, Value
from kpi_tui.definitions.issue import Issue, Severity, TableError
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Measure
from kpi_tui.definitions.library.procedure import EXTRA
from kpi_tui.definitions.message import from_plain, to_plain
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.workspace import Setting, Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.days.gaps import Gaps
from kpi_tui.engine.kept.cache import Cache, digest, program
from kpi_tui.engine.kept.rests import RestsKept
from kpi_tui.engine.kept.stored_values import from_json, to_json
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.rows_asked.called_ids import CalledIds
from kpi_tui.engine.value_keys import ValueKeys, stamp

if TYPE_CHECKING:
    import polars as pl

    from kpi_tui.engine.check.questions import DataQuestions
    from kpi_tui.engine.lineage import Lineage
    from kpi_tui.engine.row_pages.row_pages import RowPages
    from kpi_tui.engine.value_parts import ValueParts


class Numbers:
    """Values of one workspace. Safe to ask from several threads; questions are answered one at a time."""

    def __init__(self, workspace: Workspace, cache: Cache, *, rows: bool = True, definitions: str = "") -> None:
        """`rows` False: what the cache keeps is answered; what needs rows of the data raises RowsNeeded.

        `definitions` changes whenever a definition does: what values rest on is kept by it from start to start.
        """
        self._workspace = workspace
        self._cache = cache
        self._lock = threading.RLock()
        self._data = Data(workspace, cache, rows=rows)
        self._called = CalledIds(workspace, self._data)
        self._rests = RestsKept(cache, lambda: stamp(definitions, self._data))
        self._keys = ValueKeys(self._rests, lambda: self._parts.rests)
        self._made: ValueParts | None = None
        self._as_of: date | None = None
        self._missing: dict[str, str] = {}

    @property
    def _parts(self) -> ValueParts:
        if self._made is None:
            with self._lock:
                if self._made is None:
                    from kpi_tui.engine.value_parts import ValueParts

                    self._made = ValueParts(self._workspace, self._data, self._cache, self._one_question)
        return self._made

    @property
    def questions(self) -> DataQuestions:
        """What `check` asks of the data."""
        return self._parts.questions

    @property
    def row_pages(self) -> RowPages:
        """The rows behind a number."""
        return self._parts.row_pages

    def load(self, progress: Progress | None = None) -> None:
        """Learn about every table now."""
        with self._one_question(progress):
            self._data.load()
            self._cache.flush()

    def as_of(self) -> date:
        """The last day that counts. TableError when no table has a day."""
        if self._as_of is None:  # once known it is told at once, also while a long question is being answered
            with self._lock:
                self._as_of = self._data.days.as_of()
        return self._as_of

    def is_over(self, period: Period) -> bool:
        """True when data exist beyond the period: its targets are locked (R009)."""
        try:
            return self.as_of() > period.last_day
        except TableError:
            return False

    def first_day(self) -> date | None:
        """The first day that has data."""
        with self._lock:
            return self._data.days.first_day()

    def rows(self, table: str) -> pl.LazyFrame:
        """The prepared rows of a table. TableError when it cannot be read."""
        with self._lock:
            return self._data.frame(table)

    def expect_rows(self) -> None:
        """RowsNeeded where no rows are read."""
        self._data.expect_rows()

    def profiles(self) -> dict[str, Profile]:
        """What was read from each readable table."""
        with self._lock:
            return {name: known.profile for name in self._data.tables if (known := self._data.summary(name))}

    def gaps(self) -> dict[str, Gaps]:
        """Days without rows of tables and sources that usually have some."""
        with self._lock:
            return {part: found for name in self._data.tables for part, found in self._data.days.gaps(name).items()}

    def silent_days(self) -> dict[str, tuple[int, int]]:
        """Tables and sources that stop before the as-of day: days without a row since, and how long is usual."""
        with self._lock:
            as_of = self._data.days.as_of()
            known = {name: summary for name in self._data.tables if (summary := self._data.summary(name))}
            spans = {part: span for name in known for part, span in self._data.days.part_spans(name).items()}
            days = {part: days for summary in known.values() for part, days in summary.days.items()}
            ended = [part for part, span in spans.items() if span.last < as_of and part in days]
            return {part: ((as_of - days[part].last).days, days[part].usual) for part in ended}

    def errors(self) -> Mapping[str, TableError]:
        """Tables that cannot be read."""
        with self._lock:
            self._data.load()
            return dict(self._data.errors)

    def values(
        self, metrics: Sequence[str], periods: Sequence[Period], cut: Cut, progress: Progress | None = None
    ) -> list[Value]:
        """Values by metric, period, segment; those whose inputs did not change come from the cache."""
        with self._one_question(progress):
            keys = {(m, p): self._keys.key(m, p, cut) for m in metrics for p in periods}
            known = {
                pair: from_json(stored, pair[1].calendar)
                for pair, key in keys.items()
                if (stored := self._cache.get(key))
            }
            if unknown := [pair for pair in keys if pair not in known]:
                some = [m for m in metrics if any(m == metric for metric, _ in unknown)]
                when = [p for p in periods if any(p == period for _, period in unknown)]
                self._compute(some, when, cut, known, keys)
            found = [value for metric in metrics for period in periods for value in known[metric, period]]
            named = self._called.in_values(found, cut.by)
            self._cache.flush()
            return named

    def explain(self, metric: str, period: Period, cut: Cut) -> Explanation:
        """Formula, readings, settings and SQL behind a value."""
        with self._one_question(None):
            return self._parts.evaluator_for(cut).explain(metric, period, cut)

    def campaign_period(self, campaign: str) -> Period:
        """The span of a campaign. UsageError when there is no such campaign, or nothing tells who took part."""
        with self._one_question(None):
            return self._parts.campaigns.period(campaign)

    def campaigns(self) -> list[tuple[str, date, date]]:
        """Every campaign with its first and last day. UsageError when nothing tells of campaigns or who took part."""
        with self._one_question(None):
            found = self._parts.campaigns.every()
            names = self._called.of("campaign_id", (name for name, _first, _last in found))
            return [(name, first, last) for name, (_id, first, last) in zip(names, found, strict=True)]

    def lines(self, measure: Measure, columns: tuple[str, ...], period: Period) -> list[tuple[str, ...]] | Number:
        """Distinct values of columns in the rows a measure counts, in order; or why there are none."""
        with self._one_question(None):
            return self._parts.reader.lines(measure, columns, period)

    def called(self, column: str, ids: Iterable[str]) -> list[str]:
        """Ids of a column, each of which knows what it is called where something says so."""
        with self._one_question(None):
            return self._called.of(column, ids)

    def settings_of(self, metric: str) -> dict[str, Setting]:
        """Settings that touch a metric."""
        return self._parts.inputs.settings_of(metric.removesuffix(GROWTH_SUFFIX))

    def leaves_out(self, formula: str) -> bool:
        """Whether a formula over measures leaves rows of unknown amount out on both sides of a quotient."""
        with self._lock:
            return bool(self._parts.reader.same_rows.of(formula))

    def tables_of(self, metric: str) -> tuple[str, ...]:
        """Raw tables behind a metric."""
        with self._lock:
            named = self._rests.of(f"tables:{metric}", lambda: "\n".join(self._parts.inputs.tables_of(metric)))
        return tuple(named.split())

    def measures_of(self, metric: str) -> tuple[Measure, ...]:
        """The base measures of a metric, those of metrics inside its formula included."""
        with self._lock:
            named = self._rests.of(f"measures:{metric}", lambda: self._named_measures(metric))
        return tuple(self._workspace.measures[name] for name in named.split())

    def _named_measures(self, metric: str) -> str:
        return "\n".join(measure.id for measure in self._parts.inputs.measures_of(metric))

    def covered(self, metric: str) -> tuple[date, date] | None:
        """First and last day that every table of a metric covers; None when none of them has days."""
        with self._lock:
            days = self._rests.of(f"covered:{metric}", lambda: self._covered(metric))
        first, _, last = days.partition("/")
        return (date.fromisoformat(first), date.fromisoformat(last)) if days else None

    def _covered(self, metric: str) -> str:
        span = self._parts.inputs.covered(metric)
        return f"{span.first}/{span.last}" if span else ""

    def missing_of(self, metric: str) -> str:
        """What a metric needs first that the workspace or this install does not supply, in words, or ""."""
        if metric not in self._missing:
            with self._lock:
                measures = self._parts.inputs.measures_of(metric)
                found = [
                    *map(self._parts.reader.missing.first, measures),
                    *map(self._parts.lineage.without_library, measures),
                ]
                self._missing[metric] = next((words for words in found if words), "")
        return self._missing[metric]

    def missing_inputs(self, metric: str) -> tuple[MissingInput, ...]:
        """Every table and column a metric needs that the workspace does not supply, and what must be installed."""
        with self._lock:
            measures = self._parts.inputs.measures_of(metric)
            found = {missing for measure in measures for missing in self._parts.reader.missing.every(measure)}
            wanted = {MissingInput(EXTRA) for measure in measures if self._parts.lineage.without_library(measure)}
            return tuple(sorted(found | wanted))

    def sql_issues(self) -> list[Issue]:
        """What of the workspace's own SQL cannot run, with its line; tried again when it, or a file, has changed."""
        with self._one_question(None):
            space = self._workspace
            files = [(table, self._data.fingerprint(table)) for table in self._data.tables]
            key = f"dry-run:{digest(program(), files, space.facts, space.measures, space.settings)}"
            if (stored := self._cache.get(key)) is None:
                from kpi_tui.engine.check.dry_run import DryRun

                found = DryRun(space, self._data, self._parts.lineage).issues()
                stored = [to_plain(dataclasses.asdict(issue)) for issue in found]
                self._cache.put(key, stored)
            return [Issue(**{**one, "severity": Severity(one["severity"])}) for one in from_plain(stored)]

    def flush(self) -> None:
        """Write the result cache."""
        with self._lock:
            self._cache.flush()

    def _compute(
        self,
        metrics: Sequence[str],
        periods: Sequence[Period],
        cut: Cut,
        known: dict[tuple[str, Period], list[Value]],
        keys: Mapping[tuple[str, Period], str],
    ) -> None:
        fresh: dict[tuple[str, Period], list[Value]] = {(m, p): [] for m in metrics for p in periods}
        for value in self._parts.evaluator_for(cut).values(metrics, periods, cut):
            fresh[value.metric, value.period].append(value)
        for pair, values in fresh.items():
            known[pair] = values
            if not any(value.reason is Reason.ERROR for value in values):
                self._cache.put(keys[pair], [to_json(value) for value in values])

    @contextmanager
    def _one_question(self, progress: Progress | None) -> Iterator[None]:
        """Hold the lock while a question is answered, and report its progress."""
        with self._lock:
            self._data.progress = progress
            try:
                yield
            finally:
                self._data.progress = None

    @property
    def data(self) -> Data:
        """The tables (for the engine)."""
        return self._data

    @property
    def lineage(self) -> Lineage:
        """What rests on what (for the engine)."""
        return self._parts.lineage
