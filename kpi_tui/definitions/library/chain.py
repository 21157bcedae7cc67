"""Chains (指标链): links with an absolute and a ratio side, points and a rule for the next target (R039–R072)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.text import Text

GROWTH = "growth"
"""Key under which the growth baseline of a month is agreed, beside the links' own ids."""


class TargetRule(StrEnum):
    """How the next target of a link follows."""

    NONE = "none"  # no target: analysis only (link A, steps of a funnel)
    GROWTH = "growth"  # target × (1 + g), a chain of targets (R043)
    CONVERSION = "conversion"  # what came and what growth adds, over the target count before (R044–R046)
    HOLD = "hold"  # the rate of this week (R048–R050)
    HISTORY = "history"  # scaled from the same period of history (R054)
    PRECEDING = "preceding"  # scaled from the preceding period (R055)


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a link can handle in a week: `each` × the number of `agents` (a measure; "" = one). R081."""

    each: float
    agents: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One link. `absolute`, `numerator` and `denominator` are measures (else metrics); `ratio` is the metric shown.

    `after`: the link whose target count this one's target rate divides by; `period`: week, month, quarter, year or
    days such as `30d`, for a link with the rule history or preceding; `band`: usual lowest and highest ratio.
    """

    id: str
    name: Text
    rule: TargetRule = TargetRule.NONE
    absolute: str = ""
    ratio: str = ""
    numerator: str = ""
    denominator: str = ""
    after: str = ""
    points: float = 0.0
    period: str = "week"
    owner: str = ""
    on: bool = True
    capacity: Capacity | None = None
    band: tuple[float, float] | None = None
    about: Text = Text()
    place: Place = Place()

    @property
    def counts(self) -> tuple[str, ...]:
        """The base numbers the link is made of, each once."""
        agents = self.capacity.agents if self.capacity else ""
        return tuple(dict.fromkeys(n for n in (self.absolute, self.numerator, self.denominator, agents) if n))

    @property
    def is_scaled(self) -> bool:
        """Whether it compares counts of a period with those of another one (links G and H)."""
        return self.rule in (TargetRule.HISTORY, TargetRule.PRECEDING)

    @property
    def unit(self) -> str:
        """The unit of its actual and target: percent for a rate, count for the growth link and scaled ones."""
        return "percent" if self.denominator and not self.is_scaled else "count"


@dataclass(frozen=True, slots=True)
class Platform:
    """What was decided about a platform near its ceiling (R082, R083): first what holds the present visits, then the
    three kinds of break-through, then whether to move on.
    """

    id: str
    holding: Text = Text()
    breakthrough: Text = Text()  # in one text, or by kind:
    decision: Text = Text()
    traffic_rules: Text = Text()
    data_exchange: Text = Text()
    bd_contacts: Text = Text()

    @property
    def breakthroughs(self) -> Text:
        """All that is said of break-throughs."""
        said = [
            text
            for text in (self.breakthrough, self.traffic_rules, self.data_exchange, self.bd_contacts)
            if text.both()
        ]
        return Text("; ".join(text.get("en") for text in said), "；".join(text.get("zh") for text in said))


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain as its TOML says. `growth` None: the setting growth_baseline; `cap` None: no cap on scores (R071)."""

    id: str
    name: Text
    links: tuple[Link, ...]
    about: Text = Text()
    growth: float | None = None
    interval: int = 1  # months between recalibrations (R064)
    boundary_growth: str = "this_month"  # this_month | next_month (R053)
    score_basis: str = "rates"  # rates | counts (R066)
    cap: float | None = None
    result: str = ""  # the link whose numerator is the end result; "": the last one of the flow
    platforms: tuple[Platform, ...] = ()
    place: Place = Place()

    @property
    def active(self) -> tuple[Link, ...]:
        """The links that are switched on (R041)."""
        return tuple(link for link in self.links if link.on)

    @property
    def scored(self) -> bool:
        """False for a chain that is only looked at: a funnel without targets and points."""
        return any(link.rule is not TargetRule.NONE for link in self.links)

    def link(self, id_: str) -> Link | None:
        """A link by id, whatever its case."""
        return next((link for link in self.links if link.id.casefold() == id_.casefold()), None)

    def flow(self) -> tuple[Link, ...]:
        """The links through which people pass, from the first to the end result."""
        by_id = {link.id: link for link in self.active}
        end = by_id.get(self.result) or next((k for k in reversed(self.active) if k.after in by_id), None)
        path: list[Link] = []
        while end is not None and end not in path:
            path.append(end)
            end = by_id.get(end.after)
        return tuple(reversed(path))
