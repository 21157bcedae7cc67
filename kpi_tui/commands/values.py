"""`kpi-tui values METRIC …`: numbers per metric, period and segment."""

from __future__ import annotations

import click

from kpi_tui.commands.asking import complete_metric, demand_data, metric_namer, option, period_option, read_period
from kpi_tui.commands.session import Session
from kpi_tui.commands.words import Command
from kpi_tui.text.i18n import N_


@click.command(
    cls=Command, name="values", help=N_("Values of metrics; METRIC.growth is the change against the period before.")
)
@click.argument("metrics", metavar="METRIC...", nargs=-1, required=True, shell_complete=complete_metric)
@period_option()
@option("--by", metavar="COLUMN", help=N_("One value per value of a column; the total comes first."))
@option("--where", metavar="SQL", help=N_("Only rows for which this SQL condition holds."))
@option(
    "--last", type=click.IntRange(1, 400), default=1, metavar="N", help=N_("The last N periods up to it, oldest first.")
)
@click.pass_obj
def command(
    session: Session,
    metrics: tuple[str, ...],
    period: str,
    grain: str,
    by: str | None,
    where: str | None,
    last: int,
) -> None:
    """Compute and show values."""
    from kpi_tui.report.values import values_report

    with session.book() as book, session.progress() as progress:
        values = book.values(
            list(dict.fromkeys(metrics)),
            read_period(book, period, grain),
            by=by,
            where=where,
            last=last,
            progress=progress,
        )
        progress.clear()
        session.show(values_report(values, metric_namer(book), by))
        demand_data(book, values)
