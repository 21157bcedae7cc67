"""The main screens by the name of their mode; each is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from kpi_tui.tui.keys.action import SCORECARD
from kpi_tui.tui.rows_wanted import RowsWanted
from kpi_tui.tui.screens.frame import KpiScreen


class StartScreen(KpiScreen):
    """The first picture: bars and "reading …"; nothing that draws numbers is imported for it."""

    SCOPE = SCORECARD


def _later(module: str, name: str) -> Callable[[], KpiScreen]:
    """Makes a screen of `tui/screens/<module>/`: the first picture does not wait for it."""

    def make() -> KpiScreen:
        screen: KpiScreen = getattr(import_module(f"kpi_tui.tui.screens.{module}.screen"), name)()
        return screen

    return make


def rows_screen(wanted: RowsWanted, tab: str) -> KpiScreen:
    """The rows behind a number, over the main screen `tab`."""
    screen: KpiScreen = import_module("kpi_tui.tui.screens.rows.screen").RowsScreen(wanted, tab)
    return screen


MODES: Final[dict[str, Any]] = {
    "start": StartScreen,
    "scorecard": _later("scorecard", "ScorecardScreen"),
    "chain": _later("chain", "ChainScreen"),
    "library": _later("library", "LibraryScreen"),
    "targets": _later("targets", "TargetsScreen"),
    "drivers": _later("drivers", "DriversScreen"),
    "data": _later("data", "DataScreen"),
    "design": _later("design", "DesignScreen"),
    "page": _later("page", "PageScreen"),
}
