"""Roles and people: known metrics, weights of 100 (R036), known roles, readable target files."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.dated import forms
from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.role import Person, Role, role_and_value
from kpi_tui.workspace.check.contradiction import Contradictions, Located
from kpi_tui.workspace.parse.collected import Collected

FULL = 100.0


def check_role(first: Role, metrics: Collected[Metric], report: Contradictions) -> None:
    """Unknown metrics, and weights that do not sum to 100, of any of its forms: the role is refused."""
    for role in {id(form.lines): form for form in reversed(forms(first))}.values():
        _check_form(role, metrics, report)


def check_per(first: Role, columns: Collection[str], report: Contradictions) -> None:
    """A column that no table or fact has, in any of its forms."""
    for per in dict.fromkeys(form.per for form in forms(first) if form.per):
        if per not in columns:
            report.unknown(first, "per", say("column"), per, columns, "column")


def _check_form(role: Role, metrics: Collected[Metric], report: Contradictions) -> None:
    for line in role.lines:
        at = Located(role.id, line.place)
        for other in line.instead:
            if other not in metrics.items:
                report.unknown(at, "instead", say("metric"), other, metrics.items)
        if line.metric in metrics.items:
            continue
        if line.metric in metrics.broken:
            report.follows(at, "metric", say("metric"), line.metric)
        else:
            report.unknown(at, "metric", say("metric"), line.metric, metrics.items)
    total = sum(line.weight for line in role.lines)
    if abs(total - FULL) > 1e-6:
        hint = say("change a weight by {change:+g}", change=FULL - total)
        report.error(role, "lines", say("the weights sum to {total:g}, not 100", total=total), hint, "R036")


def check_person(
    person: Person, roles: Collected[Role], report: Contradictions, people: Collected[Person] | None = None
) -> None:
    """Unknown roles of a person, unknown members of a team, in any of the forms."""
    known = {**roles.items, **(people.items if people else {})}
    for member in dict.fromkeys(member for form in forms(person) for member in form.members):
        role, value = role_and_value(member)
        found = known.get(role)
        if found is None or (value is not None and not (isinstance(found, Role) and found.per)):
            report.unknown(person, "members", say("person or role"), member, known)
        elif isinstance(found, Person) and found.is_team:
            hint = say("name its members one by one")
            report.error(person, "members", say("{name} is a team itself", name=member), hint, "team")
    for name in dict.fromkeys(name for form in forms(person) for name in form.roles):
        if name in roles.broken:
            report.follows(person, "roles", say("role"), name)
        elif name not in roles.items:
            report.unknown(person, "roles", say("role"), name, roles.items)


def check_target_names(folder: Path, calendar: Calendar, issues: list[Issue]) -> None:
    """Files of `targets/` are named after periods."""
    if not folder.is_dir():
        return
    for path in sorted(folder.glob("*.toml")):
        if path.name.startswith("."):
            continue
        try:
            Period.parse(path.stem.replace("--", "/"), calendar)
        except ValueError as error:
            shown = f"{folder.name}/{path.name}"
            hint = _other_name(path.stem, calendar)
            issues.append(
                Issue(Severity.ERROR, say("bad period: {error}", error=error), hint, shown, 0, "period", "period")
            )


def _other_name(stem: str, calendar: Calendar) -> str:
    """What the file is to be called: by the same days where they have a name in the calendar."""
    try:
        old = Period.parse(stem, ISO)
    except ValueError:
        return say("rename the file after its period, such as 2026-10.toml")
    same = Period.containing(old.start, old.grain, calendar)
    name = same.id if same == old else f"{old.start}--{old.last_day}"
    return say(
        "as a calendar period it is {first} to {last}: `kpi-tui target calendar` calls it {name}, or set [calendar] of "
        "workspace.toml back",
        first=old.start,
        last=old.last_day,
        name=name,
    )
