"""Long work beside the screen: one thread, answers given back on the screen's, cancelled by key, stale ones dropped.

Textual's own thread workers are waited for at exit; a daemon thread lets the app be quit at any time.
Every job runs on the one thread, so that a Book is never asked two things at once.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from kpi_tui.book import Progress

Work = Callable[["Progress"], Any]
TICK = 0.1  # seconds between two words on how far it is


class JobOwner(Protocol):
    """Who waits for an answer: a screen, the app."""

    @property
    def is_running(self) -> bool:
        """Whether it still takes messages."""

    def call_later(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Call among its own messages, on its own thread."""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One piece of work for `owner`; a newer job with the same owner and key replaces it.

    `done` takes its answer, `failed` what it raised, `progressed` how far it is: all three on the owner's own thread,
    and none of them once the job was cancelled or replaced.
    """

    key: str
    owner: JobOwner
    work: Work
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    progressed: Callable[[str, int, int], None] = lambda _what, _done, _total: None
    stop: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """The computing thread and the jobs that are not finished."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._open: dict[tuple[int, str], Job] = {}
        self._thread: threading.Thread | None = None

    def submit(self, job: Job) -> None:
        """Queue a job behind the others."""
        self.cancel(job.owner, job.key)
        self._open[id(job.owner), job.key] = job
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="kpi-tui-compute", daemon=True)
            self._thread.start()
        self._queue.put(job)

    def cancel(self, owner: JobOwner | None = None, key: str | None = None) -> int:
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

    def is_open(self, owner: JobOwner, key: str) -> bool:
        """Whether such a job is running or waiting."""
        return (id(owner), key) in self._open

    def close(self) -> None:
        """Cancel everything and let the thread end when its job does: nobody waits for it."""
        self.cancel()
        if self._thread is not None:
            self._queue.put(None)
            self._thread = None

    @property
    def busy(self) -> bool:
        """True while an answer is awaited."""
        return bool(self._open)

    # --- on the computing thread -----------------------------------------------------------------
    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            if not job.stop.is_set():
                self._work(job)

    def _work(self, job: Job) -> None:
        """Run one job; a polars PanicException is a BaseException."""
        from kpi_tui.book import Cancelled  # the first job pays for the import, not the first paint

        last = 0.0

        def progress(what: str, done: int, total: int) -> None:
            nonlocal last
            if job.stop.is_set():
                raise Cancelled
            now = time.monotonic()
            if now - last >= TICK or done >= total:
                last = now
                _post(job, self._tell, job, what, done, total)

        try:
            result = job.work(progress)
        except Cancelled:
            return  # who cancelled it knows
        except BaseException as error:  # noqa: BLE001  shown or logged by the screen, never swallowed
            _post(job, self._end, job, job.failed, error)
        else:
            _post(job, self._end, job, job.done, result)

    # --- on the owner's thread -------------------------------------------------------------------
    def _tell(self, job: Job, what: str, done: int, total: int) -> None:
        if self._is_current(job):
            job.progressed(what, done, total)

    def _end(self, job: Job, take: Callable[[Any], None], outcome: object) -> None:
        if self._is_current(job):
            del self._open[id(job.owner), job.key]
            take(outcome)

    def _is_current(self, job: Job) -> bool:
        """False for a job that was cancelled or replaced."""
        return self._open.get((id(job.owner), job.key)) is job


def _post(job: Job, call: Callable[..., None], *args: Any) -> None:
    """Call it among the owner's messages; an app that has ended no longer listens."""
    if job.owner.is_running:
        try:
            job.owner.call_later(call, *args)
        except RuntimeError:
            job.stop.set()  # the event loop closed between the two lines
