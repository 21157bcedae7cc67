"""The roll-over as a proposal: what is agreed now, what the rules make of it (spec R043–R062)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kpi_tui.definitions.answers.chain_card import Roll, WeekCell
from kpi_tui.definitions.library.chain import GROWTH, Agreed, ChainInputs, Link, TargetRule
from kpi_tui.definitions.library.chain_periods import weeks_of
from kpi_tui.definitions.period import Period
from kpi_tui.scoring.chain_score import next_month, runs
from kpi_tui.scoring.chain_weeks import month_cells

WEEKLY = (TargetRule.GROWTH, TargetRule.CONVERSION, TargetRule.HOLD)


def proposal(material: ChainInputs, month: Period, week: Period | None, as_of: date | None) -> list[Roll]:
    """Targets after `week`; without one, after the last week of the month that is over."""
    cells = month_cells(material, month)
    over = week or _last_over(material, month, cells, as_of)
    if over is None:
        return []
    if over != weeks_of(month)[-1]:
        return _week(material, month, over.next())
    return _month(material, month, cells, as_of)


def _last_over(
    material: ChainInputs, month: Period, cells: Mapping[str, tuple[WeekCell, ...]], as_of: date | None
) -> Period | None:
    """The last week in which the growth link (else any weekly one) has its whole number."""
    links = [link for link in material.chain.active if link.rule in WEEKLY]
    links = [link for link in links if link.rule is TargetRule.GROWTH] or links
    done = [
        week
        for number, week in enumerate(weeks_of(month))
        if any(cells[link.id][number].actual is not None and not runs(cells[link.id][number], as_of) for link in links)
    ]
    return done[-1] if done else None


def _week(material: ChainInputs, month: Period, week: Period) -> list[Roll]:
    """The targets of a later week of the month, derived anew: what is agreed there does not count."""
    kept = {cell: value for cell, value in material.agreed.items() if cell[0] != week.id}
    derived = month_cells(_with(material, kept), month)
    place = weeks_of(month).index(week)
    return [
        _roll(material, week.id, link.id, derived[link.id][place].uncapped, derived[link.id][place].capped)
        for link in _weekly(material)
        if derived[link.id][place].uncapped is not None
    ]


def _month(
    material: ChainInputs, month: Period, cells: Mapping[str, tuple[WeekCell, ...]], as_of: date | None
) -> list[Roll]:
    """The new baseline, every weekly count of the growth link, and the first rates of the others."""
    then = month.next()
    new = next_month(material, month, cells, as_of)
    if new is None:
        return []
    rolls = [_roll(material, then.id, GROWTH, new.growth)]
    growing = [link for link in _weekly(material) if link.rule is TargetRule.GROWTH]
    targets = [(week, link.id, target) for link in growing for week, target in new.weeks]
    rolls += [_roll(material, week, key, target) for week, key, target in targets]
    agreed = {cell: value for cell, value in material.agreed.items() if cell[0] != weeks_of(then)[0].id}
    agreed |= {(roll.period, roll.key): roll.new for roll in rolls}
    first = month_cells(_with(material, agreed), then)
    week = weeks_of(then)[0].id
    rolls += [
        _roll(material, week, link.id, first[link.id][0].uncapped, first[link.id][0].capped)
        for link in _weekly(material)
        if link.rule is not TargetRule.GROWTH and first[link.id][0].uncapped is not None
    ]
    return [*rolls, *_points(material, month, then)]


def _points(material: ChainInputs, month: Period, then: Period) -> list[Roll]:
    """Points that were changed for this month stay changed (R070)."""
    keys = [key for period, key in material.agreed if period == month.id and key.startswith("points.")]
    return [_roll(material, then.id, key, material.agreed[month.id, key]) for key in keys]


def _roll(material: ChainInputs, period: str, key: str, new: float | None, capped: bool = False) -> Roll:
    assert new is not None
    return Roll(period, key, material.agreed.get((period, key)), new, _unit(material, key), capped)


def _unit(material: ChainInputs, key: str) -> str:
    """Points are scores, growth is a share, all else is a target of a link."""
    link = material.chain.link(key)
    return "score" if key.startswith("points.") else link.unit if link else "percent"


def _weekly(material: ChainInputs) -> list[Link]:
    return [link for link in material.chain.active if link.rule in WEEKLY]


def _with(material: ChainInputs, agreed: Agreed) -> ChainInputs:
    return ChainInputs(material.chain, material.counts, agreed, material.settings)
