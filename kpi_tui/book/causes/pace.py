"""How far a running period has come, of a metric or of the metrics of a role (R089)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_tui.book.causes.baselines import PERIODS, WIDTH, baselines
from kpi_tui.definitions.answers.baseline import Pace
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Kind, Metric, Rollup, Window
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.target import TargetKey

if TYPE_CHECKING:
    from kpi_tui.analysis.pace import Past
    from kpi_tui.book.library import Library
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


class Paces:
    """Where running periods stand, and where they will end."""

    def __init__(
        self, workspace: Workspace, library: Library, numbers: MetricNumbers, engine: Numbers, targets: PeriodEdits
    ) -> None:
        self._workspace = workspace
        self._library = library
        self._numbers = numbers
        self._engine = engine
        self._targets = targets

    def of(self, subject: str, period: Period, k: int | None = None, *, progress: Progress | None = None) -> list[Pace]:
        """How far the metrics of a role (or person), or one metric, have come in a running period.

        UsageError on an unknown subject, TableError without data.
        """
        count = k or int(self._workspace.number("baseline_periods", PERIODS))
        return [self._pace(metric, role, period, count, progress) for metric, role in self._subjects(subject, period)]

    def _subjects(self, subject: str, period: Period) -> list[tuple[str, str]]:
        """(metric, role whose target counts) of a role, a person or a metric."""
        workspace, targets = self._workspace.at(period), self._targets.of(period)
        if subject in workspace.roles:
            return [(line.metric, subject) for line in workspace.roles[subject].lines]
        if subject in workspace.people:
            roles = [workspace.roles[role] for role in workspace.people[subject].roles if role in workspace.roles]
            pairs = {line.metric: role.id for role in reversed(roles) for line in reversed(role.lines)}
            own = {metric: subject for metric in pairs if TargetKey(subject, metric) in targets}
            return list((pairs | own).items())
        if subject not in workspace.metrics:
            try:
                self._library.metric(subject)
            except UsageError as error:
                known = listed([*workspace.roles, *workspace.people]) or say("none")
                raise UsageError(say("{error}; roles and people: {known}", error=error, known=known)) from None
        owners = [key.role for key in targets if key.metric == subject]
        return [(subject, owners[0] if owners else "")]

    def _pace(self, metric: str, role: str, period: Period, count: int, progress: Progress | None) -> Pace:
        from kpi_tui.analysis.pace import pace

        (value,) = self._numbers.values([metric], period, progress=progress)
        target = self._targets.of(period).get(TargetKey(role, metric))
        day = self._days_done(metric, period)
        found = Pace(metric, period, value, day, period.days, target.value if target else None, role)
        if value.value is None:
            return replace(found, reason=value.reason, detail=value.detail)
        if not value.partial and day >= period.days:
            return replace(
                found,
                reason=Reason.NOT_APPLICABLE,
                detail=say("{period} is over: this is its final value", period=period.id),
            )
        definition = self._library.metric(metric)
        if not self._grows(definition) or metric.endswith(GROWTH_SUFFIX):
            values = self._numbers.values([metric], period, last=count + 1, progress=progress)
            width = self._workspace.number("baseline_width", WIDTH)
            (usual,) = baselines(values, period, width, {metric: definition})
            detail = say("a mean, a ratio or a state does not add up: its value now stands beside its usual band")
            return replace(found, band=usual.band, reason=Reason.NOT_APPLICABLE, detail=detail)
        history = self._history(definition, period, day, count, progress)
        return pace(found, history, by_days=self._numbers.adds_up(definition), better=definition.better)

    def _days_done(self, metric: str, period: Period) -> int:
        from kpi_tui.analysis.pace import days_done

        try:
            as_of, covered = self._engine.as_of(), self._engine.covered(metric)
        except TableError:
            return 0
        return days_done(period, min(as_of, covered[1]) if covered else as_of)

    def _history(self, metric: Metric, period: Period, day: int, count: int, progress: Progress | None) -> list[Past]:
        """The complete periods before, each cut at the same point; none for a metric that is not read by days."""
        from kpi_tui.analysis.pace import Past, cut
        from kpi_tui.engine.query.cut import Cut

        if metric.grain is not Grain.DAY or not 0 < day <= period.days:
            return []
        wholes = [period.previous(back) for back in range(1, count + 1)]
        cuts = [cut(whole, day, period.days) for whole in wholes]
        values = self._engine.values([metric.id], [*wholes, *cuts], Cut(), progress)
        pairs = zip(values[:count], values[count:], strict=True)
        return [
            Past(so_far.value, whole.value)
            for whole, so_far in pairs
            if whole.value is not None and so_far.value is not None and not whole.partial and not so_far.partial
        ]

    def _grows(self, metric: Metric) -> bool:
        """Whether the number starts at 0 with the period and can only be known at its end: counts and sums."""
        windows = {measure.window for measure in self._engine.measures_of(metric.id)}
        return metric.kind is Kind.ABSOLUTE and metric.rollup is Rollup.RECOMPUTE and windows == {Window.PERIOD}
