"""Every key of a definition, one by one: what it can have, what stands there, and what is typed for it."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

from kpi_tui.definitions.answers.definition_key import DefinitionKey, KeyKind
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import listed, say

if TYPE_CHECKING:
    from kpi_tui.book.editing.definitions import Definitions
    from kpi_tui.definitions.edit import KeyPath
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.workspace import Workspace

_SWITCH = {"true": True, "yes": True, "false": False, "no": False}


class DefinitionKeys:
    """The keys of roles, people, stages, chains and of workspace.toml, in the words of TOML."""

    def __init__(self, workspace: Workspace, definitions: Definitions) -> None:
        self._workspace = workspace
        self._definitions = definitions

    def of(self, path: KeyPath, since: Period | None = None) -> tuple[DefinitionKey, ...]:
        """The keys of the table at a path in force since a period, unsaved edits included; () is workspace.toml.

        Of a section of several definitions (`roles`, `chains`) those there are, each a table.
        UsageError where there is no such definition, or the path leads to no table.
        """
        from kpi_tui.workspace.definition_edits.known_keys import known_keys

        if len(path) == 1 and (ids := self._ids(path[0])) is not None:
            value = self._definitions.value
            return tuple(DefinitionKey((*path, id_), KeyKind.TABLE, value((*path, id_), since)) for id_ in ids)
        return known_keys(path, self._form(path, since), self._workspace.settings)

    def _ids(self, section: str) -> list[str] | None:
        """The definitions of a section that holds several; None for any other."""
        space = self._definitions.workspace()
        several = {"roles": space.roles, "people": space.people, "stages": space.stages, "chains": space.chains}
        return list(several[section]) if section in several else None

    def find(self, path: KeyPath, since: Period | None = None) -> DefinitionKey:
        """One key. UsageError where there is none of that name."""
        from kpi_tui.definitions.names import did_you_mean

        keys = {key.name: key for key in self.of(path[:-1], since)}
        if path[-1] in keys:
            return keys[path[-1]]
        hint = did_you_mean(path[-1], keys, say("keys: {names}", names=listed(keys)))
        raise UsageError(say("{path}: there is no such key; {hint}", path=".".join(path), hint=hint))

    def typed(self, key: DefinitionKey, text: str, language: str = "") -> Any:
        """The value of what was typed: a text as it is, anything else as TOML writes it. UsageError where it is none.

        A text in both languages that is typed as one is that of `language`.
        """
        text = text.strip()
        if key.kind is KeyKind.SWITCH and text.lower() in _SWITCH:
            return _SWITCH[text.lower()]
        if key.kind is KeyKind.CHOICE and text not in key.choices:
            raise UsageError(
                say("{key} must be one of {names}, not {text!r}", key=key.name, names=listed(key.choices), text=text)
            )
        if key.kind is KeyKind.NAMES and not text.startswith("["):
            return [name.strip() for name in text.replace("，", ",").split(",") if name.strip()]
        plain = key.kind in (KeyKind.TEXT, KeyKind.CHOICE, KeyKind.DAY)
        if plain and not text.startswith("{"):
            return {**key.value, language: text} if isinstance(key.value, dict) and language else text
        try:
            value = tomllib.loads(f"value = {text}")["value"]
            json.dumps(value)  # a day or a time is nothing that a draft could keep
        except (ValueError, TypeError, RecursionError):
            raise self._unfit(key, text) from None
        if key.kind is KeyKind.NUMBER and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise self._unfit(key, text)
        return value

    def _unfit(self, key: DefinitionKey, text: str) -> UsageError:
        return UsageError(say("{key}: {text!r} is no {kind}", key=key.name, text=text[:60], kind=key.kind))

    def _form(self, path: KeyPath, since: Period | None) -> dict[str, Any]:
        """The definition that a path begins with."""
        from kpi_tui.workspace.definition_edits.sections import FREE, SECTIONS, WORKSPACE, section_of

        if not path or (place := section_of(path, FREE)).depth == 0 or place.short:
            names = [name for name, place in SECTIONS.items() if place.file == WORKSPACE]
            head = {name: self._definitions.value((name,), since if SECTIONS[name].short else None) for name in names}
            return {name: value for name, value in head.items() if value is not None}
        entry = path[: place.depth]
        found = self._definitions.value(entry, since)
        if found is None and len(entry) > 1:
            raise UsageError(say("there is no {path} in this workspace", path=".".join(entry)))
        return dict(found or {})
