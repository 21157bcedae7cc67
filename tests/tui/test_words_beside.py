"""What stands beside a name or a key keeps to its column: help, lists to choose from, fields of a row."""

from __future__ import annotations

import pytest

from kpi_tui.text.fit import width
from kpi_tui.tui.overlays import choice_list
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.widgets.field_list import laid_out
from tests.tui.driving import lines, opened, press


async def test_a_long_line_of_the_help_goes_on_below_its_meaning() -> None:
    async with opened(size=(60, 24)) as pilot:
        await press(pilot, "?")
        shown = lines(pilot)
        at = next(n for n, line in enumerate(shown) if "Targets proposed for this line" in line)
        assert shown[at + 1].startswith(" " * 16)
        assert shown[at + 1].strip()


async def test_what_rows_of_a_list_are_begins_in_one_column() -> None:
    async with opened() as pilot:
        rows = [Choice("a", "留存 Retention", "Who stays", told=True), Choice("b", "Life", "States", told=True)]
        pilot.app.push_screen(ChoiceScreen("Which?", rows))
        await press(pilot, "down")
        shown = lines(pilot)
        one, other = (next(line for line in shown if word in line) for word in ("Who stays", "States"))
        assert width(one[: one.index("Who stays")]) == width(other[: other.index("States")])


def test_a_long_label_stands_beside_its_text_where_there_is_room() -> None:
    fields = [("bought_earlier_day", "true"), ("domain", "public")]
    assert laid_out("", fields, 78).plain.splitlines()[-2:] == ["bought_earlier_day true", "domain             public"]
    assert laid_out("", fields, 40).plain.splitlines()[-3:] == [
        "bought_earlier_day",
        " " * 12 + "true",
        "domain      public",
    ]


def test_a_long_list_is_measured_once_and_not_for_each_of_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """2,000 metrics took a second for each letter that was typed."""
    measured: list[str] = []
    monkeypatch.setattr(choice_list, "width", lambda text: measured.append(text) or width(text))
    screen = ChoiceScreen("Which?", [Choice(str(n), f"Metric {n}", "about", told=True) for n in range(200)])
    rows = [screen._row(one, 77) for one in screen._choices]
    assert len(rows) == 200 and len(measured) < 5 * 200
