"""A rate changes by percentage points, a count by a share of what it was: one place says which, everybody tells it."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.answers.value import Value, value_changed
from kpi_tui.definitions.change import changed, unit_of_difference
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.render.drawn import drawn
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import set_language
from kpi_tui.text.phrase import translate
from kpi_tui.views.cells import change_cell, change_word

SEPTEMBER, OCTOBER = Period.parse("2026-09"), Period.parse("2026-10")


@pytest.mark.parametrize(
    ("before", "now", "unit", "value", "told"),
    [
        (0.766, 0.488, "percent", -0.278, "▼ 27.8 pp"),  # not −36.3 %
        (0.0, 0.05, "percent", 0.05, "▲ 5.0 pp"),
        (200, 230, "count", 0.15, "▲ 15.0 %"),
        (100.0, 75.0, "currency", -0.25, "▼ 25.0 %"),
        (2.0, 3.0, "ratio", 0.5, "▲ 50.0 %"),
        (-4.0, -2.0, "currency", 0.5, "▲ 50.0 %"),
        (0.5, 0.5, "percent", 0.0, "▬ 0.0 pp"),
    ],
)
def test_a_change_is_told_in_its_unit(before: float, now: float, unit: str, value: float, told: str) -> None:
    moved = changed(before, now, unit)
    assert moved is not None and moved.value == pytest.approx(value)
    assert drawn(change_cell(moved)) == told
    assert translate(change_word(moved)) == told


def test_a_change_that_cannot_be_known_is_none() -> None:
    assert changed(None, 1.0, "percent") is None
    assert changed(0.0, 1.0, "count") is None
    half = Value("m", OCTOBER, 0.5, unit="percent", partial=True)
    assert value_changed(Value("m", SEPTEMBER, 0.4, unit="percent"), half) is None


def test_percentage_points_in_chinese_and_briefly() -> None:
    cell = change_cell(changed(0.766, 0.488, "percent"))
    assert fmt.quantity(Quantity(-0.098, "pp", signed=True)) == "−9.8 pp"
    set_language("zh")
    try:
        assert fmt.quantity(Quantity(-0.098, "pp", signed=True)) == "−9.8 个百分点"
        assert (drawn(cell), drawn(cell, brief=True)) == ("▼ 27.8 个百分点", "▼27.8pp")
    finally:
        set_language("en")
    assert (unit_of_difference("percent"), unit_of_difference("count")) == ("pp", "count")
