"""Which periods are computed to read a metric at a period, and how they become one value (R004)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kpi_tui.definitions.answers.value import (
    Number,
    Reason,
    Value,
    first_end,
    missing_together,
    unfinished,
    without_comparison,
)
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Kind, Metric, Rollup
from kpi_tui.definitions.message import say, several
from kpi_tui.definitions.period import GRAINS, Period
from kpi_tui.engine import formula
from kpi_tui.engine.days.days_covered import Span


@dataclass(frozen=True)
class RollupPlan:
    """The periods to compute, and how they become one value."""

    parts: tuple[Period, ...]
    how: Rollup
    left_out: bool = False  # parts of the period were left out: before the data begin, or not over yet
    late: bool = False  # only those before the data begin
    until: str = ""  # the last day (ISO) of the parts that count, where later ones were left out
    since: str = ""  # the first one, where earlier ones were

    @property
    def notes(self) -> tuple[str, ...]:
        """That days are left out of whose absence no mark tells."""
        if not (self.since and self.until):
            return ()
        return (say("it is of the days from {day} on: the data begin later than the period", day=self.since),)

    def without_rows(self, value: Value) -> Value:
        """A value that has no number for want of rows, with which days that is said of."""
        if not self.since or value.reason not in (Reason.ZERO_DENOMINATOR, Reason.NO_ROWS):
            return value
        detail = say(
            "{why}, of the days from {day} on: the data begin later than the period", why=value.detail, day=self.since
        )
        return replace(value, detail=detail)

    @property
    def is_direct(self) -> bool:
        """One number, computed for the one part as it stands."""
        return self.how in (Rollup.RECOMPUTE, Rollup.LAST)


def plan(metric: Metric, period: Period, span: Span | None, *, any_span: bool = False) -> RollupPlan | None:
    """How to read `metric` at `period`; None when the period is shorter than the metric's grain.

    With `any_span` a shorter span is read as one period of its own: a campaign's life is its grain (R146).
    """
    if not period.holds(metric.grain):
        return RollupPlan((period,), Rollup.RECOMPUTE) if any_span and period.grain.is_span else None
    if metric.rollup is Rollup.RECOMPUTE or period.grain is metric.grain:
        return RollupPlan((period,), Rollup.RECOMPUTE)
    if metric.rollup is Rollup.LAST:
        return _last(metric, period, span)
    return _within(list(period.split(metric.grain)), metric.rollup, span)


def _last(metric: Metric, period: Period, span: Span | None) -> RollupPlan:
    """The value at the end: the period itself when it is one of the metric's grains, else its last part."""
    if period.grain in metric.grains or period.grain.is_span:
        return RollupPlan((period,), Rollup.LAST)
    longest = max((metric.grain, *metric.grains), key=GRAINS.index)
    parts = list(period.split(longest))
    begun = [part for part in parts if span is None or part.start <= span.last]
    return RollupPlan(((begun or parts)[-1],), Rollup.LAST)


def _within(parts: list[Period], how: Rollup, span: Span | None) -> RollupPlan:
    """The parts the data covers wholly; the ones it covers partly when there is no other."""
    if span is None:
        return RollupPlan(tuple(parts), how)
    whole = [part for part in parts if part.start >= span.first and part.last_day <= span.closed]
    touched = [part for part in parts if part.last_day >= span.first and part.start <= span.last]
    some = bool(whole) and len(whole) < len(parts)
    late = some and parts[-1].last_day <= span.closed
    until = whole[-1].last_day.isoformat() if some and not late else ""
    since = whole[0].start.isoformat() if some and whole[0] is not parts[0] else ""
    return RollupPlan(tuple(whole or touched or parts), how, some, late, until, since)


def total(numbers: Sequence[Number]) -> Number:
    """The sum, or the gravest reason of its parts."""
    unknown = [number for number in numbers if number.value is None]
    if unknown:
        gravest = min(reversed(unknown), key=lambda number: list(Reason).index(number.reason or Reason.ERROR))
        first = next(number for number in unknown if number.reason is gravest.reason)
        if gravest.reason is not Reason.NO_DATA or first.detail in gravest.detail:
            return gravest
        return replace(gravest, detail=several((first.detail, gravest.detail)))  # not the same table at both ends
    if len(numbers) == 1:
        return numbers[0]
    values = [number.value for number in numbers if number.value is not None]
    return Number(sum(values) if all(isinstance(v, int) for v in values) else math.fsum(values))


def mean(values: Sequence[Value], on_rows: Iterable[str], blank: Value, plan: RollupPlan) -> Value:
    """The mean of the grain values that are known (R004); the first reason when none is.

    `on_rows`: what is said of the rows of all of them together.
    """
    known = [value.value for value in values if value.value is not None]
    if not known:
        told = values[0]
        return replace(blank, reason=told.reason, detail=told.detail, left_out=told.left_out, asked_of=told.asked_of)
    partial = [value for value in values if value.partial]
    lacking = lacking_parts(values)
    notes = (*plan.notes, *(note for value in values for note in value.notes), *on_rows)
    return replace(
        blank,
        value=math.fsum(known) / len(known),
        partial=plan.left_out or bool(partial),
        late=(plan.late or (not plan.left_out and bool(partial))) and all(value.late for value in partial),
        left_out=values[0].left_out,
        notes=tuple(missing_together((note for note in (*notes, lacking) if note), blank.period.days)),
        measures={"periods": len(known)},
        asked_of=values[0].asked_of,
        until=first_end((plan.until, *(value.until for value in partial))),
    )


def lacking_parts(values: Sequence[Value], *more: Reason) -> str:
    """That some of the values of a mean have no number, and why; "" where none should have one. `more`: other reasons
    that are told."""
    told = (Reason.UNKNOWN, Reason.ERROR, Reason.NO_DATA, *more)
    refused = [value for value in values if value.reason in told]
    if not refused:
        return ""
    return say(
        "{count} of {parts} periods have no number, and the mean is of the others: {why}",
        count=len(refused),
        parts=len(values),
        why=refused[0].detail,
    )


def growth(metric: Metric, now: Value, before: Value) -> Value:
    """The relative-growth form of an absolute metric, from its values of a period and the one before (R005)."""
    blank = Value(f"{metric.id}{GROWTH_SUFFIX}", now.period, None, segment=now.segment, unit="percent")
    if metric.kind is not Kind.ABSOLUTE:
        return replace(blank, reason=Reason.NOT_APPLICABLE, detail=say("only absolute metrics have a growth form"))
    if now.partial or before.partial:
        begun = next((value for value in (now, before) if value.partial and not value.late), None)
        compared = say("a period that is not complete is not compared")
        why = say("{said}; {compared}", said=unfinished(begun), compared=compared) if begun else ""
        return replace(blank, reason=Reason.PENDING, detail=why or compared)
    detail = before.detail
    if now.value is not None and before.value is None:
        detail = without_comparison(before.period, detail)
    known = {
        "now": Number(now.value, now.reason, now.detail),
        "before": Number(before.value, before.reason, detail),
    }
    number = formula.evaluate("now / before - 1", known)
    shown = {metric.id: now.value, f"{metric.id}_prev": before.value}
    notes = _of_two(before, now) if number.value is not None else ()
    blank = replace(
        blank, measures=shown, left_out={**before.left_out, **now.left_out}, notes=notes, asked_of=now.asked_of
    )
    return replace(blank, value=number.value, reason=number.reason, detail=number.detail)


def _of_two(before: Value, now: Value) -> tuple[str, ...]:
    """The notes of two periods: what is said of both once, what is of one alone with its name."""
    both = [note for note in now.notes if note in before.notes]
    own = (
        say("{period}: {note}", period=value.period.said, note=note)
        for value in (before, now)
        for note in value.notes
        if note not in both
    )
    return tuple(dict.fromkeys((*own, *both)))
