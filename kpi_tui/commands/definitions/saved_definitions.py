"""Definitions edited by a command: saved at once, shown, and since when they count; a failed edit leaves no trace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kpi_tui.commands.base.options import option
from kpi_tui.commands.base.session import Session, say
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.names import nearest
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.text.i18n import N_, _, n_
from kpi_tui.text.phrase import Word, phrase

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.definitions.edit import Change, KeyPath

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
EVER = "ever"
"""What `--from` says for: since ever."""


def dated() -> Decorator:
    """`--from` and `--why`."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        why = N_("Why; needed where the change reaches into a period that is over.")
        function = option("--why", default="", metavar="TEXT", help=why)(function)
        since = N_(
            "Since when it counts: 2026-11, current, or ever. Else since the current period where it was scored before."
        )
        return option("--from", "since", default="", metavar="P", help=since)(function)

    return add


def change(session: Session, values: Mapping[KeyPath, Any], since: str, why: str) -> None:
    """Set values, save and show them."""
    with session.book() as book:
        save(session, book, values, since, why)


def save(session: Session, book: Book, values: Mapping[KeyPath, Any], since: str, why: str) -> None:
    """The same with a book that is open."""
    stage(book, values, since, why)
    show(session, book, book.definitions.save(why), phrase("Nothing to change."))


def stage(book: Book, values: Mapping[KeyPath, Any], since: str, why: str) -> None:
    """Set values, and save nothing yet."""
    for path, value in values.items():
        book.definitions.set(path, value, since_of(book, path, since), why)


def since_of(book: Book, path: KeyPath, since: str) -> Period | None:
    if since == EVER:
        return None
    if since:
        return book.period(since)
    try:
        return book.definitions.since_for(path, book.period("current", Grain.MONTH))
    except TableError:  # no data: nothing was ever scored
        return None


def show(session: Session, book: Book, changes: Sequence[Change], none: Word) -> None:
    """The changes as a list; on stderr how many, since when, and what is to be said beside it."""
    from kpi_tui.views.edits.definitions import definition_changes

    session.show(definition_changes(changes, book.definitions.workspace(), none))
    if changes:
        count = n_("{count} definition saved.", "{count} definitions saved.", len(changes))
        begins = sorted({one.since for one in changes if one.since})
        say(f"{count} " + _("It counts since {period}.", period=begins[0]) if begins else count)
    for note in book.definitions.notes():
        say(note)


def known_id(book: Book, section: str, id_: str) -> str:
    """The id of a role or person that is there. UsageError with the nearest one."""
    known = book.definitions.ids(section)
    if id_ in known:
        return id_
    near = nearest(id_, known)
    what = _("role") if section == "roles" else _("person")
    text = _("there is no {what} {name}", what=what, name=repr(id_))
    raise UsageError(text + (_("; did you mean {name}?", name=near) if near else ""))
