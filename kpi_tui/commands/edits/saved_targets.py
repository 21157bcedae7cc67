"""Targets edited by a command: saved at once, shown, and how many it were; a failed edit leaves no draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kpi_tui.commands.base.session import Session, say
from kpi_tui.text.i18n import n_
from kpi_tui.text.phrase import Word, phrase

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.definitions.edit import Change


@contextmanager
def saving(session: Session, book: Book, why: str) -> Iterator[None]:
    """Save the edits of the block and show them; when that fails, leave no draft behind."""
    try:
        yield
        changes = book.targets.save(why)
    except BaseException:
        if book.targets.pending():
            book.targets.discard()
        raise
    show_saved(session, book, changes, phrase("Nothing to change."))


def show_saved(session: Session, book: Book, changes: Sequence[Change], none: Word) -> None:
    """The changes as a list, and on stderr how many were saved and what is to be said beside it."""
    from kpi_tui.views.edits.history import changes as changes_view

    session.show(changes_view(changes, book.workspace, none))
    if changes:
        say(n_("{count} target saved.", "{count} targets saved.", len(changes)))
    for note in book.targets.notes():  # a network disk, or a save whose durability is not confirmed
        say(note)
