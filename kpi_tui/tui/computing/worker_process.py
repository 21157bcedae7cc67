"""The worker process: holds a Book of its own, or what makes one, answers question after question, ends with its app.

Two threads: one listens, so that a question can be stopped and the end of the app is noticed while polars computes;
the main thread asks. Textual is not imported here.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from kpi_tui.book.person.personal_settings import PersonalSettings
from kpi_tui.book.person.resource_watch import limits_of, watched
from kpi_tui.book.warm import get_warm
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.progress import Cancelled
from kpi_tui.garbage import collect_seldom
from kpi_tui.text.i18n import set_language
from kpi_tui.tui.computing.jobs import TICK
from kpi_tui.tui.computing.messages import OUT_OF_MEMORY, OUT_OF_TIME, Ask, Asked, Done, Stop, Worked


def main(handle: int) -> None:
    """Serve the connection behind a file descriptor until its other end is closed."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C of a terminal is the app's
    connection = Connection(handle)
    wanted: queue.SimpleQueue[Ask] = queue.SimpleQueue()
    stopped: set[int] = set()
    threading.Thread(target=_listen, args=(connection, wanted, stopped), daemon=True).start()
    get_warm()
    answers = _Answers(connection, stopped)
    while True:
        answers.give(wanted.get())


def _listen(connection: Connection, wanted: queue.SimpleQueue[Ask], stopped: set[int]) -> None:
    """Take what is said; when nobody is there any more, end at once."""
    while True:
        try:
            said = connection.recv()
        except (EOFError, OSError):
            os._exit(0)
        except BaseException:  # noqa: BLE001  a question that cannot be read: whoever asked is told by the end
            traceback.print_exc()
            os._exit(1)
        if isinstance(said, Stop):
            stopped.add(said.number)
        else:
            wanted.put(said)


class _Answers:
    """Who is asked at present, and what it answers."""

    def __init__(self, connection: Connection, stopped: set[int]) -> None:
        self._connection = connection
        self._stopped = stopped
        self._edition = 0
        self._asked: Asked | None = None

    def give(self, asked: Ask) -> None:
        """Answer, or say what was raised instead."""
        answer: Any = None
        error: BaseException | None = None
        set_language(asked.language)
        try:
            with watched(limits_of(PersonalSettings(os.environ, asked.sitting.root)), _ended):
                answer = asked.question.ask(self._who(asked), self._progress(asked.number))
        except Cancelled as stop:
            error = stop
        except BaseException as raised:  # noqa: BLE001  handed to the app, which shows or logs it
            error = raised
            if not isinstance(raised, KpiError):
                raised.add_note(traceback.format_exc())  # the log shall say where
        news = self._asked.news() if self._asked is not None else {}
        self._send(Done(asked.number, answer, error, news))

    def _who(self, asked: Ask) -> Asked:
        """The one of the app's edition, with the app's unsaved edits."""
        if self._asked is None or self._edition != asked.edition:
            self._asked, self._edition = asked.sitting.open(), asked.edition
        self._asked.take_up(asked.sitting)
        return self._asked

    def _progress(self, number: int) -> Callable[[str, int, int], None]:
        """Tells how far it is, not too often, and stops what is not wanted any more."""
        last = 0.0

        def progress(what: str, done: int, total: int) -> None:
            nonlocal last
            if number in self._stopped:
                raise Cancelled
            now = time.monotonic()
            if now - last >= TICK or done >= total:
                last = now
                self._connection.send(Worked(number, what, done, total))

        return progress

    def _send(self, done: Done) -> None:
        """A defect that cannot be sent is sent as its words."""
        try:
            self._connection.send(done)
        except (EOFError, OSError):
            os._exit(0)
        except Exception as error:  # noqa: BLE001  pickle raises anything
            told: Any = RuntimeError(f"{type(done.error or error).__name__}: {done.error or error}")
            self._connection.send(Done(done.number, None, told, done.news))


def _ended(what: str) -> None:
    os._exit(OUT_OF_MEMORY if what == "memory" else OUT_OF_TIME)
