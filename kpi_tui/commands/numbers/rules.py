"""`kpi-tui rules`: what is bought together (R157)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option, period_option, read_period
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session

SHARE = click.FloatRange(0, 1)


@click.command(cls=Command, name="rules", help=N_("Association rules: what is bought together, highest lift first."))
@period_option()
@option(
    "--by",
    type=click.Choice(["product", "class", "sku"]),
    default="product",
    help=N_("What counts as one thing in a basket."),
)
@option(
    "--support", type=SHARE, default=0.01, metavar="S", help=N_("Least share of baskets with everything in the rule.")
)
@option(
    "--confidence", type=SHARE, default=0.2, metavar="C", help=N_("Least share of baskets with A that also hold B.")
)
@option("--longest", type=click.IntRange(0, 20), default=0, metavar="N", help=N_("Most things in a rule; 0 = any."))
@click.pass_obj
def command(
    session: Session, period: str, grain: str, by: str, support: float, confidence: float, longest: int
) -> None:
    """Find and show rules."""
    from kpi_tui.views.goods.rules import rules

    with session.book() as book, session.progress() as progress:
        when = read_period(book, period, grain)
        found = book.goods.rules(by, support, confidence, when, longest)
        progress.clear()
        session.show(rules(found, book.workspace), when)
