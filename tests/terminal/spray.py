"""Random keys, pastes, mouse, resizes into the app on the demo: `python -m tests.terminal.spray SPRAYS EVENTS SEED`.

A spray begins on one of the screens. It must leave a living app or a clean quit, the terminal restored, and every draft
whole. What went wrong is printed with its seed; the exit code is the number of such sprays.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

from kpi_tui.book import create_demo
from tests.terminal.terminal import ROOT, Terminal

SCREENS = (b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"8", b":", b"/", b"r", b"?", b"gK", b"E")
_KEYS = [bytes((code,)) for code in range(0x20, 0x7F) if code != ord("q")]
_KEYS += [b"\r", b"\t", b"\x1b", b"\x7f", b"\x0c", b"\x12", b"\x15", b"\x17", b"\x1a", b"\x00"]
_SEQUENCES = [
    b"A",
    b"B",
    b"C",
    b"D",
    b"H",
    b"F",
    b"Z",
    b"2~",
    b"3~",
    b"5~",
    b"6~",
    b"15~",
    b"1;5A",
    b"1;2D",
    b"I",
    b"O",
]
_KEYS += [b"\x1b[" + end for end in _SEQUENCES] + [b"\x1bOP", b"\x1bOQ"]
_PASTES = [
    b"12",
    b"1\t2\n3\t4",
    b"\xd6\xd0\xce\xc4",
    b"x" * 3000,
    b"\x1b]0;x\x07",
    "中文 ¥1,234.5 万".encode(),
    b"=1+1",
    b"\n\n",
]
_SIZES = [(80, 24), (120, 40), (200, 60), (20, 5), (1, 1), (79, 23), (100, 3)]
_RESTING = 60.0  # seconds within which a living app draws again
_BLINKING = 1000  # bytes at most of a second in which nothing but a cursor blinks: twice a line of its wide signs


def event(rng: random.Random, terminal: Terminal) -> bytes:
    """What is sent next; a resize is done at once."""
    kind = rng.random()
    if kind < 0.0002:
        return b"q"
    if kind < 0.86:
        return rng.choice(_KEYS)
    if kind < 0.9:
        return b"\x1b[200~" + rng.choice(_PASTES) + b"\x1b[201~"
    if kind < 0.98:
        button, x, y = rng.choice((0, 0, 0, 2, 35, 64, 65)), rng.randint(1, 200), rng.randint(1, 60)
        click = f"\x1b[<{button};{x};{y}".encode()
        return (click + b"M" + click + b"m") * rng.choice((1, 2))
    resize(terminal, *rng.choice(_SIZES))
    return b""


def resize(terminal: Terminal, columns: int, rows: int) -> None:
    """The window gets another size."""
    fcntl.ioctl(terminal.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    terminal.signal(signal.SIGWINCH)


def drain(terminal: Terminal, seconds: float) -> int:
    """How many bytes the app drew; nothing interprets them."""
    drawn, end = 0, time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and select.select([terminal.master], [], [], left)[0]:
        data = os.read(terminal.master, 65536)
        terminal.raw += data
        drawn += len(data)
    return drawn


def send(terminal: Terminal, data: bytes) -> None:
    """Bytes as a slow line delivers them: the app may be busy, and what it draws is taken away meanwhile."""
    os.set_blocking(terminal.master, False)
    end = time.monotonic() + 2 * _RESTING
    while data:
        assert time.monotonic() < end, "the app reads nothing any more"
        try:
            data = data[os.write(terminal.master, data) :]
        except BlockingIOError:
            drain(terminal, 0.05)
    drain(terminal, 0.005)


def ended(terminal: Terminal) -> int | None:
    """The exit status of an app that left; None while it lives."""
    done, status = os.waitpid(terminal.pid, os.WNOHANG)
    if not done:
        return None
    terminal.pid = 0
    return os.waitstatus_to_exitcode(status)


def spray(seed: int, events: int, home: Path) -> str:
    """One spray; what went wrong, or ""."""
    rng = random.Random(seed)
    demo = create_demo(home / "demo")
    code = f"import os, sys; sys.path.insert(0, {str(ROOT)!r}); os.chdir({str(home)!r}); "
    code += "from kpi_tui.cli import main; main()"
    terminal = Terminal("-c", code, "-w", str(demo), "--lang", rng.choice(("en", "zh")), home=home)
    try:
        terminal.wait_for("2026", 3 * _RESTING)
        send(terminal, SCREENS[seed % len(SCREENS)])
        drain(terminal, 1)
        left = events
        code_ = None
        while left > 0 and (code_ := ended(terminal)) is None:
            burst = min(left, rng.choice((1, 2, 5, 20, 60)))
            send(terminal, b"".join(event(rng, terminal) for _ in range(burst)))
            left -= burst
        if left <= 0 and code_ is None:
            code_ = alive(terminal)
        print(f"  {events - max(left, 0)} events, left with {code_}")
        if code_ not in (0, 128 + signal.SIGTERM):
            return f"ended with {code_} after {events - left} events\n{log(home)}"
        drain(terminal, 0.5)
        return "" if terminal.is_restored() else "the terminal is not as it was"
    except (AssertionError, OSError) as error:
        return f"{type(error).__name__}: {error}\n{log(home)}"
    finally:
        terminal.close()


def alive(terminal: Terminal) -> int | None:
    """The app draws again at a new size, and ends when it is told to."""
    end = time.monotonic() + 2 * _RESTING
    while drain(terminal, 1) > _BLINKING and time.monotonic() < end:
        pass  # it works off what was sent
    for size in ((90, 25), (91, 26)):
        if (code := ended(terminal)) is not None:
            return code
        resize(terminal, *size)
        assert select.select([terminal.master], [], [], _RESTING)[0], "the app draws nothing any more"
        drain(terminal, 1)
    terminal.signal(signal.SIGTERM)
    end = time.monotonic() + _RESTING
    while (code := ended(terminal)) is None and time.monotonic() < end:
        drain(terminal, 0.1)
    return code


def torn_drafts(home: Path) -> list[str]:
    """Drafts that are no whole JSON, or were put aside as damaged."""
    torn = []
    for path in (home / "state" / "kpi-tui" / "drafts").glob("*"):
        try:
            json.loads(path.read_bytes())
        except ValueError:
            torn.append(path.name)
        torn += [path.name] if "damaged" in path.name or path.suffix == ".tmp" else []
    return torn


def log(home: Path) -> str:
    """The end of the private log."""
    path = home / "state" / "kpi-tui" / "kpi-tui.log"
    return path.read_text(errors="replace")[-1500:] if path.exists() else "(no log)"


def main(sprays: int = 20, events: int = 2000, first: int = 0) -> int:
    """Spray by spray, each with a seed of its own."""
    failed = 0
    for seed in range(first, first + sprays):
        with tempfile.TemporaryDirectory(prefix="kpi-tui-spray-", ignore_cleanup_errors=True) as folder:
            began = time.monotonic()
            wrong = spray(seed, events, Path(folder)) or ", ".join(torn_drafts(Path(folder)))
            failed += bool(wrong)
            print(f"spray {seed}: {wrong or 'ok'} ({time.monotonic() - began:.0f} s)", flush=True)
    print(f"{sprays} sprays of {events}: {sprays - failed} passed, {failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
