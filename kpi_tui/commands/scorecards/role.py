"""`kpi-tui role list` and `role allocation`: who is scored by what (spec R015)."""

from __future__ import annotations

import click

from kpi_tui.commands.base.click_classes import Group
from kpi_tui.commands.base.session import Session
from kpi_tui.text.i18n import N_


@click.group(cls=Group, name="role", help=N_("Roles and their weighted metrics."))
def command() -> None:
    """Roles."""


@command.command("list", help=N_("Every role with its metrics, weights and people."))
@click.pass_obj
def list_(session: Session) -> None:
    """Show the roles."""
    from kpi_tui.views.targets.roles import roles

    with session.book() as book:
        session.show(roles(book.workspace))


@command.command("allocation", help=N_("Metric by role: who is scored by what, with which weight."))
@click.pass_obj
def allocation(session: Session) -> None:
    """Show the matrix."""
    from kpi_tui.views.targets.allocation import allocation as allocation_view

    with session.book() as book:
        session.show(allocation_view(book.workspace, book.library.off_focus))
