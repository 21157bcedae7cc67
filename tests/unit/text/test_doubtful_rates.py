"""A rate written like a count is asked about before it is set: 3万 on a rate, a bare 28 that is read as 28 %."""

from __future__ import annotations

import pytest

from kpi_tui.text.typed_amounts import AmountError, doubt, parse_amount, read_as
from kpi_tui.tui.editing.cell_value import CellValue


@pytest.mark.parametrize(
    ("typed", "unit", "asked"),
    [
        ("3万", "percent", "“3万” on a rate means 30,000.0 %"),  # 30,000, read as percent like every bare number
        ("3万%", "percent", "“3万%” on a rate means 30,000.0 %"),
        ("0.1k", "percent", "“0.1k” on a rate means 100.0 %"),
        ("1000", "percent", "“1000” on a rate means 1,000.0 %"),
        ("999", "percent", ""),
        ("28", "percent", ""),
        ("3万", "currency", ""),
        ("3万", "count", ""),
    ],
)
def test_what_hardly_is_a_rate_is_doubted(typed: str, unit: str, asked: str) -> None:
    assert doubt(typed, parse_amount(typed, unit), unit) == asked


@pytest.mark.parametrize(
    ("typed", "told"), [("28", "“28” was read as 28.0 %."), ("0.28", "“0.28” was read as 28.0 %."), ("28%", "")]
)
def test_a_bare_number_on_a_rate_says_how_it_was_read(typed: str, told: str) -> None:
    assert read_as(typed, parse_amount(typed, "percent"), "percent") == told
    assert read_as("28", 28.0, "count") == ""


def test_a_cell_asks_once_and_then_takes_it() -> None:
    cell = CellValue()
    with pytest.raises(AmountError, match="30,000"):
        cell.read("a", "3万", "percent", None)
    assert cell.read("a", "3万", "percent", None) == 300
    assert cell.read("a", "28", "percent", 0.3) == pytest.approx(0.28)
    with pytest.raises(AmountError, match="tenfold"):
        cell.read("a", "1%", "percent", 0.3)
