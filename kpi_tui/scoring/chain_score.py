"""Scores 绩效分 of the links, points 绩点 and the total (R065–R072)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import fsum

from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard, WeekCell, lacking
from kpi_tui.definitions.answers.chain_inputs import ChainInputs
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.attainment_state import NEAR_FROM
from kpi_tui.definitions.library.chain import Link, TargetRule
from kpi_tui.definitions.library.chain_periods import span_of, span_over, weeks_over
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.scoring.chain_weeks import month_cells
from kpi_tui.scoring.recalibration import growth_of, next_month

EPSILON = 1e-9


def score_month(inputs: ChainInputs, month: Period, as_of: date | None = None) -> ChainCard:
    """The chain in a month. Weeks that are not over on `as_of` stay out of the sums."""
    cells = month_cells(inputs, month, as_of)
    links = tuple(_link(inputs, link, month, cells[link.id], as_of) for link in inputs.chain.active)
    scored = [card for card in links if card.score is not None and card.points]
    return ChainCard(
        chain=inputs.chain,
        period=month,
        growth=growth_of(inputs, month),
        links=links,
        total=fsum(card.score or 0.0 for card in scored) if scored else None,
        possible=fsum(card.points for card in scored),
        reachable=fsum(card.points for card in links),
        next=next_month(inputs, month, cells, as_of),
    )


def points_of(inputs: ChainInputs, link: Link, month: Period) -> float:
    """The points in force: agreed for the month, else those of the chain (R070)."""
    return inputs.agreed.get((month.id, f"points.{link.id}"), link.points)


def _link(inputs: ChainInputs, link: Link, month: Period, cells: Sequence[WeekCell], as_of: date | None) -> LinkCard:
    points = points_of(inputs, link, month)
    cells = tuple(replace(cell, score=_week_score(inputs, cell, points)) for cell in cells)
    used = counted(cells, as_of)
    card = _seen(inputs, LinkCard(link=link, weeks=cells, points=points), month, as_of)
    card = _compared(inputs, card, used)
    reached = _attainment(inputs, link, used)
    if reached is None:
        reason, detail = _why(link, cells)
        return replace(card, status=_status(None, inputs, link), reason=reason, detail=detail)
    score = _capped(inputs, reached) * points
    return replace(card, attainment=reached, score=score, status=_status(reached, inputs, link))


def _seen(inputs: ChainInputs, card: LinkCard, month: Period, as_of: date | None) -> LinkCard:
    """Count and ratio, of the weeks that are compared; where none is over, or nothing scored, of the longer period."""
    link = card.link
    used = counted(card.weeks, as_of) or _over(card.weeks, as_of)
    if link.is_scaled or not used or not inputs.chain.scored:
        span = span_of(link, month) if link.is_scaled else month
        count = inputs.count(link.absolute or link.numerator, span.id)
        ratio = inputs.rate(link, span.id) if link.denominator else None
        return replace(card, absolute=count.value, ratio=ratio, partial=count.partial, summed=(span.id,), of_span=count)
    counts = [inputs.count(link.absolute or link.numerator, cell.period.id).value for cell in used]
    absolute = fsum(count for count in counts if count is not None) if None not in counts else None
    card = replace(card, summed=tuple(cell.period.id for cell in used))
    if link.denominator:
        return replace(card, absolute=absolute, ratio=_mean(cell.actual for cell in used))
    last, over = weeks_over(month, as_of)[-1:], span_over(month, as_of)
    if link.rule is TargetRule.NONE and over is not None:  # nobody is compared: people count once in the span
        known = inputs.count(link.absolute, over.id)
        absolute = absolute if known.value is None or known.partial else known.value
    if not last:
        return replace(card, absolute=absolute)
    return replace(card, absolute=absolute, ratio=inputs.count(link.ratio, last[0].id).value, ratio_of=last[0].id)


def _compared(inputs: ChainInputs, card: LinkCard, used: Sequence[WeekCell]) -> LinkCard:
    """What the attainment divides: sums of counts, or the mean rates of the weeks."""
    link = card.link
    if _by_counts(inputs, link):
        used = [cell for cell in used if cell.goal is not None]
        sides, unit = [(cell.numerator.value, cell.goal) for cell in used], "count"
    else:
        sides, unit = [(cell.actual, cell.target) for cell in used], link.unit
    whole = _mean if unit == "percent" else _sum
    actual, target = whole(done for done, _goal in sides), whole(goal for _done, goal in sides)
    return replace(card, actual=actual, target=target, unit=unit, counted=tuple(cell.period.id for cell in used))


def _over(cells: Sequence[WeekCell], as_of: date | None) -> tuple[WeekCell, ...]:
    """The weeks that are over, with or without a target."""
    return tuple(cell for cell in cells if cell.actual is not None and not cell.is_running(as_of))


def counted(cells: Sequence[WeekCell], as_of: date | None = None) -> tuple[WeekCell, ...]:
    """The cells that enter the sums: both sides known, and the week over (R066: the others drop out of both sums)."""
    return tuple(cell for cell in cells if cell.known and not cell.is_running(as_of))


def _attainment(inputs: ChainInputs, link: Link, cells: Sequence[WeekCell]) -> float | None:
    """Σ actual / Σ target: a ratio of sums, never a mean of ratios (R065, R066)."""
    if _by_counts(inputs, link):
        cells = [cell for cell in cells if cell.goal is not None]
        done, wanted = fsum(cell.numerator.value or 0.0 for cell in cells), fsum(cell.goal or 0.0 for cell in cells)
    else:
        done, wanted = fsum(cell.actual or 0.0 for cell in cells), fsum(cell.target or 0.0 for cell in cells)
    return done / wanted if wanted > 0 else None


def _by_counts(inputs: ChainInputs, link: Link) -> bool:
    """Whether a rate is scored by the counts behind it (R066)."""
    return inputs.chain.score_basis == "counts" and bool(link.denominator) and not link.is_scaled


def _week_score(inputs: ChainInputs, cell: WeekCell, points: float) -> float | None:
    """actual / target × points (R067)."""
    if cell.actual is None or not cell.target:
        return None
    return _capped(inputs, cell.actual / cell.target) * points


def _capped(inputs: ChainInputs, attainment: float) -> float:
    cap = inputs.chain.cap
    return attainment if cap is None else min(attainment, cap)


def _status(attainment: float | None, inputs: ChainInputs, link: Link) -> str:
    if link.rule is TargetRule.NONE:
        return "none"
    if attainment is None:
        return "unknown"
    if attainment >= 1 - EPSILON:
        return "on_target"
    return "near" if attainment >= inputs.setting("chain_weak", NEAR_FROM) else "weak"


def _why(link: Link, cells: Sequence[WeekCell]) -> tuple[Reason | None, str]:
    if link.rule is TargetRule.NONE:
        return None, ""
    unknown = lacking(cells)
    if unknown is None:
        return Reason.PENDING, say("no week is over yet")
    return unknown.reason, unknown.detail


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fsum(known) if known else None


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fsum(known) / len(known) if known else None
