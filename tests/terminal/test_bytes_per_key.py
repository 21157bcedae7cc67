"""What a key costs on the line: an arrow and the way back to a screen; F5 draws over what others wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    started = Terminal("-m", "tests.terminal.shell", str(tmp_path / "draft"), home=tmp_path)
    started.wait_for("Score ", 90)
    yield started
    started.close()


def bytes_of(terminal: Terminal, key: bytes, until: str) -> int:
    """What the app writes for a key, until it is quiet."""
    before = len(terminal.raw)
    terminal.type(key)
    terminal.wait_for(until, 90)
    while terminal.read(1):
        pass
    return len(terminal.raw) - before


def test_few_bytes_for_a_key_and_f5_draws_over_what_others_wrote(terminal: Terminal) -> None:
    for key, until in ((b"3", "search in both"), (b"1", "Score ")):  # both are built once
        bytes_of(terminal, key, until)
    assert bytes_of(terminal, b"\x1b[B", "Score ") < 900
    assert bytes_of(terminal, b"3", "search in both") < 3_900
    assert bytes_of(terminal, b"1", "Score ") < 3_900
    terminal._stream.feed(b"\x1b[1;1Hmail has come")
    assert "mail has come" in terminal.text
    bytes_of(terminal, b"\x1b[15~", "1 Scorecard")
    assert "mail has come" not in terminal.text
