"""The same definitions give the same numbers in DuckDB as in polars."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import GRAINS, Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.cache import Cache
from kpi_tui.engine.data import Data
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.engine.metric_values import Evaluator
from kpi_tui.engine.polars_engine import PolarsEngine
from kpi_tui.engine.query.join_budget import JoinBudget
from kpi_tui.engine.query.plan import Cut
from kpi_tui.workspace.load import load
from tests.peers.duck_engine import DuckEngine

SETS = {
    "demo": ("config", None, ["2026-W43", "2026-10"]),
    "demo by the other grains": ("config", None, ["2026-10-30", "2026-Q3", "2026"]),
    "online_retail": ("examples/online_retail", "online_retail", ["2011-11-17", "2011-W46", "2011-11", "2011-Q3"]),
    "toy_store": ("examples/toy_store", "toy_store", ["2012-08-29", "2012-W34", "2012-08", "2014-Q4", "2014"]),
    "cdnow": ("examples/cdnow", "cdnow", ["1998-02-10", "1998-W10", "1998-03", "1998-Q1", "1997"]),
    "groceries": ("examples/groceries", "groceries", ["2006-01-01", "2005-W52", "2006-01", "2006-Q1", "2006"]),
    "rete_ecom": ("examples/rete_ecom", "rete_ecom", ["2024-05-15", "2024-W20", "2024-05", "2024-Q2"]),
}

LEAST = 40
"""Numbers that a set must give at least; baskets without prices and people (groceries) give the fewest."""


EngineOf = Callable[[Workspace, Data, Lineage], Any]


def answers(folder: Path, data: Path | None, engine: EngineOf, periods: list[str]) -> list[Value]:
    """Every shipped metric at every period, through one engine."""
    workspace = load(folder, data).workspace
    assert workspace is not None
    tables, lineage = Data(workspace, Cache(None)), Lineage(workspace)
    evaluator = Evaluator(
        workspace,
        tables,
        lineage,
        MeasureReader(workspace, tables, lineage, engine(workspace, tables, lineage)),
    )
    found = []
    for period in map(Period.parse, periods):
        found += evaluator.values(list(workspace.metrics), [period], Cut())
    return found


def same(mine: Value, theirs: Value) -> bool:
    """Equal numbers; or, where a formula subtracts nearly equal ones (elasticity), equal exact parts."""
    if mine.reason is not theirs.reason or mine.partial != theirs.partial:
        return False
    if mine.value == pytest.approx(theirs.value, rel=1e-9, abs=1e-12):
        return True
    return len(mine.measures) > 1 and mine.measures == pytest.approx(theirs.measures, rel=1e-13)


@pytest.mark.sampled(len(SETS), keep=(0, 3))  # the demo, and a small set by every grain
@pytest.mark.parametrize("name", SETS)
def test_every_shipped_metric_is_the_same_in_duckdb(name: str, project: Path, request: pytest.FixtureRequest) -> None:
    where, data, periods = SETS[name]
    source = None if data is None else request.getfixturevalue("shared") / "data" / data
    polars = answers(project / where, source, lambda w, *of: PolarsEngine(*of, JoinBudget(w)), periods)
    duckdb = answers(project / where, source, lambda _w, *of: DuckEngine(*of), periods)
    assert {Period.parse(p).grain for p in periods} <= set(GRAINS)
    wrong = [
        (mine.metric, mine.period.id, mine.value, theirs.value, mine.detail, theirs.detail)
        for mine, theirs in zip(polars, duckdb, strict=True)
        if mine.reason is Reason.ERROR or not same(mine, theirs)
    ]
    assert wrong == []
    assert sum(value.value is not None for value in polars) > LEAST, "too few numbers to compare"
