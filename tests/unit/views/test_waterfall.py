"""A waterfall's bars hang where the one above ended, and its ends are its totals."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.render.drawn import drawn
from kpi_tui.text.drawn_bars import FALL, RISE, TOTAL
from kpi_tui.views.causes.waterfall import waterfall


def lines_of(start: float, steps: list[float], cells: int) -> tuple[list[str], float]:
    """The bars as drawn, and the value at their left edge."""
    bars = waterfall(start, steps)
    return [drawn(bar, cells) for bar in bars], bars[0].edge


def span(line: str) -> tuple[int, int]:
    """First cell and the cell after the last one of a bar."""
    return len(line) - len(line.lstrip()), len(line)


def test_gmv_example_is_drawn_to_scale() -> None:
    # 40000 +8000 -9600 +4800 = 43200, highest 48000 = 24 cells, 2000 a cell; the axis begins at 0
    lines, edge = lines_of(40_000, [8_000, -9_600, 4_800], 24)
    assert edge == 0
    assert [span(line) for line in lines] == [(0, 20), (20, 24), (19, 24), (19, 22), (0, 22)]
    assert [set(line.strip()) for line in lines] == [{TOTAL}, {RISE}, {FALL}, {RISE}, {TOTAL}]


def test_small_changes_are_drawn_on_a_cut_axis_that_is_named() -> None:
    lines, edge = lines_of(1000, [20, -10], 20)
    assert edge == 980  # 1000 … 1020: as much again below
    assert [span(line) for line in lines] == [(0, 10), (10, 20), (15, 20), (0, 15)]


def test_a_fall_below_zero_hangs_on_both_sides_of_zero() -> None:
    lines, edge = lines_of(10, [-20], 20)
    assert edge == -10
    assert [span(line) for line in lines] == [(10, 20), (0, 20), (0, 10)]


def test_a_step_of_nothing_has_no_bar() -> None:
    assert lines_of(10, [0.0], 10)[0][1] == ""


NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)


@given(NUMBERS, st.lists(NUMBERS, max_size=6), st.integers(1, 40))
def test_no_bar_leaves_the_room_it_was_given(start: float, steps: list[float], cells: int) -> None:
    lines, _ = lines_of(start, steps, cells)
    assert len(lines) == len(steps) + 2
    assert all(len(line) <= cells + 1 for line in lines)
