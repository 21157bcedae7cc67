"""Which periods a chain is read at: weeks of a month, longer periods of links G and H, and what lies before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from kpi_tui.definitions.library.chain import Chain, Link, TargetRule
from kpi_tui.definitions.period import Grain, Period

BEFORE = 8
"""Weeks before the month that make a baseline."""
MONTHS = 3
"""Months a dynamic warning looks at (R073, R074)."""
HALF_MONTH, MIDDLE = "half-month", 16
"""H at mid-month and month (R057): the days from the 16th on are compared with the 1st to the 15th."""
_GRAINS = {"month": Grain.MONTH, "quarter": Grain.QUARTER, "year": Grain.YEAR}


def month_of(period: Period) -> Period:
    """The month a period is scored in: a week belongs where its first day lies, anything longer where it ends."""
    day = period.start if period.grain in (Grain.WEEK, Grain.DAY) else period.last_day
    return period.around(day, Grain.MONTH)


def weeks_of(month: Period) -> tuple[Period, ...]:
    """The weeks whose first day lies in the month: four or five (R063)."""
    return tuple(month.split(Grain.WEEK))


def weeks_before(month: Period, count: int = BEFORE) -> tuple[Period, ...]:
    """The `count` weeks before the first week of the month, oldest first."""
    first = weeks_of(month)[0]
    return tuple(first.previous(back) for back in range(count, 0, -1))


def weeks_over(month: Period, as_of: date | None) -> tuple[Period, ...]:
    """The weeks of the month that are over; all of them when the last day of the data is not known."""
    return tuple(week for week in weeks_of(month) if as_of is None or week.last_day <= as_of)


def span_over(month: Period, as_of: date | None) -> Period | None:
    """The weeks that are over as one span, for people who are counted once in it."""
    weeks = weeks_over(month, as_of)
    return month.span(weeks[0].start, weeks[-1].end) if weeks else None


def span_of(link: Link, month: Period) -> Period:
    """What link G or H is read over in a month: the month, quarter or year around it, its second half, or `30d` up to
    its end."""
    if link.period in _GRAINS:
        return month.around(month.last_day, _GRAINS[link.period])
    if link.period == HALF_MONTH:
        return month.span(month.start + timedelta(days=MIDDLE - 1), month.end)
    if link.period == "half-year":
        return month.span(month.previous(5).start, month.end)
    days = int(link.period.removesuffix("d"))
    return month.span(month.end - timedelta(days=days), month.end)


def reference_of(link: Link, span: Period) -> Period:
    """The same period of history (G, R056), else the preceding one (H, R057)."""
    if link.rule is TargetRule.HISTORY:
        return span.a_year_earlier()
    if link.period == HALF_MONTH:
        return span.span(span.around(span.start, Grain.MONTH).start, span.start)
    return span.previous()


def periods_needed(chain: Chain, month: Period, as_of: date | None = None) -> dict[str, tuple[Period, ...]]:
    """Base number -> the periods a card of the month reads it at; of a link that is no ratio, its metric by weeks."""
    weeks = [*weeks_before(month), *weeks_of(month)]
    weeks += [week.a_year_earlier() for week in weeks]
    months = [month.previous(back) for back in range(MONTHS + 1)]
    found: dict[str, dict[Period, None]] = {}
    for link in chain.links:
        periods = [*weeks, *months, *_own(link, month)]
        for name in link.counts:
            found.setdefault(name, {}).update(dict.fromkeys(periods))
        if chain.scored and not link.denominator:
            over = span_over(month, as_of)
            if link.absolute and over is not None:
                found[link.absolute][over] = None
            if link.ratio:
                found.setdefault(link.ratio, {}).update(dict.fromkeys(weeks_of(month)))
    return {name: tuple(periods) for name, periods in found.items()}


def _own(link: Link, month: Period) -> Iterable[Period]:
    """Periods of the links G and H, this month and in the two before."""
    if link.rule not in (TargetRule.HISTORY, TargetRule.PRECEDING):
        return
    for back in range(MONTHS):
        span = span_of(link, month.previous(back))
        yield from (span, reference_of(link, span))
