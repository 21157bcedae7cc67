"""`kpi-tui drivers METRIC|TREE`: what moved a number between two periods."""

from __future__ import annotations

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_metric
from kpi_tui.commands.base.failing_values import demand_data
from kpi_tui.commands.base.options import option, period_option, read_period
from kpi_tui.commands.base.session import Session
from kpi_tui.definitions.answers.drivers import METHODS
from kpi_tui.text.i18n import N_


@click.command(
    cls=Command,
    name="drivers",
    help=N_("What moved a metric or a metric tree: the contribution of every factor to its change."),
)
@click.argument("subject", metavar="METRIC|TREE", shell_complete=complete_metric)
@period_option()
@option("--against", metavar="P0", help=N_("The period to compare with (else the one before)."))
@option("--method", type=click.Choice(METHODS), default=METHODS[0], help=N_("How the change is split."))
@option("--order", metavar="A,B,…", help=N_("The order of substitution, every factor once (else as in the formula)."))
@option("--expand", is_flag=True, help=N_("Take metrics inside the formula apart too."))
@click.pass_obj
def command(
    session: Session,
    subject: str,
    period: str,
    grain: str,
    against: str | None,
    method: str,
    order: str | None,
    expand: bool,
) -> None:
    """Split a change over its factors."""
    from kpi_tui.views.causes.drivers import drivers

    with session.book() as book, session.progress() as progress:
        answer = book.drivers.of(
            subject,
            read_period(book, period, grain),
            read_period(book, against, grain) if against else None,
            method=method,
            order=tuple(name.strip() for name in order.split(",")) if order else (),
            expand=expand,
            progress=progress,
        )
        progress.clear()
        session.show(drivers(answer, book.workspace), answer.period)
        demand_data(book, [answer.before, answer.now])
