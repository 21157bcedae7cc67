"""Through a real pseudo-terminal: signals, hang-up, bad bytes, panics and crashes keep draft and terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.terminal.terminal import ROOT, Terminal
from tests.terminal.warm_starts import warm_starts

SHELL = ("-m", "tests.terminal.shell")


@pytest.fixture
def start(tmp_path):
    opened: list[Terminal] = []

    def starter(mode: str = "", wait: str = "Score 90.36", *, fresh: bool = False) -> Terminal:
        warm = None if fresh else warm_starts()
        terminal = Terminal(*SHELL, str(tmp_path / "draft"), mode, home=tmp_path, warm=warm)
        opened.append(terminal)
        if wait:
            terminal.wait_for(wait)
        return terminal

    yield starter
    for terminal in opened:
        terminal.close()


def log_of(home: Path) -> Path:
    return home / "state" / "kpi-tui" / "kpi-tui.log"


def test_q_leaves_the_terminal_as_it_was_and_keeps_the_draft(start, tmp_path):
    terminal = start(fresh=True)
    terminal.type(b"q")
    assert terminal.end() == 0
    assert terminal.is_restored() and (tmp_path / "draft").read_text() == "0 edits"


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_keeps_the_draft_restores_the_terminal_and_is_told_by_the_status(start, tmp_path, number):
    terminal = start()
    terminal.signal(number)
    assert terminal.end() == 128 + number
    assert terminal.is_restored() and (tmp_path / "draft").exists()


def test_a_signal_while_saving_hangs_still_ends_the_app(start):
    terminal = start("stuck")
    terminal.signal(signal.SIGTERM)
    time.sleep(1)  # two signals at once would be one
    terminal.signal(signal.SIGTERM)
    assert terminal.end() == 128 + signal.SIGTERM
    assert terminal.is_restored()


def test_a_lost_terminal_keeps_the_draft_and_does_not_spin(start, tmp_path):
    terminal = start()
    terminal.hang_up()
    assert terminal.end(5) == 128 + signal.SIGHUP
    assert (tmp_path / "draft").exists()


def test_a_lost_terminal_with_hangups_ignored_ends_too(tmp_path):
    script = f"trap '' HUP; exec {sys.executable} -m tests.terminal.shell {tmp_path / 'draft'}"
    terminal = Terminal("-c", f"import os; os.execv('/bin/sh', ['sh', '-c', {script!r}])", home=tmp_path)
    try:
        terminal.wait_for("Score 90.36")
        terminal.hang_up()
        assert terminal.end(5) == 128 + signal.SIGHUP
        assert (tmp_path / "draft").exists()
    finally:
        terminal.close()


@pytest.mark.parametrize(
    "data", [b"\xd6", "中文".encode("gbk"), b"\x1b[200~\xd6\xd0\xce\xc4\x1b[201~", b"\xff\xfe\x80"]
)
def test_bytes_that_are_not_utf8_do_not_end_the_app(start, data):
    terminal = start()
    terminal.type(data)
    terminal.read(0.3)
    terminal.type(b"?")
    terminal.wait_for("Everywhere")
    terminal.type(b"q")
    terminal.wait_for("Score 90.36")
    terminal.type(b"q")
    assert terminal.end() == 0


def test_gbk_bytes_typed_into_a_field_are_shown_as_unreadable(start):
    terminal = start()
    terminal.type(b"r")
    terminal.wait_for("Whose scorecard?")
    terminal.type(b"\xd6\xd0a")
    terminal.wait_for("�")


def test_what_a_library_prints_on_descriptor_2_goes_to_a_private_log(start, tmp_path):
    terminal = start("stderr")
    terminal.type(b"q")
    assert terminal.end() == 0
    assert b"panicked" not in terminal.raw
    assert "panicked" in log_of(tmp_path).read_text()
    assert log_of(tmp_path).stat().st_mode & 0o077 == 0


def test_a_crash_is_one_sentence_with_the_path_of_the_log(start, tmp_path):
    terminal = start("crash")
    terminal.type(b"u")  # nothing to undo: nothing happens
    terminal.type(b"L")  # the language changes, the card is scored again, and that crashes
    assert terminal.end() == 1
    assert terminal.is_restored()
    end = terminal.raw[terminal.raw.rfind(b"\x1b[?1049l") :].decode()
    assert str(log_of(tmp_path)) in end.replace("\r\n", "").replace("\n", "")
    assert "Traceback" not in terminal.raw.decode(errors="replace") and "local-value" not in end
    assert "ZeroDivisionError" in log_of(tmp_path).read_text()
    assert (tmp_path / "draft").exists()


def test_a_workspace_that_cannot_be_read_is_one_clean_sentence_and_exit_code_3(start):
    terminal = start("broken", wait="")
    assert terminal.end() == 3
    assert "workspace.toml: no ␛[31m name" in terminal.text


@pytest.mark.parametrize("which", ["stdin", "stdout"])
def test_without_a_terminal_there_is_one_sentence_and_exit_code_2(tmp_path, which):
    master, slave = os.openpty()
    ends = {"stdin": slave, "stdout": slave, which: subprocess.PIPE}
    done = subprocess.run(
        [sys.executable, *SHELL, str(tmp_path / "draft")],
        cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False, timeout=30, **ends,
    )  # fmt: skip
    os.close(slave)
    os.close(master)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "terminal" in done.stderr and "\x1b" not in done.stderr
