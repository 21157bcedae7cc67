"""What keys do on the Targets screen."""

from __future__ import annotations

from kpi_tui.text.i18n import N_
from kpi_tui.tui.keys.action import BY_COLUMN, TARGETS, KeyAction

KEYS = (
    KeyAction(
        "targets.edit",
        "enter,e",
        TARGETS,
        "edit",
        N_("edit"),
        N_("Edit this target; Enter sets it and goes on"),
        hint=-5,
    ),
    KeyAction("targets.save", "w", TARGETS, "save", N_("save"), N_("Write the edited targets"), hint=-4),
    KeyAction("targets.undo", "u", TARGETS, "undo", N_("undo"), N_("Take the last edit back"), hint=-3),
    KeyAction("targets.clear", "delete", TARGETS, "clear", N_("clear"), N_("No target for this metric")),
    KeyAction(
        "targets.copy", "C", TARGETS, "copy_last", N_("copy"), N_("Take over the targets of the last period"), hint=-1
    ),
    KeyAction(
        "targets.raise",
        "percent_sign",
        TARGETS,
        "raise",
        N_("raise"),
        N_("Raise or lower targets by a percentage"),
        asks=True,
    ),
    KeyAction(
        "targets.diff",
        "D",
        TARGETS,
        "differences",
        N_("differences"),
        N_("What differs from the saved targets"),
    ),
    KeyAction(
        "targets.choose",
        "c",
        TARGETS,
        "choose",
        N_("choose"),
        N_("On the sheet of a year (gy): months, quarters or weeks across"),
    ),
    KeyAction(
        "targets.propose",
        "p",
        TARGETS,
        "propose",
        N_("propose"),
        N_("Targets proposed for this role, each with its backtest"),
        hint=-2,
    ),
    KeyAction(
        "targets.split",
        "S",
        TARGETS,
        "split",
        N_("split"),
        N_("On the sheet of a year: its targets over the months left"),
    ),
    KeyAction(
        "targets.import",
        "I",
        TARGETS,
        "import_file",
        N_("import"),
        N_("Import targets from a file: what would change is shown first"),
        asks=True,
    ),
    KeyAction("targets.history", "H", TARGETS, "history", N_("history"), N_("Who changed this target, when and why")),
    KeyAction("targets.drivers", "v", TARGETS, "drivers", N_("drivers"), N_("What moved the actual value")),
    KeyAction("targets.break_down", "b", TARGETS, "break_down", *BY_COLUMN),
    KeyAction("targets.explain", "x", TARGETS, "explain", N_("explain"), N_("Where the actual value comes from")),
    KeyAction("targets.next", "tab", TARGETS, "next_place(1)", N_("next target"), N_("The next target")),
    KeyAction(
        "targets.previous",
        "shift+tab",
        TARGETS,
        "next_place(-1)",
        N_("target before"),
        N_("The target before"),
    ),
)
