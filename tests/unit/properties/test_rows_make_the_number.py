"""The rows behind every count and sum of the demo make its number (R172)."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.rows.counted_rows import FIRST_ROWS, CountedRows
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.engine.formula import names

OCTOBER = Period.parse("2026-10")
EVERY = replace(FIRST_ROWS, most=None)
PARTS = 6
"""The measures are tried in so many parts, each spread over the library."""


def reproduced(found: CountedRows) -> float | None:
    """The number of a measure from its rows alone; None where it is no count and no sum."""
    counted = next((place for place, one in enumerate(found.columns) if one.counted), None)
    part = next((place for place, one in enumerate(found.columns) if one.name == "counted_in"), None)
    values = [(row[part] if part is not None else "", row[counted]) for row in found.rows if counted is not None]
    match found.measure.agg:
        case "count":
            return len(found.rows)
        case "count_distinct":
            return len(set(values))
        case "sum":
            return math.fsum(value for _part, value in values if isinstance(value, int | float))
    return None


@pytest.mark.sampled(PARTS)
@pytest.mark.parametrize("part", range(PARTS))
def test_r172_the_rows_of_every_count_and_sum_of_the_demo_make_its_number(demo: Book, part: int) -> None:
    space, judged = demo.workspace, 0
    metrics = [one for one in space.metrics.values() if not one.chain and one.grain is not Grain.YEAR]
    asked = {measure: one.id for one in metrics for measure in names(one.formula) if measure in space.measures}
    for measure, metric in [*asked.items()][part::PARTS]:
        found = demo.rows.of(metric, OCTOBER, measure, wish=EVERY)
        number = reproduced(found) if found.columns else None
        if number is not None and found.measure.number.value is not None:
            judged += 1
            assert math.isclose(number, found.measure.number.value, rel_tol=1e-9), (metric, measure)
            assert len(found.rows) == found.total
    assert judged > 250 / PARTS
