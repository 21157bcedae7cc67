"""The first line of a screen: what is shown at the left, of when at the right; the left side gives way."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from kpi_tui.text.fit import fit, width

LEAST = 12
"""Cells that the left side keeps."""


class PeriodHead(Static):
    """One bold line as wide as the screen."""

    DEFAULT_CSS = "PeriodHead { height: 1; padding: 0 1; text-style: bold; }"

    def __init__(self) -> None:
        super().__init__(markup=False)

    def show(self, left: str, right: str) -> None:
        """Both sides; the right one is never cut."""
        room = max(self.screen.size.width - 2, 10)
        self.update(Content(fit(f"{fit(left, max(room - width(right) - 1, LEAST))} {right}", room)))
