"""`kpi-tui pack`: all scorecards, chain, north star, trends, drivers and what was left out, on one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option, period_option, read_period
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command,
    name="pack",
    help=N_("Everything about a period on one document for others: -o FILE.html, .xlsx or .md."),
)
@period_option()
@option("--pages", metavar="ID,…", help=N_("Pages to put in too; default: those that say pack = true."))
@click.pass_obj
def command(session: Session, period: str, grain: str, pages: str | None) -> None:
    """Put the pack together."""
    from kpi_tui.views.pack import pack_data, pack_title, pack_views

    with session.book() as book, session.progress() as progress:
        wanted = None if pages is None else [one.strip() for one in pages.split(",") if one.strip()]
        pack = book.packs.of(read_period(book, period, grain), progress, wanted)
        views = pack_views(pack, book.workspace)
        progress.clear()
        title, data = pack_title(pack.period, book.workspace), pack_data(pack.cards, views, pack.sources)
        session.show_document(title, views, data, pack.sources)
