"""`kpi-tui private`: the private domain, its product, assets, steps and findings."""

from __future__ import annotations

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import metric_namer, option, period_option, read_period
from kpi_tui.commands.base.session import Session
from kpi_tui.text.i18n import N_


@click.command(
    cls=Command,
    name="private",
    help=N_("The private domain: four factors, user assets, key steps, layers, variants, heads and cautions."),
)
@period_option()
@option("--by", type=click.Choice(["day", "guide_id", "touchpoint"]), help=N_("Only the key steps, cut by this."))
@click.pass_obj
def command(session: Session, period: str, grain: str, by: str | None) -> None:
    """Show everything the rules of a private domain ask for, or the steps by day, guide or touchpoint."""
    from kpi_tui.report.private import private_report
    from kpi_tui.views.library.values import values as values_view

    with session.book() as book, session.progress() as progress:
        when = read_period(book, period, grain)
        if by:
            cut = book.private.private_steps(when, by, progress=progress)
            progress.clear()
            values = [value for row in cut.values() for value in row]
            session.show(values_view(values, book.workspace, None if by == "day" else by))
            return
        found = book.private.private_domain(when, progress=progress)
        progress.clear()
        metrics = book.workspace.metrics
        better = {id_: metric.better for id_, metric in metrics.items()}
        units = {id_: metric.unit for id_, metric in metrics.items()}
        session.show(
            private_report(found, metric_namer(book), lambda id_: units.get(id_, ""), better, book.private.cautions())
        )
