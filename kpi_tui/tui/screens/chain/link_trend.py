"""The ratio of the link under the cursor over twelve periods: asked when the cursor rests, remembered, as a chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.period import Period
from kpi_tui.tui.screens import part_moved
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.views.cells import series
from kpi_tui.views.charts import LineChart
from kpi_tui.views.festival_marks import with_festivals
from kpi_tui.views.names import metric_name

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress

PERIODS = 12
"""As many as a chart of the scorecard's history has."""


@dataclass(frozen=True, slots=True)
class TrendQuestion:
    """A metric over the last periods up to one."""

    metric: str
    period: Period

    def ask(self, book: Book, progress: Progress, /) -> tuple[Value, ...]:
        """Oldest first."""
        return tuple(book.numbers.values([self.metric], self.period, last=PERIODS, progress=progress))


class LinkTrend:
    """Asks without a word; `arrived` is called when there is something new to show."""

    def __init__(self, screen: KpiScreen, arrived: Callable[[], None]) -> None:
        self._screen, self._arrived = screen, arrived
        self._known: dict[TrendQuestion, LineChart | None] = {}
        self._asked_of: Book | None = None
        self._timer: Timer | None = None

    def of(self, metric: str, period: Period) -> tuple[LineChart, ...]:
        """What is known of it by now; it is asked for once the cursor has rested."""
        question = TrendQuestion(metric, period)
        if self._asked_of is not self._screen.book:
            self._known, self._asked_of = {}, self._screen.book
        if self._timer is not None:
            self._timer.stop()
        if question not in self._known:
            self._timer = self._screen.set_timer(part_moved.REST, partial(self._ask, question))
        found = self._known.get(question)
        return (found,) if found else ()

    def _ask(self, question: TrendQuestion) -> None:
        self._screen.answers.ask(question, partial(self._keep, question), partial(self._without, question), quiet=True)

    def _keep(self, question: TrendQuestion, answer: tuple[Value, ...]) -> None:
        space = self._screen.kpi.workspace
        over_time = with_festivals(series(answer), [value.period for value in answer], space)
        chart = LineChart(metric_name(space, question.metric), over_time)
        self._known[question] = None if chart.is_empty else chart
        self._arrived()

    def _without(self, question: TrendQuestion, _sentence: str) -> None:
        """Why there is no number stands in the table already."""
        self._known[question] = None
