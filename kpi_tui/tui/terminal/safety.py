"""What stands between a fault and a lost edit or a broken terminal."""

from __future__ import annotations

import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

from kpi_tui.definitions.user_folders import make_private_folder, state_folder

SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
SAVE_SECONDS = 5  # a draft that takes longer will not be written
MAX_LOG = 1024 * 1024
# End a half-written sequence and a synchronized update, mouse and paste modes off, wrap on, kitty keys off,
# colours off, alternate screen left, cursor shown.
RESTORE = (
    b"\x1b\\\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2004l\x1b[?2048l"
    b"\x1b[?1004l\x1b[?7h\x1b[<u\x1b[0m\x1b[?1049l\x1b[?25h"
)


def log_file(environ: Mapping[str, str]) -> Path:
    """`$XDG_STATE_HOME/kpi-tui/kpi-tui.log`."""
    return state_folder(environ) / "kpi-tui.log"


@contextmanager
def stderr_to(path: Path) -> Iterator[None]:
    """File descriptor 2 is the private log inside the block: polars panics print there and would paint the screen."""
    log = _open_log(path)
    kept = os.dup(2)
    sys.stderr.flush()
    os.dup2(log, 2)
    os.close(log)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(kept, 2)
        os.close(kept)


def _open_log(path: Path) -> int:
    """The log, readable by its owner only and begun anew when large; /dev/null where there is no place for it."""
    try:
        make_private_folder(path.parent)
        begin = os.O_TRUNC if path.exists() and path.stat().st_size > MAX_LOG else 0
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | begin, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)


@contextmanager
def guarded(save: Callable[[], None], drawing: Callable[[], int | None]) -> Iterator[None]:
    """Signals inside the block save, restore the terminal and end the process with 128 + the signal's number.

    `save` must be safe in a signal handler; `drawing` tells the descriptor the app draws on.
    """
    attributes = _attributes()
    number_caught = 0

    def leave(number: int) -> None:
        _silence(drawing())
        _restore(attributes)
        os._exit(128 + number)

    def caught(number: int, _frame: FrameType | None) -> None:
        nonlocal number_caught
        if number_caught:  # a second signal, or the alarm of the first: no more waiting
            leave(number_caught)
        number_caught = number
        signal.alarm(SAVE_SECONDS)
        try:
            save()
        finally:
            leave(number)

    before = {number: signal.signal(number, caught) for number in (*SIGNALS, signal.SIGALRM)}
    try:
        yield
    except BaseException:
        _restore(attributes)
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _attributes() -> list[Any] | None:
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def _silence(descriptor: int | None) -> None:
    """Nothing the drawing thread still holds may follow the restoring sequence."""
    if descriptor is not None:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)


def _restore(attributes: list[Any] | None) -> None:
    """Best effort: the terminal may be gone, or too slow to take the sequence."""
    with suppress(OSError):
        os.set_blocking(1, False)
        os.write(1, RESTORE)
        os.set_blocking(1, True)
    if attributes is not None:
        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, attributes)
