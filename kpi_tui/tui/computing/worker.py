"""The app's side of its worker process: started after the first picture, ended when it does not stop, started anew.

The process is spawned, never forked: it holds nothing of the app but one end of a connection, and it ends when the
other end is closed. Answers that an earlier start has kept are given in place, and need no process.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpi_tui.book.person.personal_settings import PersonalSettings
from kpi_tui.book.person.resource_watch import exceeded, limits_of
from kpi_tui.definitions.issue import EngineError
from kpi_tui.definitions.progress import Cancelled, RowsNeeded
from kpi_tui.text.i18n import _, language
from kpi_tui.tui.computing.computer import AnswerT, AskedT, LongQuestion
from kpi_tui.tui.computing.messages import OUT_OF_MEMORY, OUT_OF_TIME, Ask, Asked, Done, Stop, Worked

if TYPE_CHECKING:
    from kpi_tui.book import Progress

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from kpi_tui.tui.computing.worker_process import main; main(int(sys.argv[2]))"
)
_LOOK = 0.05  # seconds between two looks whether the answer is still wanted
_GRACE = 0.3  # seconds in which work may stop by itself, and stay warm


class Worker:
    """One process at a time, which answers one question at a time."""

    reads_rows = False

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._asked = 0
        self._editions = 0
        self._last: Asked | None = None
        self._closed = False
        self._refused = ""

    def start(self) -> None:
        """Spawn it, so that it is warm when the first question comes, which says so where the system has none left."""
        if self._closed or (self._process is not None and self._process.poll() is None):
            return
        self._drop()
        try:
            own, other = Pipe()
            with other:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-c", _PROGRAM, json.dumps(sys.path), str(other.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=(other.fileno(),),
                )
            self._connection = own
        except OSError as error:
            self._refused = error.strerror or str(error)

    def answer(self, question: LongQuestion[AskedT, AnswerT], asked: AskedT, progress: Progress) -> AnswerT:
        """What is kept is answered in place, the rest by the process; EngineError where it came to an end."""
        try:
            return question.ask(asked, progress)
        except RowsNeeded:
            pass
        if asked is not self._last:
            self._last, self._editions = asked, self._editions + 1
        self.start()
        self._asked += 1
        sitting = asked.sitting
        try:
            done = self._wait(Ask(self._asked, self._editions, sitting, language(), question), progress)
        except Cancelled:
            self._stop(self._asked, asked)
            raise
        except (EOFError, OSError):
            raise EngineError(self._end(sitting.root, asked)) from None
        asked.know(done.news)
        if done.error is not None:
            raise done.error
        answer: AnswerT = done.answer
        return answer

    def close(self) -> None:
        """End it; nobody waits for an answer any more. Whoever still does finds the connection at its end."""
        self._closed = True
        if self._process is not None:
            self._process.kill()

    def _wait(self, asked: Ask, progress: Progress) -> Done:
        """Its answer. EOFError or OSError when it ended."""
        connection = self._connection
        if connection is None:
            raise EOFError
        connection.send(asked)
        told = Worked(asked.number, _("computing"), 0, 0)
        while True:
            if connection.poll(_LOOK):
                said = connection.recv()
                if isinstance(said, Done) and said.number == asked.number:
                    return said
                told = said if isinstance(said, Worked) else told
            progress(told.what, told.done, told.total)

    def _stop(self, number: int, asked: Asked) -> None:
        """Give it a moment to stop by itself, else end it; a new one gets warm."""
        if (news := self._stopped(number)) is not None:
            asked.know(news)
            return
        self._drop()
        self.start()
        asked.catch_up()

    def _stopped(self, number: int) -> Mapping[str, Any] | None:
        """What it has found out until it stopped by itself; None when it does not."""
        connection, until = self._connection, time.monotonic() + _GRACE
        try:
            if connection is not None:
                connection.send(Stop(number))
            while connection is not None and (left := until - time.monotonic()) > 0 and connection.poll(left):
                said = connection.recv()
                if isinstance(said, Done) and said.number == number:
                    return said.news
        except (EOFError, OSError):
            return None
        return None

    def _end(self, root: Path, asked: Asked) -> str:
        """Why it ended, in a sentence; a new one gets warm."""
        process = self._process
        if process is None:
            return _("no process to compute in can be started ({why}); F5 tries again", why=self._refused)
        try:
            code = process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            code = -signal.SIGKILL
        self._drop()
        self.start()
        asked.catch_up()
        if over := {OUT_OF_MEMORY: "memory", OUT_OF_TIME: "time"}.get(code):
            return exceeded(over, limits_of(PersonalSettings(os.environ, root)))
        return _("what computed it ended ({why}); the app goes on, and F5 tries again", why=_named(code))

    def _drop(self) -> None:
        """Let the process go: it ends by itself when it is idle, and is ended when it is not."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.kill()
            process.wait()


def _named(code: int) -> str:
    """A signal by its name, an exit code by its number."""
    try:
        return signal.Signals(-code).name
    except ValueError:
        return _("exit code {code}", code=code)
