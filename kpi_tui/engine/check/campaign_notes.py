"""Why a number of a campaign is 0: nobody took part in it, or those who did have no row of the measured table."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import Message, says
from kpi_tui.engine.check.conditions import Conditions
from kpi_tui.engine.query.cut import PARTICIPANTS
from kpi_tui.sql.quoted_text import quoted_text


class CampaignNotes:
    """Notes of one workspace; rows of all days are counted, and remembered with the files."""

    def __init__(self, conditions: Conditions) -> None:
        self._conditions = conditions

    def of(self, table: str, campaign: str, told_by: str) -> Iterator[Message]:
        """What keeps every row of a table out of a campaign; `told_by`: whose rows say what belongs to it."""
        of_it = f"campaign_id = {quoted_text(campaign)}"
        named = Measure(f"campaign:{told_by}", told_by, Aggregation.COUNT, where=of_it)
        if told_by == PARTICIPANTS and (unheard := self._conditions.unheard_words([named], facts=True)):
            yield from (word.with_nearest() for word in unheard)
            return
        for kept in self._conditions.that_keep_nothing([named]):
            yield says(
                "campaign {campaign}: the only row of {table} is not of it",
                "campaign {campaign}: none of {rows:,} rows of {table} is of it",
                kept.rows,
                campaign=campaign,
                rows=kept.rows,
                table=told_by,
            )
            return
        people = f"user_id in (select p.user_id from {PARTICIPANTS} as p where p.{of_it} and p.user_id is not null)"
        taking = Measure(f"participants:{table}", table, Aggregation.COUNT, where=people)
        if told_by == PARTICIPANTS and self._conditions.can_ask(taking, "user_id is not null"):
            for kept in self._conditions.that_keep_nothing([taking]):
                yield says(
                    "campaign {campaign}: none of {count:,} row of {table} is of its participants",
                    "campaign {campaign}: none of {count:,} rows of {table} is of its participants",
                    kept.rows,
                    campaign=campaign,
                    table=table,
                )
