"""Which part moved the number under the cursor: asked when the cursor rests, remembered, shown in a pane beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from kpi_tui.definitions.answers.drivers import Drivers
from kpi_tui.definitions.answers.segments import SegmentDrivers
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.role import role_and_value
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.views.causes.part_moved import part_moved
from kpi_tui.views.view import Sheet

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress

REST = 0.4
"""Seconds the cursor rests on a number before it is taken apart."""


@dataclass(frozen=True, slots=True)
class PartQuestion:
    """What moved a metric most since the period before; `within`: the value of a role whose rows alone are meant."""

    metric: str
    period: Period
    within: str = ""

    def ask(self, book: Book, progress: Progress, /) -> SegmentDrivers | Drivers:
        """UsageError where nothing takes it apart."""
        return book.moving_parts.of(self.metric, self.period, self.within, progress)


class PartMoved:
    """Asks without a word; `arrived` is called when there is something new to show."""

    def __init__(self, screen: KpiScreen, arrived: Callable[[], None]) -> None:
        self._screen, self._arrived = screen, arrived
        self._known: dict[PartQuestion, Sheet | None] = {}
        self._asked_of: Book | None = None
        self._timer: Timer | None = None

    def of(self, metric: str, period: Period, owner: str = "") -> tuple[Sheet, ...]:
        """What is known of it by now; it is asked for once the cursor has rested. `owner`: whose number it is."""
        question = PartQuestion(metric, period, owner if role_and_value(owner)[1] is not None else "")
        if self._asked_of is not self._screen.book:
            self._known, self._asked_of = {}, self._screen.book
        if self._timer is not None:
            self._timer.stop()
        if question not in self._known:
            self._timer = self._screen.set_timer(REST, partial(self._ask, question))
        found = self._known.get(question)
        return (found,) if found else ()

    def _ask(self, question: PartQuestion) -> None:
        self._screen.answers.ask(question, partial(self._keep, question), partial(self._without, question), quiet=True)

    def _keep(self, question: PartQuestion, answer: SegmentDrivers | Drivers) -> None:
        self._known[question] = part_moved(answer, self._screen.kpi.workspace)
        self._arrived()

    def _without(self, question: PartQuestion, _sentence: str) -> None:
        """Many numbers have no parts: that is nothing to speak of."""
        self._known[question] = None
