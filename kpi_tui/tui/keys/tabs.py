"""The main screens as the bar above them names them, in the order of their digits."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.text.i18n import N_


@dataclass(frozen=True, slots=True)
class ScreenTab:
    """A main screen: its mode, the command that shows it, and its name.

    `aside`: the pages, which the bar calls by their own names where it has room; the first to shrink to its key.
    """

    mode: str
    command: str
    label: str
    aside: bool = False


PAGES = N_("Pages")
TABS = (
    ScreenTab("scorecard", "screen.scorecard", N_("Scorecard")),
    ScreenTab("chain", "screen.chain", N_("Chain")),
    ScreenTab("library", "screen.library", N_("Library")),
    ScreenTab("targets", "screen.targets", N_("Targets")),
    ScreenTab("drivers", "screen.drivers", N_("Drivers")),
    ScreenTab("data", "screen.data", N_("Data")),
    ScreenTab("design", "screen.design", N_("Design")),
    ScreenTab("page", "screen.page", PAGES, aside=True),
)
