"""`kpi-tui pack`: all scorecards, chain, north star, trends, drivers and what was left out, on one document."""

from __future__ import annotations

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import period_option, read_period
from kpi_tui.commands.base.session import Session
from kpi_tui.text.i18n import N_


@click.command(
    cls=Command,
    name="pack",
    help=N_("Everything about a period on one document for others: -o FILE.html, .xlsx or .md."),
)
@period_option()
@click.pass_obj
def command(session: Session, period: str, grain: str) -> None:
    """Put the pack together."""
    from kpi_tui.views.pack import pack_data, pack_title, pack_views

    with session.book() as book, session.progress() as progress:
        pack = book.packs.of(read_period(book, period, grain), progress)
        views = pack_views(pack, book.workspace)
        progress.clear()
        title, data = pack_title(pack.period, book.workspace), pack_data(pack.cards, views, pack.sources)
        session.show_document(title, views, data, pack.sources)
