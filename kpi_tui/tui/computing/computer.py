"""Who works out the answer to a question: this process, or another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from kpi_tui.tui.computing.questions import BookQuestion

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress

AnswerT = TypeVar("AnswerT")


class Computer(Protocol):
    """Asked on the computing thread, one question at a time."""

    def start(self) -> None:
        """Get ready."""

    def answer(self, question: BookQuestion[AnswerT], book: Book, progress: Progress) -> AnswerT:
        """The answer as `book` gives it with its unsaved edits; raises what the book raises.

        Cancelled, raised by `progress`, ends the work.
        """

    def close(self) -> None:
        """Work no longer."""


class InPlace:
    """The book itself answers, in this process."""

    def start(self) -> None:
        """Nothing to get ready."""

    def answer(self, question: BookQuestion[AnswerT], book: Book, progress: Progress) -> AnswerT:
        """The book's answer."""
        return question.ask(book, progress)

    def close(self) -> None:
        """Nothing to end."""
