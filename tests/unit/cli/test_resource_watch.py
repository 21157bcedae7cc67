"""A command that uses too much memory or time is ended with one sentence."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kpi_tui.book.person.resource_watch import Limits, limits, machine_memory, resident_memory, watched
from tests.workspaces import Shop, orders


@pytest.mark.parametrize(("allowed", "what"), [(Limits(1, 0), "memory"), (Limits(1e9, 0.01), "time")])
def test_too_much_is_told_once(allowed: Limits, what: str) -> None:
    told: list[str] = []
    over = threading.Event()

    def ended(why: str) -> None:
        told.append(why)
        over.set()

    with watched(allowed, ended, look=0.01):
        assert over.wait(30)
    assert told == [what]


def test_what_is_allowed_is_left_alone() -> None:
    told: list[str] = []
    with watched(Limits(1e9, 0), told.append, look=0.001):
        threading.Event().wait(0.05)
    assert told == []


def test_memory_is_that_of_the_process() -> None:
    """Against what the system itself says of it."""
    status = Path(f"/proc/{os.getpid()}/status")
    if not status.exists():
        pytest.skip("this system has no /proc")
    held = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    assert resident_memory() == pytest.approx(held / 1024, rel=0.2)


def test_nobody_says_how_much_three_quarters_of_the_machine() -> None:
    assert limits(0, 0) == Limits(0.75 * machine_memory(), 0)
    assert limits(500, 60) == Limits(500, 60)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("max_memory = 1", "needs more than 1 MB of memory (setting max_memory)"),
        ("max_seconds = 0.001", "(setting max_seconds)"),
    ],
)
def test_a_command_ends_with_a_sentence_and_nothing_on_stdout(
    tmp_path: Path,
    home: Path,
    spawn: Callable[..., subprocess.CompletedProcess[str]],
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    said: str,
) -> None:
    shop = Shop(tmp_path / "shop").has("orders", orders(("a", "u1", "2026-10-01", 5.0)))
    shop.book().close()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    config = home / "config" / "kpi-tui" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f"{setting}\n")
    ended = spawn("-w", tmp_path / "shop", "values", "paid_amount", "--period", "2026-10")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert said in ended.stderr and len(ended.stderr.splitlines()) == 1
