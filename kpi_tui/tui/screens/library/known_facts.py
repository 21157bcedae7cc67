"""What is known about the metrics by now: what each of them lacks, and the numbers of those looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kpi_tui.definitions.period import Period
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.library.questions import LiveQuestion, ValueQuestion
from kpi_tui.views.library.metric_list import MetricFacts


class KnownFacts:
    """Asks the book without a word; `all_known` and `one_known` are called when an answer has come."""

    def __init__(self, screen: KpiScreen, all_known: Callable[[], None], one_known: Callable[[], None]) -> None:
        self._screen, self._all_known, self._one_known = screen, all_known, one_known
        self._live: dict[str, MetricFacts] = {}
        self._numbers: dict[tuple[str, Period], MetricFacts] = {}

    def of(self, metric: str) -> MetricFacts:
        """What is known about a metric in the period in view."""
        period = self._screen.view.period
        known = self._numbers.get((metric, period)) if period is not None else None
        return known or self._live.get(metric) or MetricFacts()

    def ask_all(self) -> None:
        """Forget the numbers and ask what each metric lacks."""
        self._numbers.clear()
        question = LiveQuestion(tuple(self._screen.kpi.workspace.metrics))
        self._screen.answers.ask(question, self._keep_all, quiet=True)

    def _keep_all(self, live: dict[str, MetricFacts]) -> None:
        self._live = live
        self._all_known()

    def ask(self, metric: str) -> None:
        """Ask for the number of a metric in the period in view."""
        period = self._screen.period
        if (metric, period) not in self._numbers:
            keep, failed = partial(self._keep, metric, period), partial(self._failed, metric, period)
            self._screen.answers.ask(ValueQuestion(metric, period), keep, failed, quiet=True)

    def _keep(self, metric: str, period: Period, facts: MetricFacts) -> None:
        self._numbers[metric, period] = facts
        self._one_known()

    def _failed(self, metric: str, period: Period, sentence: str) -> None:
        """Said where the number would stand, too."""
        self._keep(metric, period, MetricFacts(failed=sentence))
        self._screen.say(sentence, "error")
