"""Whose scorecard: a role, one of its values, a person or a team to choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from kpi_tui.definitions.library.analysis_parts import ScoresPart
from kpi_tui.definitions.role import Role, owner_of
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import _
from kpi_tui.tui.answers import Answers
from kpi_tui.tui.computing.questions import RoleValuesQuestion
from kpi_tui.tui.host import Host
from kpi_tui.tui.overlays.choice import Choice, named
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.views.names import owner_name

Values = Mapping[str, Sequence[str]]
"""Of roles that are scored by the values of a column: those values."""
TEAM = "team "
"""Before the key of a team: its score is on the page of people."""


def role_choices(space: Workspace, language: str, values: Values | None = None) -> list[Choice]:
    """Roles in the order of the workspace, each with its values below, then people."""
    roles = [one for role in space.roles.values() for one in _of_role(space, role, language, values or {})]
    people = [
        named(person, " + ".join(_role_names(space, person.roles, language)))
        for person in space.people.values()
        if not person.is_team
    ]
    return roles + people


def _of_role(space: Workspace, role: Role, language: str, values: Values) -> Iterator[Choice]:
    yield named(role, role.duty.get(language))
    for owner in (owner_of(role.id, value) for value in values.get(role.id, ())):
        yield Choice(owner, owner_name(space, owner).both(language), "", owner)


def _page_of_people(space: Workspace) -> str:
    """The page that has the scores of people and teams; "" where there is none."""
    parts = ((page.id, section.part) for page in space.pages.values() for section in page.sections)
    return next((id_ for id_, part in parts if isinstance(part, ScoresPart) and part.of == "people"), "")


def _role_names(space: Workspace, roles: tuple[str, ...], language: str) -> list[str]:
    known = space.roles
    return [known[role].name.get(language) if role in known else role for role in roles]


def pick_role(app: Host, answers: Answers) -> None:
    """Ask for a role, one of its values, a person or a team and show it; values are counted first."""
    if app.book is None:
        return
    space, period = app.book.workspace, app.view.period
    space = space.at(period) if period else space
    if period is not None and any(role.per for role in space.roles.values()):
        none: Values = {}
        answers.ask(RoleValuesQuestion(period), partial(_pick, app, space), lambda _why: _pick(app, space, none))
    else:
        _pick(app, space, {})


def _pick(app: Host, space: Workspace, values: Values) -> None:
    choices = role_choices(space, app.language, values)
    if not choices:
        app.say(_("No posts yet: O opens your files, 7 Design makes posts of a preset or of your own."), "warning")
        return

    page = _page_of_people(space)
    teams = [one for one in space.people.values() if one.is_team] if page else []
    choices += [replace(named(team, _("team")), key=TEAM + team.id) for team in teams]

    async def chosen(role: str | None) -> None:
        if role is not None and role.startswith(TEAM):
            app.look(page=page)
            await app.action_go("page")
        elif role is not None:
            app.look(role=role)

    screen = ChoiceScreen(_("Whose scorecard?"), choices, app.view.role)
    app.push_screen(screen, chosen)
    screen.call_after_refresh(app.release_keys)
