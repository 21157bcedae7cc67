"""The registry of commands is the one source of keys."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kpi_tui.tui.keys.action import GLOBAL, SCORECARD, TABLE
from kpi_tui.tui.keys.labels import HINTS, hints, shown_keys
from kpi_tui.tui.keys.registry import COMMANDS, in_scope, keys_of, sequences
from kpi_tui.tui.overlays.help import SCOPES
from kpi_tui.tui.widgets.sheet import SheetTable

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
    "enter": "open",
    "x": "explain",
    "v": "drivers",
    "b": "break down",
    "R": "rows",
    "e": "edit",
    "delete": "clear",
    "backspace": "back",
    "ctrl+o": "back",
    "asterisk": "weakest",
    "left_square_bracket": "period",
    "right_square_bracket": "period",
    "g d": "day",
    "g w": "week",
    "g m": "month",
    "g q": "quarter",
    "g y": "year",
    "g g": "first",
    "G": "last",
    "j": "down",
    "k": "up",
    "h": "left",
    "l": "right",
    "slash": "find",
    "n": "next match",
    "N": "match before",
    "s": "sort",
    "f": "filter",
    "r": "role",
    "c": "choose",
    "w": "save",
    "u": "undo",
    "U": "redo",
    "y": "copy row",
    "Y": "copy sheet",
    "E": "export",
    "o": "roll over",
    "P": "points",
    "B": "baseline",
    "a": "type weeks",
    "p": "propose",
    "m": "note",
    "d": "findings",
    "t": "theme",
    "L": "language",
    "colon": "commands",
    "question_mark": "help",
    "q": "quit",
    "ctrl+z": "suspend",
}
"""What a key means wherever it means anything; some are kept free for what is to come."""


def test_a_key_means_the_same_on_every_screen():
    meanings: dict[str, set[str]] = {}
    for command in COMMANDS:
        for key in keys_of(command, {}):
            meanings.setdefault(key, set()).add(command.meaning(key))
    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}
    assert {key: found for key, found in meanings.items() if found - {MEANINGS.get(key, *found)}} == {}


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


def test_the_cheat_sheet_is_current():
    done = subprocess.run([sys.executable, ROOT / "scripts" / "keys.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "docs/keys.md is stale: run python scripts/keys.py"
