"""What keys do on the Data screen."""

from __future__ import annotations

from kpi_tui.text.i18n import N_
from kpi_tui.tui.keys.action import DATA, KeyAction

KEYS = (
    KeyAction("data.details", "enter", DATA, "details", N_("details"), N_("Everything about this table"), hint=-3),
    KeyAction(
        "data.agree",
        "T",
        DATA,
        "agree",
        N_("agree"),
        N_("Agree with what was taken for granted of this table, and is asked until then"),
        hint=-2,
        asks=True,
    ),
)
