"""The private domain (私域) in one period (spec R085–R106)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpi_tui.definitions.answers.baseline import Baseline
from kpi_tui.definitions.answers.drivers import Drivers
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.library.metric import Benchmark
from kpi_tui.definitions.period import Period


@dataclass(frozen=True, slots=True)
class AssetRow:
    """One own touchpoint (None = all of them) in the user asset table (R087): end = start + added − lost."""

    touchpoint: str | None
    start: float | None
    added: float | None
    lost: float | None
    end: float | None

    @property
    def balances(self) -> bool | None:
        """Whether the row adds up; None while a figure is unknown."""
        if self.start is None or self.added is None or self.lost is None or self.end is None:
            return None
        return self.start + self.added - self.lost == self.end


@dataclass(frozen=True, slots=True)
class StepRow:
    """A key step: its rate against its own past (R089) and against the usual band (R092)."""

    metric: str
    usual: Baseline
    benchmark: Benchmark | None
    band: str | None  # inside | above | below the benchmark; None when unknown
    entered: float | None
    converted: float | None
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """A step of the marketing flow in order: people, share of the step before, ROI (R090, R102)."""

    step: str
    people: Value
    rate: Value
    roi: Value


@dataclass(frozen=True, slots=True)
class Assessment:
    """A rule (R089–R103) applied. `state`: good, bad, observing or unknown; `numbers` are what it rests on."""

    rule: str
    state: str
    numbers: Mapping[str, float | None]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CustomerLayer:
    """Customers of one layer by contribution (R099)."""

    layer: str  # top | middle | bottom
    customers: int
    amount: float
    share: float | None

    @property
    def mean(self) -> float | None:
        """Contribution per customer."""
        return self.amount / self.customers if self.customers else None


@dataclass(frozen=True, slots=True)
class Variant:
    """One campaign (R100). `roi` is None without cost; `best` marks the highest."""

    campaign: str
    revenue: float | None
    cost: float | None
    roi: float | None
    best: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Orders of a private-domain scene per reached customer (R094)."""

    scene: str
    orders: float
    rate: float | None


@dataclass(frozen=True, slots=True)
class Heads:
    """Own heads plus outsourcing cost over the mean wage (R106)."""

    employees: float | None
    outsourcing: float | None
    wage: float | None
    equivalent: float | None
    reason: Reason | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PrivateDomain:
    """All rules of the private domain on one period."""

    period: Period
    product: Drivers
    gap: float | None  # measured sales − product of the four factors
    assets: tuple[AssetRow, ...]
    guides: tuple[Value, ...]  # the total, then per guide
    steps: tuple[StepRow, ...]
    funnel: tuple[FunnelRow, ...]
    scenes: tuple[Scene, ...]
    findings: tuple[Assessment, ...]
    layers: tuple[CustomerLayer, ...]
    variants: tuple[Variant, ...]
    growth: tuple[Value, ...]
    heads: Heads
    efficiency: tuple[Baseline, ...]
    health: tuple[Value, ...]
    missing: Mapping[str, str]  # metric -> what it wants
    stage: str = ""  # startup | mid | stable; "" when the start is unknown
    days: int | None = None  # since the start
