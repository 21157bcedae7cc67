"""`kpi-tui chain [CHAIN]`: links with weekly targets and actuals, points, weak link, diagnosis, next month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.chain_options import complete_chain
from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import period_option, read_period
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command,
    name="chain",
    help=N_("A chain of links: weekly targets and actuals, points, weak link and what to do."),
)
@click.argument("chain", required=False, default="", metavar="[CHAIN]", shell_complete=complete_chain)
@period_option()
@click.pass_obj
def command(session: Session, chain: str, period: str, grain: str) -> None:
    """Score and diagnose one chain in a month."""
    from kpi_tui.views.chain.card import chain_view

    with session.book() as book, session.progress() as progress:
        card = book.chains.card(chain, read_period(book, period, grain), progress=progress)
        progress.clear()
        session.show(chain_view(card, book.workspace), card.period)
