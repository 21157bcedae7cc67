"""Who works out the answer to a question: this process, or another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from kpi_tui.tui.computing.messages import Asked

if TYPE_CHECKING:
    from kpi_tui.book import Progress

AnswerT = TypeVar("AnswerT")
AnswerT_co = TypeVar("AnswerT_co", covariant=True)
AskedT = TypeVar("AskedT", bound=Asked)
AskedT_contra = TypeVar("AskedT_contra", bound=Asked, contravariant=True)


class LongQuestion(Protocol[AskedT_contra, AnswerT_co]):
    """A frozen dataclass that knows whom it asks, and how."""

    def ask(self, asked: AskedT_contra, progress: Progress, /) -> AnswerT_co:
        """Ask; may take long, and raises what is raised there."""


class Computer(Protocol):
    """Asked on the computing thread, one question at a time."""

    @property
    def reads_rows(self) -> bool:
        """Whether this process reads rows: what is opened for its questions must be opened so."""

    def start(self) -> None:
        """Get ready."""

    def answer(self, question: LongQuestion[AskedT, AnswerT], asked: AskedT, progress: Progress) -> AnswerT:
        """The answer as who is asked gives it, a Book with its unsaved edits; raises what is raised there.

        Cancelled, raised by `progress`, ends the work.
        """

    def close(self) -> None:
        """Work no longer."""


class InPlace:
    """Who is asked answers itself, in this process."""

    reads_rows = True

    def start(self) -> None:
        """Nothing to get ready."""

    def answer(self, question: LongQuestion[AskedT, AnswerT], asked: AskedT, progress: Progress) -> AnswerT:
        """The answer."""
        return question.ask(asked, progress)

    def close(self) -> None:
        """Nothing to end."""
