"""How far it is known who took part in a campaign: on its own days, whatever days are asked of these people (R146)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.partial_periods import Covered, WindowCoverage
from kpi_tui.engine.rows_asked.plain_rows import PlainRows


class Participants:
    """Answers for the campaigns of one workspace; each is looked at once."""

    def __init__(self, workspace: Workspace, plain: PlainRows, coverage: WindowCoverage) -> None:
        self._workspace = workspace
        self._plain = plain
        self._coverage = coverage
        self._known: dict[str, list[Covered]] = {}

    def beside(self, own: Covered, campaign: str) -> Covered:
        """What is true of a measure of its participants."""
        taking = self._of(campaign)
        lacks = [one for one in (own, *taking) if one.lacks is not None]
        return lacks[0] if lacks else replace(own, notes=(*own.notes, *(note for one in taking for note in one.notes)))

    def _of(self, campaign: str) -> list[Covered]:
        if campaign not in self._known:
            days = self._plain.campaign(campaign)
            known = days if days and days[0] <= days[1] else None
            span = known and Period(known[0], known[1] + timedelta(days=1), Grain.SPAN, self._workspace.calendar)
            self._known[campaign] = self._coverage.of_participants(span) if span else []
        return self._known[campaign]
