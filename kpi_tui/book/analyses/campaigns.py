"""Campaigns over their own days: who took part, and what they did against as many days before (R146)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.analyses.campaigns import CampaignRow, Campaigns
from kpi_tui.definitions.period import Grain, Period

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.engine.numbers import Numbers

PARTICIPANTS = "campaign_participants"


class CampaignTables:
    """Reads the campaigns of a period."""

    def __init__(self, numbers: MetricNumbers, engine: Numbers) -> None:
        self._numbers = numbers
        self._engine = engine

    def of(self, metrics: Sequence[str], period: Period, *, progress: Progress | None = None) -> Campaigns:
        """Every campaign that has begun and has a day in the period.

        UsageError without the tables that tell of campaigns and who took part, or on an unknown metric.
        """
        as_of = self._engine.as_of()
        found = [
            (name, Period(first, min(last, as_of) + timedelta(days=1), Grain.SPAN, period.calendar), last > as_of)
            for name, first, last in self._engine.campaigns()
            if first <= min(period.last_day, as_of) and last >= period.start
        ]
        return Campaigns(tuple(self._row(*one, metrics, progress) for one in found))

    def _row(
        self, name: str, span: Period, running: bool, metrics: Sequence[str], progress: Progress | None
    ) -> CampaignRow:
        """Days to come are no part of it: as many days before are compared as have been."""
        from kpi_tui.sql.quoted_text import quoted_text

        where = f"campaign_id = {quoted_text(name)}"
        (joined,) = self._numbers.values([PARTICIPANTS], span, where=where, progress=progress)
        now = self._numbers.values(metrics, span, campaign=name, progress=progress)
        before = self._numbers.values(metrics, span.previous(), campaign=name, progress=progress)
        pairs = tuple((replace(one, partial=running), old) for one, old in zip(now, before, strict=True))
        return CampaignRow(name, span, running, replace(joined, partial=running), pairs)
