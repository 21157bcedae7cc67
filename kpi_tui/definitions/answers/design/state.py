"""Known while metrics are given to posts: which are live, their numbers, how often targets were met (R012–R036)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.design.advice import Advice
    from kpi_tui.definitions.answers.design.preset_gap import PresetGap
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.target import TargetKey


@dataclass(frozen=True, slots=True)
class TargetsMet:
    """In how many of the periods before that are known the present target of a line would have been met."""

    met: int
    known: int


@dataclass(frozen=True, slots=True)
class DesignFacts:
    """What stands beside the definitions of a period; it changes with the data, not with an edit.

    `lacks`: metric -> the table or column it wants, "" when it is live. `values`: metric -> its values up to the
    period, oldest first; a metric that is not in it was not asked for yet.
    """

    period: Period
    lacks: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    over: bool = False  # the period is over: what is edited in it needs a reason (R009)

    def is_live(self, metric: str) -> bool | None:
        """Whether its tables are here; None while that is not known."""
        return not self.lacks[metric] if metric in self.lacks else None


@dataclass(frozen=True, slots=True)
class DesignState:
    """The facts, what the principles say of the definitions as they stand, and the backtest of their targets.

    `gaps`: lines that roles lack of the presets they were made of.
    """

    facts: DesignFacts
    advice: tuple[Advice, ...] = ()
    met: Mapping[TargetKey, TargetsMet] = field(default_factory=dict)
    gaps: tuple[PresetGap, ...] = ()

    def of_role(self, role: str) -> tuple[Advice, ...]:
        """What is said of a role and its lines."""
        return tuple(one for one in self.advice if one.role == role)

    def at(self, role: str, about: str) -> tuple[Advice, ...]:
        """What is said of one thing."""
        return tuple(one for one in self.advice if (one.role, one.about) == (role, about))
