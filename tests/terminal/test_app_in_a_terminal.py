"""A small workspace through a real pseudo-terminal: a target edited and saved; an edit that outlives SIGKILL."""

from __future__ import annotations

import os
import signal
import time
import tomllib
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal
from tests.terminal.warm_starts import warm_starts

PATIENCE = 90  # seconds: a slow machine with two cores, polars read from a cold disk
ORDERS = """order_id,user_id,created_at,paid_at,paid_amount
o1,u1,2026-10-02 09:00:00,2026-10-02 09:05:00,100
o2,u2,2026-10-09 10:00:00,2026-10-09 10:05:00,300
o3,u1,2026-10-31 11:00:00,2026-10-31 11:05:00,200
"""
FILES = {
    "data/orders.csv": ORDERS,
    "workspace.toml": 'name = "Corner shop"\nlanguage = "en"\ntimezone = "Asia/Shanghai"\ncurrency = "CNY"\n'
    'extends = "standard"\ndata = "data"\n',
    "tables.toml": '[tables.orders]\npath = "orders.csv"\n[tables.orders.columns]\norder_id = "order_id"\n'
    'user_id = "user_id"\ncreated_at = "created_at"\npaid_at = "paid_at"\npaid_amount = "paid_amount"\n',
    "roles/sales.toml": '[roles.sales]\nname = { en = "Sales", zh = "销售岗" }\n'
    '[[roles.sales.lines]]\nmetric = "paid_amount"\nweight = 100\n',
    "targets/2026-10.toml": 'period = "2026-10"\nrevision = 1\n[targets.sales.paid_amount]\nvalue = 500\nby = "ann"\n'
    'at = "2026-09-28T09:00:00+08:00"\nwhy = "agreed"\n',
}


@pytest.fixture
def space(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        path = tmp_path / "shop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path / "shop"


@pytest.fixture
def launch(space, tmp_path):
    opened: list[Terminal] = []

    def launcher(wait: str, *, fresh: bool = False) -> Terminal:
        program = "from kpi_tui.cli import main; main()"
        warm = None if fresh else warm_starts()
        terminal = Terminal("-c", program, "-w", str(space), "--lang", "en", home=tmp_path, warm=warm)
        opened.append(terminal)
        terminal.wait_for(wait, PATIENCE)
        return terminal

    yield launcher
    for terminal in opened:
        terminal.close()


def target(space: Path) -> float:
    """The target as it stands in the file."""
    content = tomllib.loads((space / "targets" / "2026-10.toml").read_text(encoding="utf-8"))
    return content["targets"]["sales"]["paid_amount"]["value"]


def type_target(terminal: Terminal, amount: str) -> None:
    """Into its cell on Targets; not entered."""
    terminal.type(b"4")
    terminal.wait_for("Sales 销售岗 ── 1", PATIENCE)
    terminal.type(b"\r")
    terminal.wait_for("Enter sets it", PATIENCE)
    terminal.type(amount.encode())
    terminal.wait_for(amount, PATIENCE)


def edit(terminal: Terminal) -> None:
    """600 of 500 against a target typed as 0.8k is 75 %."""
    terminal.wait_for("120%", PATIENCE)
    type_target(terminal, "0.8k")
    terminal.type(b"\r")
    terminal.wait_for("→ 75.00 / 100", PATIENCE)


def save(terminal: Terminal) -> None:
    """Write; nothing more to do until the sentence stands there."""
    terminal.type(b"w")
    terminal.wait_for("Saved 1 target", PATIENCE)


def test_a_target_is_edited_saved_and_the_terminal_is_left_as_it_was(launch, space):
    terminal = launch("Scorecard", fresh=True)
    edit(terminal)
    assert target(space) == 500, "nothing is written before w"
    save(terminal)
    terminal.type(b"q")
    assert terminal.end(PATIENCE) == 0
    assert terminal.is_restored()
    assert target(space) == 800


def helpers_of(terminal: Terminal) -> list[Path]:
    """The processes that the app has started and that still run, as their folders of /proc."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("processes are looked at in /proc, which this system has not")
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if int(parent) == terminal.pid and state != "Z":
            found.append(folder)
    return found


def gone(process: Path) -> None:
    """It ends with its app, as soon as the system has noticed."""
    until = time.monotonic() + PATIENCE
    while process.exists():
        assert time.monotonic() < until, "it outlived its app"
        time.sleep(0.05)


def restored(launch, key: bytes = b"\r") -> Terminal:
    """The next start, which takes up the edit of the former one."""
    terminal = launch("former session: 1")
    terminal.type(key)
    terminal.wait_for("Restored 1 edit", PATIENCE)
    return terminal


def saved(terminal: Terminal, space: Path) -> float:
    """Written and left: the target in the file."""
    save(terminal)
    terminal.type(b"q")
    assert terminal.end(PATIENCE) == 0
    assert terminal.is_restored()
    return target(space)


def test_an_edit_outlives_a_kill_and_a_hang_up_and_who_computes_does_not(launch, space):
    terminal = launch("Scorecard")
    edit(terminal)
    (worker,) = helpers_of(terminal)
    terminal.signal(signal.SIGKILL)
    assert terminal.end(PATIENCE) == -signal.SIGKILL
    gone(worker)
    terminal = restored(launch, b"3\r")  # a digit typed too early neither filters nor answers the question
    terminal.signal(signal.SIGHUP)
    assert terminal.end(PATIENCE) == 128 + signal.SIGHUP
    assert terminal.is_restored()
    assert target(space) == 500
    assert saved(restored(launch), space) == 800


def test_an_amount_typed_and_not_entered_survives_a_lost_terminal(launch, space):
    terminal = launch("120%")
    for amount, number in (("456", signal.SIGHUP), ("567", signal.SIGTERM)):
        type_target(terminal, amount)
        terminal.signal(number)
        assert terminal.end(PATIENCE) == 128 + number
        assert terminal.is_restored()
        assert target(space) == 500
        terminal = restored(launch)
    assert saved(terminal, space) == 567


def test_the_app_reads_no_row_itself_and_outlives_who_does(launch):
    """The computing happens in one process that may die; the app stays, with its edits."""
    terminal = launch("Scorecard", fresh=True)
    edit(terminal)
    (worker,) = helpers_of(terminal)
    assert "polars" in (worker / "maps").read_text()
    os.kill(int(worker.name), signal.SIGKILL)
    for key, stands in ((b"2", "Monetisation"), (b"6", "metrics are live"), (b"1", "75")):
        terminal.type(key)
        terminal.wait_for(stands, PATIENCE)
    terminal.type(b"R")
    terminal.wait_for("2026-10-31", PATIENCE)
    (another,) = helpers_of(terminal)
    assert another != worker
    assert "polars" not in Path(f"/proc/{terminal.pid}/maps").read_text()
    terminal.type(b"q")  # leaves the rows
    terminal.wait_for("Sales 销售岗", PATIENCE)
    terminal.type(b"q")
    assert terminal.end(PATIENCE) == 0
    assert terminal.is_restored()
    gone(another)
