"""`kpi-tui explain METRIC`: where a number comes from (R172)."""

from __future__ import annotations

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_metric
from kpi_tui.commands.base.failing_values import exit_code
from kpi_tui.commands.base.options import ONLY_CAMPAIGN, ONLY_WHERE, option, period_option, period_or_campaign
from kpi_tui.commands.base.session import Session
from kpi_tui.text.i18n import N_


@click.command(
    cls=Command, name="explain", help=N_("Where a value comes from: formula, measures, windows, settings, SQL.")
)
@click.argument("metric", metavar="METRIC", shell_complete=complete_metric)
@period_option()
@option("--where", metavar="SQL", help=ONLY_WHERE)
@option("--campaign", default="", metavar="ID", help=ONLY_CAMPAIGN)
@click.pass_context
def command(ctx: click.Context, metric: str, period: str, grain: str, where: str | None, campaign: str) -> None:
    """Compute one value and show everything it is made of."""
    from kpi_tui.views.library.explanation import explanation

    session: Session = ctx.obj
    with session.book() as book:
        found = book.numbers.explain(
            metric, period_or_campaign(ctx, book, period, grain, campaign), where=where, campaign=campaign
        )
        (signals,) = book.numbers.signals([found.value], where=where, campaign=campaign)
        session.show(explanation(found, book.workspace, signals), found.value.period)
        ctx.exit(exit_code(book, [found.value]))
