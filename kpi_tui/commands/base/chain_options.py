"""What the commands about chains share: completions, and edits that are saved at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from kpi_tui.commands.base.session import Session, say
from kpi_tui.definitions.issue import KpiError, UsageError
from kpi_tui.definitions.target import Change
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import language, n_

if TYPE_CHECKING:
    from kpi_tui.book import Book


def complete_chain(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Chain ids for the shell."""
    try:
        book = (ctx.find_object(Session) or Session()).open()
    except (KpiError, OSError):
        return []
    chains = book.workspace.chains.values()
    return [CompletionItem(k.id, help=k.name.get(language())) for k in chains if k.id.startswith(incomplete)]


def count(text: str) -> float:
    """A typed count: 2000, 1.5k, 3万. UsageError when it is none."""
    return amount(text, "count")


def amount(text: str, unit: str) -> float:
    """A typed number of a unit; 8% is 0.08."""
    from kpi_tui.text.amounts import AmountError, parse_amount

    try:
        return parse_amount(text, unit, None)
    except AmountError as error:
        raise UsageError(str(error)) from None


@contextmanager
def saving(session: Session, book: Book, why: str) -> Iterator[None]:
    """Save the target edits of the block and show them; when that fails, leave no draft behind."""
    try:
        yield
        changes = book.targets.save(why)
    except BaseException:
        if book.targets.pending():
            book.targets.discard()
        raise
    tell(session, changes, book.workspace)


@contextmanager
def typing(session: Session, book: Book, why: str) -> Iterator[None]:
    """The same for numbers typed by hand."""
    try:
        yield
        changes = book.actuals.save(why)
    except BaseException:
        if book.actuals.pending():
            book.actuals.discard()
        raise
    tell(session, changes, book.workspace)


def step(session: Session, act: Callable[[Book], list[Change] | str | None]) -> None:
    """Undo or redo, and show what changed."""
    with session.book() as book:
        done = act(book)
        tell(session, [] if done is None or isinstance(done, str) else done, book.workspace)


def tell(session: Session, changes: Sequence[Change], space: Workspace) -> None:
    """The changes as a list, and how many on stderr."""
    from kpi_tui.text.phrase import phrase
    from kpi_tui.views.targets.target_history import changes as changes_view

    session.show(changes_view(changes, space, phrase("Nothing to change.")))
    if changes:
        say(n_("{count} number saved.", "{count} numbers saved.", len(changes)))
