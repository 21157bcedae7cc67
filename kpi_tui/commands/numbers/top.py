"""`kpi-tui top units|profit`: the hot list and the profit list (R156)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option, period_option, read_period
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(cls=Command, name="top", help=N_("The products with most units or profit, and what pulls what."))
@click.argument("kind", type=click.Choice(["units", "profit"]))
@period_option()
@option("--count", type=click.IntRange(1, 1000), metavar="N", help=N_("Length of the list; default: setting top_n."))
@click.pass_obj
def command(session: Session, kind: str, period: str, grain: str, count: int | None) -> None:
    """Rank and show products."""
    from kpi_tui.views.goods.top import top

    with session.book() as book, session.progress() as progress:
        when = read_period(book, period, grain)
        found = book.goods.top(kind, when, count)
        progress.clear()
        session.show(top(found, book.workspace), when)
