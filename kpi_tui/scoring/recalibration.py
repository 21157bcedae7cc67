"""The growth baseline of a month, and its recalibration at the month's end 周环比基准校正 (R042, R058–R064)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpi_tui.definitions.answers.chain_card import NextMonth, WeekCell
from kpi_tui.definitions.answers.chain_inputs import ChainInputs
from kpi_tui.definitions.library.chain import GROWTH, TargetRule
from kpi_tui.definitions.library.chain_periods import weeks_of
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.rounding import whole
from kpi_tui.scoring.decimals import decimal, truncate

BASELINE = 0.03  # an assumed figure of 001, when neither chain nor settings say another (R064)
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Recalibration:
    """The new baseline and the first target it gives; `exact` is the baseline before truncation.

    `unrounded` is the first target before it was rounded: the weeks after it are multiples of this (R003).
    """

    growth: float
    first_target: float | None
    kept: tuple[float, ...] = ()
    exact: float | None = None
    note: str = ""  # floor | few_weeks | zero_week | interval
    unrounded: float | None = None


def growth_of(inputs: ChainInputs, month: Period) -> float:
    """The growth baseline in force: agreed for the month, else the chain's, else the setting (R042, R064)."""
    agreed = inputs.agreed.get((month.id, GROWTH))
    if agreed is not None:
        return agreed
    own = inputs.chain.growth
    return inputs.setting("growth_baseline", BASELINE) if own is None else own


def kept_weeks(actuals: Sequence[float]) -> tuple[float, ...]:
    """The weeks without one highest and one lowest; of equal weeks only one goes (R058, R063)."""
    kept = list(actuals)
    if len(kept) >= FEWEST:
        kept.remove(max(kept))
        kept.remove(min(kept))
    return tuple(kept)


def raw_baseline(kept: Sequence[float], growth: float) -> Decimal:
    """mean(kept) × (1 + g) / min(kept) − 1, before truncation; never below g (R061)."""
    values = [decimal(value) for value in kept]
    mean = sum(values, Decimal(0)) / len(values)
    return mean * (1 + decimal(growth)) / min(values) - 1


def recalibrate(
    actuals: Sequence[float], growth: float, last_target: float | None, *, due: bool = True
) -> Recalibration:
    """The next month's baseline and first target.

    Fewer than three weeks, a smallest kept week of 0, or a month that does not end an interval (`due` False): the
    baseline stays and the first target is the last one × (1 + g) (R063, R064).
    """
    kept = kept_weeks(actuals) if len(actuals) >= FEWEST else ()
    note = "interval" if not due else "few_weeks" if not kept else "zero_week" if min(kept) <= 0 else ""
    if note:
        next_ = None if last_target is None else float(decimal(last_target) * (1 + decimal(growth)))
        return Recalibration(growth, None if next_ is None else whole(next_), kept, None, note, next_)
    exact = raw_baseline(kept, growth)
    cut = truncate(exact)
    if cut < decimal(growth):  # R060: only truncation can bring it below
        cut, note = decimal(growth), "floor"
    first = float(decimal(max(kept)) * (1 + cut))
    return Recalibration(float(cut), whole(first), kept, float(exact), note, first)


def month_targets(first: float, growth: float, weeks: int) -> tuple[float, ...]:
    """The weekly targets of a month: whole numbers of an exact chain, rounded at the end (R003, R043)."""
    factor = 1 + decimal(growth)
    return tuple(whole(float(decimal(first) * factor**week)) for week in range(weeks))


def next_month(
    inputs: ChainInputs, month: Period, cells: Mapping[str, tuple[WeekCell, ...]], as_of: date | None = None
) -> NextMonth | None:
    """The recalibration at the end of the month (R058–R063); None without a growth link or a known week."""
    link = next((link for link in inputs.chain.active if link.rule is TargetRule.GROWTH), None)
    if link is None:
        return None
    own = cells[link.id]
    actuals = [cell.actual for cell in own if cell.actual is not None and not cell.is_running(as_of)]
    if not actuals:
        return None
    due = month.month_number % inputs.chain.interval == 0
    new = recalibrate(actuals, growth_of(inputs, month), own[-1].target, due=due)
    weeks = weeks_of(month.next())
    targets = () if new.unrounded is None else month_targets(new.unrounded, new.growth, len(weeks))
    dated = tuple((week.id, target) for week, target in zip(weeks, targets, strict=False))
    return NextMonth(new.growth, new.first_target, dated, new.kept, new.exact, new.note)
