"""What keys do on the Drivers screen."""

from __future__ import annotations

from kpi_tui.text.i18n import N_
from kpi_tui.tui.keys.action import CHARTED, DRIVERS, KeyAction

KEYS = (
    KeyAction("drivers.drill", "enter", DRIVERS, "drill", N_("drill"), N_("Take this factor apart too"), hint=-6),
    KeyAction(
        "drivers.up",
        "backspace,ctrl+o",
        DRIVERS,
        "back",
        N_("back up"),
        N_("Back to what was taken apart before, then to the screen before"),
        hint=-5,
    ),
    KeyAction(
        "drivers.break_down",
        "b",
        DRIVERS,
        "break_down",
        N_("by column"),
        N_("Which segments moved it: by channel, platform …"),
        asks=True,
        hint=-4,
    ),
    KeyAction("drivers.chart", "V", DRIVERS, "chart", *CHARTED),
    KeyAction("drivers.method", "M", DRIVERS, "method", N_("method"), N_("Shapley, LMDI or substitution")),
    KeyAction("drivers.expand", "i", DRIVERS, "expand", N_("split"), N_("Take metrics inside the formula apart too")),
    KeyAction("drivers.explain", "x", DRIVERS, "explain", N_("explain"), N_("Where this number comes from"), hint=-3),
    KeyAction(
        "drivers.choose",
        "c",
        DRIVERS,
        "choose",
        N_("metric"),
        N_("Choose the metric or tree"),
        asks=True,
        hint=-7,
    ),
)
