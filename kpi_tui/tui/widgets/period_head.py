"""The first line of a screen: what is shown at the left, of when at the right; the left side gives way."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.period import Period
from kpi_tui.text.fit import fit, width
from kpi_tui.text.phrase import translate
from kpi_tui.tui.widgets.period_arrows import follow_arrow
from kpi_tui.views.reasons import period_kind

LEAST = 12
"""Cells that the left side keeps."""


class PeriodHead(Static):
    """One bold line as wide as the screen."""

    DEFAULT_CSS = "PeriodHead { height: 1; padding: 0 1; text-style: bold; }"

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._sides: tuple[str, str] | None = None  # None before `show`

    def show(self, left: str, period: Period, *more: str) -> None:
        """What is shown, and of when: the period, its grain and what else is said of it are never cut."""
        right = " · ".join((f"‹ {translate(period.said)} ›  {translate(period_kind(period))}", *more))
        self._sides = left, right
        self._lay_out()

    def on_resize(self) -> None:
        """The right side stays at the edge, whole."""
        self._lay_out()

    def _lay_out(self) -> None:
        if self._sides is not None:
            left, right = self._sides
            room = max(self.screen.size.width - 2, 10)
            self.update(Content(fit(f"{fit(left, max(room - width(right) - 1, LEAST))} {right}", room)))

    async def on_click(self, event: events.Click) -> None:
        """The arrows beside the period."""
        await follow_arrow(self.screen, event)
