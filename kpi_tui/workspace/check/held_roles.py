"""People who hold a role in periods in which it does not count: what they are scored by lacks it (R033)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from kpi_tui.definitions.dated import forms
from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.message import say
from kpi_tui.definitions.role import Person, Role
from kpi_tui.definitions.workspace import Workspace

T = TypeVar("T", Person, Role)


def roles_held_in_vain(workspace: Workspace) -> Iterator[Issue]:
    """A warning per person and role, at the form of the person that says so."""
    for person in workspace.dated.people.values():
        for name in dict.fromkeys(role for form in forms(person) for role in form.roles):
            if role := workspace.dated.roles.get(name):
                yield from _in_vain(person, role)


def _in_vain(person: Person, role: Role) -> Iterator[Issue]:
    days = sorted({*map(_day, forms(person)), *map(_day, forms(role))})
    for day in days:
        holder = _counting(person, day)
        if holder is None or role.id not in holder.roles or _counting(role, day) is not None:
            continue
        since = say("ever") if day == date.min else day.isoformat()
        message = say("person {person} holds {role} since {since}, when it does not count",
                      person=person.id, role=role.id, since=since)  # fmt: skip
        hint = say("give the person another role from then on, or end both")
        place = holder.place
        yield Issue(Severity.WARNING, message, hint, place.file, place.line, f"{place.key}.roles", "R033")
        return


def _counting(first: T, day: date) -> T | None:
    found = None
    for form in forms(first):
        if _day(form) <= day:
            found = form
    return None if found is None or found.gone else found


def _day(form: Person | Role) -> date:
    return form.since.start if form.since else date.min
