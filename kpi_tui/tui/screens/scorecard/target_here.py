"""The target of the line under the cursor: edited, or proposed, on the Targets screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from textual.app import App
from textual.screen import Screen

from kpi_tui.definitions.answers.score import Scorecard, ScoreLine
from kpi_tui.definitions.target import TargetKey
from kpi_tui.tui.host import Host


class ShowsCard(Protocol):
    """The screen, as far as this knows it."""

    @property
    def kpi(self) -> Host:
        """The app."""

    @property
    def app(self) -> App[object]:
        """The same, which knows the screen on top."""


class TargetHere:
    """Runs `e` and `p`; `line`: the one under the cursor, `card`: whose it is."""

    def __init__(
        self, screen: ShowsCard, line: Callable[[], ScoreLine | None], card: Callable[[], Scorecard | None]
    ) -> None:
        self._screen, self._line, self._card = screen, line, card

    async def action_edit(self) -> None:
        """Its cell is open at once."""
        from kpi_tui.tui.screens.targets.screen import TargetsScreen

        line = self._line()
        if line is not None and isinstance(targets := await self._shown(line), TargetsScreen):
            targets.edit_target(TargetKey(line.role, line.metric))

    async def action_propose(self) -> None:
        """What is taken of the proposals is written there."""
        from kpi_tui.tui.screens.frame import KpiScreen
        from kpi_tui.tui.screens.targets.proposals import Proposals

        line, card = self._line(), self._card()
        if line is not None and card is not None and isinstance(targets := await self._shown(line), KpiScreen):
            Proposals(targets).ask(card.role, card.period, line.metric)

    async def _shown(self, line: ScoreLine) -> Screen[object]:
        self._screen.kpi.look(metric=line.metric)
        await self._screen.kpi.action_go("targets")
        return self._screen.app.screen
