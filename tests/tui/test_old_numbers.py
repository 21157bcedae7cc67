"""While new numbers are computed the old ones stand dimmed, never a blank."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widget import Widget

from kpi_tui.tui.widgets.bars import PATIENT
from tests.tui.driving import opened, text


def colours(pilot: Pilot[int], of: str) -> set[str]:
    """Those of what stands in a widget."""
    region = pilot.app.screen.query_one(of, Widget).region
    strips = pilot.app.screen._compositor.render_strips(pilot.app.screen.size)[region.y : region.bottom]
    inside = [strip.crop(region.x, region.right) for strip in strips]
    return {str(one.style.color.triplet) for strip in inside for one in strip if one.text.strip() and one.style.color}


async def test_old_numbers_are_dimmed_while_new_ones_are_computed():
    async with opened(size=(120, 40)) as pilot:
        shown, board, roles = text(pilot), colours(pilot, "#board"), colours(pilot, "#roles")
        pilot.app.screen.status.progress = ("orders", 1, 2)
        await pilot.pause(PATIENT / 2)
        assert colours(pilot, "#board") == board, "what comes at once does not flicker"
        await pilot.pause(PATIENT)
        assert not colours(pilot, "#board") & board and colours(pilot, "#roles") == roles
        assert [line for line in shown.splitlines()[5:12] if line not in text(pilot)] == []
        pilot.app.screen.status.progress = None
        await pilot.pause()
        assert colours(pilot, "#board") == board
