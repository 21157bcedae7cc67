"""Funnels: people per step, step rates against their usual, the weakest step (R107, R108, R171)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.funnel import FunnelParts, FunnelStep, FunnelView
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.issue import DefinitionError, UsageError
from kpi_tui.definitions.library.funnel import Funnel, reached
from kpi_tui.definitions.message import listed, say

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.numbers import Numbers

BASELINE = 3
PREFIX = "="
"""Before the measures that count the people of a step (`engine/measure_metrics.py`)."""


class Funnels:
    """Reads the funnels of a workspace."""

    def __init__(self, workspace: Workspace, numbers: MetricNumbers, engine: Numbers) -> None:
        self._workspace = workspace
        self._numbers = numbers
        self._engine = engine

    def of(self, funnel: str, period: Period) -> FunnelView:
        """People, step rates, baselines and the weakest step of a funnel (R171). UsageError on an unknown one.

        DefinitionError, with what is wrong, for one that is defined with an error.
        """
        definition = self._find(funnel)
        count = self._count()
        if lack := self._lack(definition):
            return self._blank(definition, period, lack)
        return _view(definition, period, self._people(definition, period, count), count)

    def by(self, funnel: str, period: Period, by: str, *, progress: Progress | None = None) -> FunnelParts:
        """The same for every segment of a dimension that its people, or all its metrics, know.

        UsageError on an unknown funnel or column.
        """
        definition = self._find(funnel)
        if lack := self._lack(definition):
            return FunnelParts(by, ((None, self._blank(definition, period, lack)),))
        count = self._count()
        periods = _periods(period, count)
        asked = [reached(funnel, n) for n, _step in enumerate(definition.steps, 1)] or list(definition.metrics)
        found = self._cut(asked, definition, periods, by, progress)
        at = {(value.metric.removeprefix(PREFIX), value.period, value.segment): value for value in found}
        first = [value for value in found if value.period == period and value.metric.removeprefix(PREFIX) == asked[0]]
        ranked = sorted(first, key=lambda value: (value.segment is not None, -(value.value or 0.0)))
        rest = [value.segment for value in found if value.period == period]
        parts = []
        for segment in dict.fromkeys([*(value.segment for value in ranked), *rest]):
            table = [
                [at.get((name, when, segment)) or _nobody(at[name, when, None], segment, bool(definition.steps))
                 for name in asked] for when in periods
            ]  # fmt: skip
            parts.append((segment, _view(definition, period, table, count)))
        return FunnelParts(by, tuple(parts))

    def _find(self, funnel: str) -> Funnel:
        known = self._workspace.funnels
        if error := self._workspace.broken_funnels.get(funnel):
            raise DefinitionError(error)
        if funnel not in known:
            raise UsageError(
                say(
                    "there is no funnel {funnel!r}; known: {names}",
                    funnel=funnel,
                    names=listed(known) or say("none"),
                )
            )
        return known[funnel]

    def _count(self) -> int:
        return int(self._workspace.number("funnel_baseline_periods", BASELINE))

    def _cut(
        self, asked: Sequence[str], funnel: Funnel, periods: Sequence[Period], by: str, progress: Progress | None
    ) -> list[Value]:
        """People of the steps, or the values of the metrics, in every period and segment."""
        from kpi_tui.engine.query.cut import Cut

        if funnel.metrics:
            names = list(dict.fromkeys(asked))
            return self._numbers.values(names, periods[-1], by=by, last=len(periods), progress=progress)
        return self._engine.values([PREFIX + name for name in asked], list(periods), Cut(by), progress)

    def _blank(self, funnel: Funnel, period: Period, lack: str) -> FunnelView:
        blank = tuple(FunnelStep(name, None, reason=Reason.NO_TABLE, detail=lack) for name in _names(funnel))
        return FunnelView(funnel.id, funnel.name, period, blank, "", self._count())

    def _lack(self, funnel: Funnel) -> str:
        """The first table of its steps that the workspace does not supply, in words, or ""."""
        there = {*self._workspace.tables, *self._workspace.facts}
        return next(
            (say("needs the table {name}", name=step.table) for step in funnel.steps if step.table not in there), ""
        )

    def _people(self, funnel: Funnel, period: Period, count: int) -> list[list[Value]]:
        """Per period, oldest first, the people of every step: counted by user, or the values of its metrics."""
        if funnel.metrics:
            values = self._numbers.values(list(dict.fromkeys(funnel.metrics)), period, last=count + 1)
            at = {(value.metric, value.period): value for value in values}
            return [[at[metric, when] for metric in funnel.metrics] for when in _periods(period, count)]
        where = f"funnel = '{funnel.id}'"
        values = self._numbers.values(["step_converted_users"], period, by="step", where=where, last=count + 1)
        totals = {value.period: value for value in values if value.segment is None}
        rows = []
        for when in _periods(period, count):
            here = sorted(
                (v for v in values if v.period == when and v.segment is not None), key=lambda v: v.segment or ""
            )
            rows.append(here if len(here) == len(funnel.steps) else [totals[when]] * len(funnel.steps))
        return rows


def _periods(period: Period, count: int) -> list[Period]:
    return [period.previous(back) for back in range(count, -1, -1)]


def _names(funnel: Funnel) -> list[str]:
    return [step.name for step in funnel.steps] or list(funnel.metrics)


def _view(funnel: Funnel, period: Period, table: Sequence[Sequence[Value]], count: int) -> FunnelView:
    """The steps from their people per period, oldest first."""
    from kpi_tui.analysis.funnel import steps, weakest

    people = [[value.value for value in column] for column in table]
    why = [(value.reason, value.detail) for value in table[-1]]
    found = steps(_names(funnel), people[-1], people[:-1], why)
    found = tuple(replace(step, of=value) for step, value in zip(found, table[-1], strict=True))
    return FunnelView(funnel.id, funnel.name, period, found, weakest(found), count)


def _nobody(whole: Value, segment: str | None, people: bool) -> Value:
    """A segment without rows: nobody took the step; of a metric it is not known."""
    blank = replace(whole, segment=segment, measures={}, notes=(), left_out={})
    if whole.value is None:
        return blank
    return replace(blank, value=0.0) if people else replace(blank, value=None, reason=Reason.NO_ROWS)
