"""The same definitions give the same numbers in DuckDB as in polars."""

from __future__ import annotations

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import GRAINS, Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.kept.cache import Cache
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.engine.metric_values import Evaluator
from kpi_tui.engine.query.cut import Cut
from tests.peers.duck_engine import DuckEngine

SETS = {
    "demo": ("demo", ["2026-W43", "2026-10"]),
    "demo by the other grains": ("demo", ["2026-10-30", "2026-Q3", "2026"]),
    "online_retail": ("online_retail", ["2011-11-17", "2011-W46", "2011-11", "2011-Q3"]),
    "toy_store": ("toy_store", ["2012-08-29", "2012-W34", "2012-08", "2014-Q4", "2014"]),
    "cdnow": ("cdnow", ["1998-02-10", "1998-W10", "1998-03", "1998-Q1", "1997"]),
    "groceries": ("groceries", ["2006-01-01", "2005-W52", "2006-01", "2006-Q1", "2006"]),
    "rete_ecom": ("rete_ecom", ["2024-05-15", "2024-W20", "2024-05", "2024-Q2"]),
}

LEAST = 40
"""Numbers that a set must give at least; baskets without prices and people (groceries) give the fewest."""


def by_duckdb(workspace: Workspace, metrics: list[str], periods: list[Period]) -> list[Value]:
    """The metrics at every period, their queries answered by DuckDB."""
    tables, lineage = Data(workspace, Cache(None)), Lineage(workspace)
    reader = MeasureReader(workspace, tables, lineage, DuckEngine(tables, lineage))
    evaluator = Evaluator(workspace, tables, lineage, reader)
    return [value for period in periods for value in evaluator.values(metrics, [period], Cut())]


def same(mine: Value, theirs: Value) -> bool:
    """Equal numbers; or, where a formula subtracts nearly equal ones (elasticity), equal exact parts."""
    if mine.reason is not theirs.reason or mine.partial != theirs.partial:
        return False
    if mine.value == pytest.approx(theirs.value, rel=1e-9, abs=1e-12):
        return True
    return len(mine.measures) > 1 and mine.measures == pytest.approx(theirs.measures, rel=1e-13)


@pytest.mark.sampled(len(SETS), keep=(0, 3))  # the demo, and a small set by every grain
@pytest.mark.parametrize("name", SETS)
def test_every_shipped_metric_is_the_same_in_duckdb(name: str, request: pytest.FixtureRequest) -> None:
    shop, periods = SETS[name][0], [Period.parse(period) for period in SETS[name][1]]
    opened = request.getfixturevalue(shop)
    book = opened if isinstance(opened, Book) else opened.book
    metrics = [one.id for one in book.workspace.metrics.values() if not one.chain]  # those of a chain ask no rows
    polars = [value for period in periods for value in book.numbers.values(metrics, period)]
    duckdb = by_duckdb(book.workspace, metrics, periods)
    assert {period.grain for period in periods} <= set(GRAINS)
    wrong = [
        (mine.metric, mine.period.id, mine.value, theirs.value, mine.detail, theirs.detail)
        for mine, theirs in zip(polars, duckdb, strict=True)
        if mine.reason is Reason.ERROR or not same(mine, theirs)
    ]
    assert wrong == []
    assert sum(value.value is not None for value in polars) > LEAST, "too few numbers to compare"
