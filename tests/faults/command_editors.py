"""Several people at the command line of one workspace, some killed: `python -m tests.faults.command_editors`.

Every edit is a process of its own that runs `kpi-tui target set`, begun as a fork of this one, which has imported what
a command needs. Each editor changes cells of its own and one that all change, with a value that nobody else writes;
some processes are killed at a random moment. Whatever happens: what was said to be saved stands in the history once,
what was refused does not, every line of the history begins where the one before ended, and the file is what the history
says.
usage: python -m tests.faults.command_editors [EDITORS EDITS SEED]
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import finalize

from tests.peers.forked_cases import answer, prepare

PERIOD = "2026-12"
CELLS = ("paid_amount", "aov", "paid_orders")
SHARED = ("all", "gmv")
KILLED = 0.3
"""Share of the processes that are killed, each at a moment of its first `LIFE` seconds."""
LIFE = 0.6
CLASHED = 5  # the exit code where somebody else has changed the cell
ROLES = "".join(
    f'[roles.{role}]\nname = "{role}"\n'
    + "".join(f'[[roles.{role}.lines]]\nmetric = "{metric}"\nweight = 25\n' for metric in (*CELLS, SHARED[1]))
    for role in ("all", *(f"p{number}" for number in range(16)))
)
FILES = {
    "workspace.toml": 'name = "Shop"\nlanguage = "en"\ntimezone = "Asia/Shanghai"\ncurrency = "CNY"\n'
    'extends = "standard"\nas_of = 2026-10-20\n',
    "roles/roles.toml": ROLES,
}


@dataclass
class Told:
    """The values that processes said to have saved, those of killed ones, and those refused; what they said else."""

    saved: list[float] = field(default_factory=list)
    killed: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


def furnish(shop: Path) -> None:
    """A workspace with a role for each editor."""
    for name, content in FILES.items():
        (shop / name).parent.mkdir(parents=True, exist_ok=True)
        (shop / name).write_text(content, encoding="utf-8")


def command(shop: Path, role: str, metric: str, value: float, said: Path) -> int:
    """The process of one edit; its words go to a file."""
    if child := os.fork():
        return child
    home = shop.parent / "homes" / role
    home.mkdir(parents=True, exist_ok=True)
    os.setsid()
    finalize._registry.clear()  # type: ignore[attr-defined]  # the temporary folder is the first process's to remove
    os.chdir(home)
    os.environ.clear()
    os.environ.update({"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8", "KPI_TUI_USER": role})
    out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    arguments = ["target", "set", role, metric, str(value), "--period", PERIOD, "--yes", "-w", str(shop)]
    return answer(arguments, out, os.dup(out))


def edit(shop: Path, editor: int, edits: int, seed: int) -> Told:
    """The edits of one editor, one process after the other."""
    rng, told, said = random.Random(f"{seed} {editor}"), Told(), shop.parent / f"said{editor}"
    for number in range(1, edits + 1):
        value = float(editor * 100_000 + number)  # nobody else's
        role, metric = (f"p{editor}", rng.choice(CELLS)) if number % 4 else SHARED
        child = command(shop, role, metric, value, said)
        if number == 1 or rng.random() < KILLED:
            time.sleep(rng.uniform(0, LIFE) if number > 1 else 0)  # the first one before it has begun
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        words = said.read_text(errors="replace") if said.exists() else ""
        kind = {0: told.saved, -signal.SIGKILL: told.killed}.get(code, told.refused)
        kind.append(value)
        clash = code == CLASHED and "nothing was saved" in words
        if (kind is told.refused and not clash) or "Traceback" in words:
            told.odd.append(f"{role} {metric} {value}: {code} {words[-300:]}")
    return told


def together(shop: Path, editors: int, edits: int, seed: int) -> Told:
    """All editors at once, each in a process; what they tell."""
    started = []
    for editor in range(editors):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            told = edit(shop, editor, edits, seed)
            with os.fdopen(writing, "w") as pipe:
                json.dump(vars(told), pipe)
            os._exit(0)
        os.close(writing)
        started.append((child, reading))
    all_ = Told()
    for child, reading in started:
        with os.fdopen(reading) as pipe:
            for name, values in json.load(pipe).items():
                getattr(all_, name).extend(values)
        os.waitpid(child, 0)
    return all_


def history(path: Path) -> tuple[list[dict[str, Any]], int]:
    """The changes without those whose process died before the file was replaced; how many lines were cut short."""
    entries, torn = [], 0
    for line in path.read_bytes().splitlines():
        try:
            entries.append(json.loads(line))
        except ValueError:
            torn += bool(line.strip())
    voided = {entry["void"] for entry in entries if "void" in entry}
    return [entry for entry in entries if "void" not in entry and entry["batch"] not in voided], torn


def wrong(shop: Path, told: Told) -> list[str]:
    """What is not as promised, after one more edit that nobody disturbs."""
    last, said = 9_999_999.0, shop.parent / "said"
    code = os.waitstatus_to_exitcode(os.waitpid(command(shop, "all", "aov", last, said), 0)[1])
    found = list(told.odd) if code == 0 else [*told.odd, f"the last edit ended with {code}: {said.read_text()[-300:]}"]
    lines, torn = history(shop / "targets" / "history.jsonl")
    if torn > len(told.killed):
        found.append(f"{torn} lines of the history are torn, and {len(told.killed)} processes were killed")
    counted = Counter(line["after"] for line in lines)
    found += [f"{value} was saved and stands {counted[value]} times in the history" for value in told.saved
              if counted[value] != 1]  # fmt: skip
    found += [f"{value} was refused and stands in the history" for value in told.refused if counted[value]]
    found += [f"{value} was killed and stands {counted[value]} times" for value in told.killed if counted[value] > 1]
    if unknown := set(counted) - {*told.saved, *told.killed, last}:
        found.append(f"nobody wrote {sorted(unknown)}")
    replayed: dict[tuple[str, str], float] = {}
    for line in lines:
        cell = line["role"], line["metric"]
        if line["before"] != replayed.get(cell):
            found.append(f"revision {line['revision']} begins at {line['before']}, not at {replayed.get(cell)}")
        replayed[cell] = line["after"]
    if [line["revision"] for line in lines] != list(range(1, len(lines) + 1)):
        found.append("the revisions have a gap")
    file = tomllib.loads((shop / "targets" / f"{PERIOD}.toml").read_text("utf-8"))
    stands = {
        (role, metric): cell["value"] for role, cells in file["targets"].items() for metric, cell in cells.items()
    }
    if stands != replayed or file["revision"] != len(lines):
        found.append(f"the file says {stands} at {file['revision']}, the history {replayed} at {len(lines)}")
    return found


def try_out(place: Path, editors: int, edits: int, seed: int) -> tuple[Told, list[str]]:
    """A whole run in an empty folder: what was told, and what is wrong."""
    shop = place / "shop"
    furnish(shop)
    told = together(shop, editors, edits, seed)
    return told, wrong(shop, told)


def main(editors: int = 4, edits: int = 5, seed: int = 0) -> int:
    """How many faults; what was told as JSON."""
    prepare()
    with tempfile.TemporaryDirectory() as place:
        told, faults = try_out(Path(place), editors, edits, seed)
    counts = {name: len(values) for name, values in vars(told).items()}
    print(json.dumps({"counts": counts, "faults": faults}, ensure_ascii=False), flush=True)
    return min(len(faults), 100)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
