"""`kpi-tui person …`: people and the posts they hold, saved at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kpi_tui.commands.base.click_classes import Group
from kpi_tui.commands.base.options import option, period_option
from kpi_tui.commands.definitions.define import show_history
from kpi_tui.commands.definitions.role import counting
from kpi_tui.commands.definitions.saved_definitions import dated, known_id, save
from kpi_tui.commands.definitions.typed_values import number
from kpi_tui.definitions.issue import UsageError
from kpi_tui.text.i18n import N_, _

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.group(cls=Group, name="person", help=N_("People and the posts they hold."))
def command() -> None:
    """People."""


@command.command("list", help=N_("Everybody, with the posts they hold."))
@period_option()
@click.pass_obj
def list_(session: Session, period: str, grain: str) -> None:
    """Show the people who count in a period."""
    from kpi_tui.views.targets.roles import people

    with session.book() as book:
        session.show(people(counting(book, period, grain)))


@command.command("set", help=N_("Add somebody, or change name or posts: --roles operations,content"))
@click.argument("person", metavar="ID")
@option("--name", default="", metavar="TEXT", help=N_("The name."))
@option("--roles", default=None, metavar="LIST", help=N_("The posts held, the main one first: operations,content"))
@option("--bonus-base", "base", default="", metavar="N", help=N_("Money the bonus is reckoned from; - takes it out."))
@dated()
@click.pass_obj
def set_(session: Session, person: str, name: str, roles: str | None, base: str, since: str, why: str) -> None:
    """Set a person and save."""
    with session.book() as book:
        held = None if roles is None else [role.strip() for role in roles.replace("，", ",").split(",") if role.strip()]
        path = ("people", person)
        wanted: dict[tuple[str, ...], Any] = {}
        if person not in book.definitions.ids("people"):
            if not held:
                raise UsageError(_("{name} is new: say the posts held with --roles", name=repr(person)))
            wanted[path] = {"name": name or person, "roles": held}
        else:
            wanted |= {(*path, "name"): name} if name else {}
            wanted |= {(*path, "roles"): held} if held is not None else {}
        if base:
            wanted[(*path, "bonus_base")] = None if base == "-" else number(base)
        save(session, book, wanted, since, why)


@command.command("remove", help=N_("Somebody leaves; what they were scored by before stays."))
@click.argument("person", metavar="ID")
@dated()
@click.pass_obj
def remove(session: Session, person: str, since: str, why: str) -> None:
    """End a person and save."""
    with session.book() as book:
        save(session, book, {("people", known_id(book, "people", person)): None}, since, why)


@command.command("history", help=N_("Every edit of people, or of one."))
@click.argument("person", metavar="[ID]", required=False, default="")
@click.pass_obj
def history(session: Session, person: str) -> None:
    """Show the history, newest first."""
    show_history(session, ("people", person) if person else ("people",))
