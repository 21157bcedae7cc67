"""What a screen asks the book: computed beside the screen, and who takes the answer or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from kpi_tui.definitions.issue import KpiError
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _, told
from kpi_tui.tui.computing.jobs import Job, JobOwner
from kpi_tui.tui.computing.questions import BookQuestion
from kpi_tui.tui.host import Host
from kpi_tui.tui.widgets.bars import StatusLine

if TYPE_CHECKING:
    from kpi_tui.book import Book

AnswerT = TypeVar("AnswerT")


class Asker(JobOwner, Protocol):
    """What asks: a main screen."""

    @property
    def kpi(self) -> Host:
        """The app."""

    @property
    def open_book(self) -> Book:
        """The book that is asked. UsageError before it is open."""

    @property
    def status(self) -> StatusLine:
        """Where it is said that something is being computed."""


class Answers:
    """The questions of one screen; a newer one of a kind replaces the one before, whose answer is dropped."""

    def __init__(self, screen: Asker) -> None:
        self._screen = screen

    def ask(
        self,
        question: BookQuestion[AnswerT],
        then: Callable[[AnswerT], None],
        instead: Callable[[str], None] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Ask; `then` takes the answer.

        `instead` takes the sentence that stands where the numbers would; without it the status line says why there
        are none. `quiet`: without a word that something is being computed. UsageError before the book is open.
        """
        screen, kind = self._screen, type(question).__name__
        work = partial(screen.kpi.computer.answer, question, screen.open_book)
        arrived, failed = partial(self._arrived, then), partial(self._failed, instead)
        screen.kpi.jobs.submit(Job(kind, screen, work, arrived, failed, self._progressed))
        if not quiet:
            self._progressed(_("computing"), 0, 0)

    def is_asking(self, question: type[BookQuestion[AnswerT]]) -> bool:
        """Whether an answer to such a question is still to come."""
        return self._screen.kpi.jobs.is_open(self._screen, question.__name__)

    def stop(self) -> bool:
        """Ask no longer; False when nothing was asked."""
        stopped = self._screen.kpi.jobs.cancel(self._screen) > 0
        if stopped:
            self._screen.status.progress = None
        return stopped

    def _progressed(self, what: str, done: int, total: int) -> None:
        self._screen.status.progress = (what, done, total)

    def _arrived(self, then: Callable[[AnswerT], None], answer: AnswerT) -> None:
        self._screen.status.progress = None
        then(answer)

    def _failed(self, instead: Callable[[str], None] | None, error: BaseException) -> None:
        """A defect is logged and said, whatever stands on the screen."""
        self._screen.status.progress = None
        expected = isinstance(error, KpiError)
        if instead is not None:
            instead(clean(told(str(error))) if expected else _("That could not be computed."))
        if instead is None or not expected:
            self._screen.kpi.say_error(error)
