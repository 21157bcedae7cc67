"""Every aggregation has its traits and its SQL; its value over 1, 2, 2, 5 is worked by hand."""

from __future__ import annotations

import polars as pl
import pytest

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.engine.query.aggregate import aggregate

BY_HAND = {
    Aggregation.COUNT: 4,
    Aggregation.COUNT_DISTINCT: 3,
    Aggregation.SUM: 10,
    Aggregation.MEAN: 2.5,
    Aggregation.MIN: 1,
    Aggregation.MAX: 5,
    Aggregation.MEDIAN: 2,
    Aggregation.QUANTILE: 2,
    Aggregation.MEAN_DAILY_DISTINCT: 3,  # of one day
}
ROWS = pl.LazyFrame({"x": [1, 2, 2, 5, 9, None], "kept": [1, 1, 1, 1, 0, 0]})


@pytest.mark.parametrize("agg", Aggregation)
def test_an_aggregation_has_the_value_worked_by_hand(agg: Aggregation) -> None:
    sql = aggregate(Measure("m", "t", agg, column="x"), "kept = 1", {}, ())
    found = pl.SQLContext(t=ROWS, eager=True).execute(f"SELECT {sql} AS m FROM t")
    assert found["m"].to_list() == [BY_HAND[agg]]


@pytest.mark.parametrize("agg", Aggregation)
def test_a_number_that_adds_up_is_0_without_rows(agg: Aggregation) -> None:
    assert agg.traits.zero_without_rows or not agg.traits.adds_up
