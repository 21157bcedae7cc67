"""Line charts of characters: what stands where, by pictures drawn by hand, and properties over random series."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.text.charts.line_chart import LAST, Plot, line_chart
from kpi_tui.text.fit import width
from kpi_tui.text.marks_behind_numbers import PARTIAL


def told(value: float) -> str:
    return f"{value:.0f}"


def drawn(plot: Plot, room: int, rows: int, ascii_only: bool = False) -> list[str]:
    return ["".join(text for text, _part in line) for line in line_chart(plot, room, rows, ascii_only=ascii_only)]


def test_a_rise_from_zero_with_its_axis_and_names() -> None:
    """Two rows of eight cells: sixteen dots across, eight up; two columns of dots lie on each of the eight rows."""
    assert drawn(Plot([0, 10], told, ["a", "b"]), 12, 2) == [
        "10 ┤    ⣀⠤⠒●",
        " 0 ┤⣀⠤⠒⠉    ",
        "   └────────",
        "    a      b",
    ]


def test_what_is_not_known_is_a_gap_and_a_period_that_is_not_over_stands_alone() -> None:
    """Places 0, 2 and 3 of four lie in columns 0, 10 and 15 of sixteen: in cells 0, 5 and 7."""
    assert drawn(Plot([10, None, 10, 10], told, partial={3}), 12, 2)[:2] == ["10 ┤●    ● ◔", " 0 ┤        "]


def test_targets_are_dashed_where_the_line_leaves_room_and_the_band_is_dotted_at_its_ends() -> None:
    """Of 0 … 8 in four rows the target 8 stands in the highest, the band from 2.2 to 5.8 in the third and second."""
    lines = drawn(Plot([0, 0], told, targets=[8, 8], band=(2.2, 5.8)), 14, 4)
    assert lines[0] == "8 ┤┄┄┄┄┄┄┄┄┄┄┄"
    assert lines[1] == "  │···········"
    assert lines[2] == "  │···········"
    assert lines[3].startswith("0 ┤⣀⣀") and lines[3].endswith(LAST)


def test_zero_stands_where_it_lies_between() -> None:
    lines = drawn(Plot([-5, 5], told), 14, 5)
    assert lines[2].startswith(" 0 ┤─") and lines[0].startswith(" 5 ┤") and lines[4].startswith("-5 ┤")


def test_an_axis_that_does_not_begin_at_zero_says_so() -> None:
    """95, 96, 97 lie within a fifth of the largest: the axis begins at 95 % of it, 92.15."""
    assert drawn(Plot([95, 96, 97], told), 20, 3)[2].startswith("~92 ┤")


def test_ascii_has_no_sign_beyond_ascii() -> None:
    plot = Plot([1, 3, None, 2], told, ["a", "b", "c", "d"], [2, 2, 2, 2], {3}, (1.0, 2.5))
    assert "".join(drawn(plot, 30, 5, ascii_only=True)).isascii()


def test_nothing_known_is_no_chart() -> None:
    assert drawn(Plot([None, None], told), 20, 4) == []


def test_names_stand_apart_and_the_last_always_stands() -> None:
    names = [f"2026-{month:02}" for month in range(1, 13)]
    for room in range(20, 90):
        foot = drawn(Plot(list(range(12)), told, names), room, 3)[-1]
        found = foot.split()
        assert found[-1] == "2026-12" and set(found) <= set(names)
        assert all(len(gap) >= 2 for gap in re.findall(" +", foot.strip()))


numbers = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


@given(st.lists(st.none() | numbers, min_size=1, max_size=30), st.integers(12, 120), st.integers(2, 20))
def test_no_line_is_wider_than_its_room_and_all_of_the_plot_are_equally_wide(values, room, rows) -> None:
    lines = drawn(Plot(values, told, [str(n) for n in range(len(values))]), room, rows)
    if any(value is not None for value in values):
        margin = max(width(told(value)) for value in (*(v for v in values if v is not None), 0)) + 2
        assert all(width(line) <= max(room, margin + 1 + 8) for line in lines)
        assert len({width(line) for line in lines[: rows + 1]}) == 1
        assert len(lines) == rows + 2


@given(st.lists(numbers.filter(lambda value: value >= 0), min_size=3, max_size=12), st.integers(2, 12))
def test_the_last_value_stands_in_the_row_of_its_height(values, rows) -> None:
    """From zero (or the foot of a narrow band) to the highest: no more than a row of cells away from where it lies."""
    lines = drawn(Plot(values, told), 60, rows)
    high, low = max(values), min(values)
    foot = min(low, 0.95 * high) if high and low >= 0.8 * high and low < high else 0.0
    share = (values[-1] - foot) / (high - foot) if high > foot else 0.0
    at = next(row for row, line in enumerate(lines) if line.endswith(LAST))
    assert abs(at - (1 - share) * (rows - 1)) <= 1


@given(st.lists(numbers, min_size=2, max_size=12))
def test_a_period_that_is_not_over_is_marked_and_not_the_last(values) -> None:
    lines = drawn(Plot(values, told, partial={len(values) - 1}), 60, 6)
    assert sum(line.count(PARTIAL) for line in lines) == 1


def test_marks_stand_below_their_places_and_the_last_ones_have_room_first() -> None:
    """Four places over eleven cells: 0, 3, 7 and 10; the mark of the second meets that of the third: a tick only."""
    lines = drawn(Plot([1, 2, 3, 4], told, ["a", "b", "c", "d"], marks=["", "618", "双11", "X"]), 14, 2)
    assert lines[-3:] == ["  └───┴───┴──┴", "        双11 X", "   a  b   c  d"]
    assert drawn(Plot([1, 2], told, ["a", "b"], marks=["", ""]), 14, 2) == drawn(Plot([1, 2], told, ["a", "b"]), 14, 2)
