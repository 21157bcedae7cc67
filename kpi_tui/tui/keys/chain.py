"""What keys do on the Chain screen."""

from __future__ import annotations

from kpi_tui.text.i18n import N_
from kpi_tui.tui.keys.action import BY_COLUMN, CHAIN, KeyAction

KEYS = (
    KeyAction(
        "chain.explain", "enter,x", CHAIN, "explain", N_("explain"), N_("The link: formula, weeks, rule"), hint=-6
    ),
    KeyAction("chain.roll", "o", CHAIN, "roll", N_("roll over"), N_("Propose the next targets and take them"), hint=-5),
    KeyAction(
        "chain.edit",
        "e",
        CHAIN,
        "edit",
        N_("target"),
        N_("Agree a target of this link for a week"),
        hint=-4,
        asks=True,
    ),
    KeyAction(
        "chain.actuals",
        "a",
        CHAIN,
        "actuals",
        N_("type weeks"),
        N_("Type the numbers of weeks kept by hand"),
        hint=-3,
        asks=True,
    ),
    KeyAction(
        "chain.import",
        "I",
        CHAIN,
        "import_file",
        N_("import"),
        N_("Import numbers kept by hand from a file: what would change is shown first"),
        asks=True,
    ),
    KeyAction(
        "chain.points",
        "P",
        CHAIN,
        "points",
        N_("points"),
        N_("Change the points of this link for the month"),
        asks=True,
    ),
    KeyAction(
        "chain.baseline",
        "B",
        CHAIN,
        "baseline",
        N_("baseline"),
        N_("Reset the growth baseline, with a note"),
        asks=True,
    ),
    KeyAction("chain.choose", "c", CHAIN, "choose", N_("chain"), N_("Show another chain or funnel"), hint=-2),
    KeyAction(
        "chain.diagnosis",
        "d",
        CHAIN,
        "findings",
        N_("findings"),
        N_("Every finding and both orders of links"),
    ),
    KeyAction("chain.weak", "asterisk", CHAIN, "weakest", N_("weak link"), N_("Go to the weak link")),
    KeyAction("chain.drivers", "v", CHAIN, "drivers", N_("drivers"), N_("What moved the number of this link")),
    KeyAction("chain.break_down", "b", CHAIN, "break_down", *BY_COLUMN),
    KeyAction("chain.panes", "tab,shift+tab", CHAIN, "next_place(1)", N_("pane"), N_("Links or weeks")),
)
