"""`kpi-tui metrics [QUERY]`: the library (spec R167)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option
from kpi_tui.commands.base.session import Session, say
from kpi_tui.definitions.issue import UsageError
from kpi_tui.text.i18n import N_, _

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.definitions.library.metric import Metric
    from kpi_tui.report.lists import Entry


@click.command(cls=Command, name="metrics", help=N_("The library of metrics; QUERY matches ids and names, 中文 too."))
@click.argument("query", required=False, default="", metavar="[QUERY]")
@option("--category", default="", metavar="C", help=N_("Only this shelf of the library."))
@option("--plan", is_flag=True, help=N_("The five planning dimensions with the metrics under each."))
@click.pass_obj
def command(session: Session, query: str, category: str, plan: bool) -> None:
    """List or search the library."""
    from kpi_tui.report.lists import metrics_report
    from kpi_tui.report.planning import plan_report

    if plan and (query or category):
        raise UsageError(_("--plan shows the whole library; leave out QUERY and --category"))
    with session.book() as book:
        if plan:
            session.show(plan_report(book.library.plan(), book.library.roles_of))
            return
        known = book.workspace.categories
        if category and category not in known:
            raise UsageError(
                _("there is no category {name}; there are {known}", name=repr(category), known=", ".join(known))
            )
        found = book.library.search(query, category)
        if not found:
            say(_("Nothing matches; `kpi-tui metrics` lists the whole library."))
        session.show(metrics_report([_entry(book, metric) for metric in found]))


def _entry(book: Book, metric: Metric) -> Entry:
    from kpi_tui.report.lists import Entry

    live, missing = book.numbers.is_live(metric.id)
    roles, settings = book.library.roles_of(metric.id), book.numbers.settings_of(metric.id)
    return Entry(metric, book.numbers.tables_of(metric.id), live, "" if live else missing, roles, settings)
