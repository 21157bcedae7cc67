"""A parser that does not come to an end is interrupted: sqlglot's time grows as 2 ** n with some nested texts."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

MOST_SECONDS = 3.0
LEAST_SECONDS = 0.25
"""What is left of them where texts were given up before: a workspace of many such texts is refused in seconds, too. The
longest text that may be is parsed in a fraction of it."""
_LOOK_SECONDS = 0.25
_AGAIN_SECONDS = 1.0
"""After which it is raised once more: one that is raised while Python collects garbage is lost."""

Clock = Callable[[], float]


class ParsedTooLongError(Exception):
    """Raised in the thread that parses, at the next step of its Python code."""


class _Watch:
    """One sleeping thread for all that parse; it wakes only while something is parsed."""

    def __init__(self) -> None:
        self._given: dict[int, tuple[Clock, float]] = {}  # thread -> its clock, and the time of it that is too late
        self._interrupted: set[int] = set()
        self._lock, self._busy = threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, seconds: float) -> None:
        with self._lock:  # else the watch could fall asleep between the two lines
            thread = threading.get_ident()
            clock = _busy_seconds_of(thread)
            self._given[thread] = (clock, clock() + seconds)
            self._busy.set()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._look, name="parse deadline", daemon=True)
                self._thread.start()

    def end(self) -> None:
        """Nothing is raised in this thread after it."""
        with self._lock:
            thread = threading.get_ident()
            self._given.pop(thread, None)
            if thread in self._interrupted:
                self._interrupted.remove(thread)
                _take_back(thread)

    def _look(self) -> None:
        while self._busy.wait():
            time.sleep(_LOOK_SECONDS)
            with self._lock:
                if not self._given:
                    self._busy.clear()
                for thread, (clock, until) in self._given.items():
                    if clock() > until:
                        self._given[thread] = (time.monotonic, time.monotonic() + _AGAIN_SECONDS)
                        self._interrupted.add(thread)
                        _raise_in(thread, ParsedTooLongError)


def _busy_seconds_of(thread: int) -> Clock:
    """What a thread has worked: on a machine with more to do than it can, a text that was read is read again.

    Where the system has no such clock, what has passed.
    """
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.monotonic
    return partial(time.clock_gettime, time.pthread_getcpuclockid(thread))


def _raise_in(thread: int, error: type[Exception]) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


def _take_back(thread: int) -> None:
    """One that was not raised yet, of this thread: raised here, and over.

    To raise nothing (NULL) instead leaves the sign that something waits (CPython 3.11): Python looks for it at every
    call and turn of a loop from then on, and for ever where it is traced.
    """
    with suppress(ParsedTooLongError):
        _raise_in(thread, ParsedTooLongError)
        for _ in range(1_000):  # it is raised at one of the next steps
            pass


_WATCH = _Watch()
_GIVEN_UP: dict[str, None] = {}
_MOST_GIVEN_UP = 1_000


@contextmanager
def parse_deadline(seconds: float = MOST_SECONDS, text: str = "") -> Iterator[None]:
    """ParsedTooLongError when what is done inside keeps its thread busy for longer; at once for a `text` given up
    before."""
    if text in _GIVEN_UP:
        raise ParsedTooLongError
    _WATCH.begin(max(seconds / 2 ** len(_GIVEN_UP), min(seconds, LEAST_SECONDS)))
    try:
        yield
    finally:
        _WATCH.end()


def give_up(text: str) -> None:
    """It was parsed too long: nobody tries it again, at every place where it stands and at every question."""
    if len(_GIVEN_UP) >= _MOST_GIVEN_UP:
        _GIVEN_UP.pop(next(iter(_GIVEN_UP)))
    _GIVEN_UP[text] = None
