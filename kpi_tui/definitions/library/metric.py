"""Facts, measures, metrics and categories: the library as data (R006)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.procedure import OptionValue
from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.text import Text


class Window(StrEnum):
    """Which days feed a period's number (R004)."""

    PERIOD = "period"
    PREVIOUS_PERIOD = "previous_period"
    SAME_PERIOD_LAST_YEAR = "same_period_last_year"
    AS_OF_END = "as_of_end"  # state at the period end: rows before it
    TO_DATE = "to_date"  # every row before the period end
    BEFORE_PERIOD = "before_period"  # every row before the period start
    COHORT = "cohort"  # the period, known only `mature` days after its end
    TRAILING = "trailing"  # the `days` days before the period end
    ALL = "all"


class Kind(StrEnum):
    """Absolute (绝对值) or ratio (比率): a scorecard wants both (R073, R074)."""

    ABSOLUTE = "absolute"
    RATIO = "ratio"


class Better(StrEnum):
    """Which direction is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Rollup(StrEnum):
    """How a metric is read at a longer period than its grain (R004)."""

    RECOMPUTE = "recompute"
    MEAN = "mean"
    POOLED = "pooled"
    LAST = "last"


ANY_COLUMN = "*"
"""Stands for every column of a fact in its `looks_back`."""
EVERY_DAY = "all"
"""How far back of a period a column of a fact rests that counts from the beginning on."""


@dataclass(frozen=True, slots=True)
class FactPart:
    """A fact that another is the union of; `rows`: what its rows have in columns that are known without computing."""

    fact: str
    rows: tuple[Mapping[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A derived table: SQL over prepared tables and other facts.

    A fact that reads the relation `periods` (period, period_start, period_end, prev_start) or
    `period_days` (period, back, day) is computed per period and has a column `period`.
    `:name` in the SQL stands for a setting. `sql` is the variant that the setting `chosen_by` names, when
    there are variants; `procedure` is run on the rows of the SQL.
    """

    id: str
    sql: str
    name: Text = Text()
    about: Text = Text()
    time: str = ""
    key: tuple[str, ...] = ()
    procedure: str = ""
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    chosen_by: str = ""
    variants: Mapping[str, str] = field(default_factory=dict)
    dimension: bool = False  # its columns break down every fact that has its key
    history: tuple[str, ...] = ()  # columns that say what somebody did for the first time: all that came before counts
    looks_back: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Column ("*": any) -> how far back of a period it rests: a number of periods, the present one among them, or
    settings that hold one, or days (`…_days`), or days (`1d`), or all of them (`all`)."""
    optional: tuple[
        str, ...
    ] = ()  # raw tables it can do without: where one is not mapped, it is empty; of several, one must be there
    without: Mapping[str, Text] = field(default_factory=dict)
    """Such a table -> what a number lacks where it is not mapped, said at every value of the fact."""
    parts: tuple[FactPart, ...] = ()  # of a union: each is read by itself, so that one without data spoils no other
    funnel: str = ""  # the funnel it is made of
    called: Mapping[str, Text] = field(default_factory=dict)  # column it makes -> what people call it
    words: Mapping[str, Mapping[str, Text]] = field(
        default_factory=dict
    )  # such a column -> its words -> what people say
    place: Place = Place()

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything of it that may name a setting."""
        options = (value for value in self.options.values() if isinstance(value, str))
        return self.sql, *options, f":{self.chosen_by}" if self.chosen_by else ""


@dataclass(frozen=True, slots=True)
class Provisional:
    """Rows of a measure that are not final: a condition, the column with the day on which each will be, and why."""

    where: str
    until: str = ""
    says: Text = Text()


@dataclass(frozen=True, slots=True)
class Apart:
    """Rows of the same time that a measure and its counterpart cannot place: a condition, and what they are."""

    where: str
    says: Text = Text()


@dataclass(frozen=True, slots=True)
class Spread:
    """Rows of a measure that are shares of a whole: a condition, the columns they are spread over, and how.

    Exact in total, an estimate where a question is cut by one of the columns or by what they lead to.
    """

    where: str
    by: tuple[str, ...]
    says: Text = Text()


@dataclass(frozen=True, slots=True)
class Measure:
    """One number per period: table + aggregation + column + filter + window (R006)."""

    id: str
    table: str
    agg: Aggregation
    column: str = ""  # column or SQL scalar expression
    where: str = ""
    time: str = ""  # column that places a row in a period; "period" for facts per period
    window: Window = Window.PERIOD
    days: str = ""  # trailing: number of days, or :setting
    mature: str = ""  # cohort: days after the period end until the number is known, or :setting
    quantile: float = 0.5
    about: Text = Text()
    needs: tuple[str, ...] = ()  # raw tables it cannot do without, although a fact below it could
    provisional: Provisional | None = None
    apart: Apart | None = None
    spread: Spread | None = None
    place: Place = Place()
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything of it that may name a setting."""
        beside = (one.where for one in (self.provisional, self.apart, self.spread) if one)
        return self.column, self.where, self.days, self.mature, *beside


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A reference value with its source (R016)."""

    op: str
    value: float
    upper: float | None = None
    source: str = ""
    about: Text = Text()
    describes: bool = False  # it tells what a trade usually sees: no mark to pass or to miss

    def reached(self, value: float | None) -> bool | None:
        """Whether a value is on the good side of it (R127); None when there is no value, or it is no mark."""
        if value is None or self.describes:
            return None
        if self.upper is not None:
            return self.value <= value <= self.upper
        return {
            ">=": value >= self.value,
            ">": value > self.value,
            "<=": value <= self.value,
            "<": value < self.value,
        }.get(self.op, value == self.value)


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: inputs by measure name, and the value they must give."""

    inputs: Mapping[str, float]
    expected: float
    printed: str = ""
    source: str = ""
    about: Text = Text()


SIGNAL_CONDITIONS = ("<", "<=", ">", ">=", "=", "rising", "falling", "none")
"""What a signal may watch for: a comparison, a direction over its periods, or nothing to divide by (none)."""


@dataclass(frozen=True, slots=True)
class Signal:
    """What a value says by itself: a condition on it, and the sentence that stands beside it (R118, R150, R161)."""

    op: str  # one of SIGNS
    says: Text  # {value} and {rest} (1 - value) are filled in
    value: float | str = 0.0  # the limit: a number, or the setting that holds it
    periods: int = 1  # how many periods in a row it must hold
    source: str = ""


GROWTH_SUFFIX = ".growth"
"""`aov.growth` is the change of `aov` on the period before: a metric like any other, with unit percent."""

OF_LINK = ("score", "attainment", "actual", "target")
READS = (*OF_LINK, "total", "growth", "first_target")
"""What a metric may read off a chain: of a link, or of the month."""


@dataclass(frozen=True, slots=True)
class Metric:
    """An entry of the library. `formula` is SQL arithmetic over measures, metrics and settings."""

    id: str
    name: Text
    category: str
    kind: Kind
    formula: str
    unit: str  # count, currency, percent, days, score, seconds, ratio
    better: Better
    grain: Grain
    grains: tuple[Grain, ...] = ()
    rollup: Rollup = Rollup.RECOMPUTE
    definition: Text = Text()
    subcategory: str = ""
    aarrr: str = ""
    dimension: str = ""  # planning dimension (R012)
    edge: tuple[Text, ...] = ()
    assumption: Text = Text()
    note: Text = Text()
    benchmarks: tuple[Benchmark, ...] = ()
    examples: tuple[Example, ...] = ()
    signals: tuple[Signal, ...] = ()
    words: tuple[str, ...] = ()  # what people also call it, in either language: the search finds them (R167)
    optional: tuple[str, ...] = ()  # measures of the formula that are 0 where their table or column is not mapped
    one_of: bool = False  # of the optional ones one is needed
    applies: str = ""  # a setting; while it is false, the model does not apply here and there is no number (R135)
    complexity: str = "simple"  # simple | complex (R022)
    data_ease: str = "easy"  # easy | manual | hard (R028)
    priority: int = 2
    dims: tuple[str, ...] = ()
    per: tuple[
        str, ...
    ] = ()  # columns one of which must be chosen (`by`, or in `where`) for the number to mean something
    seeds: tuple[str, ...] = ()
    chain: str = ""  # a metric without a formula is read off this chain: `reads` of its `link`
    link: str = ""  # "" = the whole chain
    reads: str = ""  # one of READS
    place: Place = Place()
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def how(self) -> str:
        """How the number is made, in one line: the formula, or what is read off which chain."""
        where = f", link {self.link}" if self.link else ""
        return self.formula or f"chain {self.chain}{where}: {self.reads}"


@dataclass(frozen=True, slots=True)
class Category:
    """A category of the library; the eight modules of R013 come first, in their order."""

    id: str
    name: Text
    module: bool = False
    place: Place = Place()
