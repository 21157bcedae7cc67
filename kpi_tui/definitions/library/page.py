"""Pages: what stands together on one, section by section, each of one kind with its options (pages/*.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.library.analysis_parts import (
    CampaignsPart,
    CohortPart,
    ComparePart,
    FestivalPart,
    MovesPart,
    ProjectionPart,
    RulesPart,
    ScoresPart,
    TopPart,
)
from kpi_tui.definitions.text import Text

Limit = float | str
"""A number, or the setting that holds it."""


@dataclass(frozen=True, slots=True)
class MetricsPart:
    """Values of metrics, of the last periods, or by a dimension."""

    metrics: tuple[str, ...]
    by: str = ""
    where: str = ""
    last: int = 1
    lacks: bool = False  # also say which metrics of the page want a table


@dataclass(frozen=True, slots=True)
class DriversPart:
    """What moved a metric or the goal of a tree; `gap`: the goal less the product of its factors."""

    of: str
    method: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class BaselinePart:
    """Metrics against their own past: the mean ± `tolerance`, or the robust band where there is none (R089).

    `market`: also against the first benchmark of each, with what its rate is made of. `cuts`: dimension -> the
    metrics of the section that can be broken down by it.
    """

    metrics: tuple[str, ...]
    tolerance: Limit | None = None
    market: bool = False
    cuts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FunnelPart:
    """A funnel against its own past (R171), or each of the workspace; `by`: for every segment of a dimension."""

    funnel: str = ""
    by: str = ""


ZEROS = ("", "whole", "others")
"""When a segment without rows counts 0: never, where the whole is known, where other segments have rows."""


@dataclass(frozen=True, slots=True)
class PartColumn:
    """A column of a break-down: a metric, a base measure, or a formula over other columns.

    `zero`: when a segment without rows counts 0 (ZEROS). `whole`: of all rows, the same in every line. `signals`: what
    its metric signals stands beside the line.
    """

    id: str
    title: Text = Text()
    short: Text = Text()  # the title where room is dear
    metric: str = ""
    measure: str = ""
    formula: str = ""
    unit: str = "count"
    previous: bool = False  # of the period before
    zero: str = ""  # one of ZEROS
    whole: bool = False
    hidden: bool = False
    signals: bool = False
    reason: bool = False  # JSON also says why there is no number
    csv: str = ""  # header in csv files; default `id`
    place: Place = Place()
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BalanceCheck:
    """Two formulas over the columns of a line that must give the same, and what is said where they do not."""

    id: str
    left: str
    right: str
    says: Text = Text()


@dataclass(frozen=True, slots=True)
class BreakdownPart:
    """A table by a dimension: `segments` come first, also without rows; then the others in the order of the data.

    `names`: segment -> what it is called; `notes`: segment -> what is said of it, under the title `noted`. `most`: rows
    that are shown, the others are counted; 0 = all.
    """

    by: str
    columns: tuple[PartColumn, ...]
    name: str = ""  # of the dimension in JSON and csv; default `by`
    heading: Text = Text()
    where: str = ""
    segments: tuple[str, ...] = ()
    total: bool = True
    known: bool = True  # also rows whose segment is not known
    sort: str = ""  # a column, highest first
    best: str = ""  # a column whose highest line is marked
    balance: BalanceCheck | None = None
    names: Mapping[str, Text] = field(default_factory=dict)
    notes: Mapping[str, Text] = field(default_factory=dict)
    noted: Text = Text()
    most: int = 0


@dataclass(frozen=True, slots=True)
class LayerShare:
    """A layer of contributors: the next `share` of them, highest first; without a share, the rest."""

    id: str
    name: Text
    share: Limit | None = None


@dataclass(frozen=True, slots=True)
class LayersPart:
    """Who contributes how much of a metric, in layers (R099)."""

    metric: str
    by: str
    layers: tuple[LayerShare, ...]
    where: str = ""
    counted: str = "count"  # what the contributors are called in JSON and csv
    heading: Text = Text()


@dataclass(frozen=True, slots=True)
class QuadrantsPart:
    """Segments in four fields: two metrics, each high or low beside the median of all segments."""

    x: str
    y: str
    by: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class FindingRule:
    """A number that speaks for or against: more than `above`, at least `least`, or falling while another holds.

    falling: `metric` fell `periods` times in a row, or is 0, while `against` is not lower by more than `tolerance`.
    `observed`: days of data that are needed before it is judged. `says`: state -> sentence, with {number};
    `because`: none | falling | neither -> why, with {periods}.
    """

    id: str
    metric: str
    says: Mapping[str, Text]
    above: Limit | None = None
    least: Limit | None = None
    against: str = ""
    periods: Limit = 3.0
    tolerance: Limit = 0.1
    observed: Limit | None = None
    because: Mapping[str, Text] = field(default_factory=dict)
    place: Place = Place()
    places: Mapping[str, Place] = field(default_factory=dict)


FINDING_STATES = ("good", "bad", "observing", "unknown")


@dataclass(frozen=True, slots=True)
class FindingsPart:
    """Rules, each said in a sentence."""

    rules: tuple[FindingRule, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage by days since the start: until `until` days; without it, from there on."""

    id: str
    name: Text
    until: Limit | None = None


TEXT_PLACES = ("sheet", "head", "note")
"""Where a text stands: under its title, in the head of the page, or below the section before it."""


@dataclass(frozen=True, slots=True)
class TextPart:
    """Words: a sentence with numbers filled in, a list of things to mind, or both.

    Filled in: {value} of `metric` and the base measures in it (in `units`); {days} since the first data of `since`
    and the {stage} they mean. `numbers`: key in JSON -> what is filled in.
    """

    body: Text = Text()
    items: tuple[Text, ...] = ()
    metric: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    since: str = ""
    stages: tuple[Stage, ...] = ()
    at: str = "sheet"


Part = (
    MetricsPart
    | DriversPart
    | BaselinePart
    | FunnelPart
    | BreakdownPart
    | LayersPart
    | CohortPart
    | MovesPart
    | CampaignsPart
    | ComparePart
    | RulesPart
    | ProjectionPart
    | TopPart
    | ScoresPart
    | FestivalPart
    | QuadrantsPart
    | FindingsPart
    | TextPart
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under its title. `needs`: further metrics it rests on, named where a table is missing."""

    id: str
    kind: str
    title: Text
    part: Part
    needs: tuple[str, ...] = ()
    place: Place = Place()
    places: Mapping[str, Place] = field(default_factory=dict)

    def metrics(self) -> tuple[str, ...]:
        """The metrics named in it, each once, growth forms by their metric."""
        return tuple(dict.fromkeys((*_metrics(self.part), *self.needs)))


def _metrics(part: Part) -> Iterator[str]:
    match part:
        case MetricsPart() | BaselinePart() | CampaignsPart() | ComparePart() | FestivalPart():
            yield from part.metrics
        case BreakdownPart():
            yield from (column.metric for column in part.columns if column.metric)
        case QuadrantsPart():
            yield from (part.x, part.y)
        case FindingsPart():
            for rule in part.rules:
                yield from filter(None, (rule.metric, rule.against))
        case LayersPart() | CohortPart() | MovesPart():
            yield from filter(None, (part.metric,))
        case TextPart():
            yield from filter(None, (part.metric, part.since))


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a workspace; `pack`: it stands in every pack."""

    id: str
    name: Text
    sections: tuple[Section, ...]
    about: Text = Text()
    pack: bool = False
    place: Place = Place()
    places: Mapping[str, Place] = field(default_factory=dict)

    def reminders(self) -> tuple[Text, ...]:
        """Everything its texts ask to mind."""
        return tuple(item for one in self.sections if isinstance(one.part, TextPart) for item in one.part.items)
