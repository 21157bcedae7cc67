"""A chain in one month as screens and commands show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.chain_inputs import Count
from kpi_tui.definitions.answers.value import Reason, Value, first_end
from kpi_tui.definitions.quantity import Quantity

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.baseline import Pace
    from kpi_tui.definitions.library.chain import Chain, Link
    from kpi_tui.definitions.period import Period

NONE = Count(None)


@dataclass(frozen=True, slots=True)
class WeekCell:
    """One link in one week (or in its own longer period): what was wanted, what came.

    `target` is what the score divides by, `uncapped` the same before it was held at 1 (R051). `numerator` and
    `denominator` are the actual counts, `goal` the target count behind `target`. `agreed`: saved, not only derived.
    """

    period: Period
    actual: float | None = None
    target: float | None = None
    uncapped: float | None = None
    goal: float | None = None
    numerator: Count = NONE
    denominator: Count = NONE
    score: float | None = None
    agreed: bool = False
    reason: Reason | None = None
    detail: str = ""
    target_of: str = ""  # the month before, whose rate the target is, where none was agreed for the first week (R052)
    awaits: str = ""  # the period before, whose end its target waits for
    doubts_of_target: tuple[str, ...] = ()  # about the numbers of the earlier period that its target is made of

    @property
    def capped(self) -> bool:
        """True when the rule asks for more than 100 %."""
        return self.uncapped is not None and self.target is not None and self.uncapped > self.target

    @property
    def by_hand(self) -> bool:
        """True when somebody typed one of its numbers."""
        return self.numerator.by_hand or self.denominator.by_hand

    @property
    def partial(self) -> bool:
        """True when the week is not over in the data."""
        return self.numerator.partial or self.denominator.partial

    @property
    def left_out(self) -> dict[str, int]:
        """Table -> rows behind its numbers that could not be read."""
        return {**self.numerator.left_out, **self.denominator.left_out}

    @property
    def notes(self) -> tuple[str, ...]:
        """What else is doubtful about its numbers, in words."""
        return tuple(dict.fromkeys((*self.numerator.notes, *self.denominator.notes, *self.doubts_of_target)))

    @property
    def until(self) -> str:
        """The last day (ISO) that counts, where the week is not over in the data."""
        return first_end((self.numerator.until, self.denominator.until))

    @property
    def known(self) -> bool:
        """True when the week can be scored."""
        return self.actual is not None and self.target is not None

    def is_running(self, as_of: date | None) -> bool:
        """True when the data end inside the cell's period."""
        return self.partial and as_of is not None and self.period.last_day > as_of


def lacking(cells: Iterable[WeekCell]) -> WeekCell | None:
    """The week that says why a link has no score: one whose number is there and its target is not, else the first."""
    unknown = [cell for cell in cells if cell.reason]
    return next((cell for cell in unknown if cell.actual is not None), unknown[0] if unknown else None)


@dataclass(frozen=True, slots=True)
class LinkCard:
    """One link in the month; `attainment` is `actual` ÷ `target`, of the periods `counted`.

    Those are the weeks that are over and known on both sides (the longer period of G and H). `absolute` and `ratio`
    are of the same periods: counts their sum, rates the mean of the weeks; of a link without a denominator `ratio` is
    its metric in the last week that is over (`ratio_of`). `summed`: those periods, also of a link without a target.
    Before the first week is over they are of the month so far (`partial`).
    `gain`: what the end result wins if this link alone comes back (None: no path). `pace`: where the count of the
    period that runs will end, and its target.
    """

    link: Link
    weeks: tuple[WeekCell, ...] = ()
    points: float = 0.0
    score: float | None = None
    attainment: float | None = None
    actual: float | None = None
    target: float | None = None
    absolute: float | None = None
    ratio: float | None = None
    counted: tuple[str, ...] = ()
    summed: tuple[str, ...] = ()  # the periods of `absolute` and `ratio`
    of_span: Count = NONE  # the count behind `absolute`, where it is of one longer period
    ratio_of: str = ""
    unit: str = "count"  # of actual and target
    partial: bool = False
    pace: Pace | None = None
    status: str = "unknown"  # on_target | near | weak | unknown | off | none
    gain: float | None = None
    gain_score: float | None = None
    baseline: float | None = None
    inflow: float | None = None  # people reaching the link per week, against `capacity`
    capacity: float | None = None
    reason: Reason | None = None
    detail: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether something is to be said of the numbers of its row, or of one of its periods where it has none."""
        cells = [cell for cell in self.weeks if cell.period.id in self.summed] or self.weeks
        return any(one.left_out or one.notes for one in (*cells, self.of_span))


@dataclass(frozen=True, slots=True)
class Finding:
    """One conclusion: `code` and `numbers` make its sentence in either language; `rule` is the requirement.

    A number carries its unit; a text among them is an id, a date or a code.
    """

    code: str
    rule: str
    link: str = ""
    owner: str = ""
    numbers: Mapping[str, Quantity | str] = field(default_factory=dict)
    severity: str = "warning"  # warning | advice | good

    @property
    def plain(self) -> dict[str, float | str | None]:
        """The numbers without their units, as JSON prints them."""
        return {name: n.value if isinstance(n, Quantity) else n for name, n in self.numbers.items()}


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in the order of links: what it gains the end result, from which reference, and why it stands there."""

    link: str
    gain: float | None = None
    share: float | None = None  # gain / end result
    gain_score: float | None = None
    attainment: float | None = None
    actual: float | None = None
    reference: float | None = None
    basis: str = ""  # baseline | target
    clear: bool = False  # beyond the usual swing of its weeks, and worth naming
    cause: str = ""  # rate | volume | capacity | padding


@dataclass(frozen=True, slots=True)
class WeakLink:
    """Both orders of the links. `named` is the one to mend first, "" when nothing can be claimed."""

    by_gain: tuple[Rank, ...] = ()
    by_attainment: tuple[str, ...] = ()
    named: str = ""
    cause: str = ""
    result: float | None = None
    result_of: str = ""
    seasonal: bool = False

    @property
    def lowest(self) -> str:
        """The link with the lowest attainment (R077)."""
        return self.by_attainment[0] if self.by_attainment else ""


@dataclass(frozen=True, slots=True)
class NextMonth:
    """What the month-end recalibration gives (R058–R063); `exact` is the baseline before truncation."""

    growth: float
    first_target: float | None
    weeks: tuple[tuple[str, float], ...] = ()
    kept: tuple[float, ...] = ()
    exact: float | None = None
    note: str = ""  # why the baseline stayed: floor | few_weeks | zero_week | interval


@dataclass(frozen=True, slots=True)
class Verdict:
    """ROI of a project at its payback date (R084): reached | missed | projection | unknown.

    `paced`: the last day of the pace of a projection, where that is not the last day of `roi`: a month that runs has
    days already but seldom its profits, and would only thin the pace.
    """

    project: str
    roi: float | None
    target: float | None
    due: str
    verdict: str
    projected: float | None = None
    paced: str = ""


@dataclass(frozen=True, slots=True)
class PlatformWeek:
    """A row of the platform table (R083). `behind`: field -> the value its number is, with its reason and doubts."""

    platform: str
    week: str
    visitors: float | None
    visits: float | None
    market_size: float | None
    saturation: float | None
    behind: Mapping[str, Value] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is doubtful about its numbers, in words."""
        return tuple(dict.fromkeys(note for value in self.behind.values() for note in value.notes))


@dataclass(frozen=True, slots=True)
class BalanceShare:
    """Points on absolute and on ratio links, and what they say together with the findings (R076)."""

    absolute: float
    ratio: float
    verdict: str  # balanced | ratio_only | absolute_only | unbalanced | empty | unknown


@dataclass(frozen=True, slots=True)
class ChainCard:
    """A chain in one month. `possible`: points of the scored links; `reachable`: of all that are on."""

    chain: Chain
    period: Period
    growth: float
    links: tuple[LinkCard, ...]
    total: float | None
    possible: float
    reachable: float
    weak: WeakLink = WeakLink()
    findings: tuple[Finding, ...] = ()
    next: NextMonth | None = None
    verdicts: tuple[Verdict, ...] = ()
    platforms: tuple[PlatformWeek, ...] = ()
    balance: BalanceShare = BalanceShare(0, 0, "empty")

    def link(self, id_: str) -> LinkCard | None:
        """A link of the card by id."""
        return next((card for card in self.links if card.link.id == id_), None)


@dataclass(frozen=True, slots=True)
class Roll:
    """One cell of a roll-over: the value agreed now (None: none) and the one the rules propose, in `unit`."""

    period: str
    key: str
    old: float | None
    new: float
    unit: str
    capped: bool = False  # above 100 %: scores hold it at 1
