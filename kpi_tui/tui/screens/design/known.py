"""What is known beside the definitions by now: facts of the period in view, and the state that edits change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.design.state import DesignFacts, DesignState
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.tui.screens.design.questions import FactsQuestion, TrendsQuestion
from kpi_tui.tui.screens.frame import KpiScreen

TOGETHER = 12
"""Metrics of the library whose numbers are asked for at once: the first stand there soon."""


class KnownDesign:
    """Asks the book; `arrived` is called when there is more to show."""

    def __init__(self, screen: KpiScreen, arrived: Callable[[], None]) -> None:
        self._screen, self._arrived = screen, arrived
        self._facts: DesignFacts | None = None
        self._nothing: DesignFacts | None = None  # of a period of which nothing is known yet
        self._space: tuple[Workspace, Period, Workspace] | None = None
        self._state: tuple[Workspace, DesignFacts, DesignState] | None = None

    @property
    def space(self) -> Workspace:
        """The definitions that count in the period in view, unsaved edits included."""
        edited, period = self._screen.open_book.definitions.workspace(), self._screen.period
        if self._space is None or self._space[0] is not edited or self._space[1] != period:
            self._space = (edited, period, edited.at(period))
        return self._space[2]

    @property
    def state(self) -> DesignState:
        """What is known and advised of them now."""
        space, facts = self.space, self._facts or self._unknown()
        if self._state is None or self._state[0] is not space or self._state[1] is not facts:
            self._state = (space, facts, self._screen.open_book.design.state(space, facts))
        return self._state[2]

    def _unknown(self) -> DesignFacts:
        if self._nothing is None or self._nothing.period != self._screen.period:
            self._nothing = DesignFacts(self._screen.period)
        return self._nothing

    def forget(self) -> None:
        """The data are other ones."""
        self._facts = None

    def retarget(self) -> None:
        """Targets were edited: the backtest is another one."""
        self._state = None

    def ask(self) -> None:
        """Ask for the facts of the period in view, unless they are known."""
        if self._facts is None or self._facts.period != self._screen.period:
            self._facts = None
            self._screen.answers.ask(FactsQuestion(self._screen.period), self._keep, self._failed)

    def _keep(self, facts: DesignFacts) -> None:
        self._facts = facts
        self._arrived()

    def _failed(self, sentence: str) -> None:
        """Definitions can be edited without numbers, too."""
        self._screen.say(sentence, "error")

    def ask_trends(self, metrics: Sequence[str]) -> None:
        """Ask for the numbers of live metrics in this order, some at a time, until all are known."""
        facts = self._facts
        if facts is None:
            return
        wanted = [one for one in metrics if facts.is_live(one) and one not in facts.values][:TOGETHER]
        if wanted:
            question = TrendsQuestion(tuple(wanted), facts.period)
            self._screen.answers.ask(question, self._more, self._failed, quiet=True)

    def _more(self, values: Mapping[str, tuple[Value, ...]]) -> None:
        if self._facts is not None:
            self._facts = replace(self._facts, values={**self._facts.values, **values})
            self._arrived()
