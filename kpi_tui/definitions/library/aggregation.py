"""Aggregations: how the rows of a measure become one number, and what follows from it.

To add one: two lines here, its SQL in `engine/query/aggregate.py`, its value in the test of aggregations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Aggregation(StrEnum):
    """The names a measure's `agg` may have."""

    COUNT = "count"
    COUNT_DISTINCT = "count_distinct"
    SUM = "sum"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"
    MEDIAN = "median"
    QUANTILE = "quantile"
    MEAN_DAILY_DISTINCT = "mean_daily_distinct"

    @property
    def traits(self) -> AggregationTraits:
        """What follows from the aggregation."""
        return _TRAITS[self]


@dataclass(frozen=True, slots=True)
class AggregationTraits:
    """`adds_up`: the numbers of the days add up to that of the period. `zero_without_rows`: no rows are 0, not unknown
    (R002). `needs_column`: it aggregates the values of a column. `by_day`: it is taken day by day, then averaged."""

    adds_up: bool = False
    zero_without_rows: bool = False
    needs_column: bool = True
    by_day: bool = False


_TRAITS: Mapping[Aggregation, AggregationTraits] = {
    Aggregation.COUNT: AggregationTraits(adds_up=True, zero_without_rows=True, needs_column=False),
    Aggregation.COUNT_DISTINCT: AggregationTraits(zero_without_rows=True),
    Aggregation.SUM: AggregationTraits(adds_up=True, zero_without_rows=True),
    Aggregation.MEAN: AggregationTraits(),
    Aggregation.MIN: AggregationTraits(),
    Aggregation.MAX: AggregationTraits(),
    Aggregation.MEDIAN: AggregationTraits(),
    Aggregation.QUANTILE: AggregationTraits(),
    Aggregation.MEAN_DAILY_DISTINCT: AggregationTraits(zero_without_rows=True, by_day=True),
}
DISTINCT = frozenset({Aggregation.COUNT_DISTINCT, Aggregation.MEAN_DAILY_DISTINCT})
"""They count things of which one can stand in several segments: what the segments count is no sum."""
