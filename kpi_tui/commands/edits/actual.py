"""`kpi-tui actual …`: numbers a team keeps by hand, typed or imported, with history and undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.chain_options import complete_chain, count, saving, step, tell
from kpi_tui.commands.base.click_classes import Group
from kpi_tui.commands.base.options import WHY, option
from kpi_tui.commands.edits.imported_file import ACTUALS, ImportWish, import_file, import_options, show_import
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import phrase

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session

_WHY = N_("Where the number comes from.")
_CHAIN = N_("The chain whose link is meant (else site, else the first).")


@click.group(cls=Group, name="actual", help=N_("Numbers kept by hand: set, import, clear, history, undo, redo."))
def command() -> None:
    """Numbers kept by hand."""


@command.command("set", help=N_("Type the count of a link in a week, and what it is divided by."))
@click.argument("week", metavar="WEEK")
@click.argument("link", metavar="LINK")
@click.argument("value", metavar="VALUE")
@click.argument("denominator", required=False, metavar="[DENOMINATOR]")
@option("--chain", default="", metavar="CHAIN", help=_CHAIN, shell_complete=complete_chain)
@option("--why", default="", metavar="TEXT", help=_WHY)
@click.pass_obj
def set_(session: Session, week: str, link: str, value: str, denominator: str | None, chain: str, why: str) -> None:
    """Type one number and save it."""
    with session.book() as book, saving(session, book.actuals, why, book.workspace):
        base = count(denominator) if denominator is not None else None
        book.chains.enter(chain, link, book.period(week), count(value), base, why)


@command.command("clear", help=N_("Take a typed count away."))
@click.argument("week", metavar="WEEK")
@click.argument("link", metavar="LINK")
@option("--chain", default="", metavar="CHAIN", help=_CHAIN, shell_complete=complete_chain)
@click.pass_obj
def clear(session: Session, week: str, link: str, chain: str) -> None:
    """Clear the count of a link."""
    with session.book() as book, saving(session, book.actuals, "", book.workspace):
        book.chains.enter(chain, link, book.period(week), None)


@command.command("list", help=N_("The numbers typed by hand; as a file they can be changed and imported again."))
@option("--period", default="", metavar="P", help=N_("Only this period."))
@click.pass_obj
def list_(session: Session, period: str) -> None:
    """Show the typed numbers as they stand in their files."""
    from kpi_tui.views.targets.typed_numbers import typed_numbers

    with session.book() as book:
        files = [book.period(period).id] if period else book.actuals.files()
        cells = {file: book.actuals.saved(file) for file in files}
        session.show(typed_numbers(cells, book.workspace), book.period(period) if period else None)


@command.command(
    "import",
    help=N_(
        "Take over a workbook or CSV of counts per period, or a CSV with the columns week, link, numerator, "
        "denominator: shown first, then set."
    ),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@option("--chain", default="", metavar="CHAIN", help=_CHAIN, shell_complete=complete_chain)
@import_options(_WHY)
@click.pass_obj
def import_(session: Session, file: Path, chain: str, wish: ImportWish) -> None:
    """Import a sheet and save it as one step."""
    with session.book() as book:
        if not book.chains.is_sheet(file):
            import_file(session, book, file, ACTUALS, wish)
            return
        cells = book.chains.read_sheet(chain, file)
        if not wish.accepted or wish.dry_run:
            how = phrase("Nothing is set yet: --set takes all of it over, or nothing.")
            show_import(session, book, book.sheet_import.compared(file.name, ACTUALS, cells), how)
            return
        with saving(session, book.actuals, wish.why, book.workspace):
            book.chains.enter_all(cells, wish.why or file.name)


@command.command("history", help=N_("Who typed what, when, from, to, why."))
@click.pass_obj
def history(session: Session) -> None:
    """Show the history of typed numbers, newest first."""
    with session.book() as book:
        tell(session, book.actuals.history()[::-1], book.workspace)


@command.command("undo", help=N_("Take back my last typed step."))
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def undo(session: Session, why: str) -> None:
    """Undo."""
    with session.book() as book:
        step(session, book.actuals, book.actuals.undo(why), book.workspace)


@command.command("redo", help=N_("Do again what undo took back."))
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def redo(session: Session, why: str) -> None:
    """Redo."""
    with session.book() as book:
        step(session, book.actuals, book.actuals.redo(why), book.workspace)
