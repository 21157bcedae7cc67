"""What the answers that are not views yet share with those that are."""

from __future__ import annotations

from collections.abc import Callable

from kpi_tui.views.cells import finite
from kpi_tui.views.library.values import value_data

Namer = Callable[[str], str]

__all__ = ["Namer", "finite", "value_data"]
