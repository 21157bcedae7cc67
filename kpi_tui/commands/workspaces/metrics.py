"""`kpi-tui metrics [QUERY]`: the library (R167)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option
from kpi_tui.commands.base.session import Session, say
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import listed
from kpi_tui.text.i18n import N_, _

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.views.library.metric_list import MetricFacts


@click.command(cls=Command, name="metrics", help=N_("The library of metrics; QUERY matches ids and names, 中文 too."))
@click.argument("query", required=False, default="", metavar="[QUERY]")
@option("--category", default="", metavar="C", help=N_("Only this shelf of the library."))
@option("--plan", is_flag=True, help=N_("The five planning dimensions with the metrics under each."))
@option("--stages", is_flag=True, help=N_("What is planned for every stage of a user's life."))
@click.pass_obj
def command(session: Session, query: str, category: str, plan: bool, stages: bool) -> None:
    """List or search the library."""
    from kpi_tui.views.library.life_stages import life_stages
    from kpi_tui.views.library.metric_list import library
    from kpi_tui.views.library.metric_list import plan as plan_view

    if plan and (query or category):
        raise UsageError(_("--plan shows the whole library; leave out QUERY and --category"))
    with session.book() as book:
        if stages:
            session.show(life_stages(book.workspace.stages.values()))
            return
        if plan:
            session.show(plan_view(book.library.plan(), book.library.roles_of))
            return
        known = book.workspace.categories
        if category and category not in known:
            raise UsageError(
                _("there is no category {name}; there are {known}", name=repr(category), known=listed(known))
            )
        found = book.library.search(query, category)
        if not found:
            say(_("Nothing matches; `kpi-tui metrics` lists the whole library."))
        facts = {metric.id: _facts(book, metric.id) for metric in found}
        session.show(library(found, facts.__getitem__, book.workspace))


def _facts(book: Book, metric: str) -> MetricFacts:
    from kpi_tui.views.library.metric_list import MetricFacts

    live, missing = book.numbers.is_live(metric)
    tables, roles, settings = (
        book.numbers.tables_of(metric),
        book.library.roles_of(metric),
        book.numbers.settings_of(metric),
    )
    return MetricFacts(live, missing, tables, roles, settings)
