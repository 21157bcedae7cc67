"""How a question cuts the rows behind its numbers."""

from __future__ import annotations

from dataclasses import dataclass

PARTICIPANTS = "d_campaign_joins"
"""The fact that says who took part in which campaign: columns campaign_id, user_id."""


@dataclass(frozen=True)
class Cut:
    """How the rows are cut: by a column, restricted by a predicate, and to the people of a campaign (R146)."""

    by: str | None = None
    where: str | None = None
    campaign: str = ""

    def whole(self) -> Cut:
        """The same rows, not broken down."""
        return Cut(None, self.where, self.campaign)
