"""`kpi-tui explain METRIC`: where a number comes from (R172), down to the rows it was counted from."""

from __future__ import annotations

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_metric
from kpi_tui.commands.base.failing_values import exit_code
from kpi_tui.commands.base.options import ONLY_CAMPAIGN, ONLY_WHERE, option, period_option, period_or_campaign
from kpi_tui.commands.base.session import Session
from kpi_tui.text.i18n import N_, _

_OF_ROWS = ("measure", "sort", "descending", "only", "first", "every")
"""Options that say which rows, and in which order."""


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
@option("--sort", metavar="COLUMN", default="", help=N_("With --rows: sorted by this column."))
@option("--descending", is_flag=True, help=N_("With --sort: the greatest first."))
@option(
    "--filter",
    "only",
    metavar="TEXT|SQL",
    default="",
    help=N_("With --rows: only those in which this text stands, or of which this condition is true."),
)
@option("--from", "first", type=click.IntRange(1), default=1, metavar="N", help=N_("With --rows: from the Nth row on."))
@option("--all", "every", is_flag=True, help=N_("With --rows: all of them, however many there are."))
@click.pass_context
def command(
    ctx: click.Context,
    metric: str,
    period: str,
    grain: str,
    where: str | None,
    campaign: str,
    rows: bool,
    measure: str,
    sort: str,
    descending: bool,
    only: str,
    first: int,
    every: bool,
) -> None:
    """Compute one value and show everything it is made of."""
    from kpi_tui.definitions.answers.rows.counted_rows import PAGE_ROWS, RowsWish
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.views.counted_rows import counted_rows
    from kpi_tui.views.library.explanation import explanation

    session: Session = ctx.obj
    if not rows and any(_typed(ctx, name) for name in _OF_ROWS):
        raise click.UsageError(_("--measure, --sort, --descending, --filter, --from and --all go with --rows"))
    with session.book() as book:
        when = period_or_campaign(ctx, book, period, grain, campaign)
        if rows:
            with session.progress() as progress:
                wish = RowsWish(sort, descending, only, 0 if every else first - 1, None if every else PAGE_ROWS)
                there = book.rows.of(
                    metric, when, measure, where=where, campaign=campaign, wish=wish, progress=progress
                )
            session.show(counted_rows(there, book.workspace), when)
            number = there.measure.number
            ctx.exit(exit_code(book, [Value(metric, when, number.value, number.reason)]))
        found = book.numbers.explain(metric, when, where=where, campaign=campaign)
        (signals,) = book.numbers.signals([found.value], where=where, campaign=campaign)
        session.show(explanation(found, book.workspace, signals), found.value.period)
        ctx.exit(exit_code(book, [found.value]))


def _typed(ctx: click.Context, name: str) -> bool:
    return ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
