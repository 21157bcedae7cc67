"""The plan reads a table once per time column and window, whatever the number of metrics and periods."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure, Window
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.kept.cache import Cache
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.engine.metric_values import Evaluator
from kpi_tui.engine.query import plan
from kpi_tui.engine.query.cut import Cut
from kpi_tui.workspace.load import load
from tests.workspaces import Shop, orders

DAYS_OF = {
    Window.PERIOD: "days of a period",
    Window.COHORT: "days of a period",
    Window.PREVIOUS_PERIOD: "days of a period",
    Window.SAME_PERIOD_LAST_YEAR: "days of a period",
    Window.TO_DATE: "all days up to one",
    Window.AS_OF_END: "all days up to one",
    Window.BEFORE_PERIOD: "all days up to one",
    Window.TRAILING: "the last days",
    Window.ALL: "no day",
}
"""What the windows join rows to: an earlier period is the same window, read at another period."""


class Silent:
    """An engine that notes the queries and finds no row."""

    dialect = "polars"

    def __init__(self) -> None:
        self.queries: list[plan.Query] = []

    def run(self, queries: list[plan.Query], asked: list[Period], first: date) -> list[list[dict[str, object]]]:
        self.queries += queries
        return [[] for _ in queries]


@cache
def read(folder: Path) -> tuple[Workspace, Data, Lineage]:
    workspace = load(folder, None).workspace
    assert workspace is not None
    return workspace, Data(workspace, Cache(None)), Lineage(workspace)


@cache
def planned(folder: Path, period: str) -> tuple[list[plan.Query], Lineage]:
    """The queries of the whole library at one period."""
    workspace, tables, lineage = read(folder)
    engine = Silent()
    reader = MeasureReader(workspace, tables, lineage, engine)
    Evaluator(workspace, tables, lineage, reader).values(list(workspace.metrics), [Period.parse(period)], Cut())
    return engine.queries, lineage


def family(measure: Measure, grains: frozenset[Grain], lineage: Lineage) -> tuple[object, ...]:
    """What measures must share to be read in one pass, told from their definitions."""
    if lineage.is_per_period(measure.table):
        return measure.table, "the fact's own periods", grains
    apart = measure.where if "select" in measure.where.lower() else ""
    per_day = measure.agg is Aggregation.MEAN_DAILY_DISTINCT
    return measure.table, measure.time, DAYS_OF[measure.window], measure.days, apart, per_day


@pytest.mark.parametrize("period", ["2026-10", "2026-Q3", "2026-W43"])
def test_the_whole_library_queries_each_table_once_per_time_column_and_window(project: Path, period: str) -> None:
    queries, lineage = planned(project / "config", period)
    families = [
        {family(ask.measure, frozenset(a.grain for a in ask.anchors), lineage) for ask in query.asks}
        for query in queries
        if query.asks  # how much later the rows of a table usually are is read once for its files
    ]
    assert [found for found in families if len(found) != 1] == [], "a query mixes families"
    assert {f: n for f, n in Counter(f for found in families for f in found).items() if n > 1} == {}
    assert sum(len(query.asks) for query in queries) > 2 * len(queries), "hardly anything is shared"


def test_events_of_the_demo_are_queried_once_for_this_month_and_the_one_before(project: Path) -> None:
    queries, _ = planned(project / "config", "2026-10")
    (events,) = (query for query in queries if query.table == "events")
    assert {"visitor_count", "visitor_count_prev"} <= {measure.id for measure in events.measures}
    assert {Period.parse("2026-09"), Period.parse("2026-10")} <= events.anchors


MEASURE = """
[measures.{id}]
table = "orders"
agg = "{agg}"
column = "{column}"
time = "paid_at"
window = "{window}"
"""
METRIC = """
[metrics.{id}]
name = "{id}"
category = "revenue"
kind = "absolute"
formula = "{formula}"
unit = "count"
grain = "{grain}"
grains = ["day", "week", "month"]
rollup = "{rollup}"
"""


def mixed(shop: Shop) -> Shop:
    """Orders read by day and by month, this month and the one before; the 1st of June 2026 is a Monday."""
    rows = orders(
        ("o1", "ann", "2026-05-31 23:59:59", 1.0),
        ("o2", "ann", "2026-06-01 00:00:00", 2.0),
        ("o3", "bob", "2026-06-01 12:00:00", 4.0),
        ("o4", "ann", "2026-06-08 12:00:00", 8.0),
        ("o5", "cid", "2026-06-30 23:59:59", 16.0),
        ("o6", "cid", "2026-07-01 00:00:00", 32.0),
    )
    shop.has("orders", rows, complete_until="2026-07-31").says(as_of="2026-07-31")
    sums = [("now_sum", "sum", "paid_amount", "period"), ("before_sum", "sum", "paid_amount", "previous_period")]
    measures = [*sums, ("people", "count_distinct", "user_id", "period")]
    text = "".join(MEASURE.format(id=i, agg=a, column=c, window=w) for i, a, c, w in measures)
    metrics = [
        ("own_month", "now_sum", "month", "recompute"),
        ("own_before", "before_sum", "month", "recompute"),
        ("own_daily", "people", "day", "mean"),
        ("own_people", "people", "day", "recompute"),
    ]
    text += "".join(METRIC.format(id=i, formula=f, grain=g, rollup=r) for i, f, g, r in metrics)
    return shop.defines("metrics/own.toml", text)


def test_days_weeks_and_months_that_begin_on_one_day_stay_apart_in_one_query(shop: Shop) -> None:
    book = mixed(shop).book()
    names = ["own_month", "own_before", "own_daily", "own_people"]
    june = {value.metric: value.value for value in book.numbers.values(names, Period.parse("2026-06"))}
    assert june == {"own_month": 30.0, "own_before": 1.0, "own_daily": pytest.approx(4 / 30), "own_people": 3}
    for period, expected in {"2026-06-01": 2, "2026-W23": 2, "2026-W24": 1, "2026-07": 1}.items():
        assert book.numbers.values(["own_people"], Period.parse(period))[0].value == expected
    queries, _ = planned(shop.root, "2026-06")
    (only,) = (query for query in queries if query.table == "orders" and "now_sum" in {m.id for m in query.measures})
    assert {"now_sum", "before_sum", "people"} <= {measure.id for measure in only.measures}
    assert {Grain.DAY, Grain.MONTH} <= {period.grain for period in only.anchors}


def test_spans_with_the_same_first_day_are_not_mixed_in_a_fact_per_period(project: Path) -> None:
    workspace = load(project / "config", None).workspace
    assert workspace is not None
    lineage = Lineage(workspace)
    measure = next(m for m in workspace.measures.values() if lineage.is_per_period(m.table))
    spans = [Period.parse("2026-10-01/2026-10-10"), Period.parse("2026-10-01/2026-10-20")]
    made = plan.runs([plan.PlacedMeasure(measure, frozenset(spans))], Cut(), workspace, lineage)
    assert sorted(run.asked for run in made) == [(spans[0],), (spans[1],)]


def test_a_hundred_and_fifty_measures_of_one_table_are_all_answered(shop: Shop) -> None:
    shop.has("orders", orders(*((f"o{n}", "ann", "2026-05-02 10:00:00", float(n)) for n in range(150))))
    shop.says(as_of="2026-05-31")
    names = [f"above_{n}" for n in range(150)]
    text = "".join(
        MEASURE.format(id=f"{name}_count", agg="count", column="order_id", window="period")
        + f"where = \"paid_amount > {n} and domain = 'public'\"\n"
        + METRIC.format(id=name, formula=f"{name}_count", grain="month", rollup="recompute")
        for n, name in enumerate(names)
    )
    book = shop.defines("metrics/own.toml", text).book()
    assert [v.value for v in book.numbers.values(names, Period.parse("2026-05"))] == [149 - n for n in range(150)]
