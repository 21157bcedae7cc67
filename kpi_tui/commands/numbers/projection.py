"""`kpi-tui projection churn|viral`: what would become of it if nothing changed (R132, R141, R142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option, period_option, read_period
from kpi_tui.definitions.answers.projection import Assumed
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command, name="projection", help=N_("What churn would leave, or the spread would win, if nothing changed.")
)
@click.argument("kind", type=click.Choice(["churn", "viral"]))
@period_option("previous")
@option("--users", type=click.FloatRange(0), metavar="N", help=N_("Users at first (else those active in the period)."))
@option(
    "--rate", type=click.FloatRange(0), metavar="R", help=N_("What if: another churn rate (0.2), or another K (1.5).")
)
@option("--cycle", type=click.FloatRange(0), metavar="DAYS", help=N_("What if: another viral cycle, in days."))
@click.pass_obj
def command(
    session: Session, kind: str, period: str, grain: str, users: float | None, rate: float | None, cycle: float | None
) -> None:
    """Project and show."""
    from kpi_tui.commands.base.failing_values import demand_data
    from kpi_tui.views.causes.projection import projection

    with session.book() as book, session.progress() as progress:
        when = read_period(book, period, grain)
        found = book.projections.of(kind, when, Assumed(users, rate, cycle), progress=progress)
        progress.clear()
        session.show(projection(found), when)
        demand_data(book, [found.rate])
