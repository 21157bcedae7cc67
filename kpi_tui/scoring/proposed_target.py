"""A target from what is known: the period before, last year, a mean, what is usual, a benchmark, a longer period."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean, median

from kpi_tui.definitions.answers.baseline import Band
from kpi_tui.definitions.answers.targets.target_proposal import Basis
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Better, Kind, Metric
from kpi_tui.definitions.message import Message, say, says
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.rounding import times, whole

LEAST = 3  # periods of a mean or a median: with fewer, older ones are taken too
YEAR_BACK = 12  # periods back that a last value may be from
RATE_DIGITS = 4
_OF_THE_PAST = (Basis.LAST, Basis.YEAR, Basis.MEAN, Basis.MEDIAN, Basis.BAND, Basis.GROWTH)
SMALL = 100  # an average of a count below it keeps two decimals


@dataclass(frozen=True, slots=True)
class Known:
    """What proposals rest on: whole periods by period, the usual band, the target of the period that holds this one.

    `adds_up`: months of the metric sum to its year. `split`: how the target of the longer period is split, `shape`,
    `days`, or as is known. `share`: what it is of the target of a sum that it is part of, or None and why.
    """

    values: Mapping[Period, float]
    band: Band | None = None
    parent: tuple[Period, float] | None = None
    adds_up: bool = False
    split: str = ""
    share: tuple[float | None, Message | str] = (None, "")


def proposed(
    metric: Metric, period: Period, basis: Basis, known: Known, *, periods: int = 6, growth: float = 0.0
) -> tuple[float | None, str]:
    """The target and on what it rests where that is less than asked for; or None and why there is none.

    Where the period before is not known the last whole one counts, and a mean takes the whole periods there are: a
    target for December may be wanted before November is over. Counts are whole, money has cents, rates four digits.
    A share that is raised ends at 100 %, and that is said. A rate that was 0 is no target: nobody chose it.
    """
    value, said = _value(metric, period, basis, known, periods, growth)
    if value is None:
        return None, said
    if basis is Basis.GROWTH:
        low, high = possible(metric, known.values.values())
        if not low <= value <= high:
            return high if value > high else low, say("held at the end of what this metric can be")
    target = rounded(value, metric.unit, known.values.values())
    if basis in (Basis.LAST, Basis.YEAR):  # that period itself would have met it
        target = _no_harder(target, value, metric, known.values.values())
    if not target and metric.kind is Kind.RATIO and basis in _OF_THE_PAST:
        return None, say("it rests on 0, and a rate of 0 is no mark: nothing can be held against it")
    return target, said


def possible(metric: Metric, values: Iterable[float]) -> tuple[float, float]:
    """What a metric can be, told by its whole values: below 0, and of a share above 1, only where it has been there.

    A change on the period before is a rate and no share: it has no upper end.
    """
    known = list(values)
    low = 0.0 if all(value >= 0 for value in known) else -math.inf
    return low, 1.0 if is_share(metric) and all(value <= 1 for value in known) else math.inf


def is_share(metric: Metric) -> bool:
    """A rate that is a part of a whole, not the change of a figure (`a / b - 1`)."""
    formula = "".join(metric.formula.split())
    return metric.unit == "percent" and not metric.id.endswith(GROWTH_SUFFIX) and not formula.endswith("-1")


def _value(
    metric: Metric, period: Period, basis: Basis, known: Known, periods: int, growth: float
) -> tuple[float | None, Message | str]:
    if basis in (Basis.LAST, Basis.GROWTH):
        value, said = _last(period, known)
        return (value if value is None or basis is Basis.LAST else times(value, 1.0 + growth)), said
    if basis is Basis.YEAR:
        year = period.a_year_earlier()
        value = known.values.get(year)
        return value, "" if value is not None else say("no whole value of {period}", period=year.id)
    if basis in (Basis.MEAN, Basis.MEDIAN):
        row, said = _recent(period, known, periods)
        return (None if not row else fmean(row) if basis is Basis.MEAN else median(row)), said
    if basis is Basis.BAND:
        return (known.band.centre, "") if known.band else (None, say("too few whole periods for a usual band"))
    if basis is Basis.BENCHMARK:
        return _benchmark(metric)
    return known.share if basis is Basis.TREE else _share(metric, period, known)


def _last(period: Period, known: Known) -> tuple[float | None, Message | str]:
    """The value of the last whole period of the year before; said where that is not the one right before."""
    before = period.previous()
    for one in (period.previous(back) for back in range(1, YEAR_BACK + 1)):
        if one in known.values:
            return known.values[one], "" if one == before else say(
                "rests on {period}, the last whole one", period=one.id
            )
    return None, say("no whole value of {period}", period=before.id)


def _recent(period: Period, known: Known, periods: int) -> tuple[list[float], Message | str]:
    """The values of the periods before; where too few of them are whole, of the last whole ones, and which that are."""
    asked = [one for back in range(1, periods + 1) if (one := period.previous(back)) in known.values]
    if len(asked) == periods:
        return [known.values[one] for one in asked], ""
    own = (one for one in known.values if one.grain is period.grain)
    whole_ones = sorted(own, key=lambda one: one.start, reverse=True)[:periods]
    found = asked if len(asked) >= LEAST else whole_ones
    if not found:
        return [], say("no whole period is known")
    said = says(
        "rests on {count} whole period, {first}",
        "rests on {count} whole periods, {first} to {last}",
        len(found),
        first=found[-1].id,
        last=found[0].id,
    )
    return [known.values[one] for one in found], said


def _benchmark(metric: Metric) -> tuple[float | None, Message | str]:
    """Its mark; of a range the end that is just good enough. What only describes a trade is no mark."""
    benchmark = next((mark for mark in metric.benchmarks if not mark.describes), None)
    if benchmark is None:
        return None, say("the metric has no benchmark")
    if benchmark.upper is not None and metric.better is Better.LOWER:
        return benchmark.upper, ""
    return benchmark.value, ""


def _share(metric: Metric, period: Period, known: Known) -> tuple[float | None, Message | str]:
    """Of the target of a longer period, by last year's shape where it is known, else by days; a rate stays as it is."""
    if known.parent is None:
        return None, say("no longer period with {period} in it has a target", period=period.id)
    parent, target = known.parent
    if metric.kind is Kind.RATIO:
        return target, ""
    if not known.adds_up:
        return None, say("periods of this metric do not add up to {period}", period=parent.id)
    parts = list(parent.split(period.grain))
    shape = [known.values.get(part.a_year_earlier()) for part in parts]
    years = [value for value in shape if value is not None]
    total = math.fsum(years)
    own = known.values.get(period.a_year_earlier())
    if known.split != "days" and len(years) == len(parts) and total > 0 and own is not None:
        return target * own / total, ""
    if known.split == "shape":
        return None, say("last year's parts of {period} are not all known", period=parent.id)
    return target * period.days / sum(part.days for part in parts), ""


def rounded(value: float, unit: str, known: Iterable[float]) -> float:
    """A count is whole. A small average of one (1.13 active users a day) is not: much of it would be lost."""
    digits = _digits(value, unit, known)
    return round(value, digits) if digits else whole(value)


def _digits(value: float, unit: str, known: Iterable[float]) -> int:
    if unit != "count":
        return 2 if unit == "currency" else RATE_DIGITS
    averaged = any(not float(number).is_integer() for number in known)
    return 2 if averaged and abs(value) < SMALL else 0


def _no_harder(target: float, value: float, metric: Metric, known: Iterable[float]) -> float:
    """A rounded target, a last digit less where rounding has put it beyond the value it comes from."""
    digits = _digits(value, metric.unit, known)
    easier = 1 if metric.better is Better.LOWER else -1
    beyond = (target - value) * easier < 0 and not math.isclose(target, value)
    return round(target + easier * 10**-digits, digits) if beyond else target
