"""Which keys a definition can have: those that its reader asks for, with what stands there now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kpi_tui.definitions.answers.definition_key import DefinitionKey, KeyKind
from kpi_tui.definitions.bonus import BonusRule
from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Setting
from kpi_tui.workspace.definition_edits.key_paths import place_of
from kpi_tui.workspace.definition_edits.sections import NATURAL_KEYS, SECTIONS
from kpi_tui.workspace.parse.chains import read_chain
from kpi_tui.workspace.parse.roles import read_person, read_role, read_stage
from kpi_tui.workspace.parse.versions import FROM, GONE, VERSIONS
from kpi_tui.workspace.parse.workspace import bonus_form, read_head
from kpi_tui.workspace.toml.fields import Fields
from kpi_tui.workspace.toml.source import TomlFile

_READERS: Mapping[str, Callable[[str, Fields], object]] = {
    "roles": read_role,
    "people": read_person,
    "stages": read_stage,
    "chains": read_chain,
    "bonus": lambda _key, fields: bonus_form(fields, BonusRule()),
}
_ELSEWHERE = (FROM, GONE, VERSIONS, "extends")  # since when it counts goes with the edit; another library is no edit


def known_keys(path: KeyPath, form: Mapping[str, Any], settings: Mapping[str, Setting]) -> tuple[DefinitionKey, ...]:
    """The keys of the table at a path; the path of a list of tables has a key for each of them.

    `form`: the definition that the path begins with, as plain data: (section, id), ("bonus",), or () for
    workspace.toml. `settings`: those in force, shipped ones included. UsageError where the path leads to no table.
    """
    depth = SECTIONS[path[0]].depth if path and not SECTIONS[path[0]].short else 0
    if path[:1] == ("settings",):
        own = form.get("settings", {})
        return tuple(_setting(key, own.get(key), default) for key, default in settings.items())
    fields = Fields(TomlFile("", {}), (), _with_tables(form, path[depth:]), [])
    if depth:
        _READERS[path[0]](path[depth - 1], fields)
    else:
        read_head(fields)
    found = _below(fields, path[:depth], path[depth:])
    return found if path else tuple(key for key in found if key.name in SECTIONS)


def _with_tables(form: Mapping[str, Any], path: KeyPath) -> dict[str, Any]:
    """The form with an empty table where a path leads into one that nobody has written yet."""
    found = dict(form)
    if path:
        below = found.get(path[0], {})
        if isinstance(below, dict):
            found[path[0]] = _with_tables(below, path[1:])
    return found


def _below(fields: Fields, done: KeyPath, rest: KeyPath) -> tuple[DefinitionKey, ...]:
    if not rest:
        names = dict.fromkeys((*fields.kinds, *sorted(fields.seen)))
        return tuple(_key(fields, done, name) for name in names if name not in _ELSEWHERE)
    name, more = rest[0], rest[1:]
    inner = fields.inner.get(name, [])
    if fields.kinds.get(name) is KeyKind.TABLES:
        if not more:
            natural = NATURAL_KEYS.get(name, "id")
            return tuple(
                DefinitionKey((*done, name, str(one.data.get(natural, ""))), KeyKind.TABLE, dict(one.data))
                for one in inner
            )
        place = place_of([dict(one.data) for one in inner], name, more[0])
        inner, name, more = [] if place is None else [inner[place]], more[0], more[1:]
        done = (*done, rest[0])
    if not inner:
        raise UsageError(say("{path} is no table", path=".".join((*done, name))))
    return _below(inner[0], (*done, name), more)


def _key(fields: Fields, done: KeyPath, name: str) -> DefinitionKey:
    choices = tuple(word for word in fields.choices.get(name, ()) if word)
    return DefinitionKey((*done, name), fields.kinds.get(name, KeyKind.TEXT), fields.data.get(name), choices)


def _setting(key: str, own: Setting | None, default: Setting) -> DefinitionKey:
    kinds = {bool: KeyKind.SWITCH, str: KeyKind.TEXT}
    return DefinitionKey(("settings", key), kinds.get(type(default), KeyKind.NUMBER), own, (), default)
