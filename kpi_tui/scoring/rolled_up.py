"""The score of a whole by those of its parts: of a team by its members, of a role by the values of its `per`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from kpi_tui.definitions.answers.score import RolledUp, Scorecard
from kpi_tui.definitions.period import Period

FULL = 100.0


def rolled_up(
    id_: str, period: Period, cards: Sequence[Scorecard], weights: Mapping[str, float] | None = None
) -> RolledUp:
    """The mean of the parts' scores, each as a share of what it could reach × 100, each once or by its weight.

    A part without a score is left out and stays named at the end; the others stand best first. The score before is
    known where every part that counts has one of a whole period.
    """
    weights = weights or {}
    counted = [(share, card, weights.get(card.role, 1.0)) for card in cards if (share := share_of(card)) is not None]
    ranked = sorted(counted, key=lambda one: -one[0])
    before = [card.previous_score for _, card, _ in counted]
    return RolledUp(
        id_,
        period,
        (*(card for _, card, _ in ranked), *(card for card in cards if share_of(card) is None)),
        _mean([(share, weight) for share, _, weight in counted]),
        _mean([(one, weight) for one, (_, _, weight) in zip(before, counted, strict=True) if one is not None])
        if None not in before
        else None,
        weights,
    )


def share_of(card: Scorecard) -> float | None:
    """A score on the scale of 100: the points of the known lines beside what these could reach."""
    return FULL * card.score / card.possible if card.score is not None and card.possible else None


def _mean(counted: Sequence[tuple[float, float]]) -> float | None:
    total = math.fsum(weight for _, weight in counted)
    return math.fsum(one * weight for one, weight in counted) / total if total else None
