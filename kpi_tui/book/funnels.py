"""Funnels: people per step, step rates against their usual, the weakest step (R107, R108, R171)."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.book.numbers import MetricNumbers
from kpi_tui.definitions.answers.funnel import FunnelStep, FunnelView
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.issue import DefinitionError, UsageError
from kpi_tui.definitions.library.funnel import Funnel
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace

BASELINE = 3


class Funnels:
    """Reads the funnels of a workspace."""

    def __init__(self, workspace: Workspace, numbers: MetricNumbers) -> None:
        self._workspace = workspace
        self._numbers = numbers

    def of(self, funnel: str, period: Period) -> FunnelView:
        """People, step rates, baselines and the weakest step of a funnel (R171). UsageError on an unknown one.

        DefinitionError, with what is wrong, for one that is defined with an error.
        """
        from kpi_tui.analysis.funnel import steps, weakest

        known = self._workspace.funnels
        if error := self._workspace.broken_funnels.get(funnel):
            raise DefinitionError(error)
        if funnel not in known:
            raise UsageError(
                say(
                    "there is no funnel {funnel!r}; known: {names}",
                    funnel=funnel,
                    names=", ".join(known) or say("none"),
                )
            )
        definition = known[funnel]
        count = int(self._workspace.number("funnel_baseline_periods", BASELINE))
        names = [step.name for step in definition.steps] or list(definition.metrics)
        if lack := self._lack(definition):
            blank = tuple(FunnelStep(name, None, reason=Reason.NO_TABLE, detail=lack) for name in names)
            return FunnelView(funnel, definition.name, period, blank, "", count)
        table = self._people(definition, period, count)
        people = [[value.value for value in column] for column in table]
        found = steps(names, people[-1], people[:-1], [(value.reason, value.detail) for value in table[-1]])
        found = tuple(replace(step, of=value) for step, value in zip(found, table[-1], strict=True))
        return FunnelView(funnel, definition.name, period, found, weakest(found), count)

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
