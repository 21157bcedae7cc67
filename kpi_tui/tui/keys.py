"""Keys: the one registry of what they do. Bindings, footer, palette, help, keymap and cheat-sheet come from it."""

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
PAGE = "page"
TABLE = "table"


OPEN = "open"
"""What Enter means on every screen: open or explain what is under the cursor, edit it in a sheet of targets."""


@dataclass(frozen=True, slots=True)
class KeyAction:
    """One thing a key can do.

    `keys` are Textual key names, separated by commas, two in a row by a blank (`g d`); `action` is run on the screen,
    or on the app when the screen has none; `label` and `help` are catalogue texts; `hint` orders the footer (0: not
    shown there); `means` is what the key means on every screen, where the label says it in the words of one.
    """

    id: str
    keys: str
    scope: str
    action: str
    label: str
    help: str
    hint: int = 0
    means: str = ""
    asks: bool = False  # what is typed behind it belongs to what it opens, however fast it comes
    over: bool = False  # also works while an overlay (help, palette, picker) is open

    def meaning(self, key: str) -> str:
        """What one of its keys means, the same on every screen."""
        return OPEN if key == "enter" else self.means or self.label

    def binding(self) -> Binding:
        """The Textual binding; its id makes it remappable."""
        return Binding(self.keys, f"app.command('{self.id}')", self.label, id=self.id, show=False)


@dataclass(frozen=True, slots=True)
class ScreenTab:
    """A main screen: its mode, the command that shows it, and its name; `aside`: first to leave a narrow bar."""

    mode: str
    command: str
    label: str
    aside: bool = False


TABS = (
    ScreenTab("scorecard", "screen.scorecard", N_("Scorecard")),
    ScreenTab("chain", "screen.chain", N_("Chain")),
    ScreenTab("library", "screen.library", N_("Library")),
    ScreenTab("targets", "screen.targets", N_("Targets")),
    ScreenTab("drivers", "screen.drivers", N_("Drivers")),
    ScreenTab("data", "screen.data", N_("Data")),
    ScreenTab("page", "screen.page", N_("Pages"), aside=True),
)

COMMANDS: tuple[KeyAction, ...] = (
    # --- everywhere ----------------------------------------------------------------------------
    KeyAction(
        "screen.scorecard",
        "1",
        GLOBAL,
        "go('scorecard')",
        N_("Scorecard"),
        N_("Show the scorecard of a role"),
        over=True,
    ),
    KeyAction(
        "screen.chain",
        "2",
        GLOBAL,
        "go('chain')",
        N_("Chain"),
        N_("Show a chain of links, week by week, and its weak link"),
        over=True,
    ),
    KeyAction(
        "screen.library", "3", GLOBAL, "go('library')", N_("Library"), N_("Show every metric of the library"), over=True
    ),
    KeyAction(
        "screen.targets", "4", GLOBAL, "go('targets')", N_("Targets"), N_("Show and edit the targets"), over=True
    ),
    KeyAction(
        "screen.drivers",
        "5",
        GLOBAL,
        "go('drivers')",
        N_("Drivers"),
        N_("Show what moved a number, factor by factor"),
        over=True,
    ),
    KeyAction(
        "screen.data", "6", GLOBAL, "go('data')", N_("Data"), N_("Show what was read from each table"), over=True
    ),
    KeyAction(
        "screen.page",
        "8",
        GLOBAL,
        "go('page')",
        N_("Pages"),
        N_("Show a page of the workspace: the private domain, or one of your own"),
        over=True,
    ),
    KeyAction("role", "r", GLOBAL, "pick_role", N_("role"), N_("Choose the role or the person"), hint=1, asks=True),
    KeyAction(
        "period.previous", "left_square_bracket", GLOBAL, "period(-1)", N_("period"), N_("The period before"), hint=2
    ),
    KeyAction("period.next", "right_square_bracket", GLOBAL, "period(1)", N_("period"), N_("The period after"), hint=2),
    KeyAction("grain.day", "g d", GLOBAL, "grain('day')", N_("day"), N_("The day")),
    KeyAction("grain.week", "g w", GLOBAL, "grain('week')", N_("week"), N_("The week")),
    KeyAction("grain.month", "g m", GLOBAL, "grain('month')", N_("month"), N_("The month")),
    KeyAction("grain.quarter", "g q", GLOBAL, "grain('quarter')", N_("quarter"), N_("The quarter")),
    KeyAction("grain.year", "g y", GLOBAL, "grain('year')", N_("year"), N_("The year")),
    KeyAction("find", "slash", GLOBAL, "find", N_("find"), N_("Find in this sheet"), hint=8, asks=True),
    KeyAction("find.next", "n", GLOBAL, "find_next(1)", N_("next match"), N_("The next line that matches")),
    KeyAction("find.previous", "N", GLOBAL, "find_next(-1)", N_("match before"), N_("The line before that matches")),
    KeyAction("back", "backspace,ctrl+o", GLOBAL, "back", N_("back"), N_("Back to the screen before")),
    KeyAction("undo", "u", GLOBAL, "undo", N_("undo"), N_("Take the last edit back")),
    KeyAction("redo", "ctrl+r,U", GLOBAL, "redo", N_("redo"), N_("Do again what was taken back")),
    KeyAction("save", "w", GLOBAL, "save", N_("save"), N_("Write the edited targets to the workspace")),
    KeyAction("reload", "f5", GLOBAL, "reload", N_("compute again"), N_("Compute the screen again")),
    KeyAction(
        "cancel", "escape", GLOBAL, "cancel", N_("cancel"), N_("Stop computing; leave what is open. Edits are kept")
    ),
    KeyAction(
        "palette", "colon,ctrl+p", GLOBAL, "palette", N_("commands"), N_("Find a command by its name"), asks=True
    ),
    KeyAction("help", "question_mark,f1", GLOBAL, "help", N_("help"), N_("Show every key"), hint=9),
    KeyAction("language", "L", GLOBAL, "language", N_("language"), N_("Switch between English and Chinese"), over=True),
    KeyAction("theme", "t", GLOBAL, "theme", N_("theme"), N_("Switch between dark and light"), over=True),
    KeyAction("export", "E", GLOBAL, "export", N_("export"), N_("Write what stands on the screen to a file")),
    KeyAction("copy.row", "y", GLOBAL, "copy_row", N_("copy row"), N_("Copy the row under the cursor")),
    KeyAction("copy.sheet", "Y", GLOBAL, "copy_sheet", N_("copy sheet"), N_("Copy the whole sheet as text")),
    KeyAction("interrupt", "ctrl+c", GLOBAL, "interrupt", N_("interrupt"), N_("Say how to leave"), over=True),
    KeyAction("quit", "q", GLOBAL, "quit", N_("quit"), N_("Leave; unsaved edits are kept as a draft"), over=True),
    # --- scorecard ------------------------------------------------------------------------------
    KeyAction(
        "line.weakest", "asterisk", SCORECARD, "weakest", N_("weak line"), N_("Go to the weakest line"), means="weakest"
    ),
    KeyAction(
        "explain", "enter,x", SCORECARD, "explain", N_("explain"), N_("Show where the number comes from"), hint=3
    ),
    KeyAction(
        "edit",
        "e",
        SCORECARD,
        "edit_target",
        N_("edit target"),
        N_("Edit the target of this metric"),
        hint=4,
        means="edit",
    ),
    KeyAction("drivers", "v", SCORECARD, "drivers", N_("drivers"), N_("What moved this number")),
    # --- every table ----------------------------------------------------------------------------
    KeyAction("sheet.down", "down,j", TABLE, "move(1)", N_("down"), N_("The next row")),
    KeyAction("sheet.up", "up,k", TABLE, "move(-1)", N_("up"), N_("The row before")),
    KeyAction("sheet.right", "right,l", TABLE, "step(1)", N_("right"), N_("The next column")),
    KeyAction("sheet.left", "left,h", TABLE, "step(-1)", N_("left"), N_("The column before")),
    KeyAction("sheet.page_down", "pagedown", TABLE, "page(1)", N_("page down"), N_("A page further")),
    KeyAction("sheet.page_up", "pageup", TABLE, "page(-1)", N_("page up"), N_("A page back")),
    KeyAction("sheet.first", "home,g g", TABLE, "move(-1000000)", N_("first"), N_("The first row")),
    KeyAction("sheet.last", "end,G", TABLE, "move(1000000)", N_("last"), N_("The last row")),
    KeyAction("sheet.select", "enter", TABLE, "select", N_("choose"), N_("Choose the row")),
    # --- library --------------------------------------------------------------------------------
    KeyAction(
        "library.details", "enter", LIBRARY, "details", N_("details"), N_("Everything about this metric"), hint=-3
    ),
    KeyAction("library.explain", "x", LIBRARY, "explain", N_("explain"), N_("Where this number comes from"), hint=-2),
    KeyAction("library.drivers", "v", LIBRARY, "drivers", N_("drivers"), N_("What moved this number")),
    KeyAction(
        "library.find", "f", LIBRARY, "find", N_("filter"), N_("Filter the metrics, in both languages"), asks=True
    ),
    KeyAction(
        "library.panes",
        "tab,shift+tab",
        LIBRARY,
        "other_pane",
        N_("pane"),
        N_("Modules or metrics"),
        means="next place",
    ),
    # --- data -----------------------------------------------------------------------------------
    KeyAction("data.details", "enter", DATA, "details", N_("details"), N_("Everything about this table"), hint=-3),
    # --- chain ----------------------------------------------------------------------------------
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
        means="edit",
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
    KeyAction(
        "chain.choose", "c", CHAIN, "choose", N_("chain"), N_("Show another chain or funnel"), means="choose", hint=-2
    ),
    KeyAction(
        "chain.diagnosis",
        "d",
        CHAIN,
        "diagnosis",
        N_("diagnosis"),
        N_("Every finding and both orders of links"),
        means="findings",
    ),
    KeyAction("chain.weak", "asterisk", CHAIN, "weak", N_("weak link"), N_("Go to the weak link"), means="weakest"),
    KeyAction("chain.drivers", "v", CHAIN, "drivers", N_("drivers"), N_("What moved the number of this link")),
    KeyAction("chain.panes", "tab,shift+tab", CHAIN, "panes", N_("pane"), N_("Links or weeks"), means="next place"),
    # --- drivers --------------------------------------------------------------------------------
    KeyAction("drivers.drill", "enter", DRIVERS, "drill", N_("drill"), N_("Take this factor apart too"), hint=-6),
    KeyAction(
        "drivers.up",
        "backspace",
        DRIVERS,
        "up",
        N_("back up"),
        N_("Back to what was taken apart before"),
        means="back",
        hint=-5,
    ),
    KeyAction("drivers.method", "M", DRIVERS, "method", N_("method"), N_("Shapley, LMDI or substitution"), hint=-4),
    KeyAction("drivers.expand", "i", DRIVERS, "expand", N_("split"), N_("Take metrics inside the formula apart too")),
    KeyAction("drivers.explain", "x", DRIVERS, "explain", N_("explain"), N_("Where this number comes from"), hint=-3),
    KeyAction(
        "drivers.choose",
        "c",
        DRIVERS,
        "choose",
        N_("metric"),
        N_("Choose the metric or tree"),
        means="choose",
        asks=True,
        hint=-7,
    ),
    # --- pages ----------------------------------------------------------------------------------
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
    # --- targets --------------------------------------------------------------------------------
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
        "targets.copy", "C", TARGETS, "copy_last", N_("copy"), N_("Take over the targets of the last period"), hint=-2
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
        "d",
        TARGETS,
        "diff",
        N_("differences"),
        N_("What differs from the saved targets"),
        means="findings",
    ),
    KeyAction("targets.history", "H", TARGETS, "history", N_("history"), N_("Who changed this target, when and why")),
    KeyAction("targets.drivers", "v", TARGETS, "drivers", N_("drivers"), N_("What moved the actual value")),
    KeyAction("targets.explain", "x", TARGETS, "explain", N_("explain"), N_("Where the actual value comes from")),
    KeyAction(
        "targets.next", "tab", TARGETS, "next_target(1)", N_("next target"), N_("The next target"), means="next place"
    ),
    KeyAction(
        "targets.previous",
        "shift+tab",
        TARGETS,
        "next_target(-1)",
        N_("target before"),
        N_("The target before"),
        means="next place",
    ),
)

HINTS = 6
_NAMED = {"enter": "Enter", "escape": "Esc", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End"}


def by_id(commands: Iterable[KeyAction] = COMMANDS) -> dict[str, KeyAction]:
    """Commands by their id."""
    return {command.id: command for command in commands}


def in_scope(scope: str, commands: Iterable[KeyAction] = COMMANDS) -> list[KeyAction]:
    """The commands of one screen, or the global ones."""
    return [command for command in commands if command.scope == scope]


def bindings(scope: str) -> list[Binding]:
    """What a screen (or the app) puts in its BINDINGS."""
    return [command.binding() for command in in_scope(scope)]


def local_bindings(scope: str) -> list[Binding]:
    """As `bindings`, for a widget that runs the actions itself."""
    return [Binding(c.keys, c.action, c.label, id=c.id, show=False) for c in in_scope(scope)]


def sequences(keymap: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Keys pressed one after the other -> the id of what they do."""
    found = {}
    for command in COMMANDS:
        for keys in keys_of(command, keymap):
            if len(pair := keys.split()) == 2:
                found[pair[0], pair[1]] = command.id
    return found


def keys_of(command: KeyAction, keymap: Mapping[str, str]) -> list[str]:
    """Textual names of the keys in force, remapped ones included."""
    return [key.strip() for key in keymap.get(command.id, command.keys).split(",") if key.strip()]


def shown_key(key: str) -> str:
    """A key as a person reads it: `slash` → `/`, `enter` → `Enter`, `g d` → `gd`."""
    if " " in key:
        return "".join(shown_key(part) for part in key.split())
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    return _NAMED.get(key) or format_key(key)


def shown_keys(command: KeyAction, keymap: Mapping[str, str]) -> str:
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
