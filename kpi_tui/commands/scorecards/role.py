"""`kpi-tui role list` and `role allocation`: who is scored by what (spec R015)."""

from __future__ import annotations

import click

from kpi_tui.commands.base.click_classes import Group
from kpi_tui.commands.base.options import metric_namer
from kpi_tui.commands.base.session import Session
from kpi_tui.text.i18n import N_, language


@click.group(cls=Group, name="role", help=N_("Roles and their weighted metrics."))
def command() -> None:
    """Roles."""


@command.command("list", help=N_("Every role with its metrics, weights and people."))
@click.pass_obj
def list_(session: Session) -> None:
    """Show the roles."""
    from kpi_tui.report.lists import roles_report

    with session.book() as book:
        people = book.workspace.people.values()
        holders = {
            id_: tuple(person.name.get(language()) or person.id for person in people if id_ in person.roles)
            for id_ in book.workspace.roles
        }
        session.show(roles_report(book.workspace.roles.values(), holders, metric_namer(book)))


@command.command("allocation", help=N_("Metric by role: who is scored by what, with which weight."))
@click.pass_obj
def allocation(session: Session) -> None:
    """Show the matrix."""
    from kpi_tui.report.planning import allocation_report

    with session.book() as book:
        session.show(allocation_report(list(book.workspace.roles.values()), metric_namer(book), book.library.off_focus))
