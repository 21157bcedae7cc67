"""Every screen as it looks, in both languages and two sizes, against pictures a person has looked at.

After a change of the look: `pytest tests/tui/test_snapshots.py --snapshot-update`, then look at what changed.
"""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.i18n import set_language
from kpi_tui.tui.app import KpiApp
from kpi_tui.tui.screens.library import metric_details
from tests.tui.driving import CALM, press, settled
from tests.tui.fake_book import PERIOD
from tests.tui.shop_book import ShopBook

SIZES = ((80, 24), (120, 40))
SCREENS = {
    "scorecard": (),
    "explain": ("enter",),
    "help": ("question_mark",),
    "library": ("3",),
    "details": ("3", "enter"),
    "targets": ("4",),
    "diff": ("4", "D"),
    "draft": (),
}


def shop(screen: str, language: str) -> ShopBook:
    """Made-up numbers; an unsaved edit where it is what the picture shows."""
    book = ShopBook(language, drafts=3 if screen == "draft" else 0)
    if screen in ("targets", "diff"):
        book.targets.set(TargetKey("operations", "buyback_rate_day"), PERIOD, 0.3)
    return book


@pytest.mark.sampled(4, keep=(0, 3))  # each in either language and size
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_looks_as_it_did(snap_compare, monkeypatch, screen, size, language):
    monkeypatch.setattr(metric_details, "DELAY", 0.001)
    set_language(language)
    app = KpiApp(lambda: shop(screen, language), options=CALM, spoken=language)

    async def walk(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await press(pilot, *SCREENS[screen])
        if screen in ("library", "details"):
            await pilot.pause(0.1)  # the number of the metric under the cursor is asked for after a rest
            await settled(pilot)

    assert snap_compare(app, terminal_size=size, run_before=walk)
