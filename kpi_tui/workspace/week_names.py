"""Forms that begin with a week (`from = "2026-W45"`) where weeks do not begin on Monday: other days than ISO 8601 says.

A workspace whose `week_start` was changed reads them as other days, and nothing in the file tells.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpi_tui.definitions.calendar import ISO
from kpi_tui.definitions.dated import forms
from kpi_tui.definitions.issue import Issue, Place, Severity
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.role import Person, Role
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.definition_edits.sections import WORKSPACE


def weeks_of_another_start(workspace: Workspace) -> Iterator[Issue]:
    """A hint at every form of a role, a person, the bonus or the north star that begins with such a week."""
    if workspace.calendar.week_start == ISO.week_start:
        return
    people: list[Role | Person] = [*workspace.dated.roles.values(), *workspace.dated.people.values()]
    for form in (form for one in people for form in forms(one)):
        yield from _told(form.id, form.since, form.place)
    for name, first in (("bonus", workspace.dated.bonus), ("north_star", workspace.dated.north_star)):
        for since in (form.since for form in forms(first)):
            yield from _told(name, since, Place(WORKSPACE, 0, name))


def _told(name: str, since: Period | None, place: Place) -> Iterator[Issue]:
    if since is None or since.grain is not Grain.WEEK:
        return
    yield Issue(
        Severity.HINT,
        say(
            "{name}: from = {week!r} begins on {day}, for weeks do not begin on Monday here",
            name=name,
            week=since.id,
            day=since.start,
        ),
        say('if it was written when weeks began on another day, write the first day it means: from = "2026-11-02"'),
        file=place.file,
        line=place.line,
        key=f"{place.key}.from",
        code="week-from",
    )
