"""The rows behind every count and sum of the demo make its number (R172)."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.rows.counted_rows import FIRST_ROWS, CountedRows
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period

OCTOBER = Period.parse("2026-10")
EVERY = replace(FIRST_ROWS, most=None)
PARTS = 6
"""The metrics are tried in so many parts, each spread over the library."""


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
    done: set[str] = set()
    judged = 0
    for metric in [one for one in demo.workspace.metrics.values() if not one.chain][part::PARTS]:
        try:
            every = [demo.rows.of(metric.id, OCTOBER, wish=EVERY)]
        except UsageError:  # counted per year
            continue
        others = [one.id for one in every[0].measures[1:] if one.id not in done]
        for found in (*every, *(demo.rows.of(metric.id, OCTOBER, one, wish=EVERY) for one in others)):
            done.add(found.measure.id)
            number = reproduced(found) if found.columns else None
            if number is not None and found.measure.number.value is not None:
                judged += 1
                assert math.isclose(number, found.measure.number.value, rel_tol=1e-9), (metric.id, found.measure.id)
                assert len(found.rows) == found.total
    assert judged > 200 / PARTS
