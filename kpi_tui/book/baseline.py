"""The Book's questions about what is usual: baselines of any metric, and the pace of a running period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_tui.book.asks import Asks, number_setting
from kpi_tui.definitions.answers.baseline import Baseline, Pace
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Aggregation, Kind, Metric, Rollup, Window
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.target import TargetKey

if TYPE_CHECKING:
    from kpi_tui.analysis.pace import Past

PERIODS = 6  # R089
WIDTH = 2.5  # Leys et al. 2013
ADDS = (Aggregation.COUNT, Aggregation.SUM)


class BaselineQuestions:
    """Part of the Book."""

    def baseline(
        self: Asks,
        metric: str,
        period: Period,
        k: int | None = None,
        *,
        by: str | None = None,
        where: str | None = None,
        progress: Progress | None = None,
    ) -> list[Baseline]:
        """A metric's value beside the band of the last `k` complete periods; with `by` per segment, the total first."""
        count = k or int(number_setting(self, "baseline_periods", PERIODS))
        values = self.values([metric], period, by=by, where=where, last=count + 1, progress=progress)
        width = number_setting(self, "baseline_width", WIDTH)
        return baselines(values, period, width)

    def pace(
        self: Asks, subject: str, period: Period, k: int | None = None, *, progress: Progress | None = None
    ) -> list[Pace]:
        """How far the metrics of a role (or person), or one metric, have come in a running period.

        UsageError on an unknown subject, TableError without data.
        """
        count = k or int(number_setting(self, "baseline_periods", PERIODS))
        return [_pace(self, metric, role, period, count, progress) for metric, role in _subjects(self, subject, period)]


def baselines(values: Sequence[Value], period: Period, width: float) -> list[Baseline]:
    """Values of several periods as baselines of `period`, one per segment that has a value there."""
    from kpi_tui.analysis.baseline import baseline, robust_band

    present = [value for value in values if value.period == period]
    past = [value for value in values if value.period != period]
    return [
        baseline(value, [old for old in past if old.segment == value.segment], lambda known: robust_band(known, width))
        for value in present
    ]


def _subjects(book: Asks, subject: str, period: Period) -> list[tuple[str, str]]:
    """(metric, role whose target counts) of a role, a person or a metric."""
    workspace, targets = book.workspace, book.targets(period)
    if subject in workspace.roles:
        return [(line.metric, subject) for line in workspace.roles[subject].lines]
    if subject in workspace.people:
        roles = [workspace.roles[role] for role in workspace.people[subject].roles if role in workspace.roles]
        pairs = {line.metric: role.id for role in reversed(roles) for line in reversed(role.lines)}
        own = {metric: subject for metric in pairs if TargetKey(subject, metric) in targets}
        return list((pairs | own).items())
    if subject not in workspace.metrics:
        try:
            book.metric(subject)
        except UsageError as error:
            known = ", ".join([*workspace.roles, *workspace.people]) or say("none")
            raise UsageError(say("{error}; roles and people: {known}", error=error, known=known)) from None
    owners = [key.role for key in targets if key.metric == subject]
    return [(subject, owners[0] if owners else "")]


def _pace(book: Asks, metric: str, role: str, period: Period, count: int, progress: Progress | None) -> Pace:
    from kpi_tui.analysis.pace import pace

    (value,) = book.values([metric], period, progress=progress)
    target = book.targets(period).get(TargetKey(role, metric))
    last = _last_day(book, metric, period)
    found = Pace(metric, period, value, last, period.days, target.value if target else None, role)
    if value.value is None:
        return replace(found, reason=value.reason, detail=value.detail)
    if not value.partial and last >= period.days:
        return replace(
            found,
            reason=Reason.NOT_APPLICABLE,
            detail=say("{period} is over: this is its final value", period=period.id),
        )
    definition = book.metric(metric)
    if not _grows(book, definition) or metric.endswith(GROWTH_SUFFIX):
        values = book.values([metric], period, last=count + 1, progress=progress)
        (usual,) = baselines(values, period, number_setting(book, "baseline_width", WIDTH))
        detail = say("a mean, a ratio or a state does not add up: its value now stands beside its usual band")
        return replace(found, band=usual.band, reason=Reason.NOT_APPLICABLE, detail=detail)
    return pace(found, _history(book, definition, period, last, count, progress), by_days=_adds_up(book, definition))


def _last_day(book: Asks, metric: str, period: Period) -> int:
    """How many days of the period the metric's tables cover."""
    try:
        covered = book._numbers.covered(metric)
        last = min(book.as_of(), covered[1] if covered else period.last_day, period.last_day)
    except TableError:
        return 0
    return max(0, (last - period.start).days + 1)


def _history(book: Asks, metric: Metric, period: Period, day: int, count: int, progress: Progress | None) -> list[Past]:
    """The complete periods before, each cut at the same point; none for a metric that is not read by days."""
    from kpi_tui.analysis.pace import Past, cut
    from kpi_tui.engine.plan import Cut

    if metric.grain is not Grain.DAY or not 0 < day <= period.days:
        return []
    wholes = [period.previous(back) for back in range(1, count + 1)]
    cuts = [cut(whole, day, period.days) for whole in wholes]
    values = book._numbers.values([metric.id], [*wholes, *cuts], Cut(), progress)
    pairs = zip(values[:count], values[count:], strict=True)
    return [
        Past(so_far.value, whole.value)
        for whole, so_far in pairs
        if whole.value is not None and so_far.value is not None and not whole.partial and not so_far.partial
    ]


def _grows(book: Asks, metric: Metric) -> bool:
    """Whether the number starts at 0 with the period and can only be known at its end: counts and sums."""
    windows = {measure.window for measure in book._numbers.measures_of(metric.id)}
    return metric.kind is Kind.ABSOLUTE and metric.rollup is Rollup.RECOMPUTE and windows == {Window.PERIOD}


def _adds_up(book: Asks, metric: Metric) -> bool:
    """Whether the days of the metric sum to its period: plain counts and sums, added or subtracted."""
    from kpi_tui.sql.guard import is_sum

    measures = book._numbers.measures_of(metric.id)
    per_day = all(measure.agg in ADDS and measure.time != "period" for measure in measures)
    return per_day and is_sum(metric.formula)
