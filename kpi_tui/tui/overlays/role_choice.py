"""Whose scorecard: a role or a person to choose."""

from __future__ import annotations

from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import _
from kpi_tui.tui.host import Host
from kpi_tui.tui.overlays.choice import Choice, named
from kpi_tui.tui.overlays.choice_list import ChoiceScreen


def role_choices(space: Workspace, language: str) -> list[Choice]:
    """Roles in the order of the workspace, then people; a team's score is on the page of people."""
    roles = [named(role, role.duty.get(language)) for role in space.roles.values()]
    people = [
        named(person, " + ".join(_role_names(space, person.roles, language)))
        for person in space.people.values()
        if not person.is_team
    ]
    return roles + people


def _role_names(space: Workspace, roles: tuple[str, ...], language: str) -> list[str]:
    known = space.roles
    return [known[role].name.get(language) if role in known else role for role in roles]


def pick_role(app: Host) -> None:
    """Ask for a role or person and show it."""
    if app.book is None:
        return
    space = app.book.workspace
    choices = role_choices(space.at(app.view.period) if app.view.period else space, app.language)
    if not choices:
        app.say(_("No posts yet: O opens your files, 7 Design makes posts of a preset or of your own."), "warning")
        return

    def chosen(role: str | None) -> None:
        if role is not None:
            app.look(role=role)

    app.push_screen(ChoiceScreen(_("Whose scorecard?"), choices, app.view.role), chosen)
