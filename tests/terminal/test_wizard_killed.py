"""`kpi-tui FILE` through a real pseudo-terminal: killed at a step, nothing is written, and the next start goes on."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal
from tests.terminal.warm_starts import warm_starts

OWN = """订单号,下单时间,付款时间,用户ID,实付金额
0001,2026-10-05 10:00:00,2026-10-05 10:05:00,u1,100
0002,2026-10-31 11:00:00,2026-10-31 11:05:00,u2,50
"""
PROGRAM = "from kpi_tui.cli import main; main()"


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "orders.csv").write_text(OWN, encoding="utf-8")
    return folder / "orders.csv"


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def launcher(*arguments: str, fresh: bool = False) -> Terminal:
        warm = None if fresh else warm_starts()
        opened.append(Terminal("-c", PROGRAM, "--lang", "en", *arguments, home=tmp_path, warm=warm))
        return opened[-1]

    yield launcher
    for terminal in opened:
        terminal.close()


def to_money(terminal: Terminal) -> None:
    terminal.wait_for("1 file fills Orders")
    terminal.type(b"\r")
    terminal.wait_for("order_id")
    terminal.type(b"\r")
    terminal.wait_for("2 orders paid, 150.00 CNY")


def test_killed_or_hung_up_at_a_step_nothing_is_written_and_the_next_start_goes_on(
    launch: Callable[..., Terminal], orders: Path
) -> None:
    terminal = launch(str(orders), fresh=True)
    to_money(terminal)
    for number in (signal.SIGKILL, signal.SIGHUP):
        terminal.signal(number)
        terminal.end()
        assert [path.name for path in orders.parent.iterdir()] == ["orders.csv"]
        terminal = launch(str(orders))
        terminal.wait_for("It goes on where it was left")
        terminal.wait_for("2 orders paid, 150.00 CNY")
    terminal.type(b"7")
    terminal.wait_for("Enter writes the workspace")
    terminal.type(b"\r")
    terminal.wait_for("1 Scorecard")
    terminal.type(b"q")
    assert terminal.end() == 0
    assert {path.name for path in orders.parent.iterdir()} >= {"workspace.toml", "tables.toml", "roles"}


def test_init_on_a_terminal_opens_the_wizard_and_q_keeps_the_answers(
    launch: Callable[..., Terminal], orders: Path, tmp_path: Path
) -> None:
    terminal = launch("init", str(tmp_path / "new"), str(orders))
    to_money(terminal)
    terminal.type(b"q")
    assert terminal.end() == 0
    assert terminal.is_restored()
    assert "the same command goes on here" in terminal.raw.decode()
    assert not (tmp_path / "new" / "workspace.toml").exists()


def test_what_the_options_of_init_say_is_answered_already(launch: Callable[..., Terminal], orders: Path) -> None:
    terminal = launch(
        "init", str(orders.parent), str(orders), "--name", "Mine", "--currency", "EUR", "--preset", "none"
    )
    terminal.wait_for("1 file fills Orders")
    terminal.type(b"4")
    terminal.wait_for("Currency  EUR")
    terminal.wait_for("Name      Mine")
    terminal.type(b"6")
    terminal.wait_for("0 roles of five posts (table 000) are taken")
    terminal.type(b"q")
    assert terminal.end() == 0
