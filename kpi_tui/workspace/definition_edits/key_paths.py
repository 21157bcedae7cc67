"""Key paths through plain TOML data; the tables of a list are named by what tells them apart (a line by its metric)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.workspace.definition_edits.sections import NATURAL_KEYS

LONGEST_NAME, LONGEST_TEXT = 100, 4000
"""Letters of a name, and of any other text, that is edited here."""


def value_at(data: Any, path: KeyPath) -> Any:
    """What stands at a path; None where nothing does."""
    around = ""
    for key in path:
        if isinstance(data, list):
            place = place_of(data, around, key)
            data = None if place is None else data[place]
        else:
            data = data.get(key) if isinstance(data, dict) else None
        around = key
    return data


def put(data: Any, path: KeyPath, value: Any, around: str = "") -> None:
    """Set what stands at a path, or remove it (None). `around`: the key under which `data` itself stands.

    Tables on the way are made. UsageError where the way leads through something that is no table.
    """
    key, *rest = path
    if isinstance(data, list):
        _put_in_list(data, key, tuple(rest), value, around)
    elif not isinstance(data, dict):
        raise UsageError(say("{key} holds no keys of its own; set it as a whole", key=around))
    elif rest:
        if key not in data:
            if value is None:
                return
            data[key] = [] if key in NATURAL_KEYS else {}
        put(data[key], tuple(rest), value, key)
        if data[key] == {}:
            del data[key]
    elif value is None:
        data.pop(key, None)
    else:
        data[key] = value


def check_length(path: KeyPath, value: Any) -> None:
    """UsageError for a text that no screen could show."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            check_length(path if key in ("en", "zh") else (*path, key), inner)
    elif isinstance(value, list):
        for inner in value:
            check_length(path, inner)
    elif isinstance(value, str):
        most = LONGEST_NAME if path[-1] == "name" else LONGEST_TEXT
        if len(value) > most:
            raise UsageError(
                say(
                    "{path} has {count} letters; at most {most} can be kept",
                    path=".".join(path),
                    count=len(value),
                    most=most,
                )
            )


def place_of(tables: Sequence[Any], around: str, key: str) -> int | None:
    """The place of the table of a list that bears a natural key."""
    name = NATURAL_KEYS.get(around, "")
    return next((n for n, table in enumerate(tables) if isinstance(table, dict) and table.get(name) == key), None)


def _put_in_list(tables: list[Any], key: str, rest: KeyPath, value: Any, around: str) -> None:
    if around not in NATURAL_KEYS:
        raise UsageError(say("{key} is a list without keys; set it as a whole", key=around))
    name, place = NATURAL_KEYS[around], place_of(tables, around, key)
    if not rest and value is None:
        if place is not None:
            del tables[place]
        return
    if place is None:
        if value is None:
            return
        tables.append({name: key})
        place = len(tables) - 1
    if rest:
        put(tables[place], rest, value, key)
    else:
        tables[place] = {name: key, **value}
