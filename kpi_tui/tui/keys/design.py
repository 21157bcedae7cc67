"""What keys do on the Design screen."""

from __future__ import annotations

from kpi_tui.text.i18n import N_
from kpi_tui.tui.keys.action import DESIGN, KeyAction

KEYS = (
    KeyAction(
        "design.previous_step", "left_curly_bracket", DESIGN, "method_step(-1)", N_("step"), N_("The step before"), -9
    ),
    KeyAction("design.next_step", "right_curly_bracket", DESIGN, "method_step(1)", N_("step"), N_("The next step"), -9),
    KeyAction("design.less", "left", DESIGN, "step(-1)", N_("weight"), N_("5 points less to this line"), hint=-8),
    KeyAction("design.more", "right", DESIGN, "step(1)", N_("weight"), N_("5 points more to this line"), hint=-8),
    KeyAction("design.one_less", "shift+left", DESIGN, "weigh(-1)", N_("weight"), N_("1 point less to this line")),
    KeyAction("design.one_more", "shift+right", DESIGN, "weigh(1)", N_("weight"), N_("1 point more to this line")),
    KeyAction("design.edit", "e", DESIGN, "edit", N_("edit"), N_("Edit what is under the cursor"), hint=-7, asks=True),
    KeyAction(
        "design.take",
        "space",
        DESIGN,
        "turn",
        N_("take or leave"),
        N_("Choose a metric or leave it; a module on or off"),
        hint=-6,
    ),
    KeyAction("design.filter", "f", DESIGN, "filter", N_("filter"), N_("Live metrics, chosen ones, all"), hint=-5),
    KeyAction(
        "design.add", "plus,insert", DESIGN, "add", N_("add"), N_("Add a line, a post, a person"), hint=-4, asks=True
    ),
    KeyAction(
        "design.remove", "delete", DESIGN, "clear", N_("take out"), N_("Take out what is under the cursor"), hint=-3
    ),
    KeyAction(
        "design.open",
        "enter",
        DESIGN,
        "open_row",
        N_("open"),
        N_("Open what is under the cursor, or edit it"),
        asks=True,
    ),
    KeyAction("design.up", "shift+up", DESIGN, "move_line(-1)", N_("up"), N_("This line of the post one up")),
    KeyAction(
        "design.down",
        "shift+down",
        DESIGN,
        "move_line(1)",
        N_("down"),
        N_("This line of the post one down"),
    ),
    KeyAction("design.method", "M", DESIGN, "method", N_("method"), N_("How this line is scored"), asks=True),
    KeyAction("design.next_place", "tab", DESIGN, "next_place(1)", N_("next"), N_("The next section, the next post")),
    KeyAction(
        "design.previous_place", "shift+tab", DESIGN, "next_place(-1)", N_("before"), N_("The section or post before")
    ),
    KeyAction(
        "design.propose",
        "p",
        DESIGN,
        "propose",
        N_("propose"),
        N_("Targets proposed for this post, each with its backtest"),
    ),
    KeyAction("design.save", "w", DESIGN, "save", N_("save"), N_("Write the edited definitions and targets"), hint=-2),
    KeyAction("design.differences", "D", DESIGN, "differences", N_("differences"), N_("What is not saved yet")),
    KeyAction("design.history", "H", DESIGN, "history", N_("history"), N_("Who changed a definition, when and why")),
    KeyAction("design.explain", "x", DESIGN, "explain", N_("explain"), N_("Where this number comes from")),
)
