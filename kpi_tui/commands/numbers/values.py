"""`kpi-tui values METRIC …`: numbers per metric, period and segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_metric
from kpi_tui.commands.base.failing_values import exit_code
from kpi_tui.commands.base.options import BY, ONLY_CAMPAIGN, ONLY_WHERE, option, period_option, period_or_campaign
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command, name="values", help=N_("Values of metrics; METRIC.growth is the change against the period before.")
)
@click.argument("metrics", metavar="METRIC...", nargs=-1, required=True, shell_complete=complete_metric)
@period_option()
@option("--by", metavar="COLUMN", help=BY)
@option("--where", metavar="SQL", help=ONLY_WHERE)
@option("--campaign", default="", metavar="ID", help=ONLY_CAMPAIGN)
@option(
    "--last", type=click.IntRange(1, 400), default=1, metavar="N", help=N_("The last N periods up to it, oldest first.")
)
@click.pass_context
def command(
    ctx: click.Context,
    metrics: tuple[str, ...],
    period: str,
    grain: str,
    by: str | None,
    where: str | None,
    campaign: str,
    last: int,
) -> None:
    """Compute and show values."""
    from kpi_tui.views.library.values import values as values_view

    session: Session = ctx.obj
    with session.book() as book, session.progress() as progress:
        when = period_or_campaign(ctx, book, period, grain, campaign)
        values = book.numbers.values(
            list(dict.fromkeys(metrics)),
            when,
            by=by,
            where=where,
            last=last,
            campaign=campaign,
            progress=progress,
        )
        progress.clear()
        settings = {metric: book.numbers.settings_of(metric) for metric in metrics}
        signals = book.numbers.signals(values, by=by, where=where, campaign=campaign)
        session.show(values_view(values, book.workspace, by, settings, signals), when)
        ctx.exit(exit_code(book, values))
