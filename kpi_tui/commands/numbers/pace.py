"""`kpi-tui pace METRIC|ROLE …`: how far a running period has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_metric
from kpi_tui.commands.base.failing_values import demand_data
from kpi_tui.commands.base.options import option, period_option, read_period
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command,
    name="pace",
    help=N_("A running period: what is due by today, where it will end, and whether the target is within reach."),
)
@click.argument("subjects", metavar="METRIC|ROLE...", nargs=-1, required=True, shell_complete=complete_metric)
@period_option()
@option("--last", type=click.IntRange(3, 60), metavar="N", help=N_("Past periods that show the shape (else 6)."))
@click.pass_obj
def command(session: Session, subjects: tuple[str, ...], period: str, grain: str, last: int | None) -> None:
    """Show the pace of metrics, or of the metrics of a role."""
    from kpi_tui.views.causes.pace import pace

    with session.book() as book, session.progress() as progress:
        when = read_period(book, period, grain)
        for subject in subjects:
            book.scores.refuse_value(subject, [when], progress)
        found = [
            one for subject in dict.fromkeys(subjects) for one in book.paces.of(subject, when, last, progress=progress)
        ]
        progress.clear()
        session.show(pace(found, book.workspace), when)
        demand_data(book, [one.value for one in found])
