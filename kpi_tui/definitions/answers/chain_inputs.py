"""What a chain is scored from: its base numbers, the targets agreed, the settings (R039–R072)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.value import Reason

if TYPE_CHECKING:
    from kpi_tui.definitions.library.chain import Chain, Link


@dataclass(frozen=True, slots=True)
class Count:
    """A base number of one period; typed `by_hand`, or out of tables. `reason` when there is none."""

    value: float | None
    by_hand: bool = False
    partial: bool = False
    reason: Reason | None = None
    detail: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)  # table -> its rows that could not be read
    notes: tuple[str, ...] = ()
    until: str = ""  # the last day that counts (ISO), where its period is not over


Counts = Mapping[tuple[str, str], Count]
"""(measure or metric, period id) -> its number."""

Agreed = Mapping[tuple[str, str], float]
"""(period id, link id, `growth` or `points.<link>`) -> the value agreed and saved."""


@dataclass(frozen=True, slots=True)
class ChainInputs:
    """Everything a chain is scored from: definition, base numbers, agreed targets and settings."""

    chain: Chain
    counts: Counts
    agreed: Agreed = field(default_factory=dict)
    settings: Mapping[str, float | int | str | bool] = field(default_factory=dict)

    def count(self, name: str, period: str) -> Count:
        """A base number; without one, why."""
        if not name:
            return Count(None, reason=Reason.NOT_APPLICABLE)
        return self.counts.get((name, period), Count(None, reason=Reason.NO_DATA))

    def rate(self, link: Link, period: str) -> float | None:
        """The actual of a link: its count when it has no denominator, else the ratio (None over 0 or nothing)."""
        numerator = self.count(link.numerator or link.absolute, period).value
        if not link.denominator or numerator is None:
            return numerator
        denominator = self.count(link.denominator, period).value
        return numerator / denominator if denominator else None

    def setting(self, name: str, default: float) -> float:
        """A setting that is a number, else the default."""
        found = self.settings.get(name, default)
        return default if isinstance(found, str | bool) else float(found)
