"""A target split over parts comes to it exactly; numbers worked out by hand (R003)."""

from __future__ import annotations

import math

import pytest

from kpi_tui.scoring.split_target import split


@pytest.mark.parametrize(
    ("total", "shares", "unit", "parts"),
    [
        (100, [1, 1, 1], "count", [34, 33, 33]),
        (10, [3, 3, 1], "count", [4, 4, 2]),  # 4.29, 4.29, 1.43: one step left goes to the largest remainder, .43
        (1000, [30, 31], "count", [492, 508]),  # 491.8 and 508.2
        (100, [1, 1, 1], "currency", [33.34, 33.33, 33.33]),
        (-100, [1, 1, 1], "count", [-34, -33, -33]),
        (7.5, [1, 0], "count", [7, 0.5]),  # no whole number to begin with: nothing of it is lost
        (0, [1, 2], "count", [0, 0]),
    ],
)
def test_parts_come_to_the_whole(total: float, shares: list[float], unit: str, parts: list[float]) -> None:
    found = split(total, shares, unit)
    assert found == parts
    assert math.fsum(found) == pytest.approx(total, abs=1e-9)
