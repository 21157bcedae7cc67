"""Heat maps of characters: numbers first, a sign behind each that is the darker the larger it is."""

from __future__ import annotations

from kpi_tui.text.charts.heat_map import HeatLine, HeatPlot, heat_map
from kpi_tui.text.fit import width

TRIANGLE = HeatPlot(
    ["+0", "+1", "+2"],
    [
        HeatLine("2026-08", "120", [("100", 0), ("50", 5), ("9", 1)]),
        HeatLine("2026-09", "80", [("100", 0), ("30", 3), ("·", 0)]),
        HeatLine("2026-10", "9", [("100", 0), ("·", 0), ("·", 0)]),
    ],
    "n",
)


def drawn(room: int, rows: int = 99, ascii_only: bool = False) -> list[str]:
    lines = heat_map(TRIANGLE, room, rows, ascii_only=ascii_only)
    return ["".join(text for text, _part in line).rstrip() for line in lines]


def test_numbers_with_their_shades_and_what_is_still_to_come() -> None:
    assert drawn(80) == [
        "          n  +0  +1  +2",
        "2026-08 120 100  50█  9",
        "2026-09  80 100  30▒  ·",
        "2026-10   9 100   ·   ·",
    ]


def test_columns_that_find_no_room_leave_a_mark() -> None:
    """The first column needs 5 cells, the second 4, the mark one."""
    assert drawn(22) == [
        "          n  +0  +1 …",
        "2026-08 120 100  50█",
        "2026-09  80 100  30▒",
        "2026-10   9 100   ·",
    ]


def test_rows_that_find_no_room_are_counted() -> None:
    assert drawn(80, 3)[-1] == "… and 2 more"
    assert len(drawn(80, 4)) == 4


def test_ascii_has_no_sign_beyond_ascii() -> None:
    assert "".join(drawn(20, 3, ascii_only=True)).isascii()
    assert all(width(line) <= 30 for line in drawn(30))
