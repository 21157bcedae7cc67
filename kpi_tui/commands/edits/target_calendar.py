"""`kpi-tui target calendar`: files of targets of another calendar, and --set that names them after their days."""

from __future__ import annotations

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option
from kpi_tui.commands.base.session import Session, say
from kpi_tui.commands.edits.saved_targets import show_saved
from kpi_tui.text.i18n import N_, told
from kpi_tui.text.phrase import phrase


@click.command(
    "calendar",
    cls=Command,
    help=N_("Files whose names mean other days since weeks or years begin elsewhere; --set renames them."),
)
@option("--set", "accepted", is_flag=True, help=N_("Rename them; the numbers and their history stay."))
@click.pass_obj
def calendar(session: Session, accepted: bool) -> None:
    """Show them, or rename them."""
    from kpi_tui.views.targets.former_files import former_files

    with session.book(quiet=True) as book:
        if not accepted:
            session.show(former_files(book.former_files.all()))
            return
        changes = book.former_files.rename()
        show_saved(session, book, changes, phrase("Nothing to change."))
        for note in book.former_files.notes:
            say(told(note))
