"""`kpi-tui role …`: who is scored by what, in which period, and what changes it (R015)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Group
from kpi_tui.commands.base.options import period_option, read_period
from kpi_tui.commands.definitions.role_edits import EDITS
from kpi_tui.definitions.issue import TableError
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.commands.base.session import Session
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.workspace import Workspace


@click.group(
    cls=Group,
    name="role",
    help=N_("Roles and their weighted metrics: list, add, set, line, weights, remove, history, undo."),
)
def command() -> None:
    """Roles."""


for _command in EDITS:
    command.add_command(_command)


@command.command("list", help=N_("Every role with its metrics, weights and people."))
@period_option()
@click.pass_obj
def list_(session: Session, period: str, grain: str) -> None:
    """Show the roles that count in a period."""
    from kpi_tui.views.targets.roles import roles

    with session.book() as book:
        session.show(roles(counting(book, period, grain)))


@command.command("allocation", help=N_("Metric by role: who is scored by what, with which weight."))
@period_option()
@click.pass_obj
def allocation(session: Session, period: str, grain: str) -> None:
    """Show the matrix of a period."""
    from kpi_tui.views.targets.allocation import allocation as allocation_view

    with session.book() as book:
        when, space = _when(book, period, grain), counting(book, period, grain)
        session.show(allocation_view(space, lambda role, metric: book.library.off_focus(role, metric, when)))


def counting(book: Book, period: str, grain: str) -> Workspace:
    """The workspace as it counts in the period; without data the latest forms of what has not ended."""
    when = _when(book, period, grain)
    return book.workspace.lasting if when is None else book.workspace.at(when)


def _when(book: Book, period: str, grain: str) -> Period | None:
    """The period meant; None where nothing has a date, or no data say which period is the present one."""
    try:
        return read_period(book, period, grain) if book.workspace.dated.changes else None
    except TableError:
        return None
