"""`kpi-tui private`: the page `private` with a key per section in JSON, and its key steps by a dimension."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option, period_option, read_period
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session

PAGE = "private"


@click.command(
    cls=Command,
    name=PAGE,
    help=N_("The private domain: four factors, user assets, key steps, layers, variants, heads and cautions."),
)
@period_option()
@option("--by", type=click.Choice(["day", "guide_id", "touchpoint"]), help=N_("Only the key steps, cut by this."))
@click.pass_obj
def command(session: Session, period: str, grain: str, by: str | None) -> None:
    """Show the page, or its key steps by day, guide or touchpoint."""
    from kpi_tui.views.library.values import values as values_view
    from kpi_tui.views.page.page import flat_data, page

    with session.book() as book, session.progress() as progress:
        when = read_period(book, period, grain)
        if by:
            values = book.pages.cut(PAGE, when, by, progress=progress)
            progress.clear()
            session.show(values_view(values, book.workspace, None if by == "day" else by), when)
            return
        found = book.pages.of(PAGE, when, progress=progress)
        progress.clear()
        view = page(found, book.workspace)
        session.show(replace(view, data=flat_data(found, book.workspace)), when)
