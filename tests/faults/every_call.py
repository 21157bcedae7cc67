"""Commands that write, killed and failed at every call that changes the disk: `python -m tests.faults.every_call`.

strace carries out a command once and lists its calls on files below the home of the case; then the command is begun
anew for each of them, and strace kills it there, or lets the call fail (full disk, broken disk, no right). Whatever
happens, every file is the old one or the new one, what is said holds no traceback, and the same command carried out
again ends as if nothing had been.
usage: python -m tests.faults.every_call [CASE …] [--every N]   (--every N: each n-th blow only)
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHANGING = (
    "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,ftruncate,fchmod"
)
BLOWS = ("signal=KILL", "error=ENOSPC", "error=EIO", "error=EACCES")
ORDERS = """order_id,user_id,created_at,paid_at,paid_amount
o1,u1,2026-10-02 09:00:00,2026-10-02 09:05:00,100
o2,u2,2026-10-09 10:00:00,2026-10-09 10:05:00,300
"""
FILES = {
    "shop/workspace.toml": 'name = "Shop"\nlanguage = "en"\ntimezone = "Asia/Shanghai"\ncurrency = "CNY"\n'
    'extends = "standard"\nas_of = 2026-10-20\n',
    "shop/tables.toml": '[tables.orders]\npath = "orders.csv"\n[tables.orders.columns]\norder_id = "order_id"\n'
    'user_id = "user_id"\ncreated_at = "created_at"\npaid_at = "paid_at"\npaid_amount = "paid_amount"\n',
    "shop/orders.csv": ORDERS,
    "shop/roles/ops.toml": '# ours\n[roles.ops]\nname = "Ops"\n'
    '[[roles.ops.lines]]\nmetric = "paid_amount"\nweight = 100\n',
    "shop/targets/2026-10.toml": 'period = "2026-10"\nrevision = 1\n[targets.ops.paid_amount]\nvalue = 500\n'
    'by = "ann"\nat = "2026-09-28T09:00:00+08:00"\nwhy = "agreed"\n',
    "config/kpi-tui/config.toml": '# mine\nlanguage = "en"\n',
}


@dataclass(frozen=True)
class Case:
    """A command, and what may stand in the file it writes: by a mark of the old content, or of the new."""

    arguments: tuple[str, ...]
    file: str
    old: str  # a text that only the old file has; "": there was none
    new: str  # a text that only the whole new one has


CASES: Mapping[str, Case] = {
    "target": Case(
        ("target", "set", "ops", "paid_amount", "700", "--period", "2026-10", "--why", "more"),
        "shop/targets/2026-10.toml",
        "value = 500",
        "value = 700",
    ),
    "actual": Case(("actual", "set", "2026-W41", "C", "7"), "shop/actuals/2026-W41.toml", "", "value = 7"),
    "define": Case(("define", "set", "roles.ops.name", "Operations"), "shop/roles/ops.toml", '"Ops"', "Operations"),
    "config": Case(("config", "set", "grain", "week"), "config/kpi-tui/config.toml", "", "week"),
    "seal": Case(("check", "--seal"), "shop/seals.toml", "", "orders.csv"),
    "export": Case(("score", "--period", "2026-10", "-o", "{home}/out.csv"), "out.csv", "", "paid_amount"),
    "pack": Case(("pack", "--period", "2026-10", "-o", "{home}/out.html"), "out.html", "", "</html>"),
    "init": Case(("init", "{home}/new", "{home}/shop/orders.csv", "--yes"), "new/workspace.toml", "", "extends"),
}
_CALL = re.compile(r"^(?P<process>\d+) +(?P<name>\w+)\((?P<rest>.*)$")


class Room:
    """A home with a small workspace that is made anew before every blow."""

    def __init__(self, place: Path, case: Case) -> None:
        self.home, self.case = place / "home", case
        self._log = place / "log"

    def furnish(self) -> None:
        """All as it was."""
        shutil.rmtree(self.home, ignore_errors=True)
        for name, content in FILES.items():
            path = self.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")

    def carried_out(self, *strace: str) -> subprocess.CompletedProcess[str]:
        """The command, by itself or under strace."""
        arguments = [part.format(home=self.home) for part in self.case.arguments]
        environ = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "KPI_TUI_USER": "ann",
            "KPI_TUI_WORKSPACE": str(self.home / "shop"),
            "POLARS_MAX_THREADS": "1",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
        } | {f"XDG_{name}_HOME": str(self.home / name.lower()) for name in ("CONFIG", "STATE", "CACHE", "DATA")}
        program = [sys.executable, "-c", "from kpi_tui.cli import main; main()", *arguments]
        return subprocess.run(
            [*strace, *program], cwd=self.home, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=300,
        )  # fmt: skip

    def calls(self) -> list[tuple[str, int]]:
        """The calls of the first thread that change something below the home: by name, the n-th of that name."""
        self.furnish()
        done = self.carried_out("strace", "-f", "-qq", "-y", "-s", "0", "-e", f"trace={CHANGING}", "-o", str(self._log))
        assert done.returncode == 0, done.stderr
        counted: Counter[str] = Counter()
        found, first = [], ""
        for line in self._log.read_text(errors="replace").splitlines():
            if (call := _CALL.match(line)) is None:
                continue
            first = first or call["process"]
            if call["process"] == first:
                counted[call["name"]] += 1
                below = str(self.home) in call["rest"] and "cache" not in call["rest"]
                if below and (call["name"] != "openat" or re.search(r"O_(WRONLY|RDWR|CREAT)", call["rest"])):
                    found.append((call["name"], counted[call["name"]]))
        return found

    def struck(self, name: str, nth: int, blow: str) -> str:
        """What is wrong after a blow at the n-th call of a name; empty where all is as promised."""
        self.furnish()
        inject = ("-e", f"trace={name}", "-e", f"inject={name}:{blow}:when={nth}")
        done = self.carried_out("strace", "-qq", "-o", "/dev/null", *inject)  # no -f: each thread has its own n-th
        after = self._wrong(done)
        again = self.carried_out()
        if "already" in again.stderr and self.case.new in self._content():
            return after  # init: what was made is there
        if again.returncode not in (0, 1) or "Traceback" in again.stderr or self.case.new not in self._content():
            after += f" | again: {again.returncode} {again.stderr[-300:]}"
        return after

    def _wrong(self, done: subprocess.CompletedProcess[str]) -> str:
        said, content = done.stdout + done.stderr, self._content()
        if "Traceback" in said or "unexpected error" in said:
            return f"it says {said[-400:]!r}"
        if not self._is_old(content) and not self._is_new(content):
            return f"torn: {content[-200:]!r}"
        for file in self.home.rglob("*.toml"):
            if "cache" not in file.parts:
                try:
                    tomllib.loads(file.read_text(encoding="utf-8"))
                except ValueError as error:
                    return f"{file}: {error}"
        return ""

    def _content(self) -> str:
        try:
            return (self.home / self.case.file).read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    def _is_old(self, content: str) -> bool:
        return content == FILES.get(self.case.file, "") or (bool(self.case.old) and self.case.old in content)

    def _is_new(self, content: str) -> bool:
        return self.case.new in content


def blows(room: Room, every: int, first: int = 0) -> Iterator[tuple[str, int, str]]:
    """Every n-th of all blows at all calls."""
    all_ = [(name, nth, blow) for name, nth in room.calls() for blow in BLOWS]
    return iter(all_[first::every])


def strike(name: str, every: int, say: Callable[[str], None] = print, first: int = 0) -> tuple[int, list[str]]:
    """How many blows a case was dealt, and what went wrong."""
    with tempfile.TemporaryDirectory() as place:
        room, dealt, wrong = Room(Path(place), CASES[name]), 0, []
        for call, nth, blow in blows(room, every, first):
            dealt += 1
            if why := room.struck(call, nth, blow):
                wrong.append(f"{name}: {blow} at {call} {nth}: {why}")
                say(wrong[-1])
    return dealt, wrong


def main() -> int:
    """The number of blows after which something was wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("case", nargs="*")
    parser.add_argument("--every", type=int, default=1)
    asked = parser.parse_args()
    bad = 0
    for name in asked.case or CASES:
        dealt, wrong = strike(name, asked.every)
        print(f"{name}: {dealt} blows, {len(wrong)} wrong", flush=True)
        bad += len(wrong)
    return min(bad, 100)


if __name__ == "__main__":
    sys.exit(main())
