"""Days beside those of last year: of the same festival, or the same weekdays (364 days before)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.analyses.festivals import (
    FestivalCalendar,
    FestivalDates,
    FestivalYears,
    MetricYears,
    YearPair,
)
from kpi_tui.definitions.answers.value import Value, missing_together, resting_on
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.library.analysis_parts import DATES, FestivalPart
from kpi_tui.definitions.library.festival import WEEKDAY, YEAR_OF_WEEKS, Festival
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Kind, Rollup
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.definitions.period import Grain, Period

if TYPE_CHECKING:
    from kpi_tui.book.library import Library
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.numbers import Numbers

BY_DAY = 31
"""Up to so many days a period is laid out by day, a longer one by week."""


class Festivals:
    """Compares days with those of last year."""

    def __init__(self, workspace: Workspace, library: Library, numbers: MetricNumbers, engine: Numbers) -> None:
        self._workspace = workspace
        self._library = library
        self._numbers = numbers
        self._engine = engine

    # --- dates ------------------------------------------------------------------------------
    def dates(self, year: int) -> FestivalCalendar:
        """When every festival of the workspace is, in a year and the one before."""
        rows = [self._dates_of(one, year) for one in self._workspace.festivals.values()]
        return FestivalCalendar(tuple(sorted(rows, key=lambda row: row.day or date.max)))

    def _dates_of(self, one: Festival, year: int) -> FestivalDates:
        now, before = (one.span_in(when, self._workspace.calendar) for when in (year, year - 1))
        return FestivalDates(one.id, year, one.day_in(year), now, one.day_in(year - 1), before)

    def in_period(self, period: Period, only: str = "") -> tuple[str, int]:
        """The festival with most days in a period and its year; else the last one before. UsageError without any.

        `only`: of this festival alone.
        """
        found = [
            (self._shared(span, period), span.start, one.id, year)
            for one in self._workspace.festivals.values()
            if only in ("", one.id)
            for year in range(period.start.year - 1, period.last_day.year + 2)
            if (span := one.span_in(year)) and span.start < period.end
        ]
        if not found:
            raise UsageError(say("no festival of festivals.toml has begun by {day}", day=period.last_day))
        _days, _start, festival, year = max(found)
        return festival, year

    @staticmethod
    def _shared(span: Period, period: Period) -> int:
        return max(0, (min(span.end, period.end) - max(span.start, period.start)).days)

    # --- comparisons ------------------------------------------------------------------------
    def of(
        self, festival: str, metrics: Sequence[str], year: int | None = None, *, progress: Progress | None = None
    ) -> FestivalYears:
        """Day n of a festival beside day n of the year before; without a year: of the last one that has begun.

        UsageError on an unknown festival or metric, and where its day in that year is not known.
        """
        known = self._workspace.festivals
        if festival not in known:
            hint = did_you_mean(festival, known, say("known: {names}", names=listed(known) or say("none")))
            raise UsageError(say("there is no festival {festival!r}; {hint}", festival=festival, hint=hint))
        found = known[festival]
        until = self._engine.as_of()
        chosen = (found.latest(until) or until.year) if year is None else year
        now = found.span_in(chosen, self._workspace.calendar)
        if now is None:
            raise UsageError(_not_listed(found, chosen))
        before = found.span_in(chosen - 1, self._workspace.calendar)
        lack = "" if before else _not_listed(found, chosen - 1)
        days = [list(_days(span)) for span in (now, before) if span]
        rows = tuple(self._row(metric, days[0], days[1] if before else None, progress) for metric in metrics)
        return FestivalYears(festival, now, before, rows, lack)

    def weekdays(self, metrics: Sequence[str], period: Period, *, progress: Progress | None = None) -> FestivalYears:
        """Every day of a period (its weeks, where it is longer than a month) beside the one 364 days before."""
        parts = list(_days(period) if period.days <= BY_DAY else period.split(Grain.WEEK))
        before = replace(period, start=period.start - YEAR_OF_WEEKS, end=period.end - YEAR_OF_WEEKS, grain=Grain.SPAN)
        rows = tuple(self._row(metric, parts, [_a_year_of_weeks_before(part) for part in parts], progress)
                     for metric in metrics)  # fmt: skip
        return FestivalYears(WEEKDAY, period, before, rows)

    def section(
        self, part: FestivalPart, period: Period, *, progress: Progress | None = None
    ) -> FestivalYears | FestivalCalendar:
        """What a section of a page asks for, in the period of the page."""
        if part.of == DATES:
            return self.dates(period.last_day.year)
        if part.of == WEEKDAY:
            return self.weekdays(part.metrics, period, progress=progress)
        festival, year = self.in_period(period, part.of)
        return self.of(festival, part.metrics, year, progress=progress)

    # --- one metric -------------------------------------------------------------------------
    def _row(
        self, metric: str, now: Sequence[Period], before: Sequence[Period] | None, progress: Progress | None
    ) -> MetricYears:
        """`before`: as many days (or weeks) as `now`; the week that runs is cut on both sides."""
        adds_up, until = self._adds_up(metric), self._until(metric)
        done = [part.days_until(until) for part in now]
        values = self._values(metric, [_cut(*one) for one in zip(now, done, strict=True)], progress)
        earlier: list[Value | None] = [None] * len(now)
        if before:
            earlier = [*self._values(metric, [_cut(*one) for one in zip(before, done, strict=True)], progress)]
        pairs = tuple(
            YearPair(number, one, other, one.period.start > until)
            for number, (one, other) in enumerate(zip(values, earlier, strict=True), 1)
        )
        over = [pair for pair in pairs if not pair.to_come]
        if over and not adds_up and self._counts_once(metric):
            total = YearPair(len(over), *self._over_all(metric, over, progress))
            return MetricYears(metric, values[0].unit, pairs, total, say("who comes on several days counts once"))
        if not adds_up:
            return MetricYears(metric, values[0].unit, pairs, None, say("it does not add up over days"))
        return MetricYears(metric, values[0].unit, pairs, _total(over) if over else None)

    def _values(self, metric: str, parts: Sequence[Period], progress: Progress | None) -> list[Value]:
        """The values of periods that follow each other; a week that was cut is asked for by itself."""
        runs = [list(run) for _grain, run in groupby(parts, key=lambda part: part.grain)]
        ask = self._numbers.values
        return [value for run in runs for value in ask([metric], run[-1], last=len(run), progress=progress)]

    def _until(self, metric: str) -> date:
        """The last day that counts: the as-of day, or an earlier one with which the data of the metric end."""
        as_of = self._engine.as_of()
        try:
            covered = None if self._library.error_of(metric) else self._engine.covered(metric)
        except TableError:
            return as_of
        return min(as_of, covered[1]) if covered else as_of

    def _over_all(self, metric: str, over: Sequence[YearPair], progress: Progress | None) -> tuple[Value, Value | None]:
        """The number of all days done as one span, and of as many last year."""
        sides = ([pair.now for pair in over], [pair.before for pair in over if pair.before is not None])
        spans = [_from_to(side) if len(side) == len(over) else None for side in sides]
        now, before = (self._numbers.values([metric], one, progress=progress)[0] if one else None for one in spans)
        assert now is not None
        return now, before

    def _counts_once(self, metric: str) -> bool:
        """Whether it counts things that can come on several days, and can be counted over any span."""
        known = (
            None if self._library.error_of(metric) or metric.endswith(GROWTH_SUFFIX) else self._library.metric(metric)
        )
        if known is None or known.kind is not Kind.ABSOLUTE or known.rollup is not Rollup.RECOMPUTE:
            return False
        return self._numbers.counts_distinct(metric)

    def _adds_up(self, metric: str) -> bool:
        """Whether its days sum to their span. UsageError on an unknown metric."""
        if self._library.error_of(metric):
            return False
        definition = self._library.metric(metric)
        return not metric.endswith(GROWTH_SUFFIX) and self._numbers.adds_up(definition)


def _cut(part: Period, done: int) -> Period:
    """The days of it that are done, where it runs; else all of it."""
    return part.span(part.start, part.start + timedelta(days=done)) if 0 < done < part.days else part


def _days(span: Period) -> Iterator[Period]:
    """Its days."""
    return span.split(Grain.DAY)


def _a_year_of_weeks_before(part: Period) -> Period:
    return replace(part, start=part.start - YEAR_OF_WEEKS, end=part.end - YEAR_OF_WEEKS)


def _not_listed(festival: Festival, year: int) -> str:
    return say(
        "the day of {festival} in {year} is not listed: write it into days of [festivals.{festival}]",
        festival=festival.id,
        year=year,
    )


def _from_to(days: Sequence[Value]) -> Period:
    return days[0].period.span(days[0].period.start, days[-1].period.end)


def _total(done: Sequence[YearPair]) -> YearPair:
    """All of them together."""
    earlier = [pair.before for pair in done if pair.before is not None]
    before = _sum(earlier) if len(earlier) == len(done) else None
    return YearPair(len(done), _sum([pair.now for pair in done]), before)


def _sum(days: Sequence[Value]) -> Value:
    """Their sum over the span from the first to the last; none where one of them is not known."""
    first, last = days[0].period, days[-1].period
    span = first.span(first.start, last.end)
    blank = Value(days[0].metric, span, None, unit=days[0].unit)
    lacking = next((day for day in days if day.value is None), None)
    if lacking is not None:
        detail = say("{period} is not known: {detail}", period=lacking.period.said, detail=lacking.detail)
        return replace(blank, reason=lacking.reason, detail=detail)
    found = resting_on(replace(blank, value=math.fsum(day.value or 0.0 for day in days)), days)
    return replace(found, notes=tuple(missing_together((note for day in days for note in day.notes), span.days)))
