"""The Library screen."""

from __future__ import annotations

from typing import Any, ClassVar

from kpi_tui.tui.commands import LIBRARY, bindings
from kpi_tui.tui.screens.base import KpiScreen


class LibraryScreen(KpiScreen):
    """The library screen (not built yet)."""

    SCOPE = LIBRARY
    BINDINGS: ClassVar[list[Any]] = bindings(LIBRARY)
