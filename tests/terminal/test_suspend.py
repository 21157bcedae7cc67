"""ctrl+z through a real pseudo-terminal: a shell brings the app back whole; where none waits, the app says so."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal
from tests.terminal.warm_starts import warm_starts

PATIENCE = 90  # seconds, for a slow machine with two cores
SHELL = "import os; os.environ['PS1'] = 'SHELL> '; os.execvp('bash', ['bash', '--norc', '--noprofile', '-i'])"


BEGIN = b"\x1b[?1049h"
"""What an app writes that takes the terminal."""


def wait_until(terminal: Terminal, done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, f"it did not go on:\n{terminal.text}"
        terminal.read(0.05)


@pytest.fixture
def opened() -> Iterator[list[Terminal]]:
    terminals: list[Terminal] = []
    yield terminals
    for terminal in terminals:
        terminal.close()


def test_suspended_the_shell_answers_and_fg_brings_the_whole_screen_back(
    tmp_path: Path, opened: list[Terminal]
) -> None:
    terminal = Terminal("-c", SHELL, home=tmp_path)
    opened.append(terminal)
    terminal.wait_for("SHELL>", PATIENCE)
    terminal.type(f"{sys.executable} -m tests.terminal.shell {tmp_path / 'draft'}\n".encode())
    terminal.wait_for("Score ", PATIENCE)
    terminal.read(1)
    before = terminal.text
    terminal.type(b"\x1a")
    terminal.wait_for("Stopped", PATIENCE)
    terminal.type(b"clear; echo $((6 * 7))\n")
    terminal.wait_for("42", PATIENCE)
    terminal.type(b"fg\n")
    terminal.wait_for("? help", PATIENCE)
    terminal.read(1)
    assert terminal.text == before
    terminal.type(b"q")
    terminal.wait_for("SHELL>", PATIENCE)
    terminal.type(b"exit\n")
    assert terminal.end(PATIENCE) == 0


def test_without_a_shell_behind_it_the_app_says_that_nobody_could_bring_it_back(
    tmp_path: Path, opened: list[Terminal]
) -> None:
    terminal = Terminal("-m", "tests.terminal.shell", str(tmp_path / "draft"), home=tmp_path)
    opened.append(terminal)
    terminal.wait_for("Score ", PATIENCE)
    terminal.type(b"\x1a")
    terminal.wait_for("No shell waits behind this terminal", PATIENCE)
    terminal.type(b"q")
    assert terminal.end(PATIENCE) == 0


def test_stopped_by_a_signal_nobody_can_catch_the_app_goes_on_and_ends(tmp_path: Path, opened: list[Terminal]) -> None:
    """Textual starts a second thread that reads keys at SIGCONT, although the first was never ended."""
    terminal = Terminal("-m", "tests.terminal.shell", str(tmp_path / "draft"), home=tmp_path, warm=warm_starts())
    opened.append(terminal)
    terminal.wait_for("Score ", PATIENCE)
    for _ in range(2):
        terminal.signal(signal.SIGSTOP)
        terminal.read(0.3)
        begun = terminal.raw.count(BEGIN)
        terminal.signal(signal.SIGCONT)
        wait_until(terminal, lambda begun=begun: terminal.raw.count(BEGIN) > begun)  # what is typed before is discarded
        terminal.read(1)
    terminal.type(b"?")
    terminal.wait_for("Everywhere", PATIENCE)
    terminal.type(b"q")
    terminal.wait_for("Score ", PATIENCE)
    terminal.type(b"q")
    assert terminal.end(20) == 0
    assert terminal.is_restored()


def test_a_terminal_that_cannot_move_its_cursor_is_refused(tmp_path: Path, opened: list[Terminal]) -> None:
    code = "import os, runpy, sys; os.environ['TERM'] = 'dumb'; sys.argv = ['kpi-tui', '-w', '/nowhere']; "
    terminal = Terminal("-c", code + "runpy.run_module('kpi_tui', run_name='__main__')", home=tmp_path)
    opened.append(terminal)
    assert terminal.end(PATIENCE) == 2
    assert b"\x1b" not in terminal.raw and b"TERM=dumb" in terminal.raw
