"""In tmux: a lost client leaves the app running, another one gets the whole picture, a killed server loses no edit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal.terminal import ROOT
from tests.workspaces import Shop, orders

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

PATIENCE = 90  # seconds: tells a hang from a busy machine
ROLE = '[roles.sales]\nname = "Sales"\n[[roles.sales.lines]]\nmetric = "paid_amount"\nweight = 100\n'
TARGET = 'period = "2026-10"\nrevision = 1\n[targets.sales.paid_amount]\nvalue = 500\nby = "ann"\n'
TARGET += 'at = "2026-09-28T09:00:00+08:00"\nwhy = "agreed"\n'


class Tmux:
    """A server of its own, with the app in its one window."""

    def __init__(self, shop: Path, home: Path) -> None:
        self._socket = str(home / "tmux")
        code = "from kpi_tui.cli import main; main()"
        app = f"{sys.executable} -c {code!r} -w {shop} --lang en"
        self._environ = os.environ | {"HOME": str(home), "XDG_STATE_HOME": str(home / "state"), "LANG": "C.UTF-8"}
        self._environ |= {"COLUMNS": "80", "LINES": "24"}  # as some shells export them; the terminal knows better
        self.asked("-f", os.devnull, "new-session", "-d", "-x", "80", "-y", "24", app)

    def asked(self, *arguments: str) -> str:
        """What tmux answers."""
        command = ["tmux", "-S", self._socket, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self._environ, capture_output=True, text=True, check=False)
        return done.stdout

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Until it is so."""
        end = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < end, f"{what}:\n{self.asked('capture-pane', '-p')}"
            time.sleep(0.1)

    def wait_for(self, text: str) -> None:
        """Until the window shows a text."""
        self.wait(lambda: text in self.asked("capture-pane", "-p"), f"{text!r} did not appear")

    def processes(self) -> list[int]:
        """The app and those it has started."""
        panes = [int(line) for line in self.asked("list-panes", "-a", "-F", "#{pane_pid}").split()]
        children = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
        pairs = [tuple(map(int, line.split())) for line in children.splitlines()]
        return [*panes, *(pid for pid, parent in pairs if parent in panes)]


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[[], Tmux]]:
    shop = Shop(tmp_path / "shop").says(as_of="2026-10-20")
    shop.has("orders", orders(("o1", "u1", "2026-10-03 10:00:00", 600)))
    shop.defines("roles/sales.toml", ROLE).defines("targets/2026-10.toml", TARGET).book().close()
    started: list[Tmux] = []

    def start() -> Tmux:
        started.append(Tmux(shop.root, tmp_path))
        return started[-1]

    yield start
    for server in started:
        server.asked("kill-server")


def test_a_client_that_leaves_and_a_server_that_dies_lose_no_edit_and_leave_nobody_behind(
    tmux: Callable[[], Tmux], tmp_path: Path
) -> None:
    server = tmux()
    server.wait_for("120%")  # 600 of 500
    server.asked("send-keys", "4")
    server.wait_for("Sales ── 120")
    for keys in ("Enter", "800", "Enter"):
        server.asked("send-keys", keys)
    server.wait_for("1 unsaved")
    server.asked("resize-window", "-x", "120", "-y", "40")  # another client, with a larger terminal
    server.wait_for("Attained")  # the pane that a wide screen has beside its lines
    ours = server.processes()
    assert len(ours) > 1  # the app and who computes
    server.asked("kill-server")
    server.wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in ours), f"{ours} outlived their terminal")
    again = tmux()
    again.wait_for("former session: 1")
    again.asked("send-keys", "Enter")
    again.wait_for("Restored 1 edit")
    assert "value = 500" in (tmp_path / "shop" / "targets" / "2026-10.toml").read_text()
