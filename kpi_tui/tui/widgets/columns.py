"""Until every screen takes its rows from a View: the old names of its columns."""

from kpi_tui.render.columns import GAP, Slot, place
from kpi_tui.views.view import Column

__all__ = ["GAP", "Column", "Slot", "place"]
