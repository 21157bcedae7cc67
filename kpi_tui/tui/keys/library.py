"""What keys do on the Library screen."""

from __future__ import annotations

from kpi_tui.text.i18n import N_
from kpi_tui.tui.keys.action import BY_COLUMN, LIBRARY, KeyAction

KEYS = (
    KeyAction(
        "library.details", "enter", LIBRARY, "details", N_("details"), N_("Everything about this metric"), hint=-3
    ),
    KeyAction("library.explain", "x", LIBRARY, "explain", N_("explain"), N_("Where this number comes from"), hint=-2),
    KeyAction("library.drivers", "v", LIBRARY, "drivers", N_("drivers"), N_("What moved this number")),
    KeyAction("library.break_down", "b", LIBRARY, "break_down", *BY_COLUMN),
    KeyAction(
        "library.find", "f", LIBRARY, "filter", N_("filter"), N_("Filter the metrics, in both languages"), asks=True
    ),
    KeyAction(
        "library.panes",
        "tab,shift+tab",
        LIBRARY,
        "next_place(1)",
        N_("pane"),
        N_("Modules or metrics"),
    ),
)
