"""`kpi-tui board`: the metrics a person pinned, beside the period before and last year; of several workspaces too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_metric
from kpi_tui.commands.base.options import option, period_option, read_period
from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.personal_setting import BOARD
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.commands.base.progress_line import Ticker
    from kpi_tui.commands.base.session import Session
    from kpi_tui.definitions.answers.page import PageAnswer


@click.command(
    cls=Command,
    name="board",
    help=N_("Your own board: metrics you pinned, beside the period before and last year."),
)
@option("--pin", metavar="METRIC", multiple=True, help=N_("Put a metric on it."), shell_complete=complete_metric)
@option("--off", metavar="METRIC", multiple=True, help=N_("Take a metric off it."), shell_complete=complete_metric)
@option(
    "--with",
    "others",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=N_("What you pinned in the workspace of this folder too, below; again for a third."),
)
@period_option()
@click.pass_obj
def command(
    session: Session, pin: tuple[str, ...], off: tuple[str, ...], others: tuple[Path, ...], period: str, grain: str
) -> None:
    """Pin, take off, and show what is on it."""
    from kpi_tui.book.person.other_boards import other_board
    from kpi_tui.views.page.boards import boards
    from kpi_tui.views.page.page import page

    with session.book() as book, session.progress() as progress:
        for metric in pin:
            book.board.pin(metric)
        for metric in off:
            book.board.take_off(metric)
        if off and not book.board.metrics:
            return
        found = _answer(book, period, grain, progress)
        more = [
            other_board(book, folder, lambda other: other.period(period, Grain(grain)), progress) for folder in others
        ]
        progress.clear()
        view = boards([(found, book.workspace), *more]) if more else page(found, book.workspace)
        session.show(view, found.period)


def _answer(book: Book, period: str, grain: str, progress: Ticker) -> PageAnswer:
    book.pages.find(BOARD)  # nothing pinned is said before a period is looked up
    return book.pages.of(BOARD, read_period(book, period, grain), progress=progress)
