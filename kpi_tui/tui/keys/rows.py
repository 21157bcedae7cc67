"""What keys do where the rows behind a number are shown."""

from __future__ import annotations

from kpi_tui.text.i18n import N_
from kpi_tui.tui.keys.action import ROWS, KeyAction

KEYS = (
    KeyAction(
        "rows.open", "enter", ROWS, "open", N_("details"), N_("The rows of this measure; the whole row"), hint=-9
    ),
    KeyAction(
        "rows.back",
        "backspace,ctrl+o",
        ROWS,
        "back",
        N_("back"),
        N_("Back to the measures, then to the number"),
    ),
    KeyAction(
        "rows.sort",
        "s",
        ROWS,
        "sort",
        N_("sort all"),
        N_("Sort all rows by a column; again: the other way round, then by time"),
        asks=True,
        hint=-6,
    ),
    KeyAction(
        "rows.filter",
        "f",
        ROWS,
        "filter",
        N_("filter"),
        N_("Only rows with a text, or of which a condition is true"),
        asks=True,
        hint=-8,
    ),
    KeyAction(
        "rows.before", "left_parenthesis", ROWS, "thousand(-1)", N_("thousand"), N_("The thousand rows before"), hint=-7
    ),
    KeyAction(
        "rows.next", "right_parenthesis", ROWS, "thousand(1)", N_("thousand"), N_("The next thousand rows"), hint=-7
    ),
    KeyAction("rows.choose", "c", ROWS, "choose", N_("measure"), N_("Another measure of the same number")),
    KeyAction("rows.explain", "x", ROWS, "explain", N_("explain"), N_("Where this number comes from")),
)
