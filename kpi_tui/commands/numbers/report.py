"""`kpi-tui report [ID]`: a standing report of reports.toml (R147)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.failing_values import demand_data
from kpi_tui.commands.base.options import default_period, option
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    cls=Command, name="report", help=N_("A standing report of reports.toml, e.g. every day; else their list.")
)
@click.argument("report", required=False, default="", metavar="[ID]")
@option(
    "--period",
    default=default_period,
    metavar="P",
    help=N_("Its period: current (the as-of day's), previous, 2026-10-15 …"),
)
@click.pass_obj
def command(session: Session, report: str, period: str) -> None:
    """Show a report, or list those there are."""
    from kpi_tui.views.library.values import values as values_view
    from kpi_tui.views.saved_reports import saved_reports

    with session.book() as book, session.progress() as progress:
        if not report:
            session.show(saved_reports(list(book.workspace.reports.values())))
            return
        asked = book.saved_reports.find(report)
        when = book.period(period, asked.grain)
        values = book.saved_reports.values(report, when, progress=progress)
        progress.clear()
        signals = book.numbers.signals(values, by=asked.by or None, where=asked.where or None)
        settings = {metric: book.numbers.settings_of(metric) for metric in asked.metrics}
        session.show(values_view(values, book.workspace, asked.by or None, settings, signals), when)
        demand_data(book, values)
