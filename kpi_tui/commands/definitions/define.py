"""`kpi-tui define …`: any key of the definitions that can be edited, by its path; their history, undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from kpi_tui.commands.base.click_classes import Group
from kpi_tui.commands.base.options import WHY, option
from kpi_tui.commands.definitions.saved_definitions import change, dated, save, show
from kpi_tui.commands.definitions.typed_values import key_path, typed
from kpi_tui.definitions.answers.definition_key import KeyKind
from kpi_tui.definitions.issue import UsageError
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, phrase

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.commands.base.session import Session
    from kpi_tui.definitions.edit import Change, Edit

AS_IN = N_("As it counts in this period; else as it was since ever.")
_AMOUNT: dict[str, Any] = {"ignore_unknown_options": True}  # so that a lone - clears


@click.group(
    cls=Group,
    name="define",
    help=N_(
        "Any key of the definitions: north_star, bonus.steps, modules.off, stages.active.aim, chains.ID.growth, "
        "settings.KEY, roles.ID.lines.METRIC.weight."
    ),
)
def command() -> None:
    """Definitions."""


@command.command("get", help=N_("What a key says, with everything below it."))
@click.argument("key", metavar="KEY")
@option("--period", default="", metavar="P", help=AS_IN)
@click.pass_obj
def get(session: Session, key: str, period: str) -> None:
    """Show a value as JSON, or on a terminal as it is read best."""
    from kpi_tui.views.edits.definition_value import definition_shown

    with session.book() as book:
        path = key_path(key)
        value = book.definitions.value(path, book.period(period) if period else None)
        session.show(definition_shown(path, value))


@command.command("keys", help=N_("Which keys there are below a key, what they say, what may stand there."))
@click.argument("key", metavar="[KEY]", required=False, default="")
@option("--period", default="", metavar="P", help=AS_IN)
@click.pass_obj
def keys(session: Session, key: str, period: str) -> None:
    """List the keys of a table; without KEY those of workspace.toml."""
    from kpi_tui.views.edits.definition_keys import definition

    with session.book() as book:
        path = key_path(key) if key else ()
        session.show(definition(path, book.definition_keys.of(path, book.period(period) if period else None)))


@command.command(
    "set",
    context_settings=_AMOUNT,
    help=N_('Set a key: a text, a number, a list ["a", "b"], a table { en = …, zh = … }; - clears it.'),
)
@click.argument("key", metavar="KEY")
@click.argument("value", metavar="VALUE")
@dated()
@click.pass_obj
def set_(session: Session, key: str, value: str, since: str, why: str) -> None:
    """Set one key and save it."""
    with session.book() as book:
        path = key_path(key)
        save(session, book, {path: _fit(book, path, value)}, since, why)


def _fit(book: Book, path: tuple[str, ...], text: str) -> Any:
    """Names with commas are a list where a key takes names; anything else is what was typed."""
    value = typed(text)
    if value is None:
        return value
    try:
        key = book.definition_keys.find(path)
    except UsageError:  # whether there is such a key, saving decides
        return value
    return book.definition_keys.typed(key, text) if key.kind is KeyKind.NAMES else value


@command.command("clear", help=N_("Remove a key; a role or a person ends with the period."))
@click.argument("key", metavar="KEY")
@dated()
@click.pass_obj
def clear(session: Session, key: str, since: str, why: str) -> None:
    """Remove one key and save."""
    change(session, {key_path(key): None}, since, why)


@command.command("history", help=N_("Every edit of definitions: who, when, what, since when, why."))
@click.argument("key", metavar="[KEY]", required=False, default="")
@click.pass_obj
def history(session: Session, key: str) -> None:
    """Show the append-only history of definitions, newest first."""
    show_history(session, key_path(key) if key else ())


@command.command("undo", help=N_("Take back my last saved edit."))
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def undo(session: Session, why: str) -> None:
    """Undo my last saved batch."""
    step(session, lambda book: book.definitions.undo(why), phrase("There is nothing to undo."))


@command.command("redo", help=N_("Do again what undo took back."))
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def redo(session: Session, why: str) -> None:
    """Redo what undo took back."""
    step(session, lambda book: book.definitions.redo(why), phrase("There is nothing to redo."))


def show_history(session: Session, path: tuple[str, ...]) -> None:
    """The history of what stands at a path or below it."""
    from kpi_tui.views.edits.definitions import definition_changes

    with session.book() as book:
        found = book.definitions.history(path)[::-1]
        session.show(definition_changes(found, book.workspace, phrase("No edits yet.")))


def step(session: Session, act: Callable[[Book], tuple[Edit, ...] | list[Change] | None], none: Word) -> None:
    """Take one saved step back, or do it again, and show it."""
    with session.book() as book:
        done = act(book)
        show(session, book, done if isinstance(done, list) else [], none)
