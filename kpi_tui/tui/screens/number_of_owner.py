"""The number under the cursor of a card or of targets: where it comes from, its rows, what moved it.

Of one value of a role (`manager@S1`) its rows alone are meant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.role import role_and_value
from kpi_tui.tui.common_commands import CommonCommands
from kpi_tui.views.view import Sheet

if TYPE_CHECKING:
    from kpi_tui.book import Book


class ShowsOwners(Protocol):
    """The screen, as far as this knows it."""

    common: CommonCommands

    @property
    def open_book(self) -> Book:
        """The book, which is open."""

    def metric_here(self) -> str:
        """The metric under the cursor; empty when there is none."""


class NumberOfOwner:
    """Runs what is asked of it."""

    def __init__(
        self,
        screen: ShowsOwners,
        owner: Callable[[], str],
        period: Callable[[], Period],
        scored: Callable[[], Sheet | None] = lambda: None,
    ) -> None:
        """`owner`: whose number is under the cursor, "" where nobody's; `period`: of when; `scored`: how well."""
        self._screen, self._owner, self._period, self._scored = screen, owner, period, scored

    @property
    def _within(self) -> str:
        return self._owner() if role_and_value(self._owner())[1] is not None else ""

    @property
    def _rows(self) -> str:
        return self._screen.open_book.scores.rows_of(self._within, self._period()) if self._within else ""

    def action_explain(self) -> None:
        """Where it comes from."""
        if metric := self._screen.metric_here():
            self._screen.common.explain(metric, self._period(), self._rows, self._scored())

    def action_rows(self) -> None:
        """The rows behind it."""
        if metric := self._screen.metric_here():
            self._screen.common.rows(metric, self._period(), self._rows)
        else:
            self._screen.common.action_rows()

    async def action_drivers(self) -> None:
        """What moved it."""
        await self._screen.common.drivers(self._within)

    async def action_break_down(self) -> None:
        """Which segments moved it."""
        await self._screen.common.break_down(self._within)
