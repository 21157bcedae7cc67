"""What `target import` and `actual import` share: their options, the differences shown, all of it set or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kpi_tui.commands.base.chain_options import saving as saving_actuals
from kpi_tui.commands.base.options import YES_RATE, Decorator, option
from kpi_tui.commands.edits.saved_targets import saving as saving_targets
from kpi_tui.definitions.issue import ConflictError, UsageError
from kpi_tui.text.i18n import N_, _, n_
from kpi_tui.text.phrase import Aside, Word, phrase

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.commands.base.session import Session
    from kpi_tui.definitions.answers.targets.imported_cells import FileDifference, ImportedCells

TARGETS, ACTUALS = "targets", "actuals"
_MINE, _THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What was asked of an import."""

    period: str
    accepted: bool
    dry_run: bool
    why: str
    yes: bool
    conflicts: str


def import_options(why: str) -> Decorator:
    """The options of an import, handed over as one ImportWish named `wish`."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def command(*args: Any, period: str, accepted: bool, dry_run: bool, **rest: Any) -> Any:
            taken = {name: rest.pop(name) for name in ("why", "yes", "conflicts")}
            return function(*args, wish=ImportWish(period, accepted, dry_run, **taken), **rest)

        sides = click.Choice([_MINE, _THEIRS])
        decorated: Callable[..., Any] = command
        for add_option in (
            option("--conflicts", type=sides, default=None, help=N_("Changed on both sides: mine is the file's.")),
            option("--yes", is_flag=True, help=YES_RATE),
            option("--why", default="", metavar="TEXT", help=why),
            option("--dry-run", is_flag=True, help=N_("Only show what would change (as without --set).")),
            option("--set", "accepted", is_flag=True, help=N_("Set all differences, as one step.")),
            option("--period", default="", metavar="P", help=N_("Of a sheet that names none; the year of 1月, Q1 …")),
        ):
            decorated = add_option(decorated)
        return decorated

    return add


def import_file(session: Session, book: Book, file: Path, folder: str, wish: ImportWish) -> None:
    """Show what the file would change; with --set change all of it, or nothing."""
    when = book.period(wish.period) if wish.period else None
    found = book.sheet_import.read(file, folder, when)
    if not wish.accepted or wish.dry_run:
        show_import(session, book, found)
        return
    try:
        chosen = _chosen(found, wish)
    except (UsageError, ConflictError):
        show_import(session, book, found)
        raise
    saving = (
        saving_targets(session, book, wish.why)
        if folder == TARGETS
        else saving_actuals(session, book.actuals, wish.why, book.workspace)
    )
    with saving:
        book.sheet_import.accept(found, chosen, wish.why)


def show_import(session: Session, book: Book, found: ImportedCells, how: Word = "") -> None:
    """The differences; nothing is written. `how`: what takes them over."""
    from kpi_tui.views.targets.imported import imported

    how = how or phrase("Nothing is set yet: --set takes all of it over, or nothing; --period says another year.")
    session.show(imported(found, book.workspace, how=Aside(how)))


def _chosen(found: ImportedCells, wish: ImportWish) -> list[FileDifference]:
    """What is to be set. UsageError and ConflictError where that is not clear: then nothing is."""
    if count := len(found.troubles):
        raise UsageError(
            n_(
                "{count} cell cannot be taken over; nothing was set. Mend the file, or take the row out.",
                "{count} cells cannot be taken over; nothing was set. Mend the file, or take the rows out.",
                count,
            )
        )
    if (count := len(found.doubtful)) and not wish.yes:
        raise UsageError(
            n_(
                "{count} rate hardly is one; nothing was set. Write it with its % sign, or add --yes.",
                "{count} rates hardly are any; nothing was set. Write them with their % signs, or add --yes.",
                count,
            )
        )
    if (count := len(found.conflicts)) and not wish.conflicts:
        raise ConflictError(
            n_(
                "{count} number was changed here since the file was written; nothing was set (--conflicts)",
                "{count} numbers were changed here since the file was written; nothing was set (--conflicts)",
                count,
            )
        )
    chosen = [one for one in found.differences if not one.is_conflict or wish.conflicts == _MINE]
    late = [one.period for one in chosen if one.period in found.locked]
    if late and not wish.why.strip():
        raise UsageError(_("{period} is over: a later change needs a reason (--why); nothing was set", period=late[0]))
    return chosen
