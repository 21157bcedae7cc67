"""`kpi-tui drivers METRIC|TREE`: what moved a number between two periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_metric
from kpi_tui.commands.base.failing_values import demand_data
from kpi_tui.commands.base.options import ONLY_WHERE, option, period_option, read_period
from kpi_tui.definitions.answers.drivers import METHODS
from kpi_tui.text.i18n import N_, _

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command,
    name="drivers",
    help=N_("What moved a metric or a metric tree: the contribution of every factor, or segment, to its change."),
)
@click.argument("subject", metavar="METRIC|TREE", shell_complete=complete_metric)
@period_option()
@option("--against", metavar="P0", help=N_("The period to compare with (else the one before)."))
@option("--method", type=click.Choice(METHODS), default=METHODS[0], help=N_("How the change is split."))
@option("--order", metavar="A,B,…", help=N_("The order of substitution, every factor once (else as in the formula)."))
@option("--expand", is_flag=True, help=N_("Take metrics inside the formula apart too."))
@option("--by", metavar="COLUMN", help=N_("Take the change apart by the values of a column instead."))
@option("--then", metavar="COLUMN", help=N_("With --by: what moved it most is taken apart by this column too."))
@option("--where", metavar="SQL", help=ONLY_WHERE)
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
    by: str | None,
    then: str | None,
    where: str | None,
) -> None:
    """Split a change over its factors, or over segments."""
    from kpi_tui.views.causes.drivers import drivers
    from kpi_tui.views.causes.segments import segments

    if not by and then:
        raise click.UsageError(_("--then goes with --by COLUMN"))
    if by and (order or expand or method != METHODS[0]):
        raise click.UsageError(_("--method, --order and --expand are about factors: leave them out with --by"))
    with session.book() as book, session.progress() as progress:
        now = read_period(book, period, grain)
        before = read_period(book, against, grain) if against else None
        if by:
            found = book.segments.of(subject, now, before, by=by, then=then or "", where=where or "", progress=progress)
            progress.clear()
            session.show(segments(found, book.workspace), now)
            demand_data(book, [found.before, found.now])
            return
        answer = book.drivers.of(
            subject,
            now,
            before,
            method=method,
            order=tuple(name.strip() for name in order.split(",")) if order else (),
            expand=expand,
            where=where,
            progress=progress,
        )
        progress.clear()
        session.show(drivers(answer, book.workspace), answer.period)
        demand_data(book, [answer.before, answer.now])
