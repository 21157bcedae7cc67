"""`kpi-tui target year [ROLE]`: a year's targets in its months, with what is done and what is still needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_role
from kpi_tui.commands.base.options import A_YEAR, PART_GRAINS, PART_LENGTH, option
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.commands.base.session import Session


@click.command(
    "year", cls=Command, help=N_("A year's targets in its months: what they come to, what is done, what is needed.")
)
@click.argument("role", required=False, metavar="[ROLE]", shell_complete=complete_role)
@option("--period", default="current", metavar="P", help=A_YEAR)
@option("--by", type=click.Choice(PART_GRAINS), default=Grain.MONTH.value, help=PART_LENGTH)
@click.pass_obj
def year(session: Session, role: str | None, period: str, by: str) -> None:
    """Show it; as a file it can be changed and imported."""
    with session.book() as book:
        show_year(session, book, role, book.period(period, Grain.YEAR), Grain(by))


def show_year(session: Session, book: Book, role: str | None, when: Period, grain: Grain) -> None:
    """The sheet of a year, of a role or of all."""
    from kpi_tui.views.targets.year import year_sheet

    roles = (role,) if role else ()
    with session.progress() as progress:
        known = book.year_sheets.actuals(when, grain, roles, progress=progress)
    session.show(year_sheet(book.year_sheets.sheet(when, grain, roles, known), book.workspace), when)
