"""The registry of commands is the one source of keys."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.binding import Binding

import kpi_tui.tui
from kpi_tui.text.i18n import speaking
from kpi_tui.tui.command_runner import CommandRunner
from kpi_tui.tui.keys.action import GLOBAL, SCORECARD, TABLE
from kpi_tui.tui.keys.labels import HINTS, hints, shown_keys
from kpi_tui.tui.keys.registry import COMMANDS, in_scope, keys_of, sequences
from kpi_tui.tui.overlays.help import SCOPES
from kpi_tui.tui.overlays.narrowing import matching
from kpi_tui.tui.overlays.palette import palette_choices
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.target_sheet import KEEP

ROOT = Path(__file__).parents[2]
EVERY_SCOPE = sorted({command.scope for command in COMMANDS})
EATEN = {"ctrl+s", "ctrl+q", "ctrl+j", "ctrl+h", "ctrl+m", "ctrl+i"}


def test_every_id_is_unique():
    ids = [command.id for command in COMMANDS]
    assert len(ids) == len(set(ids))


def test_no_command_uses_a_key_that_terminals_eat():
    assert not [command.id for command in COMMANDS if EATEN & set(keys_of(command, {}))]


@pytest.mark.parametrize("scope", EVERY_SCOPE)
def test_no_two_commands_of_a_scope_share_a_key(scope):
    keys = [key for command in in_scope(scope) for key in keys_of(command, {})]
    assert len(keys) == len(set(keys))


MEANINGS = {
    "W": "what_if",
    "V": "chart",
    "Q": "queries",
    "K": "definition",
    "X": "pack",
    "enter": "open",
    "escape": "cancel",
    "x": "explain",
    "v": "drivers",
    "b": "break_down",
    "R": "rows",
    "e": "edit",
    "delete": "clear",
    "backspace": "back",
    "ctrl+o": "back",
    "asterisk": "weakest",
    "left_square_bracket": "period",
    "right_square_bracket": "period",
    "g K": "workspace",
    "g b": "board",
    "F": "pin",
    "g d": "grain",
    "g t": "grain",
    "g 7": "grain",
    "g 8": "grain",
    "g w": "grain",
    "g m": "grain",
    "g q": "grain",
    "g y": "grain",
    "g g": "move",
    "G": "move",
    "j": "move",
    "k": "move",
    "h": "step",
    "l": "step",
    "tab": "next_place",
    "shift+tab": "next_place",
    "slash": "find",
    "n": "find_next",
    "N": "find_next",
    "s": "sort",
    "f": "filter",
    "r": "pick_role",
    "c": "choose",
    "w": "save",
    "u": "undo",
    "U": "redo",
    "y": "copy_row",
    "Y": "copy_sheet",
    "E": "export",
    "o": "roll",
    "P": "points",
    "B": "baseline",
    "a": "actuals",
    "p": "propose",
    "m": "note",
    "d": "findings",
    "D": "differences",
    "C": "copy_last",
    "percent_sign": "raise",
    "H": "history",
    "I": "import_file",
    "S": "split",
    "M": "method",
    "i": "expand",
    "plus": "add",
    "insert": "add",
    "left_curly_bracket": "method_step",
    "right_curly_bracket": "method_step",
    "shift+left": "weigh",
    "shift+up": "move_line",
    "shift+down": "move_line",
    "shift+right": "weigh",
    "less_than_sign": "keep",
    "greater_than_sign": "keep",
    "A": "keep_all",
    "J": "beside",
    "left_parenthesis": "thousand",
    "right_parenthesis": "thousand",
    "space": "turn",
    "dollar_sign": "rates",
    "O": "open_files",
    "t": "theme",
    "L": "language",
    "comma": "settings",
    "T": "agree",
    "colon": "palette",
    "question_mark": "help",
    "q": "quit",
    "ctrl+z": "suspend",
}
"""What a key does wherever it does anything: the name of the action. Some are kept free for what is to come."""

NAVIGATES = re.compile(r"(up|down|left|right|home|end|page(up|down)|f\d+|ctrl\+.|\d)")
"""Keys that say themselves what they do, and the digits of the screens."""

LEAVING = {"escape": "cancel", "q": "quit"}
"""What is laid over a screen is left with the keys that cancel and leave below it."""


def names_of_actions(key: str) -> set[str]:
    """What a key runs: on every screen and table by the registry, on everything else by what it binds itself."""
    named = {command.meaning(key) for command in COMMANDS if key in keys_of(command, {})}
    return named | {action for keys, action in bound_beside_the_registry() if key == keys}


def bound_beside_the_registry() -> set[tuple[str, str]]:
    """(key, name of the action) of every class of the app whose bindings are not made of the registry: the overlays."""
    found = set()
    for one in every_class():
        for binding in Binding.make_bindings(vars(one).get("BINDINGS", ())):
            if binding.id is None:
                action, key = binding.action.partition("(")[0], binding.key
                leaves = action in ("close", "leave") and key in LEAVING
                opens = key == "enter" and action == "enter"
                found.add((key, LEAVING[key] if leaves else "open" if opens else action))
    return found


def every_class() -> Iterator[type]:
    """Every class that the modules of the app define."""
    package = Path(kpi_tui.tui.__file__).parent
    for file in sorted(package.rglob("*.py")):
        module = ".".join(("kpi_tui", "tui", *file.relative_to(package).with_suffix("").parts))
        for one in vars(import_module(module.removesuffix(".__init__"))).values():
            if isinstance(one, type) and one.__module__ == module:
                yield one


def test_a_key_means_the_same_on_every_screen_and_on_what_lies_over_it():
    """By the action that runs, not by what its label says: three actions under one label are three meanings."""
    overlays = bound_beside_the_registry()
    assert {("j", "move"), ("w", "save"), ("x", "explain"), ("A", "keep_all")} <= overlays, "no overlay was read"
    keys = {key for command in COMMANDS for key in keys_of(command, {})} | {key for key, _action in overlays}
    meanings = {key: names_of_actions(key) for key in sorted(keys)}
    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}
    signs = {key: found for key, found in meanings.items() if not NAVIGATES.fullmatch(key)}
    assert {key: found for key, found in signs.items() if found != {MEANINGS.get(key)}} == {}


def test_no_widget_asks_for_a_letter_beside_its_bindings():
    """`event.key == "z"` in a handler would be a key that no table knows; the one that is, opens a cell (`e`)."""
    letters = re.compile(r"""event\.(?:key|character) (?:==|in) [("']+([A-Za-z])["')]""")
    package = Path(kpi_tui.tui.__file__).parent
    found = {str(file.relative_to(package)): letters.findall(file.read_text("utf-8")) for file in package.rglob("*.py")}
    assert {file: keys for file, keys in found.items() if keys} == {}
    assert MEANINGS[KEEP] == "edit"


def test_no_first_key_of_a_sequence_is_a_command_of_its_own():
    first = {key for key, _second in sequences({})}
    assert not [command.id for command in COMMANDS if first & set(keys_of(command, {}))]


def test_every_command_has_a_label_and_a_help_text():
    assert not [command.id for command in COMMANDS if not command.label or not command.help]


@pytest.mark.parametrize("scope", [scope for scope in EVERY_SCOPE if scope not in (GLOBAL, TABLE)])
def test_the_footer_names_at_most_six_keys_and_always_the_help(scope):
    found = hints(scope, {})
    assert len(found) <= HINTS
    assert ("?", "help") in found


def test_help_and_cheat_sheet_have_a_section_for_every_screen():
    assert set(EVERY_SCOPE) == set(SCOPES)


def test_the_tables_keys_are_those_of_the_registry():
    built_in = {binding.id: (binding.key, binding.action) for binding in SheetTable.BINDINGS}
    registered = {command.id: (command.keys, command.action) for command in in_scope(TABLE)}
    assert built_in == registered


def test_the_footer_shows_remapped_keys():
    role = next(command for command in COMMANDS if command.id == "role")
    assert shown_keys(role, {"role": "f6"}) == "F6"
    assert ("F6", "role") in hints(SCORECARD, {"role": "f6"})


class NoScreen:
    """A screen on which everything can be done."""

    SCOPE = SCORECARD

    def why_not(self, _command: str) -> str:
        return ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("calendar 日历", "workspace"),
        ("week-start 周起始", "workspace"),
        ("fiscal-year 财年", "workspace"),
        ("currency 货币", "workspace"),
        ("rates 汇率", "files"),
        ("bonus 奖金", "screen.design"),
        ("weights 权重", "screen.design"),
    ],
)
def test_the_palette_finds_what_people_call_a_thing_in_both_languages(typed: str, found: str):
    """Among the first three, whichever language is shown."""
    english, chinese = typed.split()
    for shown in ("en", "zh"):
        with speaking(shown):
            choices = palette_choices(NoScreen(), {})
            for word in (english.replace("-", " "), chinese):
                assert found in [choice.key for choice in matching(word, choices)[:3]], (shown, word)


def test_the_cheat_sheet_is_current():
    done = subprocess.run([sys.executable, ROOT / "scripts" / "keys.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "docs/keys.md is stale: run python scripts/keys.py"


def test_a_command_of_what_was_just_left_does_nothing():
    """A spray of keys pressed one on a screen that was gone when its turn came: StopIteration ended the app."""
    gone: Any = SimpleNamespace(screen=object(), screen_stack=["one"], call_after_refresh=print)
    over = next(command.id for command in COMMANDS if command.over)
    asyncio.run(CommandRunner(gone, {}, print).run(over))
