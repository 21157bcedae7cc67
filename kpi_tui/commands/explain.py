"""`kpi-tui explain METRIC`: where a number comes from (spec R172)."""

from __future__ import annotations

import click

from kpi_tui.commands.asking import complete_metric, demand_data, metric_namer, option, period_option, read_period
from kpi_tui.commands.session import Session
from kpi_tui.commands.words import Command
from kpi_tui.text.i18n import N_, language


@click.command(
    cls=Command, name="explain", help=N_("Where a value comes from: formula, measures, windows, settings, SQL.")
)
@click.argument("metric", metavar="METRIC", shell_complete=complete_metric)
@period_option()
@option("--where", metavar="SQL", help=N_("Only rows for which this SQL condition holds."))
@click.pass_obj
def command(session: Session, metric: str, period: str, grain: str, where: str | None) -> None:
    """Compute one value and show everything it is made of."""
    from kpi_tui.report.values import explain_report
    from kpi_tui.text.benchmarks import benchmark_text

    with session.book() as book:
        explanation = book.explain(metric, read_period(book, period, grain), where=where)
        found = book.workspace.metrics.get(metric)
        spoken = language()
        about = (found.definition.get(spoken), *(edge.get(spoken) for edge in found.edge)) if found else ()
        title = f"{metric_namer(book)(metric)}  {metric}"
        marks = [benchmark_text(mark, found.unit) for mark in found.benchmarks] if found else []
        session.show(explain_report(explanation, title, about, book.workspace.currency, marks))
        demand_data(book, [explanation.value])
