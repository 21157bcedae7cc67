"""What a chain is diagnosed with, beside its own links (spec R073–R084)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi_tui.definitions.answers.chain_card import PlatformWeek, Verdict

SERIES = (
    "new_visitors",
    "uv",
    "paid_amount",
    "gross_return_on_investment",
    "one_session_user_rate",
    "inquiry_rate",
    "complaint_rate",
    "repeat_monetisation_rate",
    "presale_backlog_per_agent",
)
"""Metrics the warnings compare month by month."""


@dataclass(frozen=True, slots=True)
class ChainFacts:
    """`series`: metric -> values of the last months, this one last (None: unknown or not over)."""

    series: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    platforms: tuple[PlatformWeek, ...] = ()
    verdicts: tuple[Verdict, ...] = ()

    def last(self, name: str, count: int) -> tuple[float | None, ...]:
        """The last `count` values of a metric, oldest first; shorter when it has fewer."""
        return self.series.get(name, ())[-count:]

    def now(self, name: str) -> float | None:
        """Its value in this month."""
        return next(iter(self.last(name, 1)), None)
