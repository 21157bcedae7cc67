"""Numbers of metrics: values, how they come about, what they rest on, what they signal (R118–R172)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kpi_tui.book.signals import look_back, place_of, series_up_to
from kpi_tui.definitions.answers.value import Explanation, Reason, Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.aggregation import DISTINCT
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period

if TYPE_CHECKING:
    from kpi_tui.book.chain.chain_metrics import ChainMetrics
    from kpi_tui.book.chain.material import ChainMaterial
    from kpi_tui.book.library import Library
    from kpi_tui.definitions.library.metric import Metric, Signal
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Setting, Workspace
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.engine.query.cut import Cut


BY_ITSELF = "="
"""Before the id of a base measure that is asked for by itself (`engine/measure_metrics.py`)."""


class MetricNumbers:
    """Numbers that the engine counts from rows, and those that are read off a chain."""

    def __init__(self, workspace: Workspace, library: Library, engine: Numbers, chains: ChainMaterial) -> None:
        self._workspace = workspace
        self._library = library
        self._engine = engine
        self._chains = chains

    def values(
        self,
        metrics: Sequence[str],
        period: Period,
        *,
        by: str | None = None,
        where: str | None = None,
        last: int = 1,
        campaign: str = "",
        progress: Progress | None = None,
    ) -> list[Value]:
        """Values per metric, for the `last` periods up to `period` (oldest first), per segment.

        `id.growth` is the relative-growth form of an absolute metric (R005). With `by`, the total
        (segment None) comes first and is recomputed from rows. With `campaign`, only its participants count,
        usually over `campaign_period` (R146). UsageError on an unknown metric, column or campaign. A metric that
        is defined with an error has no number (reason `error`) and takes no other along.
        """
        from kpi_tui.engine.query.cut import Cut

        where = sound_condition(where) if where else where
        periods = [period.previous(back) for back in range(last - 1, -1, -1)]
        cut = Cut(by, where, campaign)
        errors = {metric: error for metric in metrics if (error := self._library.error_of(metric))}
        sound = [metric for metric in metrics if metric not in errors]
        found = self._sound_values(sound, periods, cut, progress) if sound else []
        if not errors:
            return found
        broken = [Value(metric, when, None, Reason.ERROR, errors[metric]) for metric in errors for when in periods]
        return [value for metric in metrics for value in [*found, *broken] if value.metric == metric]

    def a_year_earlier(
        self, metrics: Sequence[str], periods: Sequence[Period], progress: Progress | None = None
    ) -> list[Value]:
        """Totals of the same periods one year earlier, which need not lie side by side (`Period.a_year_earlier`)."""
        from kpi_tui.engine.query.cut import Cut

        sound = [metric for metric in metrics if not self._library.error_of(metric)]
        before = list(dict.fromkeys(period.a_year_earlier() for period in periods))
        return self._sound_values(sound, before, Cut(), progress) if sound and before else []

    def _sound_values(
        self, metrics: Sequence[str], periods: Sequence[Period], cut: Cut, progress: Progress | None
    ) -> list[Value]:
        if any(self._library.metric(metric).chain for metric in metrics if not metric.startswith(BY_ITSELF)):
            return self._chain_metrics(progress).among(list(metrics), periods, cut)
        return self._engine.values(list(metrics), periods, cut, progress)

    def explain(self, metric: str, period: Period, *, where: str | None = None, campaign: str = "") -> Explanation:
        """Formula, every base measure with its number, window, settings, rows and SQL (R172)."""
        from kpi_tui.engine.query.cut import Cut

        where = sound_condition(where) if where else where
        if self._library.metric(metric).chain:
            return self._chain_metrics(None).explain(metric, period)
        return self._engine.explain(metric, period, Cut(None, where, campaign))

    def _chain_metrics(self, progress: Progress | None) -> ChainMetrics:
        from kpi_tui.book.chain.chain_metrics import ChainMetrics

        return ChainMetrics(self._library, self._engine, self._chains, progress)

    # --- signals ----------------------------------------------------------------------------
    def last_signals(self, values: Sequence[Value]) -> tuple[Signal, ...]:
        """The signals of the last of some values of one metric and segment, oldest first."""
        from kpi_tui.analysis.signals import signals_given

        metric = self._workspace.metrics.get(values[-1].metric) if values else None
        return signals_given(metric.signals, values, self._workspace.settings) if metric else ()

    def signals(
        self, values: Sequence[Value], *, by: str | None = None, where: str | None = None, campaign: str = ""
    ) -> list[tuple[Signal, ...]]:
        """The signals of each value of an answer; `by`, `where` and `campaign` are those it was asked with.

        Values of earlier periods are read where a signal looks back.
        """
        known = {place_of(value): value for value in values}
        for metric in dict.fromkeys(value.metric for value in values):
            if (back := look_back(self._workspace, metric)) > 1:
                periods = {value.period for value in values if value.metric == metric}
                last = len(periods) + back - 1
                found = self.values([metric], max(periods), by=by, where=where, last=last, campaign=campaign)
                known |= {place_of(value): value for value in found}
        counts = [look_back(self._workspace, value.metric) for value in values]
        return [
            self.last_signals(series_up_to(value, known, count)) for value, count in zip(values, counts, strict=True)
        ]

    # --- what numbers rest on ---------------------------------------------------------------
    def campaign_period(self, campaign: str) -> Period:
        """The span of a campaign, both its days included (R146). UsageError when there is no such campaign."""
        return self._engine.campaign_period(campaign)

    def called(self, column: str, ids: Sequence[str]) -> list[str]:
        """Ids of a column, each of which knows what it is called where something says so."""
        return self._engine.called(column, ids)

    def settings_of(self, metric: str) -> Mapping[str, Setting]:
        """The settings in force that touch a metric (R008)."""
        return {} if self._library.error_of(metric) else self._engine.settings_of(metric)

    def tables_of(self, metric: str) -> tuple[str, ...]:
        """The raw tables behind a metric, facts resolved."""
        return () if self._library.error_of(metric) else self._engine.tables_of(metric)

    def adds_up(self, metric: Metric) -> bool:
        """Whether the days of the metric sum to its period: plain counts and sums, added or subtracted."""
        from kpi_tui.sql.guard import is_sum

        measures = self._engine.measures_of(metric.id)
        per_day = all(measure.agg.traits.adds_up and measure.time != "period" for measure in measures)
        return per_day and bool(metric.formula) and is_sum(metric.formula)

    def cut_by(self, metric: str, columns: Sequence[str]) -> tuple[str, ...]:
        """Those of some columns that the rows behind a metric have or lead to."""
        day = Period.containing(date.today(), Grain.DAY, self._workspace.calendar)  # any day: only columns matter
        return self._engine.questions.columns_of_all(self._engine.measures_of(metric), columns, day)

    def counts_distinct(self, metric: str) -> bool:
        """Whether it counts things that can stand in several segments: users, days."""
        return any(measure.agg in DISTINCT for measure in self._engine.measures_of(metric))

    def counts_or_sums(self, metric: str) -> bool:
        """Whether it is made of counts and sums alone, so that a part of its rows has a share of it."""
        return all(measure.agg.traits.zero_without_rows for measure in self._engine.measures_of(metric))

    def is_live(self, metric: str) -> tuple[bool, str]:
        """Whether the tables a metric needs are here, and if not, which table or column it wants."""
        lack = self._engine.missing_of(metric)
        return not lack, lack


def sound_condition(where: str) -> str:
    """The condition, its words tidy as cells are. UsageError unless it is one on the rows of a table."""
    from kpi_tui.sql.compared_words import tidy_condition
    from kpi_tui.sql.guard import FragmentError, row_condition

    try:
        row_condition(where)
    except FragmentError as error:
        raise UsageError(say("--where {where!r}: {error}", where=where, error=error)) from None
    return tidy_condition(where)
