"""`kpi-tui board`: the metrics a person pinned, beside the period before and last year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_metric
from kpi_tui.commands.base.options import option, period_option, read_period
from kpi_tui.definitions.personal_setting import BOARD
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command,
    name="board",
    help=N_("Your own board: metrics you pinned, beside the period before and last year."),
)
@option("--pin", metavar="METRIC", multiple=True, help=N_("Put a metric on it."), shell_complete=complete_metric)
@option("--off", metavar="METRIC", multiple=True, help=N_("Take a metric off it."), shell_complete=complete_metric)
@period_option()
@click.pass_obj
def command(session: Session, pin: tuple[str, ...], off: tuple[str, ...], period: str, grain: str) -> None:
    """Pin, take off, and show what is on it."""
    from kpi_tui.views.page.page import page

    with session.book() as book, session.progress() as progress:
        for metric in pin:
            book.board.pin(metric)
        for metric in off:
            book.board.take_off(metric)
        if off and not book.board.metrics:
            return
        book.pages.find(BOARD)  # nothing pinned is said before a period is looked up
        found = book.pages.of(BOARD, read_period(book, period, grain), progress=progress)
        progress.clear()
        session.show(page(found, book.workspace), found.period)
