"""The week cells of every link in a month: agreed targets, else the ones the rules derive (R043–R057)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kpi_tui.definitions.answers.chain_card import WeekCell
from kpi_tui.definitions.answers.chain_inputs import ChainInputs
from kpi_tui.definitions.answers.value import Reason, not_over, without_comparison
from kpi_tui.definitions.library.chain import Link, TargetRule
from kpi_tui.definitions.library.chain_periods import reference_of, span_of, weeks_of
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.rounding import whole
from kpi_tui.scoring import next_targets
from kpi_tui.scoring.recalibration import growth_of, recalibrate
from kpi_tui.scoring.week_over import is_running

NO_FIRST = say("no first target is agreed for this month: set one, or roll over from the month before")
NOTHING_BEFORE = say("the week before has no number to derive a target from")
NO_TARGET_BEFORE = say("the link before has no target for this week, so none follows for this one")
NO_RATE = say("the month before has no rate to begin with: set the first target")


@dataclass(frozen=True, slots=True)
class WeekTarget:
    """A target of one week: as a rate (a count for the growth link), and the target count behind it."""

    rate: float | None = None
    count: float | None = None
    agreed: bool = False
    reason: Reason | None = None
    detail: str = ""
    of_month: str = ""  # the month whose rate it is, where none was agreed (R052)
    awaits: str = ""  # the period before, which is not over: its days so far give no target
    doubts: tuple[str, ...] = ()  # about the numbers of the period before, where that is of another month


@dataclass(frozen=True, slots=True)
class Frame:
    """A month being worked out. `targets` remembers the targets of links already asked for."""

    inputs: ChainInputs
    month: Period
    weeks: tuple[Period, ...]
    growth: float
    as_of: date | None = None
    targets: dict[str, tuple[WeekTarget, ...]] = field(default_factory=dict)


def month_cells(inputs: ChainInputs, month: Period, as_of: date | None = None) -> Mapping[str, tuple[WeekCell, ...]]:
    """Link id -> its cells: one per week, or one for the longer period of G and H. `as_of`: where the data end."""
    frame = Frame(inputs, month, weeks_of(month), growth_of(inputs, month), as_of)
    return {link.id: _cells(frame, link) for link in inputs.chain.links}


def _cells(frame: Frame, link: Link) -> tuple[WeekCell, ...]:
    if link.rule in (TargetRule.HISTORY, TargetRule.PRECEDING):
        return (_scaled(frame, link),)
    return tuple(_cell(frame, link, number) for number in range(len(frame.weeks)))


def _cell(frame: Frame, link: Link, number: int) -> WeekCell:
    aim, week = week_targets(frame, link)[number], frame.weeks[number].id
    numerator = frame.inputs.count(link.numerator or link.absolute, week)
    denominator = frame.inputs.count(link.denominator, week)
    actual = frame.inputs.rate(link, week)
    target = None if aim.rate is None else _held_at_one(frame, link, number, aim.rate)
    cell = WeekCell(frame.weeks[number], actual, target, aim.rate, aim.count, numerator, denominator, None, aim.agreed)
    cell = replace(cell, target_of=aim.of_month, awaits=aim.awaits, doubts_of_target=aim.doubts)
    if actual is None:
        lacking = numerator if numerator.value is None or not link.denominator else denominator
        return replace(cell, reason=lacking.reason or Reason.ZERO_DENOMINATOR, detail=lacking.detail)
    return cell if target is not None else replace(cell, reason=aim.reason, detail=aim.detail)


def _held_at_one(frame: Frame, link: Link, number: int, aim: float) -> float:
    """A share of people cannot exceed 1, though its rule may ask for it; a rate that really does is left (R051)."""
    if link.rule is not TargetRule.CONVERSION or aim <= 1:
        return aim
    before = frame.inputs.rate(link, _before(frame, number).id)
    return aim if before is not None and before > 1 else 1.0


def week_targets(frame: Frame, link: Link) -> tuple[WeekTarget, ...]:
    """The targets of a link, week by week (the loader lets `after` name earlier links only, so this ends)."""
    if link.id not in frame.targets:
        if link.rule is TargetRule.GROWTH:
            frame.targets[link.id] = _growth_targets(frame, link)
        else:
            frame.targets[link.id] = tuple(_rate_target(frame, link, number) for number in range(len(frame.weeks)))
    return frame.targets[link.id]


def _growth_targets(frame: Frame, link: Link) -> tuple[WeekTarget, ...]:
    found: list[WeekTarget] = []
    exact: float | None = None
    for number, week in enumerate(frame.weeks):
        exact = next_targets.grown(exact, frame.growth) if exact is not None else _recalibrated(frame, link, number)
        agreed = frame.inputs.agreed.get((week.id, link.id))
        if agreed is not None:
            exact = next_targets.continued(exact, agreed)
            found.append(WeekTarget(agreed, agreed, agreed=True))
        elif exact is None or not found:
            exact = None
            found.append(WeekTarget(reason=Reason.NOT_APPLICABLE, detail=NO_FIRST))
        else:
            found.append(WeekTarget(whole(exact), whole(exact)))
    return tuple(found)


def _recalibrated(frame: Frame, link: Link, number: int) -> float | None:
    """The first target of the month before it was rounded, as the weeks of the month before give it (R058).

    What was agreed stands unless it is the rounding of this; nothing follows from it without an agreed target.
    """
    month = frame.month.previous()
    if number or month.month_number % frame.inputs.chain.interval:
        return None
    counts = [frame.inputs.count(link.numerator or link.absolute, week.id) for week in weeks_of(month)]
    known = [count.value for count in counts if count.value is not None and not count.partial]
    new = recalibrate(known, growth_of(frame.inputs, month), None)
    return new.unrounded if new.growth == frame.growth else None


def _rate_target(frame: Frame, link: Link, number: int) -> WeekTarget:
    if link.rule is TargetRule.NONE:
        return WeekTarget(reason=Reason.NOT_APPLICABLE, detail=say("this link has no target"))
    agreed = frame.inputs.agreed.get((frame.weeks[number].id, link.id))
    if agreed is None and (number or _runs_before(frame)):
        return _derived(frame, link, number)
    month = frame.month.previous().id
    first = agreed if agreed is not None else frame.inputs.rate(link, month)
    if first is None:  # R052: by hand, else the rate of the month before
        return WeekTarget(reason=Reason.NOT_APPLICABLE, detail=NO_RATE)
    if agreed is None and is_running(frame.inputs, link, frame.month.previous(), frame.as_of):
        return _awaiting(frame, month)
    base = _base(frame, link, number)
    goal = None if base is None else first * base
    if agreed is not None:
        return WeekTarget(first, goal, agreed=True)
    doubts = _doubts(frame, (link.numerator or link.absolute, link.denominator), frame.month.previous())
    return WeekTarget(first, goal, of_month=month, doubts=doubts)


def _derived(frame: Frame, link: Link, number: int) -> WeekTarget:
    """The target the rule makes of the week before."""
    inputs, before = frame.inputs, _before(frame, number).id
    numerator, denominator = (inputs.count(name, before).value for name in (link.numerator, link.denominator))
    if numerator is None or denominator is None:
        return WeekTarget(reason=Reason.NOT_APPLICABLE, detail=NOTHING_BEFORE)
    if is_running(inputs, link, _before(frame, number), frame.as_of):
        return _awaiting(frame, before)
    growth = _growth_at(frame, number)
    if link.rule is TargetRule.HOLD:
        goal = next_targets.hold(numerator, denominator, growth)
    else:
        extra, base = _extra(frame, link, before, growth), _base(frame, link, number)
        if extra is None or base is None:
            detail = NO_TARGET_BEFORE if base is None else NOTHING_BEFORE
            return WeekTarget(reason=Reason.NOT_APPLICABLE, detail=detail)
        goal = next_targets.conversion(numerator, extra, base)
    if goal is None:
        detail = say("the week before, or the target of the link before, is 0")
        return WeekTarget(reason=Reason.NOT_APPLICABLE, detail=detail)
    doubts = () if number else _doubts(frame, (link.numerator, link.denominator), _before(frame, number))
    return WeekTarget(goal.rate, goal.count, doubts=doubts)


def _doubts(frame: Frame, names: Iterable[str], period: Period) -> tuple[str, ...]:
    """What is doubtful about the numbers of a period that a target is made of."""
    counts = (frame.inputs.count(name, period.id) for name in names)
    notes = dict.fromkeys(note for count in counts for note in count.notes)
    return tuple(say("{period}, which the target is made of: {note}", period=period.said, note=note) for note in notes)


def _awaiting(frame: Frame, period: str) -> WeekTarget:
    """No target yet: some of the days of a period are no rate to hold or to grow (R044–R052)."""
    return WeekTarget(reason=Reason.PENDING, detail=not_over(period, str(frame.as_of or "")), awaits=period)


def _extra(frame: Frame, link: Link, week: str, growth: float) -> float | None:
    """What the growth of the first link adds to this one: N·g, times every rate on the way (R044, R046)."""
    if link.rule is TargetRule.GROWTH:
        count = frame.inputs.rate(link, week)
        return None if count is None else count * growth
    before = frame.inputs.chain.link(link.after) if link.after else None
    extra = _extra(frame, before, week, growth) if before else None
    own = frame.inputs.rate(link, week)
    return None if extra is None or own is None else extra * own


def _base(frame: Frame, link: Link, number: int) -> float | None:
    """What the target rate of a week refers to: the target count of the link before, else the people who came."""
    if link.rule is TargetRule.CONVERSION:
        before = frame.inputs.chain.link(link.after) if link.after else None
        known = week_targets(frame, before) if before else ()
        return known[number].count if number < len(known) else None
    return frame.inputs.count(link.denominator, frame.weeks[number].id).value


def _before(frame: Frame, number: int) -> Period:
    return frame.weeks[number].previous()


def _growth_at(frame: Frame, number: int) -> float:
    """The g of a roll-over into week `number`; at the turn of the month a setting decides (R053)."""
    if number or frame.inputs.chain.boundary_growth == "next_month":
        return frame.growth
    return growth_of(frame.inputs, frame.month.previous())


def _runs_before(frame: Frame) -> bool:
    """True when the chain had targets in the month before, so that its last week has a successor."""
    weeks = {week.id for week in weeks_of(frame.month.previous())}
    return any(period in weeks for period, _ in frame.inputs.agreed)


def _scaled(frame: Frame, link: Link) -> WeekCell:
    """Links G and H: this period against one scaled from history (R054, R055)."""
    span = span_of(link, frame.month)
    then = reference_of(link, span)
    numerator, denominator = (frame.inputs.count(name, span.id) for name in (link.numerator, link.denominator))
    past = [frame.inputs.count(name, then.id) for name in (link.numerator, link.denominator)]
    cell = WeekCell(span, numerator.value, numerator=numerator, denominator=denominator)
    lacking = next((count for count in (numerator, denominator, *past) if count.value is None), None)
    if lacking is not None:
        detail = lacking.detail
        if numerator.value is not None and denominator.value is not None:
            detail = without_comparison(then, detail)
        return replace(cell, reason=lacking.reason, detail=detail)
    goal = next_targets.expected(denominator.value or 0.0, past[1].value or 0.0, past[0].value or 0.0)
    agreed = frame.inputs.agreed.get((span.id, link.id))
    if not goal and agreed is None:
        return replace(cell, reason=Reason.NOT_APPLICABLE, detail=say("{link} has nothing to scale from", link=then.id))
    if agreed is not None:
        return replace(cell, target=agreed, uncapped=agreed, goal=agreed, agreed=True)
    doubts = _doubts(frame, (link.numerator, link.denominator), then)
    return replace(cell, target=goal, uncapped=goal, goal=goal, doubts_of_target=doubts)
