"""Definitions by id as they come out of files: what was read, and which ids are spoilt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeVar

from kpi_tui.definitions.issue import Issue, Place, Severity
from kpi_tui.definitions.message import say
from kpi_tui.workspace import duplicates
from kpi_tui.workspace.toml.fields import Fields, kind_of
from kpi_tui.workspace.toml.source import TomlFile

SQL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
PLAIN_NAME = re.compile(r"\w[\w\-]{0,62}")  # roles and people may be written in Chinese


class Placed(Protocol):
    """Anything that knows where it was said."""

    @property
    def place(self) -> Place: ...


T = TypeVar("T", bound=Placed)


@dataclass
class Collected(Generic[T]):
    """Sound definitions by id, the ids whose definition has an error, and what of those can still be checked."""

    items: dict[str, T] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    suspects: dict[str, T] = field(default_factory=dict)

    def drop(self, ids: Iterable[str]) -> None:
        """Take definitions out that a later check found wrong."""
        for key in ids:
            self.items.pop(key, None)
            self.broken.add(key)


ReadDefinition = Callable[[str, Fields], T]


def collect(
    sources: Iterable[TomlFile],
    section: str,
    read: ReadDefinition[T],
    issues: list[Issue],
    names: re.Pattern[str] = SQL_NAME,
) -> Collected[T]:
    """Every `[section.id]` of the files; a second definition of an id in another file is an error."""
    found: Collected[T] = Collected()
    for source in sources:
        entries, spoilt, problems = _of_file(source, section, read, names)
        issues += problems
        found.broken |= spoilt
        for key, item, is_sound in entries:
            if first := found.items.get(key):
                Fields(source, (section, key), {}, issues).problem(*duplicates.defined_again(key, first.place))
            elif is_sound:
                found.items[key] = item
            else:
                found.broken.add(key)
                found.suspects[key] = item
    return found


@lru_cache(maxsize=512)
def _of_file(
    source: TomlFile, section: str, read: ReadDefinition[Any], names: re.Pattern[str]
) -> tuple[tuple[tuple[str, Any, bool], ...], frozenset[str], tuple[Issue, ...]]:
    """The definitions of one file, sound or not, spoilt ids, and problems; a file that did not change is read once."""
    issues: list[Issue] = []
    spoilt: set[str] = set()
    entries = []
    for key, fields in _tables(source, section, issues, spoilt, names):
        item = read(key, fields)
        fields.finish()
        entries.append((key, item, not fields.broken))
    return tuple(entries), frozenset(spoilt), tuple(issues)


def _tables(
    source: TomlFile, section: str, issues: list[Issue], broken: set[str], names: re.Pattern[str]
) -> Iterable[tuple[str, Fields]]:
    tables = source.data.get(section, {})
    if not isinstance(tables, dict):
        issues.append(
            _wrong(
                source,
                (section,),
                say("{section!r} must be a table", section=section),
                say("write [{section}.some_id]", section=section),
            )
        )
        return
    for key, data in tables.items():
        if not isinstance(data, dict):
            message = say("{section}.{key} must be a table, not {kind}", section=section, key=key, kind=kind_of(data))
            issues.append(
                _wrong(source, (section, key), message, say("write [{section}.{key}]", section=section, key=key))
            )
            broken.add(key)
        elif not names.fullmatch(key):
            issues.append(_wrong(source, (section, key), *cannot_be_an_id(key)))
        else:
            yield key, Fields(source, (section, key), data, issues)


def cannot_be_an_id(key: str) -> tuple[str, str]:
    """The sentence about a name that is none, and what to do."""
    return say("{key!r} cannot be an id", key=key), say("use letters, digits and _ and begin with a letter")


def _wrong(source: TomlFile, path: tuple[str, ...], message: str, hint: str) -> Issue:
    place = source.place(*path)
    return Issue(Severity.ERROR, message, hint, place.file, place.line, place.key, "type")
