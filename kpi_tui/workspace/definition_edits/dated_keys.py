"""Keys of a definition in the form that counts since a period: read through its forms, set in the right one."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.period import Period
from kpi_tui.workspace.definition_edits.key_paths import put, value_at
from kpi_tui.workspace.parse.versions import FROM, GONE, VERSIONS

Table = dict[str, Any]


def form_since(entry: Mapping[str, Any], since: str) -> Table:
    """Every key in force since a period (its id; "": since ever), each as a whole; {} while there is none."""
    if not since:
        return {key: value for key, value in entry.items() if key not in (FROM, VERSIONS)}
    start = Period.parse(since).start
    if FROM in entry and Period.parse(entry[FROM]).start > start:
        return {}
    found = form_since(entry, "")
    for version in _in_order(entry):
        if Period.parse(version[FROM]).start <= start:
            found = {**{key: value for key, value in found.items() if key != GONE}, **version}
            found.pop(FROM)
    return {} if found.get(GONE) else found


def value_since(entry: Mapping[str, Any], keys: KeyPath, since: str) -> Any:
    """The value in force since a period; without keys the whole form."""
    form = form_since(entry, since)
    return value_at(form, keys) if keys else form or None


def put_since(entry: Table, keys: KeyPath, value: Any, since: str) -> None:
    """Set a key of the form that begins with a period, which is made where there is none; forms before it stay.

    A key that then says what the form before says is left out, and so is a form with nothing of its own.
    """
    if not since or (FROM in entry and Period.parse(entry[FROM]).start == Period.parse(since).start):
        put(entry, keys, value)
        return
    versions: list[Table] = entry.setdefault(VERSIONS, [])
    start = Period.parse(since).start
    version = next((one for one in versions if Period.parse(one[FROM]).start == start), None)
    if version is None:
        version = {FROM: since}
        later = [n for n, one in enumerate(versions) if Period.parse(one[FROM]).start > start]
        versions.insert(later[0] if later else len(versions), version)
    before = _before(entry, version)
    key = keys[0]
    if len(keys) > 1 and key not in version and key in before:
        version[key] = deepcopy(before[key])
    put(version, keys, value)
    if key in version and version[key] == before.get(key):
        del version[key]
    if version.keys() == {FROM} and not _ends_before(entry, version):
        versions.remove(version)
    if not versions:
        del entry[VERSIONS]


def _before(entry: Table, version: Table) -> Table:
    """The form that counted until this one began."""
    start = Period.parse(version[FROM]).start
    found = form_since(entry, "")
    for other in _in_order(entry):
        if Period.parse(other[FROM]).start < start:
            found = {**found, **other}
    for key in (FROM, GONE):
        found.pop(key, None)
    return found


def _ends_before(entry: Table, version: Table) -> bool:
    """Whether the definition was gone until this form, which begins it again."""
    start = Period.parse(version[FROM]).start
    earlier = [other for other in _in_order(entry) if Period.parse(other[FROM]).start < start]
    return bool(earlier and earlier[-1].get(GONE))


def _in_order(entry: Mapping[str, Any]) -> list[Table]:
    return sorted(entry.get(VERSIONS, []), key=lambda version: Period.parse(version[FROM]).start)
