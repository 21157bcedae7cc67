"""What the commands about chains share: completions, and edits that are saved at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from kpi_tui.commands.base.session import Session, say
from kpi_tui.definitions.issue import KpiError, UsageError
from kpi_tui.text.i18n import _, language, n_
from kpi_tui.text.number_form import plain_numbers

if TYPE_CHECKING:
    from kpi_tui.book import PeriodEdits
    from kpi_tui.definitions.edit import Change
    from kpi_tui.definitions.workspace import Workspace


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
    from kpi_tui.text.typed_amounts import AmountError, doubt, parse_amount, possible

    try:
        with plain_numbers():
            value = possible(parse_amount(text, unit, None), unit)
    except AmountError as error:
        raise UsageError(str(error)) from None
    if doubtful := doubt(text, value, unit):
        raise UsageError(_("{doubt}; nothing was set. Write 28 or 28%.", doubt=doubtful))
    return value


@contextmanager
def saving(session: Session, edits: PeriodEdits, why: str, space: Workspace) -> Iterator[None]:
    """Save the edits of the block and show them; when that fails, leave no draft behind."""
    try:
        yield
        changes = edits.save(why)
    except BaseException:
        if edits.pending():
            edits.discard()
        raise
    _show(session, edits, changes, space)


def step(session: Session, edits: PeriodEdits, done: list[Change] | str | None, space: Workspace) -> None:
    """Show what an undo or a redo changed."""
    _show(session, edits, [] if done is None or isinstance(done, str) else done, space)


def tell(session: Session, changes: Sequence[Change], space: Workspace) -> None:
    """The changes as a list."""
    from kpi_tui.text.phrase import phrase
    from kpi_tui.views.edits.history import changes as changes_view

    session.show(changes_view(changes, space, phrase("Nothing to change.")))


def _show(session: Session, edits: PeriodEdits, changes: Sequence[Change], space: Workspace) -> None:
    """The same, and on stderr how many were saved and what is to be said beside it."""
    tell(session, changes, space)
    if changes:
        say(n_("{count} number saved.", "{count} numbers saved.", len(changes)))
    for note in edits.notes():  # a network disk, or a save whose durability is not confirmed
        say(note)
