"""`kpi-tui festival [FESTIVAL] METRIC …`: its days beside those of the same festival of last year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_festival, complete_metric
from kpi_tui.commands.base.options import option, period_option, read_period
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.library.festival import WEEKDAY
from kpi_tui.text.i18n import N_, _

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command,
    name="festival",
    help=N_("Day n of a festival beside day n of last year's; `weekday`: the same weekdays; alone: all dates."),
)
@click.argument("festival", required=False, metavar="[FESTIVAL|weekday]", shell_complete=complete_festival)
@click.argument("metrics", metavar="METRIC...", nargs=-1, shell_complete=complete_metric)
@option(
    "--year", type=click.IntRange(1901, 2198), metavar="Y", help=N_("The year of its day (else the last one begun).")
)
@period_option()
@click.pass_context
def command(
    ctx: click.Context, festival: str | None, metrics: tuple[str, ...], year: int | None, period: str, grain: str
) -> None:
    """Show the dates of all festivals, or compare metrics on the days of one."""
    from kpi_tui.commands.base.failing_values import exit_code
    from kpi_tui.views.analyses.festivals import calendar_view, festival_view

    session: Session = ctx.obj
    with session.book() as book, session.progress() as progress:
        if festival is None:
            session.show(calendar_view(book.festivals.dates(year or _this_year(book)), book.workspace))
            return
        if not metrics:
            raise UsageError(_("name a metric: kpi-tui festival {festival} paid_amount", festival=festival))
        if festival == WEEKDAY:
            found = book.festivals.weekdays(metrics, read_period(book, period, grain), progress=progress)
        else:
            found = book.festivals.of(festival, metrics, year, progress=progress)
        progress.clear()
        session.show(festival_view(found, book.workspace), found.period)
        ctx.exit(exit_code(book, [pair.now for one in found.metrics for pair in one.pairs if not pair.to_come]))


def _this_year(book: Book) -> int:
    """The year of the as-of day; a workspace without data has the festivals of today."""
    from datetime import date

    try:
        return book.as_of().year
    except TableError:
        return date.today().year
