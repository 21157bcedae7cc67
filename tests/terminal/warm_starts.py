"""Starts of the app that share what every start imports and reads: forks of one process, which has done it and no more.

A third of what a test in a terminal costs is the same imports and the same shipped library, again and again. The first
start of each file is a fresh interpreter all the same. A fork has its own session, terminal, environment, arguments
and streams; polars is not imported here, nothing of a workspace is read, and no app was made: it is what a fresh
process is when it begins to look at its arguments. What it computes with is a process of its own, spawned as ever.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parents[2]
_ASLEEP = 0.6  # seconds after which nothing is being parsed: the parser's watch holds no lock that a fork would inherit


class WarmStarts:
    """The process that forks, asked over a socket; it ends with the one who asks."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._line, theirs = socket.socketpair()
        code = f"from tests.terminal.warm_starts import serve; serve({theirs.fileno()})"
        with theirs:
            command = [sys.executable, "-c", code]
            self._process = subprocess.Popen(command, cwd=ROOT, env=environ, pass_fds=(theirs.fileno(),))
        assert self._line.recv(1) == b"!"

    def start(self, arguments: tuple[str, ...], environ: Mapping[str, str], slave: int) -> int:
        """A process that runs `python ARGUMENTS` on a terminal; its id."""
        request = json.dumps({"start": arguments, "environ": dict(environ)}).encode()
        socket.send_fds(self._line, [request], [slave])
        return int(self._line.recv(99))

    def ended(self, pid: int) -> int | None:
        """Its exit status as of `os.waitpid`; None while it runs."""
        self._line.send(json.dumps({"ended": pid}).encode())
        done, status = json.loads(self._line.recv(99))
        return status if done else None


@cache
def warm_starts() -> WarmStarts:
    """One for all tests of a worker."""
    return WarmStarts({"PATH": os.environ["PATH"], "HOME": "/nonexistent", "TERM": "xterm-256color", "LANG": "C.UTF-8"})


def serve(line: int) -> None:
    """Fork whenever it is asked for, until nobody asks any more."""
    with socket.socket(fileno=line) as asked:
        _prepare()
        asked.send(b"!")
        while True:
            request, handed, _flags, _address = socket.recv_fds(asked, 65536, 1)
            if not request:
                return
            wanted = json.loads(request)
            if "ended" in wanted:
                asked.send(json.dumps(os.waitpid(wanted["ended"], os.WNOHANG)).encode())
            elif pid := os.fork():
                os.close(handed[0])
                asked.send(str(pid).encode())
            else:
                asked.close()
                _become(wanted["start"], wanted["environ"], handed[0])


def _prepare() -> None:
    """Import the app and the commands, read the library that a workspace extends."""
    import kpi_tui
    from kpi_tui.workspace.load import load

    for module in pkgutil.walk_packages(kpi_tui.__path__, "kpi_tui."):
        if module.name.startswith(("kpi_tui.tui", "kpi_tui.views", "kpi_tui.cli")):
            importlib.import_module(module.name)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "workspace.toml").write_text('name = "Another"\nextends = "standard"\n', encoding="utf-8")
        assert load(Path(folder)).workspace is not None
    assert "polars" not in sys.modules
    time.sleep(_ASLEEP)
    gc.collect()
    gc.freeze()


def _become(arguments: list[str], environ: dict[str, str], slave: int) -> NoReturn:
    """Be the process that was asked for, from its terminal to its end."""
    from tests.terminal.terminal import login

    login(slave)
    if slave > 2:
        os.close(slave)
    os.environ.clear()
    os.environ.update(environ)
    sys.stdin = sys.__stdin__ = os.fdopen(0, closefd=False)  # as an interpreter opens them
    sys.stdout = sys.__stdout__ = os.fdopen(1, "w", 1, closefd=False)
    sys.stderr = sys.__stderr__ = os.fdopen(2, "w", 1, errors="backslashreplace", closefd=False)
    kind, program, *rest = arguments
    sys.argv[:] = ["-c" if kind == "-c" else program, *rest]
    code: object = 0
    try:
        if kind == "-c":
            exec(program, {"__name__": "__main__"})  # noqa: S102
        else:
            import runpy

            runpy.run_module(program, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001  told as an interpreter tells it
        sys.excepthook(*sys.exc_info())
        code = 1
    _end(code)


def _end(code: object) -> NoReturn:
    import atexit

    if code is not None and not isinstance(code, int):
        print(code, file=sys.stderr)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(int(code) if isinstance(code, int) else int(code is not None))
