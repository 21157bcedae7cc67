"""Keys of a definition in the form that counts since a period: read through its forms, set in the right one."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from kpi_tui.definitions.calendar import Calendar
from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from kpi_tui.workspace.definition_edits.key_paths import put, value_at
from kpi_tui.workspace.definition_edits.sections import SECTIONS
from kpi_tui.workspace.parse.versions import FROM, GONE, VERSIONS

Table = dict[str, Any]


def form_since(entry: Mapping[str, Any], since: str, calendar: Calendar) -> Table:
    """Every key in force since a period (its id in a calendar; "": since ever), each as a whole; {} while there is
    none."""
    found = {key: value for key, value in entry.items() if key not in (FROM, VERSIONS)}
    if not since:
        return found
    day = _first_day(since, calendar)
    if (begins := _begins(entry, calendar)) is not None and begins > day:
        return {}
    found, gone = _laid_over(found, [one for one in _versions(entry, calendar) if _day(one, calendar) <= day])
    return {} if gone else found


def value_since(entry: Mapping[str, Any], keys: KeyPath, since: str, calendar: Calendar) -> Any:
    """The value in force since a period; without keys the whole form."""
    form = form_since(entry, since, calendar)
    return value_at(form, keys) if keys else form or None


def holder_of(entry: Mapping[str, Any], keys: KeyPath, since: str, calendar: Calendar) -> str:
    """The period with which the form begins that says the value in force since a period; "": the first form."""
    day = _first_day(since, calendar)
    versions = [one for one in _versions(entry, calendar) if _day(one, calendar) <= day]
    return next((str(one[FROM]) for one in reversed(versions) if not keys or keys[0] in one), "")


def counting_in(data: Mapping[str, Any], period: Period) -> Table:
    """The data of a file with every dated definition as it counts in a period; those that do not count are left out."""
    found = dict(data)
    for name, place in SECTIONS.items():
        section = place.as_table(data.get(name))
        if not place.dated or not isinstance(section, dict):
            continue
        if place.depth == 1:
            found[name] = place.as_written(form_since(section, period.id, period.calendar))
        else:
            forms = {
                id_: form_since(one, period.id, period.calendar)
                for id_, one in section.items()
                if isinstance(one, dict)
            }
            found[name] = {id_: form for id_, form in forms.items() if form}
        if not found[name]:
            del found[name]
    return found


def put_since(entry: Table, keys: KeyPath, value: Any, since: str, calendar: Calendar) -> None:
    """Set a key of the form that begins with a period, which is made where there is none; forms before it stay.

    A key that then says what the form before says is left out, and so is a form with nothing of its own.
    """
    day = _first_day(since, calendar) if since else None
    if day is None or _begins(entry, calendar) == day:
        put(entry, keys, value)
        return
    version = next((one for one in _versions(entry, calendar) if _day(one, calendar) == day), None)
    if version is None:
        version = {FROM: since}
        versions = entry.setdefault(VERSIONS, [])
        later = [n for n, one in enumerate(versions) if _begins(one, calendar) and _day(one, calendar) > day]
        versions.insert(later[0] if later else len(versions), version)
    first = {name: kept for name, kept in entry.items() if name not in (FROM, VERSIONS)}
    before, gone = _laid_over(first, [one for one in _versions(entry, calendar) if _day(one, calendar) < day])
    key = keys[0]
    if len(keys) > 1 and key not in version and key in before:
        version[key] = deepcopy(before[key])
    put(version, keys, value)
    if key in version and version[key] == before.get(key):
        del version[key]
    if version.keys() == {FROM} and not gone:  # what begins anew has its form for that alone
        entry[VERSIONS] = [one for one in entry[VERSIONS] if one is not version]
    if not entry[VERSIONS]:
        del entry[VERSIONS]


def _first_day(since: str, calendar: Calendar) -> date:
    """UsageError for a period that was called so in a calendar which is no longer the workspace's."""
    try:
        return Period.parse(since, calendar).start
    except ValueError as error:
        raise UsageError(str(error)) from error


def _laid_over(first: Table, versions: list[Table]) -> tuple[Table, bool]:
    """The keys of the last form, and whether it is the end."""
    found, gone = dict(first), False
    for version in versions:
        gone = bool(version.get(GONE))
        found |= {key: value for key, value in version.items() if key not in (FROM, GONE)}
    return found, gone


def _versions(entry: Mapping[str, Any], calendar: Calendar) -> list[Table]:
    """The later forms that have a date, the earliest first."""
    listed = entry.get(VERSIONS)
    found = (
        [one for one in listed if isinstance(one, dict) and _begins(one, calendar)] if isinstance(listed, list) else []
    )
    return sorted(found, key=lambda one: _day(one, calendar))


def _begins(table: Mapping[str, Any], calendar: Calendar) -> date | None:
    """The first day a form counts; None: since ever, or nobody can read it (`check` says so)."""
    try:
        return Period.parse(str(table[FROM]), calendar).start if FROM in table else None
    except ValueError:
        return None


def _day(version: Mapping[str, Any], calendar: Calendar) -> date:
    return Period.parse(str(version[FROM]), calendar).start
