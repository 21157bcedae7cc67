"""A waterfall's bars hang where the one above ended, and its ends are its totals."""

from __future__ import annotations

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.views.cells import NumberCell
from kpi_tui.views.charts import BarChart, waterfall


def made(start: float | None, steps: list[float], end: float | None = 0.0) -> BarChart:
    named = [(str(n), NumberCell(step)) for n, step in enumerate(steps)]
    return waterfall("", ("before", NumberCell(start)), named, ("after", NumberCell(end)))


def pieces(chart: BarChart) -> list[tuple[float, float]]:
    return [(piece.start, piece.end) for one in chart.bars for piece in one.pieces]


def test_gmv_example_is_drawn_to_scale() -> None:
    # 40000 +8000 −9600 +4800 = 43200; the highest is 48000, the axis begins at 0
    chart = made(40_000, [8_000, -9_600, 4_800])
    assert chart.span == (0, 48_000)
    assert pieces(chart) == [(0, 40_000), (40_000, 48_000), (48_000, 38_400), (38_400, 43_200), (0, 43_200)]


def test_small_changes_are_drawn_on_a_cut_axis() -> None:
    chart = made(1000, [20, -10])
    assert chart.span == (980, 1020)  # 1000 … 1020: as much again below
    assert pieces(chart) == [(980, 1000), (1000, 1020), (1020, 1010), (980, 1010)]


def test_a_fall_below_zero_hangs_on_both_sides_of_zero() -> None:
    chart = made(10, [-20])
    assert chart.span == (-10, 10) and pieces(chart) == [(0, 10), (10, -10), (0, -10)]


def test_what_is_not_known_is_no_chart() -> None:
    assert made(None, [1]).is_empty and made(1, [1], None).is_empty


NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)


@given(NUMBERS, st.lists(NUMBERS, max_size=6))
def test_every_bar_begins_where_the_one_before_ended(start: float, steps: list[float]) -> None:
    first, *hanging, last = pieces(made(start, steps))
    at = first[1]
    assert len(hanging) == sum(step != 0 for step in steps)
    for begin, end in hanging:
        assert begin == at
        at = end
    assert at == last[1] and isclose(at, start + sum(steps), abs_tol=1e-5)
