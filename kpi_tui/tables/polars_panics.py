"""Faults of polars: a panic, written straight to file descriptor 2, is kept off the screen; messages cut to a line."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

# one file descriptor 2 for all threads: two that swap it at once would leave it closed off for good
_ONE_AT_A_TIME = threading.RLock()


@contextmanager
def stderr_silenced() -> Iterator[None]:
    """Point file descriptor 2 at the null device for a moment."""
    with _ONE_AT_A_TIME, ExitStack() as undo:
        with suppress(OSError, ValueError):  # no standard error at all: nothing to keep quiet
            if sys.stderr is not None:
                sys.stderr.flush()
            kept = os.dup(2)
            undo.callback(os.close, kept)
            null = os.open(os.devnull, os.O_WRONLY)
            undo.callback(os.close, null)
            os.dup2(null, 2)
            undo.callback(os.dup2, kept, 2)
        yield


def first_line(error: BaseException) -> str:
    """The first line of a polars message: the rest is advice for programmers."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
