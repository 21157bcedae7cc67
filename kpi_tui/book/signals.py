"""The Book's question what values say by themselves (spec R118, R121, R150, R160, R161)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi_tui.book.asks import Asks
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Signal
from kpi_tui.definitions.period import Period

Key = tuple[str, str | None, Period]


class SignalQuestions:
    """Part of the Book."""

    def heard(self: Asks, values: Sequence[Value]) -> tuple[Signal, ...]:
        """The signals of the last of some values of one metric and segment, oldest first."""
        from kpi_tui.analysis.signals import heard

        metric = self.workspace.metrics.get(values[-1].metric) if values else None
        return heard(metric.signals, values, self.workspace.settings) if metric else ()

    def signals(
        self: Asks, values: Sequence[Value], *, by: str | None = None, where: str | None = None, campaign: str = ""
    ) -> list[tuple[Signal, ...]]:
        """The signals of each value of an answer; `by`, `where` and `campaign` are those it was asked with.

        Values of earlier periods are read where a signal looks back.
        """
        known = {_key(value): value for value in values}
        for metric in dict.fromkeys(value.metric for value in values):
            if (back := _back(self, metric)) > 1:
                periods = {value.period for value in values if value.metric == metric}
                last = len(periods) + back - 1
                found = self.values([metric], max(periods), by=by, where=where, last=last, campaign=campaign)
                known |= {_key(value): value for value in found}
        return [self.heard(_series(value, known, _back(self, value.metric))) for value in values]


def _key(value: Value) -> Key:
    return value.metric, value.segment, value.period


def _back(book: Asks, metric: str) -> int:
    """How many periods the signals of a metric look at."""
    found = book.workspace.metrics.get(metric)
    return max((signal.periods for signal in found.signals), default=1) if found else 1


def _series(value: Value, known: Mapping[Key, Value], count: int) -> list[Value]:
    """The value and those of the periods before it, oldest first, up to the first that is not known."""
    found = [value]
    for back in range(1, count):
        before = known.get((value.metric, value.segment, value.period.previous(back)))
        if before is None:
            break
        found.insert(0, before)
    return found
