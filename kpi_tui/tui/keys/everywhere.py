"""What keys do on every screen."""

from __future__ import annotations

from kpi_tui.text.i18n import N_
from kpi_tui.tui.keys.action import GLOBAL, KeyAction

KEYS = (
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
        "screen.design",
        "7",
        GLOBAL,
        "go('design')",
        N_("Design"),
        N_("Plan, choose metrics, fill posts, give weights"),
        over=True,
        words=N_("weights, bonus, roles, people, points, allocation, north star, modules"),
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
    KeyAction("grain.ytd", "g t", GLOBAL, "grain('ytd')", N_("to date"), N_("The year to date")),
    KeyAction("grain.7d", "g 7", GLOBAL, "grain('7d')", N_("7 days"), N_("The last 7 days")),
    KeyAction("grain.28d", "g 8", GLOBAL, "grain('28d')", N_("28 days"), N_("The last 28 days")),
    KeyAction(
        "rows",
        "R",
        GLOBAL,
        "rows",
        N_("rows"),
        N_("The rows behind the number under the cursor"),
        over=True,
        words=N_("records, lines of the file, drill through, raw data"),
    ),
    KeyAction("find", "slash", GLOBAL, "find", N_("find"), N_("Find in this sheet"), hint=8, asks=True),
    KeyAction("find.next", "n", GLOBAL, "find_next(1)", N_("next match"), N_("The next line that matches")),
    KeyAction("find.previous", "N", GLOBAL, "find_next(-1)", N_("match before"), N_("The line before that matches")),
    KeyAction(
        "sort",
        "s",
        GLOBAL,
        "sort",
        N_("sort"),
        N_("Sort by a column; again: the other way round, then as it came"),
        hint=7,
        asks=True,
    ),
    KeyAction("back", "backspace,ctrl+o", GLOBAL, "back", N_("back"), N_("Back to the screen before")),
    KeyAction("undo", "u", GLOBAL, "undo", N_("undo"), N_("Take the last edit back")),
    KeyAction("redo", "ctrl+r,U", GLOBAL, "redo", N_("redo"), N_("Do again what was taken back")),
    KeyAction("save", "w", GLOBAL, "save", N_("save"), N_("Write the edited targets to the workspace")),
    KeyAction(
        "reload",
        "f5",
        GLOBAL,
        "reload",
        N_("read again"),
        N_("Read what changed on the disk, and compute the screen again"),
    ),
    KeyAction(
        "cancel", "escape", GLOBAL, "cancel", N_("cancel"), N_("Stop computing; leave what is open. Edits are kept")
    ),
    KeyAction(
        "palette", "colon,ctrl+p", GLOBAL, "palette", N_("commands"), N_("Find a command by its name"), asks=True
    ),
    KeyAction("help", "question_mark,f1", GLOBAL, "help", N_("help"), N_("Show every key"), hint=9),
    KeyAction("language", "L", GLOBAL, "language", N_("language"), N_("Switch between English and Chinese"), over=True),
    KeyAction("theme", "t", GLOBAL, "theme", N_("theme"), N_("Switch between dark and light"), over=True),
    KeyAction(
        "export", "E", GLOBAL, "export", N_("export"), N_("Write what stands on the screen to a file"), over=True
    ),
    KeyAction(
        "pack",
        "X",
        GLOBAL,
        "pack",
        N_("export pack"),
        N_("Export the pack: all scores of the period and what stands behind them, as one document for others"),
        asks=True,
    ),
    KeyAction("copy.row", "y", GLOBAL, "copy_row", N_("copy row"), N_("Copy the row under the cursor"), over=True),
    KeyAction("copy.sheet", "Y", GLOBAL, "copy_sheet", N_("copy sheet"), N_("Copy the whole sheet as text"), over=True),
    KeyAction(
        "definition",
        "K",
        GLOBAL,
        "definition",
        N_("keys of the definition"),
        N_("Every key of the role, chain or workspace in view, to be edited"),
        words=N_("TOML, edit the role, bonus base, preset"),
    ),
    KeyAction(
        "workspace",
        "g K",
        GLOBAL,
        "workspace",
        N_("keys of the workspace"),
        N_("Calendar, currency, bonus, thresholds: every key of the workspace"),
        words=N_("calendar, week start, fiscal year, currency, time zone, cap of attainment, TOML"),
    ),
    KeyAction(
        "settings",
        "comma",
        GLOBAL,
        "settings",
        N_("settings"),
        N_("Your settings: language, colours, what is shown first"),
        words=N_("preferences, options, configuration, dark, light, mouse, own keys"),
    ),
    KeyAction(
        "files",
        "O",
        GLOBAL,
        "open_files",
        N_("files"),
        N_("Open data files in the wizard: more tables for this workspace"),
        words=N_("exchange rates, import, exports, orders, excel, csv"),
    ),
    KeyAction("interrupt", "ctrl+c", GLOBAL, "interrupt", N_("interrupt"), N_("Say how to leave"), over=True),
    KeyAction(
        "suspend",
        "ctrl+z",
        GLOBAL,
        "suspend",
        N_("suspend"),
        N_("Back to the shell for a while; `fg` there comes back"),
        over=True,
    ),
    KeyAction(
        "quit",
        "q",
        GLOBAL,
        "quit",
        N_("quit"),
        N_("Leave what lies over a screen, else the program; unsaved edits are kept as a draft"),
        over=True,
    ),
)
