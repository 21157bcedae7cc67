"""The whole program through a real pseudo-terminal on the demo: a target edited and saved."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kpi_tui.book import create_demo
from tests.terminal.terminal import Terminal

PERIOD = "2026-11"  # not over at the demo's as-of day: edits need no reason


@pytest.fixture
def demo(tmp_path) -> Path:
    return create_demo(tmp_path / "demo")


@pytest.fixture
def terminal(demo, tmp_path):
    terminal = Terminal("-c", "from kpi_tui.cli import main; main()", "-w", str(demo), "--lang", "en", home=tmp_path)
    terminal.wait_for("Score 78.75", 40)  # the role with the lowest score, for nobody has looked at one
    yield terminal
    terminal.close()


def edit_first_target(terminal: Terminal) -> None:
    """New users of the promotion role in the coming month: 123."""
    terminal.type(b"r")
    terminal.wait_for("Content 内容岗")
    terminal.type(b"promotion")
    terminal.wait_for("Wins new users")
    terminal.type(b"\r")
    terminal.wait_for("Score 114", 40)
    terminal.type(b"]")
    terminal.wait_for(f"‹ {PERIOD} ›", 40)
    terminal.type(b"4")
    terminal.wait_for("Promotion 推广岗 ──", 40)
    terminal.type(b"\r")
    terminal.wait_for("change it")
    terminal.type(b"123")
    terminal.wait_for("123")
    terminal.type(b"\r")
    terminal.wait_for("1 unsaved")


def first_target(demo: Path) -> float:
    content = tomllib.loads((demo / "targets" / f"{PERIOD}.toml").read_text(encoding="utf-8"))
    return content["targets"]["promotion"]["new_users"]["value"]


def test_a_target_edited_by_keyboard_and_saved_stands_in_the_toml(terminal, demo):
    before = first_target(demo)
    edit_first_target(terminal)
    assert first_target(demo) == before, "nothing is written before w"
    terminal.type(b"w")
    terminal.wait_for("Saved 1 target")
    terminal.type(b"q")
    assert terminal.end() == 0 and terminal.is_restored()
    assert first_target(demo) == 123
