"""What a chain is diagnosed with, beside its own links (R073–R084)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi_tui.definitions.quantity import Quantity

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.chain_card import PlatformWeek, Verdict

SERIES: Mapping[str, str] = {
    "new_visitors": "count",
    "uv": "count",
    "paid_amount": "currency",
    "gross_return_on_investment": "ratio",
    "one_session_user_rate": "percent",
    "inquiry_rate": "percent",
    "complaint_rate": "percent",
    "repeat_monetisation_rate": "percent",
    "presale_backlog_per_agent": "count",
}
"""Metrics the warnings compare month by month, with the units the library gives them."""


@dataclass(frozen=True, slots=True)
class ChainFacts:
    """`series`: metric -> values of the last months, this one last (None: unknown or not over); `units` of them."""

    series: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    platforms: tuple[PlatformWeek, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    units: Mapping[str, str] = field(default_factory=lambda: SERIES)

    def last(self, name: str, count: int) -> tuple[float | None, ...]:
        """The last `count` values of a metric, oldest first; shorter when it has fewer."""
        return self.series.get(name, ())[-count:]

    def now(self, name: str) -> float | None:
        """Its value in this month."""
        return next(iter(self.last(name, 1)), None)

    def quantity(self, name: str, value: float | None) -> Quantity:
        """A value of a metric in its unit."""
        return Quantity(value, self.units.get(name, "count"))
