"""The Targets screen."""

from __future__ import annotations

from typing import Any, ClassVar

from kpi_tui.tui.commands import TARGETS, bindings
from kpi_tui.tui.screens.base import KpiScreen


class TargetsScreen(KpiScreen):
    """The targets screen (not built yet)."""

    SCOPE = TARGETS
    BINDINGS: ClassVar[list[Any]] = bindings(TARGETS)
