"""Where the number under the cursor comes from: its explanation, its rows; of a segment those of the segment."""

from __future__ import annotations

from typing import Protocol

from kpi_tui.definitions.period import Period
from kpi_tui.tui.common_commands import CommonCommands
from kpi_tui.tui.host import Host


class HasNumbers(Protocol):
    """The screen, as far as this knows it."""

    common: CommonCommands

    @property
    def kpi(self) -> Host:
        """The app."""

    @property
    def period(self) -> Period:
        """The period in view."""

    @property
    def here(self) -> tuple[str, str]:
        """The metric or base measure under the cursor, and the condition of its segment."""


class NumberHere:
    """Runs what is asked of it."""

    def __init__(self, screen: HasNumbers) -> None:
        self._screen = screen

    def action_explain(self) -> None:
        """Where it comes from; of a base measure that is its rows."""
        metric, where = self._screen.here
        if metric in self._screen.kpi.workspace.metrics:
            self._screen.common.explain(metric, self._screen.period, where)
        else:
            self.action_rows()

    def action_rows(self) -> None:
        """The rows behind it."""
        metric, where = self._screen.here
        if metric in self._screen.kpi.workspace.trees or not metric:
            self._screen.common.action_rows()
        else:
            self._screen.common.rows(metric, self._screen.period, where)
