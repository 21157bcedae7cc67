"""What keys do on the Pages screen."""

from __future__ import annotations

from kpi_tui.text.i18n import N_
from kpi_tui.tui.keys.action import BY_COLUMN, CHARTED, PAGE, KeyAction

KEYS = (
    KeyAction("page.explain", "enter,x", PAGE, "explain", N_("explain"), N_("Where this number comes from"), hint=-6),
    KeyAction("page.drivers", "v", PAGE, "drivers", N_("drivers"), N_("What moved this number"), hint=-5),
    KeyAction("page.break_down", "b", PAGE, "break_down", *BY_COLUMN),
    KeyAction("page.chart", "V", PAGE, "chart", *CHARTED),
    KeyAction("page.choose", "c", PAGE, "choose", N_("page"), N_("Show another page"), hint=-4),
    KeyAction("page.what_if", "W", PAGE, "what_if", N_("what if"), N_("Put other numbers into a projection")),
    KeyAction(
        "page.beside",
        "J",
        PAGE,
        "beside",
        N_("other workspaces"),
        N_("On your board: those of other workspaces below it"),
    ),
    KeyAction(
        "page.notes",
        "d",
        PAGE,
        "findings",
        N_("findings"),
        N_("Every finding, what to mind, and which tables are missing"),
        hint=-3,
    ),
)
