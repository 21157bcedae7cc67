"""What keys do on the Pages screen."""

from __future__ import annotations

from kpi_tui.text.i18n import N_
from kpi_tui.tui.keys.action import PAGE, KeyAction

KEYS = (
    KeyAction("page.explain", "enter,x", PAGE, "explain", N_("explain"), N_("Where this number comes from"), hint=-6),
    KeyAction("page.drivers", "v", PAGE, "drivers", N_("drivers"), N_("What moved this number"), hint=-5),
    KeyAction("page.choose", "c", PAGE, "choose", N_("page"), N_("Show another page"), means="choose", hint=-4),
    KeyAction(
        "page.notes",
        "d",
        PAGE,
        "notes",
        N_("notes"),
        N_("What to mind, and which tables are missing"),
        means="findings",
        hint=-3,
    ),
)
