"""The roll-over as a proposal: what is agreed now, what the rules make of it (R043–R062)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kpi_tui.definitions.answers.chain_card import Roll, WeekCell
from kpi_tui.definitions.answers.chain_inputs import Agreed, ChainInputs
from kpi_tui.definitions.library.chain import GROWTH, Link, TargetRule
from kpi_tui.definitions.library.chain_periods import weeks_of
from kpi_tui.definitions.period import Period
from kpi_tui.scoring.chain_weeks import month_cells
from kpi_tui.scoring.recalibration import next_month
from kpi_tui.scoring.week_over import refuse_open

WEEKLY = (TargetRule.GROWTH, TargetRule.CONVERSION, TargetRule.HOLD)


def proposal(inputs: ChainInputs, month: Period, week: Period | None, as_of: date | None) -> list[Roll]:
    """Targets after `week`; without one, after the last week of the month that is over.

    UsageError where that week is not over: targets do not follow from some of its days.
    """
    cells = month_cells(inputs, month, as_of)
    over = week or _last_over(inputs, month, cells, as_of)
    asked = over or weeks_of(month)[0]
    number = weeks_of(month).index(asked)
    refuse_open(asked, {link: cells[link.id][number] for link in _weekly(inputs)}, as_of)
    if over is None:
        return []
    if over != weeks_of(month)[-1]:
        return _week(inputs, month, over.next(), as_of)
    return _month(inputs, month, cells, as_of)


def _last_over(
    inputs: ChainInputs, month: Period, cells: Mapping[str, tuple[WeekCell, ...]], as_of: date | None
) -> Period | None:
    """The last week in which the growth link (else any weekly one) has its whole number."""
    links = [link for link in inputs.chain.active if link.rule in WEEKLY]
    links = [link for link in links if link.rule is TargetRule.GROWTH] or links
    done = [
        week
        for number, week in enumerate(weeks_of(month))
        if any(
            cells[link.id][number].actual is not None and not cells[link.id][number].is_running(as_of) for link in links
        )
    ]
    return done[-1] if done else None


def _week(inputs: ChainInputs, month: Period, week: Period, as_of: date | None) -> list[Roll]:
    """The targets of a later week of the month, derived anew: what is agreed there does not count."""
    kept = {cell: value for cell, value in inputs.agreed.items() if cell[0] != week.id}
    derived = month_cells(_with(inputs, kept), month, as_of)
    place = weeks_of(month).index(week)
    return [
        _roll(inputs, week.id, link.id, derived[link.id][place].uncapped, derived[link.id][place].capped)
        for link in _weekly(inputs)
        if derived[link.id][place].uncapped is not None
    ]


def _month(
    inputs: ChainInputs, month: Period, cells: Mapping[str, tuple[WeekCell, ...]], as_of: date | None
) -> list[Roll]:
    """The new baseline, every weekly count of the growth link, and the first rates of the others."""
    then = month.next()
    new = next_month(inputs, month, cells, as_of)
    if new is None:
        return []
    rolls = [_roll(inputs, then.id, GROWTH, new.growth)]
    growing = [link for link in _weekly(inputs) if link.rule is TargetRule.GROWTH]
    targets = [(week, link.id, target) for link in growing for week, target in new.weeks]
    rolls += [_roll(inputs, week, key, target) for week, key, target in targets]
    agreed = {cell: value for cell, value in inputs.agreed.items() if cell[0] != weeks_of(then)[0].id}
    agreed |= {(roll.period, roll.key): roll.new for roll in rolls}
    first = month_cells(_with(inputs, agreed), then, as_of)
    week = weeks_of(then)[0].id
    rolls += [
        _roll(inputs, week, link.id, first[link.id][0].uncapped, first[link.id][0].capped)
        for link in _weekly(inputs)
        if link.rule is not TargetRule.GROWTH and first[link.id][0].uncapped is not None
    ]
    return [*rolls, *_points(inputs, month, then)]


def _points(inputs: ChainInputs, month: Period, then: Period) -> list[Roll]:
    """Points that were changed for this month stay changed (R070)."""
    keys = [key for period, key in inputs.agreed if period == month.id and key.startswith("points.")]
    return [_roll(inputs, then.id, key, inputs.agreed[month.id, key]) for key in keys]


def _roll(inputs: ChainInputs, period: str, key: str, new: float | None, capped: bool = False) -> Roll:
    assert new is not None
    return Roll(period, key, inputs.agreed.get((period, key)), new, _unit(inputs, key), capped)


def _unit(inputs: ChainInputs, key: str) -> str:
    """Points are scores, growth is a share, all else is a target of a link."""
    link = inputs.chain.link(key)
    return "score" if key.startswith("points.") else link.unit if link else "percent"


def _weekly(inputs: ChainInputs) -> list[Link]:
    return [link for link in inputs.chain.active if link.rule in WEEKLY]


def _with(inputs: ChainInputs, agreed: Agreed) -> ChainInputs:
    return ChainInputs(inputs.chain, inputs.counts, agreed, inputs.settings)
