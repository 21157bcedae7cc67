"""What keys do on the Scorecard screen."""

from __future__ import annotations

from kpi_tui.text.i18n import N_
from kpi_tui.tui.keys.action import BY_COLUMN, SCORECARD, KeyAction

KEYS = (
    KeyAction("line.weakest", "asterisk", SCORECARD, "weakest", N_("weak line"), N_("Go to the weakest line")),
    KeyAction(
        "explain", "enter,x", SCORECARD, "explain", N_("explain"), N_("Show where the number comes from"), hint=3
    ),
    KeyAction(
        "edit",
        "e",
        SCORECARD,
        "edit",
        N_("edit target"),
        N_("Edit the target of this metric"),
        hint=4,
        asks=True,
    ),
    KeyAction(
        "propose",
        "p",
        SCORECARD,
        "propose",
        N_("propose"),
        N_("Targets proposed for this line and its role, each with its backtest"),
    ),
    KeyAction("drivers", "v", SCORECARD, "drivers", N_("drivers"), N_("What moved this number")),
    KeyAction(
        "score.choose",
        "c",
        SCORECARD,
        "choose",
        N_("compare"),
        N_("Lay another role or person beside this one, line by line"),
        asks=True,
    ),
    KeyAction(
        "score.history",
        "H",
        SCORECARD,
        "history",
        N_("history"),
        N_("The score and every line over the last periods, as a chart"),
    ),
    KeyAction("break_down", "b", SCORECARD, "break_down", *BY_COLUMN),
)
