"""The keys of a definition, one a row: what stands there, and what may."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kpi_tui.definitions.answers.definition_key import DefinitionKey, KeyKind
from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.text import Text
from kpi_tui.text.format import DASH
from kpi_tui.text.i18n import N_, language
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import text
from kpi_tui.views.reasons import known
from kpi_tui.views.view import Column, Sheet, View, listed

_KINDS = {
    KeyKind.TEXT: N_("text"),
    KeyKind.NAMES: N_("names, with commas"),
    KeyKind.NUMBER: N_("number"),
    KeyKind.SWITCH: N_("true, false"),
    KeyKind.DAY: N_("day"),
    KeyKind.LIST: N_("list"),
    KeyKind.TABLE: N_("keys of its own"),
    KeyKind.TABLES: N_("keys of its own"),
}


def definition(path: KeyPath, keys: Sequence[DefinitionKey]) -> View:
    """A row per key of the table at a path (() is workspace.toml)."""
    return View(sheets=(_sheet(path, keys),), data=[_data(key) for key in keys])


def _sheet(path: KeyPath, keys: Sequence[DefinitionKey]) -> Sheet:
    return listed(
        keys,
        [
            (Column("key", phrase("Key")), lambda key: text(key.name)),
            (
                Column("value", phrase("Value"), flex=1),
                lambda key: text(_value(key), "muted" if key.value is None else "", _exact(key.value)),
            ),
            (Column("may", phrase("What may stand there"), drop=1), lambda key: text(_may(key), "muted")),
        ],
        lambda key: key.name,
        joined(*(path or ("workspace.toml",)), between=" › "),
        name="definition",
    )


def _value(key: DefinitionKey) -> Word:
    """What stands there in short; what holds by itself where nothing does."""
    value = key.default if key.value is None else key.value
    if value is None:
        return DASH
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return _both(value) if set(value) <= {"en", "zh"} else joined(*map(_short, value.items()), between=", ")
    if isinstance(value, list):
        if any(isinstance(one, Mapping) for one in value):
            return phrases("{count} entry", "{count} entries", len(value))
        return joined(*map(str, value), between=", ")
    return str(value)


def _exact(value: Any) -> Any:
    """As csv and a workbook have it."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | Mapping) else value


def _both(value: Mapping[str, str]) -> Text:
    return Text(value.get("en", ""), value.get("zh", ""))


def _short(pair: tuple[str, Any]) -> Word:
    name, value = pair
    return joined(name, "…" if isinstance(value, list | Mapping) else str(value), between=" ")


def _may(key: DefinitionKey) -> Word:
    return joined(*key.choices, between=", ") if key.choices else known(_KINDS.get(key.kind, _KINDS[KeyKind.TEXT]))


def _data(key: DefinitionKey) -> dict[str, object]:
    return {
        "path": list(key.path),
        "kind": key.kind.value,
        "value": key.value,
        "default": key.default,
        "choices": list(key.choices),
    }


def as_typed(key: DefinitionKey) -> str:
    """The value as a person would type it; a text in both languages in the one in force."""
    if isinstance(key.value, Mapping) and set(key.value) <= {"en", "zh"}:
        return _both(key.value).get(language())
    if key.kind is KeyKind.NAMES and isinstance(key.value, list):
        return ", ".join(map(str, key.value))
    if key.value is None or isinstance(key.value, str):
        return key.value or ""
    return f"{key.value:g}" if isinstance(key.value, int | float) else _literal(key.value)


def _literal(value: Any) -> str:
    """As TOML writes it in one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_literal(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else f"{value:g}"
