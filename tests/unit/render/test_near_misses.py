"""What is drawn never says more than the number: a miss stays a miss, what is no number is kept as none (R002)."""

from __future__ import annotations

import math

import pytest

from kpi_tui.render.drawn import drawn, exact
from kpi_tui.views.cells import AttainmentCell, BarCell, ChangeCell, NumberCell


@pytest.mark.parametrize(
    ("share", "full", "brief"),
    [
        (0.9996, "99.96 %", "99.96%"),
        (0.99996, "99.996 %", "99.996%"),
        (0.996, "99.6 %", "99.6%"),
        (0.98, "98.0 %", "98%"),
        (1.0, "100.0 %", "100%"),
        (1.0004, "100.0 %", "100%"),
        (None, "—", "—"),
    ],
)
def test_a_near_miss_never_reads_as_met(share: float | None, full: str, brief: str) -> None:
    assert (drawn(AttainmentCell(share)), drawn(AttainmentCell(share), brief=True)) == (full, brief)


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_what_is_no_number_is_an_empty_cell_of_csv_and_spreadsheets(number: float) -> None:
    assert [exact(cell(number)) for cell in (NumberCell, ChangeCell, AttainmentCell, BarCell)] == [None] * 4
