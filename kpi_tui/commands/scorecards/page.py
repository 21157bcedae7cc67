"""`kpi-tui page [ID]`: a page of pages/*.toml; without an id, which pages there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import period_option, read_period
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command, name="page", help=N_("A page of pages/*.toml, section by section; without an id, their list.")
)
@click.argument("page", required=False, default="", metavar="[ID]")
@period_option()
@click.pass_obj
def command(session: Session, page: str, period: str, grain: str) -> None:
    """Show a page, or list them."""
    from kpi_tui.views.page.page import page as view
    from kpi_tui.views.page.page import pages

    with session.book() as book, session.progress() as progress:
        if not page:
            session.show(pages(list(book.pages.all().values())))
            return
        book.pages.find(page)  # a misspelt id is said before a period is looked up
        found = book.pages.of(page, read_period(book, period, grain), progress=progress)
        progress.clear()
        session.show(view(found, book.workspace), found.period)
