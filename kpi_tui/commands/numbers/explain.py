"""`kpi-tui explain METRIC`: where a number comes from (R172), down to the rows it was counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_metric
from kpi_tui.commands.base.failing_values import exit_code
from kpi_tui.commands.base.options import ONLY_CAMPAIGN, ONLY_WHERE, option, period_option, period_or_campaign
from kpi_tui.commands.base.row_options import row_options, rows_wish
from kpi_tui.text.i18n import N_, _

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command,
    name="explain",
    help=N_("Where a value comes from: formula, measures, windows, settings, SQL; or the rows behind it."),
)
@click.argument("metric", metavar="METRIC", shell_complete=complete_metric)
@period_option()
@option("--where", metavar="SQL", help=ONLY_WHERE)
@option("--campaign", default="", metavar="ID", help=ONLY_CAMPAIGN)
@option("--rows", is_flag=True, help=N_("The rows that were counted, a thousand at a time."))
@option("--measure", metavar="ID", default="", help=N_("With --rows: of which measure (else the first one)."))
@row_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    metric: str,
    period: str,
    grain: str,
    where: str | None,
    campaign: str,
    rows: bool,
    measure: str,
    **asked: Any,
) -> None:
    """Compute one value and show everything it is made of."""
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.views.counted_rows import counted_rows
    from kpi_tui.views.library.explanation import explanation

    session: Session = ctx.obj
    wish = rows_wish(ctx, asked, "--rows", on=rows)
    if measure and not rows:
        raise click.UsageError(_("--measure goes with --rows"))
    with session.book() as book:
        when = period_or_campaign(ctx, book, period, grain, campaign)
        if rows:
            with session.progress() as progress:
                there = book.rows.of(
                    metric, when, measure, where=where, campaign=campaign, wish=wish, progress=progress
                )
            session.show(counted_rows(there, book.workspace), when)
            number = there.measure.number
            ctx.exit(exit_code(book, [Value(metric, when, number.value, number.reason)]))
        found = book.numbers.explain(metric, when, where=where, campaign=campaign)
        (signals,) = book.numbers.signals([found.value], where=where, campaign=campaign)
        lines = () if where or campaign else book.targets_of_metric.of(found.value)
        session.show(explanation(found, book.workspace, signals, lines), found.value.period)
        ctx.exit(exit_code(book, [found.value]))
