"""The Scorecard screen."""

from __future__ import annotations

from typing import Any, ClassVar

from kpi_tui.tui.commands import SCORECARD, bindings
from kpi_tui.tui.screens.base import KpiScreen


class ScorecardScreen(KpiScreen):
    """The scorecard screen (not built yet)."""

    SCOPE = SCORECARD
    BINDINGS: ClassVar[list[Any]] = bindings(SCORECARD)
