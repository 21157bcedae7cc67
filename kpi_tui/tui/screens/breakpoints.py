"""The sizes at which the main screens change: the class that each least width and height gives, for style sheets."""

from __future__ import annotations

from textual.geometry import Size
from textual.widget import Widget

from kpi_tui.text.i18n import _

MIN_WIDTH, MIN_HEIGHT = 40, 12
WIDTHS = [(0, "-tiny-width"), (MIN_WIDTH, "-narrow"), (60, "-normal"), (120, "-wide")]
VAST = 180
"""Cells from which there is room for three; such a screen is wide as well."""
HEIGHTS = [(0, "-tiny-height"), (MIN_HEIGHT, "-low"), (16, "-mid"), (20, "-tall")]


def classes_of(size: Size) -> list[str]:
    """The classes of a screen of that size: the last step that fits, of either extent."""
    extents = ((size.width, WIDTHS), (size.height, HEIGHTS))
    found = [max(step for step in steps if step[0] <= extent)[1] for extent, steps in extents]
    return [*found, "-vast"] if size.width >= VAST else found


class TooSmall(Widget):
    """In place of a screen that has no room: a sentence with the least size, in the language in force."""

    def render(self) -> str:
        """The sentence; it has no markup."""
        return _("This terminal is too small: kpi-tui needs {width}×{height}.", width=MIN_WIDTH, height=MIN_HEIGHT)
