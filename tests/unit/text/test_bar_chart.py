"""Bars of characters: pictures drawn by hand to scale, and properties over random bars."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.text.charts.bar_chart import BarLine, BarPlot, bar_chart
from kpi_tui.text.charts.pieces import FALL, RISE
from kpi_tui.text.fit import width


def told(value: float) -> str:
    return f"{value:.0f}"


def drawn(plot: BarPlot, room: int, rows: int = 99, ascii_only: bool = False) -> list[str]:
    lines = bar_chart(plot, room, rows, ascii_only=ascii_only)
    return ["".join(text for text, _part in line).rstrip() for line in lines]


def plain(*values: float, span: tuple[float, float], **more: object) -> BarPlot:
    bars = [BarLine("ab"[n % 2], [(0.0, value, 0)], [told(value)]) for n, value in enumerate(values)]
    return BarPlot(bars, told, span, **more)


def test_bars_from_zero_with_their_numbers_and_the_axis() -> None:
    """20 cells for 0 … 20: a cell each; 10.5 ends half way in the eleventh."""
    assert drawn(plain(20, 10.5, span=(0, 20)), 27) == [
        "a │████████████████████  20",
        "b │██████████▌           10",
        "  └────────────────────",
        "  0                  20",
    ]


def test_below_zero_they_go_to_the_left_of_it() -> None:
    """A fourth of 20 cells lies below zero."""
    assert drawn(plain(-5, 15, span=(-5, 15)), 27) == [
        "a █████│" + " " * 17 + "-5",
        "b      │███████████████  15",
        "  ─────┴───────────────",
        "  -5   0             15",
    ]


def test_a_target_is_a_mark_on_the_bar() -> None:
    (line, *_rest) = drawn(BarPlot([BarLine("a", [(0, 10, 0)], (), 15.0)], told, (0, 20)), 23)
    assert line == "a │" + "█" * 10 + " " * 5 + "┊"


def test_a_waterfall_hangs_its_steps_where_the_one_before_ended() -> None:
    """40 + 8 − 10 = 38 of 48, which is as many cells."""
    bars = [
        BarLine("A", [(0, 40, 0)]),
        BarLine("b", [(40, 48, RISE)]),
        BarLine("c", [(48, 38, FALL)]),
        BarLine("D", [(0, 38, 0)]),
    ]
    lines = drawn(BarPlot(bars, told, (0, 48), ends=True), 51)
    assert lines[:4] == [
        "A │" + "█" * 40,
        "b │" + " " * 40 + "▓" * 8,
        "c │" + " " * 38 + "░" * 10,
        "D │" + "█" * 38,
    ]
    assert [line[:2] for line in drawn(BarPlot(bars, told, (0, 48), ends=True), 51, 5)] == [
        "A ",
        "… ",
        "D ",
        "  ",
        "  ",
    ]


def test_stacked_parts_differ_in_their_signs() -> None:
    (line, *_rest) = drawn(BarPlot([BarLine("a", [(0, 4, 0), (4, 6, 1), (6, 7, 2)])], told, (0, 10)), 13)
    assert line == "a │████▓▓▒"


def test_a_cut_axis_says_so_and_what_is_too_small_is_a_hair() -> None:
    lines = drawn(BarPlot([BarLine("a", [(95, 95.1, RISE)])], told, (90, 100)), 13)
    assert lines[0] == "a │     │" and lines[-1].startswith("  ~90")


def test_ascii_has_no_sign_beyond_ascii() -> None:
    bars = [BarLine("a", [(0, 4, 0), (4, 6, 1), (6, 7, 2), (7, 9, 3)], ["−1"], 5.0), BarLine("b", [(0, 0.01, 0)])]
    lines = drawn(BarPlot(bars, told, (-1, 10)), 30, 4, ascii_only=True)
    assert "".join(lines).isascii() and [width(line) for line in lines] == [
        width(line) for line in drawn(BarPlot(bars, told, (-1, 10)), 30, 4)
    ]


values = st.floats(-1e9, 1e9).map(lambda value: round(value, 2))


@given(st.lists(st.tuples(values, values, st.integers(0, 3)), min_size=1, max_size=9), st.integers(30, 120))
def test_no_line_is_wider_than_its_room_and_every_bar_leaves_a_mark(pieces, room) -> None:
    ends = [end for start, end, _fill in pieces for end in (start, end)]
    low, high = min(0, *ends), max(0, *ends)
    plot = BarPlot([BarLine("名称", [piece], ["12"]) for piece in pieces], told, (low, high if high > low else low + 1))
    lines = drawn(plot, room)
    assert len(lines) == len(pieces) + 2
    assert all(width(line) <= room for line in lines[:-1])
    for (start, end, _fill), line in zip(pieces, lines, strict=False):
        assert start == end or len(line.replace("名称", "").replace("12", "").replace(" ", "")) >= 1
