"""A Design save in a real pseudo-terminal, killed while it is written: files stay whole, the next start goes on."""

from __future__ import annotations

import getpass
import signal
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kpi_tui.book import Book
from tests.terminal.terminal import Terminal
from tests.terminal.warm_starts import warm_starts
from tests.workspaces import Shop, orders

PROGRAM = "from kpi_tui.cli import main; main()"
ROLE = """[roles.ops]
name = "Ops"               # by hand
[[roles.ops.lines]]
metric = "paid_amount"
weight = 60
[[roles.ops.lines]]
metric = "aov"
weight = 40
"""
BEFORE, AFTER = ["paid_amount", "aov"], ["aov", "paid_amount"]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    made = Shop(tmp_path / "shop").says(as_of="2026-11-15", north_star="gmv")
    made.has("orders", orders(("o1", "u1", "2026-10-03 10:00:00", 100))).defines("roles/ops.toml", ROLE)
    made.book().close()
    return made.root


@pytest.fixture
def launch(tmp_path: Path, shop: Path) -> Iterator[Callable[..., Terminal]]:
    started: list[Terminal] = []

    def launcher(home: str = "home", *, fresh: bool = False) -> Terminal:
        warm = None if fresh else warm_starts()
        started.append(Terminal("-c", PROGRAM, "-w", str(shop), "--lang", "en", home=tmp_path / home, warm=warm))
        return started[-1]

    yield launcher
    for terminal in started:
        terminal.close()


def order(shop: Path) -> list[str]:
    """The lines as the file says them, by tomllib: a torn file is an error."""
    text = (shop / "roles/ops.toml").read_text(encoding="utf-8")
    assert '"Ops"               # by hand' in text
    return [line["metric"] for line in tomllib.loads(text)["roles"]["ops"]["lines"]]


def test_killed_while_w_writes_it_is_all_there_or_nothing_and_nothing_is_lost(
    launch: Callable[..., Terminal], shop: Path
) -> None:
    terminal = launch(fresh=True)
    terminal.wait_for("1 Scorecard")
    before, after = BEFORE, AFTER
    for seconds in (0.0, 0.03, 0.3):
        terminal.type(b"7")
        terminal.wait_for("Allocation")
        for _step in range(3):
            terminal.type(b"}")
        terminal.type(b"\x1b[H")  # it opens where the other one was left
        terminal.wait_for("▸   ● Paid amount" if before == BEFORE else "▸   ● Average order value")
        terminal.type(b"\x1b[1;2B")  # shift and arrow down
        terminal.wait_for("1 unsaved")
        terminal.type(b"w")
        time.sleep(seconds)
        terminal.signal(signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
        with closing(Book.open(shop, who="somebody", draft=False)):
            saved = order(shop)
        assert saved in (before, after)
        terminal = launch()
        terminal.wait_for("1 Scorecard" if saved == after else "Unsaved edits of a former session: 1")
        if saved == before:
            terminal.type(b"\r")
            terminal.wait_for("Restored 1 edit")
            terminal.type(b"w")
            terminal.wait_for("Saved 1 definition")
            assert order(shop) == after
        before, after = after, before


def write_duty(terminal: Terminal, words: bytes) -> None:
    """On the Design screen: the third step, the row of the duty."""
    terminal.type(b"7")
    terminal.wait_for("Allocation")
    terminal.type(b"{{{}}")  # it opens where the other one was left
    terminal.wait_for("Present aim")
    terminal.type(b"\x1b[H")
    terminal.wait_for("▸   North star")
    terminal.type(b"jje")
    terminal.wait_for("Ops · Duty")
    terminal.type(words + b"\r")
    terminal.wait_for("1 unsaved")


def test_two_designs_at_one_duty_show_the_second_both_sides_and_who_was_first(
    launch: Callable[..., Terminal], shop: Path
) -> None:
    first, second = launch("first"), launch("second")  # a draft each
    for terminal, words in ((first, b"sells tea"), (second, b"sells gifts")):
        terminal.wait_for("1 Scorecard")
        write_duty(terminal, words)
    first.type(b"w")
    first.wait_for("Saved 1 definition")
    second.type(b"w")
    second.wait_for("Somebody else changed the same definitions.")
    row = next(line for line in second.text.splitlines() if "sells tea" in line)  # the cell is told whole below
    assert "sells gifts" in row and getpass.getuser() in row
    second.type(b"<w")
    second.wait_for("Saved 1 definition")
    assert tomllib.loads((shop / "roles/ops.toml").read_text(encoding="utf-8"))["roles"]["ops"]["duty"] == "sells gifts"
