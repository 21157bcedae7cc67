"""`kpi-tui target split [ROLE]`: a year's targets over the months left, shown as the sheet of the year; then set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_role
from kpi_tui.commands.base.options import A_YEAR, PART_GRAINS, PART_LENGTH, WHY, option
from kpi_tui.commands.edits.saved_targets import saving
from kpi_tui.definitions.answers.targets.year_split import SplitBy
from kpi_tui.definitions.period import Grain
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    "split",
    cls=Command,
    help=N_("A year's targets, less what is done, over the months left: by last year's shape or by days."),
)
@click.argument("role", required=False, metavar="[ROLE]", shell_complete=complete_role)
@option("--period", default="current", metavar="P", help=A_YEAR)
@option("--over", type=click.Choice(PART_GRAINS), default=Grain.MONTH.value, help=PART_LENGTH)
@option(
    "--by", type=click.Choice([one.value for one in SplitBy]), default=SplitBy.SHAPE.value, help=N_("Shape or days.")
)
@option("--set", "accepted", is_flag=True, help=N_("Set the targets."))
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def split(session: Session, role: str | None, period: str, over: str, by: str, accepted: bool, why: str) -> None:
    """Show the sheet as it would be; set with --set."""
    from kpi_tui.views.targets.year import split_sheet

    with session.book() as book:
        when, grain, roles = book.period(period, Grain.YEAR), Grain(over), (role,) if role else ()
        with session.progress() as progress:
            found = book.year_splits.of(when, grain, SplitBy(by), roles, progress=progress)
            known = book.year_sheets.actuals(when, grain, roles, progress=progress)
        if accepted:
            with saving(session, book, why):
                book.year_splits.accept(found)
            return
        book.year_splits.accept(found)
        view = split_sheet(book.year_sheets.sheet(when, grain, roles, known), found, book.workspace)
        book.targets.discard()  # only shown
        session.show(view, when)
