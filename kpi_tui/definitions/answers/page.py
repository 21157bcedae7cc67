"""A page read in a period: the answer of every section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.analyses.campaigns import Campaigns
from kpi_tui.definitions.answers.analyses.festivals import FestivalCalendar, FestivalYears
from kpi_tui.definitions.answers.analyses.moves import Moves
from kpi_tui.definitions.answers.basket import RuleList, TopList
from kpi_tui.definitions.answers.cohort import CohortTable
from kpi_tui.definitions.answers.funnel import FunnelParts, FunnelView
from kpi_tui.definitions.answers.projection import Projection

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.analyses.comparison import Comparison
    from kpi_tui.definitions.answers.baseline import Baseline
    from kpi_tui.definitions.answers.drivers import Drivers
    from kpi_tui.definitions.answers.score import RolledUp, Scorecard
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.library.metric import Benchmark
    from kpi_tui.definitions.library.page import Page, Section
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.quantity import Quantity
    from kpi_tui.definitions.text import Text
    from kpi_tui.definitions.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MetricsFound:
    """Values per metric, period and segment (the total first)."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ScoresFound:
    """A scorecard per role, or per person; roles scored by the values of a column, or teams, with their parts."""

    cards: tuple[Scorecard, ...]
    wholes: tuple[RolledUp, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparisonsFound:
    """A comparison per metric."""

    rows: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class DriversFound:
    """What moved the number; `gap` = the number less the product of its factors, None where it is not known."""

    drivers: Drivers
    gap: float | None = None


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """A metric against its own past (R089) and the market (R092); a rate of two measures with both of them."""

    metric: str
    usual: Baseline
    benchmark: Benchmark | None = None
    band: str | None = None  # inside | above | below the benchmark; None when unknown
    entered: float | None = None
    converted: float | None = None
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BaselinesFound:
    """A row per metric."""

    rows: tuple[BaselineRow, ...]


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """A segment (None = all of them) with a value per column; `best` marks the highest, `balances` the checked."""

    segment: str | None
    cells: Mapping[str, Value]
    best: bool = False
    balances: bool | None = None  # None: not known, or not checked
    signals: tuple[Text, ...] = ()
    paths: tuple[tuple[Value, ...], ...] = ()  # per signal the values that rise or fall, oldest first


@dataclass(frozen=True, slots=True)
class BreakdownFound:
    """The rows of a break-down; `more`: how many segments are not shown; `without`: why no column has a number.

    `nothing`: how many segments of a long list are left out as all their numbers are 0.
    """

    rows: tuple[BreakdownRow, ...]
    more: int = 0
    without: Value | None = None
    nothing: int = 0


@dataclass(frozen=True, slots=True)
class ContributionLayer:
    """Contributors of one layer: how many, what they gave together, their share of all."""

    layer: str
    count: int
    amount: float
    share: float | None

    @property
    def mean(self) -> float | None:
        """Contribution of each."""
        return self.amount / self.count if self.count else None


@dataclass(frozen=True, slots=True)
class LayersFound:
    """The layers, highest first; none where nobody contributed. `unit` of the amounts."""

    rows: tuple[ContributionLayer, ...]
    unit: str
    whole: Value | None = None  # what was laid in layers


@dataclass(frozen=True, slots=True)
class QuadrantRow:
    """A segment and the field it lies in; a value at the median counts as high."""

    segment: str
    x: Value
    y: Value
    high_x: bool | None = None
    high_y: bool | None = None


@dataclass(frozen=True, slots=True)
class QuadrantsFound:
    """The segments, and the two medians that part the fields."""

    rows: tuple[QuadrantRow, ...]
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """A rule applied. `state`: good, bad, observing or unknown; `numbers` are what it rests on, its metric first."""

    rule: str
    state: str
    numbers: Mapping[str, Quantity]
    cause: str = ""  # none | falling | neither: which sentence of the rule says why
    detail: str = ""
    periods: int = 0  # looked at, for a rule that looks back
    of: Value | None = None  # its metric's value, with whatever is to be said of it


@dataclass(frozen=True, slots=True)
class FindingsFound:
    """An assessment per rule."""

    rows: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True)
class TextFound:
    """What is filled into a text: name -> number, the days since the start, and the stage they mean."""

    value: Value | None = None
    days: int | None = None
    stage: str = ""


Found = (
    MetricsFound
    | DriversFound
    | BaselinesFound
    | FunnelView
    | FunnelParts
    | BreakdownFound
    | LayersFound
    | CohortTable
    | RuleList
    | Projection
    | TopList
    | Moves
    | Campaigns
    | ComparisonsFound
    | ScoresFound
    | FestivalYears
    | FestivalCalendar
    | QuadrantsFound
    | FindingsFound
    | TextFound
)


@dataclass(frozen=True, slots=True)
class SectionAnswer:
    """A section and what was found for it; without an answer, why."""

    section: Section
    found: Found | None
    lack: str = ""


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """A page in a period; `missing`: metric -> the table or column it wants.

    `beside`: of a board, those of other workspaces that stand below it.
    """

    page: Page
    period: Period
    sections: tuple[SectionAnswer, ...]
    missing: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[tuple[PageAnswer, Workspace], ...] = ()

    def section(self, id_: str) -> SectionAnswer | None:
        """The section of that id."""
        return next((one for one in self.sections if one.section.id == id_), None)
