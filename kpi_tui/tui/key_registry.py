"""The one registry of commands: bindings, footer, palette, help, keymap and cheat-sheet all come from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual.binding import Binding
from textual.keys import format_key

from kpi_tui.text.i18n import N_, _

GLOBAL = "global"
SCORECARD = "scorecard"
LIBRARY = "library"
TARGETS = "targets"
DATA = "data"
CHAIN = "chain"
DRIVERS = "drivers"
PRIVATE = "private"
TABLE = "table"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a key can do.

    `keys` are Textual key names, separated by commas; `action` is run on the screen, or on the app
    when the screen has none; `label` and `help` are catalogue texts; `hint` orders the footer (0: not shown there).
    """

    id: str
    keys: str
    scope: str
    action: str
    label: str
    help: str
    hint: int = 0
    asks: bool = False  # what is typed behind it belongs to what it opens, however fast it comes
    over: bool = False  # also works while an overlay (help, palette, picker) is open

    def binding(self) -> Binding:
        """The Textual binding; its id makes it remappable."""
        return Binding(self.keys, f"app.command('{self.id}')", self.label, id=self.id, show=False)


@dataclass(frozen=True, slots=True)
class Place:
    """A main screen: its mode, the command that shows it, and its name; `aside`: first to leave a narrow bar."""

    mode: str
    command: str
    label: str
    aside: bool = False


PLACES = (
    Place("scorecard", "screen.scorecard", N_("Scorecard")),
    Place("chain", "screen.chain", N_("Chain")),
    Place("library", "screen.library", N_("Library")),
    Place("targets", "screen.targets", N_("Targets")),
    Place("drivers", "screen.drivers", N_("Drivers")),
    Place("data", "screen.data", N_("Data")),
    Place("private", "screen.private", N_("Private"), aside=True),
)

COMMANDS: tuple[Command, ...] = (
    # --- everywhere ----------------------------------------------------------------------------
    Command(
        "screen.scorecard",
        "1",
        GLOBAL,
        "go('scorecard')",
        N_("Scorecard"),
        N_("Show the scorecard of a role"),
        over=True,
    ),
    Command(
        "screen.chain",
        "2",
        GLOBAL,
        "go('chain')",
        N_("Chain"),
        N_("Show a chain of links, week by week, and its weak link"),
        over=True,
    ),
    Command(
        "screen.library", "3", GLOBAL, "go('library')", N_("Library"), N_("Show every metric of the library"), over=True
    ),
    Command("screen.targets", "4", GLOBAL, "go('targets')", N_("Targets"), N_("Show and edit the targets"), over=True),
    Command(
        "screen.drivers",
        "5",
        GLOBAL,
        "go('drivers')",
        N_("Drivers"),
        N_("Show what moved a number, factor by factor"),
        over=True,
    ),
    Command("screen.data", "6", GLOBAL, "go('data')", N_("Data"), N_("Show what was read from each table"), over=True),
    Command(
        "screen.private",
        "7",
        GLOBAL,
        "go('private')",
        N_("Private"),
        N_("Show the private domain: factors, assets, steps"),
        over=True,
    ),
    Command("role", "r", GLOBAL, "pick_role", N_("role"), N_("Choose the role or the person"), hint=1, asks=True),
    Command(
        "period.previous", "left_square_bracket", GLOBAL, "period(-1)", N_("period"), N_("The period before"), hint=2
    ),
    Command("period.next", "right_square_bracket", GLOBAL, "period(1)", N_("period"), N_("The period after"), hint=2),
    Command("grain", "g", GLOBAL, "grain", N_("grain"), N_("Change between day, week, month, quarter and year")),
    Command("search", "slash", GLOBAL, "search", N_("search"), N_("Search the library in both languages"), hint=8),
    Command("undo", "u", GLOBAL, "undo", N_("undo"), N_("Take the last edit back")),
    Command("redo", "ctrl+r,U", GLOBAL, "redo", N_("redo"), N_("Do again what was taken back")),
    Command("save", "w", GLOBAL, "save", N_("save"), N_("Write the edited targets to the workspace")),
    Command("reload", "f5", GLOBAL, "reload", N_("compute again"), N_("Compute the screen again")),
    Command(
        "cancel", "escape", GLOBAL, "cancel", N_("cancel"), N_("Stop computing; leave what is open. Edits are kept")
    ),
    Command("palette", "colon,ctrl+p", GLOBAL, "palette", N_("commands"), N_("Find a command by its name"), asks=True),
    Command("help", "question_mark,f1", GLOBAL, "help", N_("help"), N_("Show every key"), hint=9),
    Command("language", "L", GLOBAL, "language", N_("language"), N_("Switch between English and Chinese"), over=True),
    Command("theme", "t", GLOBAL, "theme", N_("theme"), N_("Switch between dark and light"), over=True),
    Command("export", "E", GLOBAL, "export", N_("export"), N_("Write what stands on the screen to a file")),
    Command("copy.row", "y", GLOBAL, "copy_row", N_("copy row"), N_("Copy the row under the cursor")),
    Command("copy.sheet", "Y", GLOBAL, "copy_sheet", N_("copy sheet"), N_("Copy the whole sheet as text")),
    Command("interrupt", "ctrl+c", GLOBAL, "interrupt", N_("interrupt"), N_("Say how to leave"), over=True),
    Command("quit", "q", GLOBAL, "quit", N_("quit"), N_("Leave; unsaved edits are kept as a draft"), over=True),
    # --- scorecard ------------------------------------------------------------------------------
    Command("line.weakest", "asterisk", SCORECARD, "weakest", N_("weak line"), N_("Go to the weakest line")),
    Command("explain", "enter", SCORECARD, "explain", N_("explain"), N_("Show where the number comes from"), hint=3),
    Command("edit", "e", SCORECARD, "edit_target", N_("edit target"), N_("Edit the target of this metric"), hint=4),
    # --- every table ----------------------------------------------------------------------------
    Command("sheet.down", "down,j", TABLE, "move(1)", N_("down"), N_("The next row")),
    Command("sheet.up", "up,k", TABLE, "move(-1)", N_("up"), N_("The row before")),
    Command("sheet.right", "right,l", TABLE, "step(1)", N_("right"), N_("The next column")),
    Command("sheet.left", "left,h", TABLE, "step(-1)", N_("left"), N_("The column before")),
    Command("sheet.page_down", "pagedown", TABLE, "page(1)", N_("page down"), N_("A page further")),
    Command("sheet.page_up", "pageup", TABLE, "page(-1)", N_("page up"), N_("A page back")),
    Command("sheet.first", "home", TABLE, "move(-1000000)", N_("first"), N_("The first row")),
    Command("sheet.last", "end", TABLE, "move(1000000)", N_("last"), N_("The last row")),
    Command("sheet.select", "enter", TABLE, "select", N_("choose"), N_("Choose the row")),
    # --- library --------------------------------------------------------------------------------
    Command("library.details", "enter", LIBRARY, "details", N_("details"), N_("Everything about this metric"), hint=-3),
    Command("library.explain", "x", LIBRARY, "explain", N_("explain"), N_("Where this number comes from"), hint=-2),
    Command("library.find", "f", LIBRARY, "search", N_("find"), N_("Find a metric by its name, in both languages")),
    Command("library.panes", "tab,shift+tab", LIBRARY, "other_pane", N_("pane"), N_("Modules or metrics")),
    # --- data -----------------------------------------------------------------------------------
    Command("data.details", "enter", DATA, "details", N_("details"), N_("Everything about this table"), hint=-3),
    # --- chain ----------------------------------------------------------------------------------
    Command("chain.explain", "enter", CHAIN, "explain", N_("explain"), N_("The link: formula, weeks, rule"), hint=-6),
    Command("chain.roll", "o", CHAIN, "roll", N_("roll over"), N_("Propose the next targets and take them"), hint=-5),
    Command(
        "chain.edit", "e", CHAIN, "edit", N_("target"), N_("Agree a target of this link for a week"), hint=-4, asks=True
    ),
    Command(
        "chain.actuals",
        "a",
        CHAIN,
        "actuals",
        N_("type weeks"),
        N_("Type the numbers of weeks kept by hand"),
        hint=-3,
        asks=True,
    ),
    Command(
        "chain.points",
        "P",
        CHAIN,
        "points",
        N_("points"),
        N_("Change the points of this link for the month"),
        asks=True,
    ),
    Command(
        "chain.baseline",
        "b",
        CHAIN,
        "baseline",
        N_("baseline"),
        N_("Reset the growth baseline, with a note"),
        asks=True,
    ),
    Command("chain.choose", "c", CHAIN, "choose", N_("chain"), N_("Show another chain or funnel"), hint=-2),
    Command("chain.diagnosis", "d", CHAIN, "diagnosis", N_("diagnosis"), N_("Every finding and both orders of links")),
    Command("chain.weak", "asterisk", CHAIN, "weak", N_("weak link"), N_("Go to the weak link")),
    Command("chain.drivers", "x", CHAIN, "drivers", N_("drivers"), N_("What moved the number of this link")),
    Command("chain.private", "p", CHAIN, "go('private')", N_("private domain"), N_("Four factors, assets, key steps")),
    Command("chain.panes", "tab,shift+tab", CHAIN, "panes", N_("pane"), N_("Links or weeks")),
    # --- drivers --------------------------------------------------------------------------------
    Command("drivers.drill", "enter", DRIVERS, "drill", N_("drill"), N_("Take this factor apart too"), hint=-6),
    Command(
        "drivers.up", "backspace", DRIVERS, "up", N_("back up"), N_("Back to what was taken apart before"), hint=-5
    ),
    Command("drivers.method", "m", DRIVERS, "method", N_("method"), N_("Shapley, LMDI or substitution"), hint=-4),
    Command("drivers.expand", "s", DRIVERS, "expand", N_("split"), N_("Take metrics inside the formula apart too")),
    Command("drivers.explain", "x", DRIVERS, "explain", N_("explain"), N_("Where this number comes from"), hint=-3),
    Command("drivers.choose", "c,slash", DRIVERS, "choose", N_("metric"), N_("Choose the metric or tree"), hint=-7),
    # --- private domain -------------------------------------------------------------------------
    Command("private.explain", "enter", PRIVATE, "explain", N_("explain"), N_("Where this number comes from"), hint=-6),
    Command("private.drivers", "x", PRIVATE, "drivers", N_("drivers"), N_("What moved this number"), hint=-5),
    Command("private.cautions", "c", PRIVATE, "cautions", N_("cautions"), N_("What to mind before building"), hint=-4),
    # --- targets --------------------------------------------------------------------------------
    Command(
        "targets.edit",
        "enter,e",
        TARGETS,
        "edit",
        N_("edit"),
        N_("Edit this target; Enter sets it and goes on"),
        hint=-5,
    ),
    Command("targets.save", "w", TARGETS, "save", N_("save"), N_("Write the edited targets"), hint=-4),
    Command("targets.undo", "u", TARGETS, "undo", N_("undo"), N_("Take the last edit back"), hint=-3),
    Command("targets.clear", "delete", TARGETS, "clear", N_("clear"), N_("No target for this metric")),
    Command(
        "targets.copy", "c", TARGETS, "copy_last", N_("copy"), N_("Take over the targets of the last period"), hint=-2
    ),
    Command(
        "targets.raise",
        "percent_sign",
        TARGETS,
        "raise",
        N_("raise"),
        N_("Raise or lower targets by a percentage"),
        asks=True,
    ),
    Command("targets.diff", "d", TARGETS, "diff", N_("differences"), N_("What differs from the saved targets")),
    Command("targets.history", "H", TARGETS, "history", N_("history"), N_("Who changed this target, when and why")),
    Command("targets.explain", "x", TARGETS, "explain", N_("explain"), N_("Where the actual value comes from")),
    Command("targets.next", "tab", TARGETS, "next_target(1)", N_("next target"), N_("The next target")),
    Command("targets.previous", "shift+tab", TARGETS, "next_target(-1)", N_("target before"), N_("The target before")),
)

HINTS = 6
_NAMED = {"enter": "Enter", "escape": "Esc", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End"}


def by_id(commands: Iterable[Command] = COMMANDS) -> dict[str, Command]:
    """Commands by their id."""
    return {command.id: command for command in commands}


def in_scope(scope: str, commands: Iterable[Command] = COMMANDS) -> list[Command]:
    """The commands of one screen, or the global ones."""
    return [command for command in commands if command.scope == scope]


def bindings(scope: str) -> list[Binding]:
    """What a screen (or the app) puts in its BINDINGS."""
    return [command.binding() for command in in_scope(scope)]


def local_bindings(scope: str) -> list[Binding]:
    """As `bindings`, for a widget that runs the actions itself."""
    return [Binding(c.keys, c.action, c.label, id=c.id, show=False) for c in in_scope(scope)]


def keys_of(command: Command, keymap: Mapping[str, str]) -> list[str]:
    """Textual names of the keys in force, remapped ones included."""
    return [key.strip() for key in keymap.get(command.id, command.keys).split(",") if key.strip()]


def shown_key(key: str) -> str:
    """A key as a person reads it: `slash` → `/`, `enter` → `Enter`."""
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    return _NAMED.get(key) or format_key(key)


def shown_keys(command: Command, keymap: Mapping[str, str]) -> str:
    """All keys of a command as a person reads them."""
    return " ".join(shown_key(key) for key in keys_of(command, keymap))


def hints(scope: str, keymap: Mapping[str, str]) -> list[tuple[str, str]]:
    """At most six (keys, label) pairs for the footer, commands of one label joined."""
    wanted = sorted((c for c in COMMANDS if c.hint and c.scope in (scope, GLOBAL)), key=lambda c: c.hint)
    own = {command.id for command in wanted if command.scope == scope}
    labels: dict[str, list[str]] = {}
    for command in sorted(wanted, key=lambda c: (c.hint, c.id not in own)):
        labels.setdefault(_(command.label), []).append(shown_key(keys_of(command, keymap)[0]))
    pairs = [(" ".join(keys), label) for label, keys in labels.items()]
    return pairs if len(pairs) <= HINTS else [*pairs[: HINTS - 2], *pairs[-2:]]
