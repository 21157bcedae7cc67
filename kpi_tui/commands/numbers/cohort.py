"""`kpi-tui cohort`: who stayed, by day of registration and day after it (R129)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option, period_option, read_period
from kpi_tui.definitions.period import Grain
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command, name="cohort", help=N_("Who stayed: users by time of registration, and the share active n days after.")
)
@period_option()
@option(
    "--each",
    type=click.Choice([Grain.DAY.value, Grain.WEEK.value, Grain.MONTH.value]),
    default=Grain.DAY.value,
    help=N_("One cohort per day, week or month of the period."),
)
@option("--days", type=click.IntRange(1, 365), default=30, metavar="N", help=N_("Days after registration to look at."))
@click.pass_obj
def command(session: Session, period: str, grain: str, each: str, days: int) -> None:
    """Show the cohort table of a period."""
    from kpi_tui.views.causes.cohort import cohorts

    with session.book() as book, session.progress() as progress:
        when = read_period(book, period, grain)
        found = book.cohorts.table(when, Grain(each), days=days, progress=progress)
        progress.clear()
        session.show(cohorts(found, book.workspace), when)
