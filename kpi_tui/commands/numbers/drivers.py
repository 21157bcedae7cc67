"""`kpi-tui drivers METRIC|TREE`: what moved a number between two periods."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import complete_metric, demand_data, metric_namer, option, period_option, read_period
from kpi_tui.commands.base.session import Session
from kpi_tui.definitions.answers.drivers import METHODS
from kpi_tui.text.i18n import N_, language

if TYPE_CHECKING:
    from kpi_tui.book import Book


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
    from kpi_tui.report.drivers import drivers_report

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
        session.show(drivers_report(answer, factor_namer(book), _units(book)))
        demand_data(book, [answer.before, answer.now])


def factor_namer(book: Book) -> Callable[[str], str]:
    """Names of metrics, what base measures count, or the id."""
    metric = metric_namer(book)

    def name(id_: str) -> str:
        measure = book.workspace.measures.get(id_)
        if measure is not None and id_ not in book.workspace.metrics:
            return measure.about.get(language()) or id_
        return metric(id_)

    return name


def _units(book: Book) -> Callable[[str], str]:
    metrics = book.workspace.metrics
    return lambda id_: metrics[id_].unit if id_ in metrics else ""
