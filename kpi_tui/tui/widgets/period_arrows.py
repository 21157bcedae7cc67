"""`‹ 2026-10 ›` in the head of a screen: a click on an arrow goes to the period before or after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.errors import NoWidget
from textual.screen import Screen

from kpi_tui.text.fit import width

if TYPE_CHECKING:
    from kpi_tui.tui.host import Host

ARROWS = {"‹": "period.previous", "›": "period.next"}
NEAR = 1
"""Cells beside an arrow that still mean it."""


async def follow_arrow(screen: Screen[Any], event: events.Click) -> None:
    """Run the command of the arrow that was hit, if there is one in that line of a widget of the screen."""
    try:
        widget, _region = screen.get_widget_at(event.screen_x, event.screen_y)
    except NoWidget:  # the window has got smaller since the click
        return
    place = event.screen_offset - widget.content_region.offset
    if not 0 <= place.y < widget.content_region.height:
        return
    line = widget.render_line(place.y).text
    if not all(arrow in line for arrow in ARROWS):
        return
    for arrow, command in ARROWS.items():
        if abs(width(line[: line.rfind(arrow)]) - place.x) <= NEAR:
            await cast("Host", screen.app).action_command(command)
            return
