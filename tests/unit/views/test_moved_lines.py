"""Lines of a role in another order, as the history and what is unsaved tell it: which line moved where."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kpi_tui.book.start.shipped import shipped_library
from kpi_tui.definitions.edit import Change
from kpi_tui.text.phrase import translate
from kpi_tui.views.edits.definitions import both_values, definition_changes, saved_definitions

FORWARD = "Buyers, Daily active users, Gross merchandise volume"
BACKWARD = "Gross merchandise volume, Daily active users, Buyers"
SPACE = shipped_library()


def lines(order: str) -> list[dict[str, object]]:
    """Lines of these metrics: b buyers, d dau, g gmv, a aov."""
    names = {"b": "buyers", "d": "dau", "g": "gmv", "a": "aov"}
    return [{"metric": names[one], "weight": 25} for one in order]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("bdga", "gbda", ("line 3: Gross merchandise volume", "line 1: Gross merchandise volume")),
        ("bdga", "dgab", ("line 1: Buyers", "line 4: Buyers")),
        ("bdg", "gdb", (FORWARD, BACKWARD)),
        ("bdga", "bdg", ("4 lines", "3 lines")),
        ("bdga", "bdga", ("4 lines", "4 lines")),
    ],
)
def test_the_line_that_moved_and_its_places_are_told(before: str, after: str, said: tuple[str, str]) -> None:
    assert tuple(translate(one) for one in both_values(lines(before), lines(after), SPACE)) == said


def test_the_history_and_what_was_saved_say_it() -> None:
    at, path = datetime(2026, 11, 2, 9, 0, tzinfo=UTC), ("roles", "ops", "lines")
    change = Change("1", at, "ann", "roles", "ops.lines", "roles", lines("bd"), lines("db"), keys=path)
    (row,) = definition_changes([change], SPACE).sheets[0].rows
    assert [translate(cell.word) for cell in row.cells][4:6] == ["line 1: Buyers", "line 2: Buyers"]  # type: ignore[union-attr]
    assert "line 1: Buyers → line 2: Buyers" in translate(saved_definitions([change], SPACE))
