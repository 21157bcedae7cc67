"""Every command of the registry does something on its key, on every screen it belongs to, or says why it cannot."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from kpi_tui.definitions.target import TargetKey
from kpi_tui.tui.keys.action import GLOBAL, LIBRARY, SCORECARD, TABLE, TARGETS, KeyAction
from kpi_tui.tui.keys.registry import COMMANDS, in_scope, keys_of
from tests.tui.driving import opened, press, text
from tests.tui.fake_book import PERIOD
from tests.tui.shop_book import ShopBook

OPEN = {SCORECARD: "1", LIBRARY: "3", TARGETS: "4"}
# What must have happened before the key has something to act on.
BEFORE = {
    "back": ("3", "1"),
    "cancel": ("4", "e"),  # Escape leaves a cell; what it stops is test_shell.py's
    "find.next": ("slash", "u", "s", "e", "r", "enter"),
    "find.previous": ("slash", "u", "s", "e", "r", "enter"),
    "grain.month": ("g", "y"),
    "line.weakest": ("end",),
    "period.next": ("left_square_bracket",),
    "redo": ("u",),
    "screen.scorecard": ("3",),
    "sheet.up": ("end",),
    "sheet.left": ("4", "left"),
    "sheet.right": ("4", "left"),
    "sheet.page_up": ("end",),
    "sheet.first": ("end",),
    "targets.previous": ("down", "down"),
}
WHERE = {"sheet.page_down": "3", "sheet.page_up": "3"}  # a list longer than a page
ELSEWHERE = {
    "data": "test_data.py",
    "chain": "test_chain.py",
    "drivers": "test_drivers.py",
    "design": "test_design.py",
    "page": "test_private.py",
    "rows": "test_rows.py",
}
"""Scopes whose commands need a book of their own, and where they are tried."""
HERE = [(command, scope) for scope in OPEN for command in in_scope(scope)]
HERE += [(command, SCORECARD) for command in (*in_scope(GLOBAL), *in_scope(TABLE))]


def state(pilot: Pilot[int]) -> tuple[object, ...]:
    """What a person could notice: picture, colours, cursor, whether the app still runs."""
    app = pilot.app
    focused = app.focused
    cursor = (getattr(focused, "cursor", None), getattr(focused, "column", None))
    return text(pilot), app.theme, cursor, focused.id if focused else None, app.is_running, app.return_code


def book() -> ShopBook:
    """One unsaved edit, so that undo, save and the differences have something to do."""
    shop = ShopBook()
    shop.targets.set(TargetKey("operations", "buyback_rate_day"), PERIOD, 0.3)
    return shop


@pytest.mark.parametrize(("command", "scope"), HERE, ids=lambda value: getattr(value, "id", value))
async def test_a_command_has_an_effect_on_every_one_of_its_keys(command: KeyAction, scope: str) -> None:
    for key in keys_of(command, {}):
        shop = book()
        async with opened(shop) as pilot:
            await press(pilot, WHERE.get(command.id, OPEN[scope]), *BEFORE.get(command.id, ()))
            before, asked = state(pilot), len(shop.asked)
            await press(pilot, *key.split())
            assert state(pilot) != before or len(shop.asked) > asked, f"{key} did nothing"
            assert pilot.app.error is None


def test_no_command_is_left_out() -> None:
    """A command of a scope that nobody opens fails here: give it a place in OPEN or ELSEWHERE."""
    tried = {command.id for command, _scope in HERE}
    assert not [command.id for command in COMMANDS if command.id not in tried and command.scope not in ELSEWHERE]
