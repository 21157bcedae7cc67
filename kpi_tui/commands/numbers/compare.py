"""`kpi-tui compare METRIC …`: a period beside the one before and the same one last year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_metric
from kpi_tui.commands.base.failing_values import exit_code
from kpi_tui.commands.base.options import period_option, read_period
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command,
    name="compare",
    help=N_("Values beside those of the period before and of the same period last year: month, year to date, 28 days."),
)
@click.argument("metrics", metavar="METRIC...", nargs=-1, required=True, shell_complete=complete_metric)
@period_option()
@click.pass_context
def command(ctx: click.Context, metrics: tuple[str, ...], period: str, grain: str) -> None:
    """Compute and show values and their changes."""
    from kpi_tui.views.analyses.comparisons import comparisons

    session: Session = ctx.obj
    with session.book() as book, session.progress() as progress:
        when = read_period(book, period, grain)
        found = book.comparisons.of(list(dict.fromkeys(metrics)), when, progress=progress)
        progress.clear()
        session.show(comparisons(found, book.workspace), when)
        ctx.exit(exit_code(book, [one.now for one in found]))
