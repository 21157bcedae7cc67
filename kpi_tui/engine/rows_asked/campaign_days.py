"""The days of campaigns, of which somebody must be told to have taken part (R146)."""

from __future__ import annotations

from datetime import date, timedelta

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.cut import PARTICIPANTS
from kpi_tui.engine.rows_asked.plain_rows import PlainRows


class CampaignDays:
    """Answers for one workspace; UsageError where it has no campaigns, or nothing tells who took part."""

    def __init__(self, workspace: Workspace, data: Data, lineage: Lineage, plain: PlainRows) -> None:
        self._workspace = workspace
        self._data = data
        self._lineage = lineage
        self._plain = plain

    def period(self, campaign: str) -> Period:
        """The span of a campaign. UsageError when there is no such campaign."""
        self._demand_tables()
        if (days := self._plain.campaign(campaign)) is None:
            raise UsageError(
                say("there is no campaign {campaign!r} in the table campaigns, or it has no days", campaign=campaign)
            )
        first, last = days
        if last < first:
            raise UsageError(
                say(
                    "campaign {campaign!r} ends before it starts: {first} … {last}",
                    campaign=campaign,
                    first=first,
                    last=last,
                )
            )
        return Period(first, last + timedelta(days=1), Grain.SPAN, self._workspace.calendar)

    def every(self) -> list[tuple[str, date, date]]:
        """Each with its first and last day."""
        self._demand_tables()
        return self._plain.campaigns()

    def _demand_tables(self) -> None:
        for table in ("campaigns", *self._lineage.raw_tables(PARTICIPANTS)):
            if not self._data.has(table):
                raise UsageError(say("a campaign needs the table {table}; map it in tables.toml", table=table))
