"""How an independent reading is declared and rolled up to a longer period (R004)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.peers.independent.sample import LAST_DAY, Sample
from tests.peers.independent.when import ORDER, When

Answer = float | tuple[float, float] | None
"""A number; for `pooled` the numerator and the denominator; None = no number."""


@dataclass(frozen=True)
class Reading:
    """A metric read by hand: its function, its grains (the natural one first) and its roll-up."""

    work: Callable[[Sample, When], Answer]
    grains: tuple[str, ...]
    rollup: str

    def fits(self, when: When) -> bool:
        """A metric may be read at any period not shorter than its grain."""
        return ORDER.index(when.grain) >= ORDER.index(self.grains[0])

    def at(self, shop: Sample, when: When) -> float | None:
        """The number of a period: from its rows, or from the periods of the natural grain inside it.

        A week that the data do not cover to its end is no week to average (partial periods are not compared).
        """
        if self.rollup == "last" and when.grain not in self.grains:
            when = list(when.split(self.grains[-1]))[-1]
        if self.rollup in ("recompute", "last"):
            return self.work(shop, when)  # type: ignore[return-value]
        parts = [self.work(shop, part) for part in when.split(self.grains[0]) if part.last_day <= LAST_DAY]
        if any(part is None for part in parts):
            return None
        if self.rollup == "mean":
            return sum(parts) / len(parts)  # type: ignore[arg-type]
        return ratio(sum(part[0] for part in parts), sum(part[1] for part in parts))  # type: ignore[index]


READINGS: dict[str, Reading] = {}


def reading(*grains: str, rollup: str = "recompute") -> Callable[[Callable[[Sample, When], Answer]], Callable]:
    """Register a function named like its metric; grains and roll-up as the catalogue prints them."""

    def keep(work: Callable[[Sample, When], Answer]) -> Callable[[Sample, When], Answer]:
        READINGS[work.__name__] = Reading(work, grains, rollup)
        return work

    return keep


def ratio(part: float, whole: float) -> float | None:
    """A quotient; with denominator 0 there is no number (R002)."""
    return float(part) / float(whole) if whole else None
