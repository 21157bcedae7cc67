"""`kpi-tui baseline METRIC …`: values beside the band of the last periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_metric
from kpi_tui.commands.base.failing_values import demand_data
from kpi_tui.commands.base.options import BY, ONLY_WHERE, option, period_option, read_period
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command, name="baseline", help=N_("Values beside what was usual in the last periods; outsiders are marked.")
)
@click.argument("metrics", metavar="METRIC...", nargs=-1, required=True, shell_complete=complete_metric)
@period_option()
@option("--last", type=click.IntRange(3, 400), metavar="N", help=N_("Complete periods behind the band (else 6)."))
@option("--by", metavar="COLUMN", help=BY)
@option("--where", metavar="SQL", help=ONLY_WHERE)
@click.pass_obj
def command(
    session: Session,
    metrics: tuple[str, ...],
    period: str,
    grain: str,
    last: int | None,
    by: str | None,
    where: str | None,
) -> None:
    """Show every value against its band."""
    from kpi_tui.views.causes.baseline import baselines

    with session.book() as book, session.progress() as progress:
        when = read_period(book, period, grain)
        found = [
            one
            for metric in dict.fromkeys(metrics)
            for one in book.baselines.of(metric, when, last, by=by, where=where, progress=progress)
        ]
        progress.clear()
        session.show(baselines(found, book.workspace, by or ""), when)
        demand_data(book, [one.value for one in found])
