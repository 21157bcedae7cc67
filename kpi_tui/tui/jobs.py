"""Long work beside the screen: one thread, messages back, cancelled by key, stale answers dropped.

Textual's own thread workers are waited for at exit; a daemon thread lets the app be quit at any time.
Every job runs on the one thread, so that a Book is never asked two things at once.
"""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from kpi_tui.book import Progress

Work = Callable[["Progress"], Any]
TICK = 0.1  # seconds between two progress messages


class JobProgress(Message):
    """`done` of `total` steps of `what`."""

    def __init__(self, job: Job, what: str, done: int, total: int) -> None:
        super().__init__()
        self.job, self.what, self.done, self.total = job, what, done, total


class JobDone(Message):
    """The answer of a job."""

    def __init__(self, job: Job, result: Any) -> None:
        super().__init__()
        self.job, self.result = job, result


class JobFailed(Message):
    """A job ended without an answer; `error` None means it was cancelled."""

    def __init__(self, job: Job, error: BaseException | None) -> None:
        super().__init__()
        self.job, self.error = job, error


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One piece of work for `owner`; a newer job with the same owner and key replaces it."""

    id: int
    key: str
    owner: MessagePump
    work: Work
    stop: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """The computing thread and the jobs that are not finished."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._open: dict[tuple[int, str], Job] = {}
        self._thread: threading.Thread | None = None

    def submit(self, owner: MessagePump, key: str, work: Work) -> Job:
        """Queue `work(progress)`; `owner` receives JobProgress, then JobDone or JobFailed."""
        self.cancel(owner, key)
        job = Job(next(self._ids), key, owner, work)
        self._open[id(owner), key] = job
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="kpi-tui-compute", daemon=True)
            self._thread.start()
        self._queue.put(job)
        return job

    def is_current(self, job: Job) -> bool:
        """False for the answer of a job that was cancelled or replaced."""
        return self._open.get((id(job.owner), job.key)) is job

    def close(self, job: Job) -> bool:
        """Take the finished job off the list; False when its answer is stale."""
        if not self.is_current(job):
            return False
        del self._open[id(job.owner), job.key]
        return True

    def cancel(self, owner: MessagePump | None = None, key: str | None = None) -> int:
        """Ask jobs of an owner and key (None: all) to stop; how many were running or waiting."""
        chosen = [
            job
            for job in self._open.values()
            if (owner is None or job.owner is owner) and (key is None or job.key == key)
        ]
        for job in chosen:
            job.stop.set()
            del self._open[id(job.owner), job.key]
        return len(chosen)

    @property
    def busy(self) -> bool:
        """True while an answer is awaited."""
        return bool(self._open)

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            _work(job)


def _work(job: Job) -> None:
    """Run one job on the computing thread; a polars PanicException is a BaseException."""
    from kpi_tui.book import Cancelled  # the first job pays for the import, not the first paint

    last = 0.0

    def progress(what: str, done: int, total: int) -> None:
        nonlocal last
        if job.stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - last >= TICK or done >= total:
            last = now
            _post(job, JobProgress(job, what, done, total))

    if job.stop.is_set():
        return
    try:
        result = job.work(progress)
    except Cancelled:
        _post(job, JobFailed(job, None))
    except BaseException as error:  # noqa: BLE001  shown or logged by the screen, never swallowed
        _post(job, JobFailed(job, error))
    else:
        _post(job, JobDone(job, result))


def _post(job: Job, message: Message) -> None:
    """Deliver to the owner; an app that has ended no longer listens."""
    if job.owner.is_running:
        try:
            job.owner.post_message(message)
        except RuntimeError:
            job.stop.set()  # the event loop closed between the two lines
