"""Targets proposed for a role over any screen: asked for, shown with their backtest, taken as steps of the sitting."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kpi_tui.definitions.answers.targets.target_proposal import RoleProposal
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.tui.computing.questions import ProposalsQuestion
from kpi_tui.tui.edit_session import TARGETS
from kpi_tui.tui.overlays.proposals import Chosen, ProposalScreen, ProposalsSeen
from kpi_tui.tui.screens.frame import KpiScreen


class Proposals:
    """What is taken is pending, as anything typed."""

    def __init__(self, screen: KpiScreen) -> None:
        self._screen = screen

    def ask(self, role: str, period: Period, metric: str = "") -> None:
        """Propose for a role, or for a person; the cursor begins at the line of `metric`."""
        self._ask((role,), period, ProposalsSeen(TargetKey(role, metric)))

    def _ask(self, roles: tuple[str, ...], period: Period, seen: ProposalsSeen) -> None:
        self._screen.answers.ask(ProposalsQuestion(roles, period), partial(self._show, period, seen))

    def _show(self, period: Period, seen: ProposalsSeen, found: Sequence[RoleProposal]) -> None:
        """Tab: all roles, or again the one that is under the cursor."""
        space = self._screen.kpi.session.space
        every = tuple(space.at(period).roles)

        def left(now: ProposalsSeen | None) -> None:
            if now is not None and now.key is not None:
                own = now.key.role
                # a person holds roles, and is none of them: beside all roles the own lines stay
                beside = every if own in every else (own, *every)
                self._ask((own,) if len(found) > 1 else beside, period, now)

        screen = ProposalScreen(found, space, partial(self._take, period), seen)
        self._screen.kpi.push_screen(screen, left)

    def _take(self, period: Period, chosen: Chosen) -> int:
        counted = [0]
        take = self._screen.open_book.target_proposals.take
        self._screen.kpi.session.edit(TARGETS, lambda: counted.append(take(period, chosen)))
        return counted[-1]
