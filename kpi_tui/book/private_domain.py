"""The private domain: assets, key steps, funnel, scenes, findings (spec R085–R106)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpi_tui.book.drivers import DriverAnalysis
from kpi_tui.book.library import Library
from kpi_tui.book.numbers import MetricNumbers
from kpi_tui.definitions.answers.baseline import Baseline
from kpi_tui.definitions.answers.private_domain import Assessment, AssetRow, FunnelRow, Heads, PrivateDomain, StepRow
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.private_domain import CustomerLayer, Scene, Variant
    from kpi_tui.engine.numbers import Numbers

TREE, FUNNEL = "private_domain", "wecom"
FACTORS = ("guide_customer_assets", "marketing_transmission_rate", "scene_conversion_rate", "private_aov")
STEPS = ("leadin_success_rate", "service_success_rate", "wecom_monetisation_rate")
GROWTH = ("private_new_customers", "paid_amount", "aov", "items_per_customer", "private_sales_share")
HEADS = ("revenue_per_head", "projects_per_head", "subprojects_per_head", "customers_per_guide")
HEALTH = ("tracking_validity_rate", "identity_link_rate")
ASSET_MEASURES = ("user_asset_count", "follower_added_count", "follower_lost_count")
RATIO, SALES, WON = "private_public_efficiency_ratio", "private_domain_sales", "private_new_customers"
NEEDED = (SALES, *FACTORS, *STEPS, *GROWTH, *HEADS, *HEALTH, "user_assets", RATIO, "ltv_cac_ratio")
CUTS = ("day", "guide_id", "touchpoint")


class PrivateDomainAnalysis:
    """Answers the rules R085–R106."""

    def __init__(
        self,
        workspace: Workspace,
        library: Library,
        numbers: MetricNumbers,
        drivers: DriverAnalysis,
        engine: Numbers,
    ) -> None:
        self._workspace = workspace
        self._library = library
        self._numbers = numbers
        self._drivers = drivers
        self._engine = engine

    def private_domain(self, period: Period, *, progress: Progress | None = None) -> PrivateDomain:
        """Everything the rules R085–R106 ask for. UsageError in a workspace without the private-domain library."""
        absent = [metric for metric in NEEDED if metric not in self._workspace.metrics]
        if absent or TREE not in self._workspace.trees:
            what = say("the metric {metric}", metric=absent[0]) if absent else say("the tree {tree}", tree=TREE)
            raise UsageError(
                say('this workspace lacks {lack}; write extends = "standard" into workspace.toml', lack=what)
            )
        from kpi_tui.analysis.private_domain import product_gap, stage

        product = self._drivers.of(TREE, period, progress=progress)
        days = self._days_since_start(period)
        limits = (self._workspace.number("stage_startup_days", 30), self._workspace.number("stage_mid_days", 90))
        return PrivateDomain(
            period=period,
            product=product,
            gap=product_gap(product.now.value, [driver.after for driver in product.drivers]),
            assets=self._assets(period, progress),
            guides=tuple(self._numbers.values(["guide_customer_assets"], period, by="guide_id", progress=progress)),
            steps=self._steps(period, progress),
            funnel=self._funnel(period, progress),
            scenes=self._scenes(period, progress),
            findings=self._findings(period, progress),
            layers=self._layers(period, progress),
            variants=self._variants(period, progress),
            growth=tuple(self._numbers.values(list(GROWTH), period, progress=progress)),
            heads=self._heads(period, progress),
            efficiency=tuple(self._usual(metric, period, progress) for metric in HEADS),
            health=tuple(self._numbers.values(list(HEALTH), period, progress=progress)),
            missing={metric: lack for metric in NEEDED if (lack := self._numbers.is_live(metric)[1])},
            stage=stage(days, *map(int, limits)),
            days=days,
        )

    def private_steps(self, period: Period, by: str, *, progress: Progress | None = None) -> dict[str, list[Value]]:
        """The key steps by `day`, `guide_id` or `touchpoint` (R091). UsageError on another cut."""
        if by not in CUTS:
            raise UsageError(say("the steps are cut by {names}, not by {by!r}", names=", ".join(CUTS), by=by))
        if by == "day":
            days = list(period.split(Grain.DAY))
            return {metric: self._by_day(metric, days, progress) for metric in STEPS}
        cut = {metric: by for metric in STEPS if by == "guide_id" or metric != STEPS[-1]}
        return {metric: self._numbers.values([metric], period, by=by, progress=progress) for metric in cut}

    def cautions(self) -> tuple[Text, ...]:
        """What to mind before a private domain is built (R101)."""
        from kpi_tui.workspace.parse.cautions import read_cautions

        return read_cautions(self._workspace.root)

    def _measures(
        self, names: Sequence[str], periods: Sequence[Period], by: str | None, progress: Progress | None
    ) -> list[Value]:
        """Base measures by themselves, per measure, period and segment (the total first)."""
        from kpi_tui.engine.measure_metrics import metric_for
        from kpi_tui.engine.query.plan import Cut

        return self._engine.values([metric_for(self._workspace, name) for name in names], periods, Cut(by), progress)

    def _assets(self, period: Period, progress: Progress | None) -> tuple[AssetRow, ...]:
        start = self._measures(ASSET_MEASURES[:1], [period.previous()], "touchpoint", progress)
        found = self._measures(ASSET_MEASURES, [period], "touchpoint", progress)
        tables = [{v.segment: v.value for v in start}]
        tables += [{v.segment: v.value for v in found if v.metric == f"={name}"} for name in ASSET_MEASURES]
        rows = []
        for touchpoint in dict.fromkeys(key for table in tables for key in table):
            before, end, added, lost = (_cell(table, touchpoint) for table in tables)
            rows.append(AssetRow(touchpoint, before, added, lost, end))
        return tuple(rows)

    def _usual(self, metric: str, period: Period, progress: Progress | None) -> Baseline:
        """A metric against the mean of its own last periods (R089, R105)."""
        from kpi_tui.analysis.baseline import baseline, mean_band

        count = int(self._workspace.number("baseline_periods", 6))
        tolerance = self._workspace.number("step_tolerance", 0.10)
        values = self._numbers.values([metric], period, last=count + 1, progress=progress)
        return baseline(values[-1], values[:-1], lambda known: mean_band(known, tolerance))

    def _steps(self, period: Period, progress: Progress | None) -> tuple[StepRow, ...]:
        from kpi_tui.analysis.private_domain import against

        rows = []
        for metric in STEPS:
            usual, definition = self._usual(metric, period, progress), self._library.metric(metric)
            benchmark = definition.benchmarks[0] if definition.benchmarks else None
            parts = list(usual.value.measures.values())
            converted, entered = (parts[0], parts[1]) if len(parts) == 2 else (None, None)
            band = against(usual.value.value, benchmark)
            rows.append(StepRow(metric, usual, benchmark, band, entered, converted, self._numbers.tables_of(metric)))
        return tuple(rows)

    def _funnel(self, period: Period, progress: Progress | None) -> tuple[FunnelRow, ...]:
        metrics = ["step_converted_users", "step_conversion_rate", "step_roi"]
        if any(name not in self._workspace.metrics for name in metrics):
            return ()
        values = self._numbers.values(metrics, period, by="step", progress=progress)
        tables = [{v.segment: v for v in values if v.metric == name and v.segment} for name in metrics]
        own = [step for step in tables[0] if step is not None and step.split(" ")[0] == FUNNEL]
        blank = Value("", period, None)
        return tuple(FunnelRow(step, *(table.get(step, blank) for table in tables)) for step in own)

    def _scenes(self, period: Period, progress: Progress | None) -> tuple[Scene, ...]:
        from kpi_tui.analysis.private_domain import scenes

        reached = self._measures(["private_reached_count"], [period], None, progress)[0]
        orders = self._measures(["private_order_count"], [period], "scene", progress)
        if orders[0].value is None:
            return ()
        return scenes({value.segment: value.value for value in orders if value.segment is not None}, reached.value)

    def _findings(self, period: Period, progress: Progress | None) -> tuple[Assessment, ...]:
        from kpi_tui.analysis.private_domain import efficiency, stands, sustainable

        falling = int(self._workspace.number("new_customers_falling", 3))
        rows = self._numbers.values([WON, SALES], period, last=falling + 1, progress=progress)
        won, sales = ([v.value for v in rows if v.metric == name] for name in (WON, SALES))
        ltv, ratio = self._numbers.values(["ltv_cac_ratio", RATIO], period, progress=progress)
        window = int(self._workspace.number("observation_window", 182))
        limit = self._workspace.number("efficiency_far_lower", 0.5)
        return (
            stands(ltv.value),
            sustainable(won, sales, falling, self._workspace.number("step_tolerance", 0.10)),
            efficiency(ratio.value, self._observed(period), window, limit),
        )

    def _observed(self, period: Period) -> int | None:
        """Days up to the period's end that every table behind the efficiency covers."""
        covered = self._engine.covered(RATIO)
        return None if covered is None else max(0, (min(period.last_day, covered[1]) - covered[0]).days + 1)

    def _layers(self, period: Period, progress: Progress | None) -> tuple[CustomerLayer, ...]:
        from kpi_tui.analysis.private_domain import layers

        own = "domain = 'private' and paid_at is not null"  # customers of the public domain are no layer
        values = self._numbers.values([SALES], period, by="user_id", where=own, progress=progress)
        amounts = {
            value.segment: value.value for value in values if value.segment is not None and value.value is not None
        }
        top, middle = self._workspace.number("layer_top", 0.2), self._workspace.number("layer_middle", 0.6)
        return layers(amounts, top, middle) if amounts else ()

    def _variants(self, period: Period, progress: Progress | None) -> tuple[Variant, ...]:
        from kpi_tui.analysis.private_domain import variants
        from kpi_tui.engine.segments import NULL_SEGMENT

        tables = []
        for measure in ("paid_amount_sum", "campaign_cost_sum"):
            values = self._measures([measure], [period], "campaign_id", progress)
            own = {v.segment: v.value for v in values if v.segment is not None and v.segment != NULL_SEGMENT}
            tables.append(own if values[0].value is not None else {})
        revenue, cost = tables
        silent = dict.fromkeys(cost, 0.0) if revenue else {}  # money spent, nothing sold
        return variants(silent | revenue, cost)

    def _heads(self, period: Period, progress: Progress | None) -> Heads:
        (value,) = self._numbers.values(["headcount_equivalent"], period, progress=progress)
        parts = value.measures
        return Heads(
            parts.get("employee_fte"),
            parts.get("outsourcing_cost_sum"),
            parts.get("mean_wage"),
            value.value,
            value.reason,
            value.detail,
        )

    def _days_since_start(self, period: Period) -> int | None:
        """Days from the first relation of a guide and a customer to the period's end, or to the last data (R098)."""
        covered = self._engine.covered("leadin_success_rate")
        return None if covered is None else (min(period.last_day, self._engine.as_of()) - covered[0]).days

    def _by_day(self, metric: str, days: Sequence[Period], progress: Progress | None) -> list[Value]:
        """A step's rate per day, from its two measures: the metric itself is read by month."""
        from dataclasses import replace

        from kpi_tui.definitions.answers.value import Number
        from kpi_tui.engine.formula import evaluate, names

        definition = self._library.metric(metric)
        parts = names(definition.formula)
        rows = self._measures(parts, days, None, progress)
        found = []
        for place, day in enumerate(days):
            own = {name: rows[index * len(days) + place] for index, name in enumerate(parts)}
            number = evaluate(definition.formula, {n: Number(v.value, v.reason, v.detail) for n, v in own.items()})
            blank = Value(metric, day, number.value, number.reason, number.detail, unit=definition.unit)
            found.append(replace(blank, measures={name: value.value for name, value in own.items()}))
        return found


def _cell(table: dict[str | None, float | None], touchpoint: str | None) -> float | None:
    """A touchpoint without rows counts 0 where the table itself is known."""
    return table[touchpoint] if touchpoint in table else 0.0 if table.get(None) is not None else None
