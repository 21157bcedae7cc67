"""`kpi-tui role list`: who is scored by what."""

from __future__ import annotations

import click

from kpi_tui.commands.asking import metric_namer
from kpi_tui.commands.session import Session
from kpi_tui.commands.words import Group
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
