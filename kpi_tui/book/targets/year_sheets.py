"""The year sheet: the targets of a long period and of its parts, beside what was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kpi_tui.book.numbers import MetricNumbers
from kpi_tui.book.scores import Scores
from kpi_tui.definitions.answers.targets.year_sheet import Adding, YearActuals, YearCell, YearLine, YearSheet
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


class YearSheets:
    """Lays targets of a period's parts side by side, unsaved edits included."""

    def __init__(
        self,
        workspace: Workspace,
        numbers: MetricNumbers,
        scores: Scores,
        targets: PeriodEdits,
        as_of: Callable[[], date],
    ) -> None:
        self._workspace, self._numbers, self._scores = workspace, numbers, scores
        self._targets, self._as_of = targets, as_of

    def actuals(
        self, period: Period, grain: Grain, roles: Sequence[str] = (), *, progress: Progress | None = None
    ) -> YearActuals:
        """What was in the whole and in its parts so far, of the lines of these roles (none: all)."""
        parts = _parts(period, grain)
        metrics = list(dict.fromkeys(key.metric for key in self._keys(parts, roles)))
        values = self._numbers.values(metrics, parts[-1], last=len(parts), progress=progress)
        whole = {value.metric: value for value in self._numbers.values(metrics, period, progress=progress)}
        by_metric = {metric: tuple(value for value in values if value.metric == metric) for metric in metrics}
        adding = {metric: self._adding(metric, by_metric[metric], whole.get(metric)) for metric in metrics}
        return YearActuals(period, grain, by_metric, whole, adding, frozenset(self._over(parts)))

    def sheet(
        self, period: Period, grain: Grain, roles: Sequence[str] = (), known: YearActuals | None = None
    ) -> YearSheet:
        """The targets as they stand now beside the actuals that are `known`; fast, no polars."""
        parts = _parts(period, grain)
        held = {one: _Held(self._targets.of(one), self._targets.saved(one)) for one in (period, *parts)}
        lines = tuple(_line(key, period, parts, held, known) for key in self._keys(parts, roles))
        return YearSheet(period, grain, lines, known is not None, len(self._targets.pending()))

    def _adding(self, metric: str, parts: Sequence[Value], whole: Value | None) -> Adding:
        from kpi_tui.scoring.year_plan import adding_of, sums_so_far

        found = self._workspace.metrics[metric]
        adding = adding_of(found, adds_up=self._numbers.adds_up(found))
        return Adding.SUM if adding is Adding.NONE and sums_so_far(parts, whole) else adding

    def _keys(self, parts: Sequence[Period], roles: Sequence[str]) -> list[TargetKey]:
        """The lines of the roles (a person stands for the roles held) in any of the parts, as the last one has them."""
        wanted = dict.fromkeys(one for role in roles for one in self._roles(role, parts[-1]))
        found: dict[str, dict[str, None]] = {role: {} for role in wanted or self._workspace.at(parts[-1]).roles}
        for part in reversed(parts):
            for role in self._workspace.at(part).roles.values():
                if role.id in found or not wanted:
                    held = (line.metric for line in role.lines if line.metric in self._workspace.metrics)
                    found.setdefault(role.id, {}).update(dict.fromkeys(held))
        return [TargetKey(role, metric) for role, metrics in found.items() for metric in metrics]

    def _roles(self, role: str, period: Period) -> tuple[str, ...]:
        space = self._workspace.at(period)
        self._scores.post(role, period)  # UsageError for one that is not there
        return space.people[role].roles if role in space.people else (role,)

    def _over(self, parts: Sequence[Period]) -> Iterator[Period]:
        try:
            day = self._as_of()
        except TableError:
            return
        yield from (part for part in parts if part.last_day <= day)


def _parts(period: Period, grain: Grain) -> list[Period]:
    parts = list(period.split(grain)) if not period.grain.is_span and period.holds(grain) else []
    if len(parts) < 2:
        raise UsageError(say("{period} has no {grain}s to lay side by side", period=period.id, grain=grain.word))
    return parts


class _Held(NamedTuple):
    """The targets of a period now and as saved, read once for all lines."""

    now: Mapping[TargetKey, Target]
    saved: Mapping[TargetKey, Target]


def _line(
    key: TargetKey, period: Period, parts: Sequence[Period], held: Mapping[Period, _Held], known: YearActuals | None
) -> YearLine:
    from kpi_tui.scoring.year_plan import done_of, due_of, needed_of, total_of

    values = {value.period: value for value in known.parts.get(key.metric, ())} if known else {}
    over = known.over if known else frozenset()
    cells = tuple(_cell(key, part, held[part], values.get(part), part in over) for part in parts)
    adding = known.adding.get(key.metric, Adding.NONE) if known else Adding.NONE
    so_far = known.whole.get(key.metric) if known else None
    whole = _cell(key, period, held[period], so_far, parts[-1] in over)
    total = total_of(adding, [cell.target for cell in cells])
    if known is None:
        return YearLine(key, adding, whole, cells, total)
    done, why = done_of(adding, [values[part] for part in parts if part in over], so_far)
    left = sum(part not in over for part in parts)
    needed = needed_of(adding, whole.target, done, left)
    due = due_of(adding, whole.target, [cell.target for cell in cells if cell.is_over], left)
    return YearLine(key, adding, whole, cells, total, done, why, needed, due)


def _cell(key: TargetKey, period: Period, held: _Held, value: Value | None, is_over: bool) -> YearCell:
    now, saved = held.now.get(key), held.saved.get(key)
    actual = value.value if value is not None else None
    return YearCell(period, now.value if now else None, saved.value if saved else None, actual, is_over)
