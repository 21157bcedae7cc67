"""Forms that begin with a week (`from = "2026-W45"`) where weeks do not begin on Monday: other days than ISO 8601 says.

A workspace whose `week_start` was changed reads them as other days, and nothing in the file tells.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpi_tui.definitions.calendar import ISO
from kpi_tui.definitions.dated import forms
from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.role import Person, Role
from kpi_tui.definitions.workspace import Workspace


def weeks_of_another_start(workspace: Workspace) -> Iterator[Issue]:
    """A hint at every form of a role or a person that begins with such a week."""
    if workspace.calendar.week_start == ISO.week_start:
        return
    first: list[Role | Person] = [*workspace.dated.roles.values(), *workspace.dated.people.values()]
    for one in first:
        for form in forms(one):
            if form.since is not None and form.since.grain is Grain.WEEK:
                yield _told(form, form.since)


def _told(form: Role | Person, since: Period) -> Issue:
    return Issue(
        Severity.HINT,
        say(
            "{name}: from = {week!r} begins on {day}, for weeks do not begin on Monday here",
            name=form.id,
            week=since.id,
            day=since.start,
        ),
        say('if it was written when weeks began on another day, write the first day it means: from = "2026-11-02"'),
        file=form.place.file,
        line=form.place.line,
        key=f"{form.place.key}.from",
        code="week-from",
    )
