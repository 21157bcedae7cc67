"""What the targets of a year's parts come to, what is done, and what each part that is left must bring."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from kpi_tui.definitions.answers.targets.year_sheet import Adding
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Kind, Metric, Rollup
from kpi_tui.definitions.message import Message, say

LEAST = 3
"""Parts that must be known before what they come to is believed."""


def adding_of(metric: Metric, *, adds_up: bool) -> Adding:
    """How parts make the whole; `adds_up`: the days of the metric sum to its period."""
    if adds_up:
        return Adding.SUM
    if metric.rollup is Rollup.LAST:
        return Adding.LAST
    return Adding.MEAN if metric.rollup is Rollup.MEAN or metric.kind is Kind.RATIO else Adding.NONE


def sums_so_far(parts: Sequence[Value], whole: Value | None) -> bool:
    """Whether the parts did sum to the whole up to now, where its definition does not say that they must.

    New users are counted by their ids, and nobody is new twice; active users are, in every month. At least three
    parts with something in them must be known, and none of those that have begun may be unknown.
    """
    known = [value.value for value in parts if value.value is not None]
    if whole is None or whole.value is None or sum(value != 0 for value in known) < LEAST:
        return False
    return math.isclose(math.fsum(known), whole.value, rel_tol=1e-9)


def total_of(adding: Adding, targets: Sequence[float | None]) -> float | None:
    """Sum or mean of the targets that are set, or the last one; None where that says nothing."""
    known = [target for target in targets if target is not None]
    if adding is Adding.LAST:
        return targets[-1] if targets else None
    if not known or adding is Adding.NONE:
        return None
    return math.fsum(known) / (len(known) if adding is Adding.MEAN else 1)


class DoneSoFar(NamedTuple):
    """A number, or None and why; and the values it is made of, for what is doubtful about them."""

    value: float | None
    why: Message | str = ""
    rests_on: tuple[Value, ...] = ()


def done_of(
    adding: Adding, over: Sequence[Value], whole: Value | None, target: float | None, aims: Sequence[float | None]
) -> DoneSoFar:
    """What the parts that are over brought: their sum, else the number of the whole so far.

    `target` of the whole, `aims` of the parts that are over. Where only parts have targets, a rate or average is the
    mean of theirs: of persons counted once in a year a rate is another than in its months.
    """
    by_parts = adding is Adding.MEAN and target is None
    if adding is not Adding.SUM and not by_parts:
        return DoneSoFar(whole.value, whole.detail, (whole,)) if whole is not None else DoneSoFar(None)
    aimed = [value for value, aim in zip(over, aims, strict=True) if aim is not None]
    asked = tuple((aimed or over) if by_parts else over)
    unknown = next((one for one in asked if one.value is None or one.partial), None)
    if unknown is not None:
        why = unknown.detail or say("it is not complete")
        return DoneSoFar(None, say("{period} has no whole number: {why}", period=unknown.period.id, why=why))
    done = math.fsum(one.value for one in asked if one.value is not None)
    if by_parts:
        return DoneSoFar(done / len(asked), rests_on=asked) if asked else DoneSoFar(None)
    return DoneSoFar(done, rests_on=asked)


def needed_of(adding: Adding, target: float | None, done: float | None, left: int) -> float | None:
    """What each part that is left must bring, so that the whole is reached; None where parts do not add up to it."""
    if target is None or not left:
        return None
    if adding is Adding.LAST:
        return target
    return (target - done) / left if adding is Adding.SUM and done is not None else None


def due_of(adding: Adding, target: float | None, over: Sequence[float | None], left: int) -> float | None:
    """What should be done now that the parts with the targets `over` are over and `left` are not; None: not known."""
    if not over:
        return None
    known = [one for one in over if one is not None]
    if adding is not Adding.SUM:
        even = adding is Adding.MEAN and target is None and len(known) == len(over)
        return math.fsum(known) / len(known) if even else target
    if len(known) == len(over):
        return math.fsum(known)
    return None if target is None else target * len(over) / (len(over) + left)
