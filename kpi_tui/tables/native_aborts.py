"""A damaged file may ask a native reader for more memory than there is: it ends the process by abort(), past Python.

Nothing can be caught then. Who answers in this process says beforehand what is said at its end; an app computes in a
process of its own, whose end it tells by itself.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kpi_tui.definitions.message import say

LastWords = Callable[[str], None]
"""Says a sentence without the streams of Python, and ends the process."""

_last_words: list[LastWords] = []


@contextmanager
def last_words(speak: LastWords) -> Iterator[None]:
    """Inside the block an abort of a native reader is told."""
    _last_words.append(speak)
    try:
        yield
    finally:
        _last_words.pop()


@contextmanager
def abort_told(path: Path) -> Iterator[None]:
    """Inside the block a native reader reads the file."""
    if not _last_words:
        yield
        return
    import ctypes

    speak, said = _last_words[-1], say("{path}: it is damaged so that its reader gave up; export it again", path=path)
    handler = ctypes.CFUNCTYPE(None, ctypes.c_int)(lambda _signal: speak(said))
    c_library = ctypes.CDLL(None)  # signal.signal() answers after abort() only, which is never
    c_library.signal.restype = ctypes.c_void_p
    c_library.signal.argtypes = [ctypes.c_int, ctypes.c_void_p]
    before = c_library.signal(signal.SIGABRT, ctypes.cast(handler, ctypes.c_void_p))
    try:
        yield
    finally:
        c_library.signal(signal.SIGABRT, before)
