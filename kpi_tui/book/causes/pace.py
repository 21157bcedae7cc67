"""How far a running period has come, of a metric or of the metrics of a role (R089)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi_tui.book.causes.baselines import PERIODS, WIDTH, baselines
from kpi_tui.book.value_of_role import column_of_role, has_column, rows_of_value
from kpi_tui.definitions.answers.baseline import Pace
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Kind, Metric, Rollup, Window
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.role import role_and_value
from kpi_tui.definitions.target import TargetKey

if TYPE_CHECKING:
    from kpi_tui.analysis.pace import Past
    from kpi_tui.book.library import Library
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


@dataclass(frozen=True, slots=True)
class Where:
    """Which rows are meant: all, or those of one value of a role, by its column."""

    rows: str | None
    column: str


@dataclass(frozen=True, slots=True)
class Whose:
    """What a number is to reach, and whose target that is."""

    role: str
    target: float | None


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

    def of(
        self,
        subject: str,
        period: Period,
        k: int | None = None,
        *,
        within: str = "",
        progress: Progress | None = None,
    ) -> list[Pace]:
        """How far the metrics of a role (or person, team, value of a role), or one metric, have come.

        `within`: a value of a role (`store@S1`) whose rows alone are meant. UsageError on an unknown subject,
        TableError without data.
        """
        count = k or self._periods()
        found = []
        for metric, role in self._subjects(subject, period):
            where = self._where(within if role_and_value(role)[1] is None else role, period)
            target = self._targets.of(period).get(TargetKey(role, metric))
            aim = Whose(role, target.value if target else None)
            found.append(self._pace(metric, aim, where, period, count, progress))
        return found

    def towards(self, measure: str, period: Period, target: float, *, progress: Progress | None = None) -> Pace:
        """How far a base measure (else a metric), as chains name them, has come to a target that was agreed."""
        from kpi_tui.engine.measure_metrics import metric_for

        metric = metric_for(self._workspace, measure)
        return self._pace(metric, Whose("", target), Where(None, ""), period, self._periods(), progress)

    def _periods(self) -> int:
        return int(self._workspace.number("baseline_periods", PERIODS))

    def _where(self, owner: str, period: Period) -> Where:
        """The rows of one value of a role; of a whole all."""
        rows = rows_of_value(self._workspace, owner, period) or None
        return Where(rows, column_of_role(self._workspace, owner, period) if rows else "")

    def _subjects(self, subject: str, period: Period) -> list[tuple[str, str]]:
        """(metric, whose target counts) of a role, one value of it, a person, the members of a team, or a metric."""
        workspace, targets = self._workspace.at(period), self._targets.of(period)
        role, value = role_and_value(subject)
        if role in workspace.roles and (value is None or workspace.roles[role].per):
            return [(line.metric, subject) for line in workspace.roles[role].lines]
        if subject in workspace.people and workspace.people[subject].is_team:
            members = workspace.people[subject].members
            return [one for member in members for one in self._subjects(member, period)]
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
        owners = [key.role for key in targets if key.metric == subject and role_and_value(key.role)[1] is None]
        return [(subject, owners[0] if owners else "")]

    def _pace(
        self, metric: str, aim: Whose, where: Where, period: Period, count: int, progress: Progress | None
    ) -> Pace:
        from kpi_tui.analysis.pace import pace

        if where.column and not has_column(self._workspace, self._numbers, metric, where.column):
            why = say("its rows have no {column}", column=where.column)
            nothing = Value(metric, period, None, Reason.NOT_APPLICABLE, why)
            return Pace(metric, period, nothing, 0, period.days, None, aim.role, reason=nothing.reason, detail=why)
        (value,) = self._numbers.values([metric], period, where=where.rows, progress=progress)
        day = self._days_done(metric, period)
        found = Pace(metric, period, value, day, period.days, aim.target, aim.role)
        if value.value is None:
            return replace(found, reason=value.reason, detail=value.detail)
        if not value.partial and day >= period.days:
            return replace(
                found,
                reason=Reason.NOT_APPLICABLE,
                detail=say("{period} is over: this is its final value", period=period.said),
            )
        definition = self._definition(metric)
        if not self._grows(definition) or metric.endswith(GROWTH_SUFFIX):
            values = self._numbers.values([metric], period, where=where.rows, last=count + 1, progress=progress)
            width = self._workspace.number("baseline_width", WIDTH)
            (usual,) = baselines(values, period, width, {metric: definition})
            detail = say("a mean, a ratio or a state does not add up: its value now stands beside its usual band")
            return replace(found, band=usual.band, reason=Reason.NOT_APPLICABLE, detail=detail)
        history = self._history(definition, where.rows, period, day, count, progress)
        return pace(found, history, by_days=self._numbers.adds_up(definition), better=definition.better)

    def _definition(self, metric: str) -> Metric:
        from kpi_tui.engine.measure_metrics import PREFIX, measure_metric

        if metric.startswith(PREFIX):
            return measure_metric(metric.removeprefix(PREFIX))
        return self._library.metric(metric)

    def _days_done(self, metric: str, period: Period) -> int:
        from kpi_tui.analysis.pace import days_done

        try:
            as_of, covered = self._engine.as_of(), self._engine.covered(metric)
        except TableError:
            return 0
        return days_done(period, min(as_of, covered[1]) if covered else as_of)

    def _history(
        self, metric: Metric, where: str | None, period: Period, day: int, count: int, progress: Progress | None
    ) -> list[Past]:
        """The complete periods before, each cut at the same point; none for a metric that is not read by days."""
        from kpi_tui.analysis.pace import Past, cut
        from kpi_tui.engine.query.cut import Cut

        if metric.grain is not Grain.DAY or not 0 < day <= period.days:
            return []
        wholes = [period.previous(back) for back in range(1, count + 1)]
        cuts = [cut(whole, day, period.days) for whole in wholes]
        values = self._engine.values([metric.id], [*wholes, *cuts], Cut(None, where), progress)
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
