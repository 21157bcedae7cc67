"""Judge the cases beside the project, each command a fork of this process, which has imported what a command needs.

usage: forked_cases.py CASES      names of cases on stdin, one per line; for each a line of JSON: what is wrong, or ""

CASES is the judge that lies beside the project. It starts `kpi-tui` for every step, and an import costs more than most
answers, the shipped library more than an import. Nothing of a case is read here before a fork, and the only threads are
those that idle behind polars and the parser, so a fork is what a process is that has opened another workspace before:
its own folder, environment, streams, session, end and memory.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
import traceback
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import IO, NoReturn
from weakref import finalize

import kpi_tui
from kpi_tui.cli import main
from kpi_tui.workspace.load import load


class Fork:
    """What the judge asks of a `subprocess.Popen`."""

    def __init__(
        self, command: list[str], *, cwd: Path, env: dict[str, str], stdout: IO[str], stderr: IO[str], **_same: object
    ) -> None:
        self.returncode: int | None = None
        self.pid = os.fork()
        if not self.pid:
            os.setsid()
            os.chdir(cwd)
            os.environ.clear()
            os.environ.update(env)
            finalize._registry.clear()  # type: ignore[attr-defined]  # the folder of the case is the judge's to remove
            answer(command[1:], stdout.fileno(), stderr.fileno())


def answer(arguments: list[str], stdout: int, stderr: int) -> NoReturn:
    """Run the command line with these streams and end as an interpreter does."""
    for place, file in enumerate((os.open(os.devnull, os.O_RDONLY), stdout, stderr)):
        os.dup2(file, place)
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w", errors="backslashreplace")
    code: object = 1
    try:
        main(arguments)
        code = 0
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001  what the program does not catch itself is told as Python tells it
        traceback.print_exc()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def judge_of(path: str) -> ModuleType:
    """The judge, whose processes are forks."""
    loader = SourceFileLoader("cases", path)
    spec = spec_from_loader("cases", loader)
    assert spec is not None
    sys.dont_write_bytecode = True  # the folder beside the project is only read
    module = module_from_spec(spec)
    loader.exec_module(module)
    module.subprocess = SimpleNamespace(Popen=Fork, run=subprocess.run, DEVNULL=subprocess.DEVNULL)  # type: ignore[attr-defined]
    return module


def prepare() -> None:
    """Import whatever a command could need, the app is no command; read the library that a workspace extends."""
    for module in pkgutil.walk_packages(kpi_tui.__path__, "kpi_tui."):
        if not module.name.startswith(("kpi_tui.tui", "kpi_tui.__main__")):
            importlib.import_module(module.name)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "workspace.toml").write_text('name = "Another"\nextends = "standard"\n', encoding="utf-8")
        assert load(Path(folder)).workspace is not None
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    cases = judge_of(sys.argv[1])
    prepare()
    for line in sys.stdin:
        fault = cases.judge(Path(sys.argv[1]).parents[1] / "cases" / line.strip(), ["kpi-tui"])
        print(json.dumps(fault), flush=True)
