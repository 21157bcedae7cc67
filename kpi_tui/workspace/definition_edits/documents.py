"""The TOML files that hold a workspace's editable definitions, as plain data that edits are laid upon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from kpi_tui.definitions.calendar import Calendar
from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.issue import Issue, UsageError, WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.workspace.changed_definitions import shipped_stamp
from kpi_tui.workspace.definition_edits.dated_keys import holder_of, put_since, value_since
from kpi_tui.workspace.definition_edits.key_paths import put, value_at
from kpi_tui.workspace.definition_edits.sections import SECTIONS, TABLES, WORKSPACE, DefinitionPlace, section_of
from kpi_tui.workspace.find import shipped_config
from kpi_tui.workspace.parse.calendar import read_calendar
from kpi_tui.workspace.parse.versions import FROM, GONE
from kpi_tui.workspace.parse.workspace import STANDARD
from kpi_tui.workspace.toml.fields import Fields
from kpi_tui.workspace.toml.source import TomlFile, read_toml

FILES = tuple(dict.fromkeys(section.file for section in SECTIONS.values()))


class Documents:
    """Plain data by the name of its file, such as `roles/2-operations.toml`."""

    def __init__(self, sources: Mapping[str, TomlFile], beneath: Mapping[str, Any] | None = None) -> None:
        """`beneath`: what the workspace extends; an entry of it that is edited is taken over whole (`override.py`)."""
        self.sources = sources
        self.data: dict[str, dict[str, Any]] = {name: plain(source.data) for name, source in sources.items()}
        self._beneath = beneath or {}

    @classmethod
    def read(cls, root: Path) -> Documents:
        """The files as they stand. WorkspaceError names one that cannot be read: it is never written over."""
        found = cls._sources(root)
        extends = WORKSPACE in found and found[WORKSPACE].data.get("extends") == STANDARD
        own = root.resolve() == shipped_config().resolve()
        return cls(found, _shipped(shipped_stamp()) if extends and not own else None)

    @staticmethod
    def _sources(root: Path) -> dict[str, TomlFile]:
        found: dict[str, TomlFile] = {}
        for name in _names(root):
            source = read_toml(root / name, name)
            if isinstance(source, Issue) and name == TABLES:
                continue  # nothing of it can be agreed with; the other definitions can be edited
            if isinstance(source, Issue):
                raise WorkspaceError(
                    say("{file}:{line}: {message}", file=name, line=source.line, message=source.message), (source,)
                )
            found[name] = source
        return found

    def copy(self) -> Documents:
        """The same again, to be changed."""
        other = Documents({}, self._beneath)
        other.sources, other.data = self.sources, deepcopy(self.data)
        return other

    @property
    def calendar(self) -> Calendar:
        """The calendar as it is edited: what is edited is read by it once it is saved."""
        return _calendar(self.of(WORKSPACE))

    @property
    def _saved_calendar(self) -> Calendar:
        """The one in which the periods of edits are called."""
        return _calendar(self.sources[WORKSPACE].data if WORKSPACE in self.sources else {})

    def of(self, file: str) -> dict[str, Any]:
        """The data of a file; nothing where there is none."""
        return self.data.get(file, {})

    def file_of(self, path: KeyPath) -> str:
        """The file that holds a definition, else the one it would be written into."""
        section, entry = section_of(path), path[: section_of(path).depth]
        if not section.file.endswith("/"):
            return section.file
        holders = (name for name, data in self.data.items() if name.startswith(section.file) and value_at(data, entry))
        return next(holders, f"{section.file}{path[1]}.toml")

    def value(self, path: KeyPath, since: str = "") -> Any:
        """The value in force since a period ("": since ever).

        A definition as a whole where the path ends with it; of a section alone, what the workspace itself defines.
        """
        if len(path) == 1 and path[0] in SECTIONS and SECTIONS[path[0]].depth > 1:
            found = {key: self.value((path[0], key), since) for key in self.ids(path[0])}
            return {key: one for key, one in found.items() if one is not None} or None
        place = section_of(path)
        entry, keys = place.split(path)
        table = self._table(path, entry)
        if table is None:
            return None
        if not place.dated or (not keys and not since):
            return deepcopy(value_at(table, keys) if keys else table)
        return deepcopy(value_since(table, keys, since, self._saved_calendar))

    def ids(self, section: str) -> list[str]:
        """The ids of a section, whichever file holds them."""
        found: dict[str, None] = {}
        for data in self.data.values():
            found |= dict.fromkeys(value_at(data, (section,)) or ())
        return list(found)

    def is_dated(self, path: KeyPath) -> bool:
        """Whether what stands at a path may have later forms."""
        return section_of(path).dated

    def begins(self, path: KeyPath, since: str) -> str:
        """Since which period the value in force stands as it does; "": since ever."""
        place = section_of(path)
        entry, keys = place.split(path)
        table = self._table(path, entry) if place.dated else None
        return "" if table is None else holder_of(table, keys, since, self._saved_calendar)

    def put(self, path: KeyPath, value: Any, since: str = "") -> None:
        """Set a value since a period; None removes it. A definition as a whole begins, or ends, with the period."""
        place = section_of(path)
        entry, keys = place.split(path)
        if place.only and (path[-1] != place.only or self._table(path, entry) is None):
            raise UsageError(say("{path} cannot be edited here: data hang on it", path=".".join(path)))
        if value is None and self._table(path, entry) is None:
            return
        data, value = self.data.setdefault(self.file_of(path), {}), deepcopy(value)
        if place.short:
            _put_short(data, place, (*entry, *keys), value, since, self._saved_calendar)
            return
        if place.dated and since:
            _put_dated(data, entry, keys, value, since, self._saved_calendar)
            return
        shipped = value_at(self._beneath, entry) if entry else None
        if keys and shipped is not None and value_at(data, entry) is None:
            put(data, entry, deepcopy(shipped))
        put(data, path, value)
        if shipped is not None and value_at(data, entry) == shipped:
            put(data, entry, None)

    def _table(self, path: KeyPath, entry: KeyPath) -> Any:
        """The table of a definition: the own one, else that of the library beneath."""
        data = self.of(self.file_of(path))
        own = value_at(data, entry) if entry else data
        return section_of(path).as_table(value_at(self._beneath, entry) if own is None else own)


def _put_short(
    data: dict[str, Any], place: DefinitionPlace, path: KeyPath, value: Any, since: str, calendar: Calendar
) -> None:
    """Set a key of a definition that is written as its one value where it has no more than that."""
    name = path[0]
    if name in data:
        data[name] = place.as_table(data[name])
    if since:
        _put_dated(data, path[:1], path[1:], value, since, calendar)
    else:
        put(data, path, value)
    if name in data:
        data[name] = place.as_written(data[name])


def _calendar(head: Mapping[str, Any]) -> Calendar:
    return read_calendar(Fields(TomlFile(WORKSPACE, {}), (), head, []))


def _put_dated(data: dict[str, Any], entry: KeyPath, keys: KeyPath, value: Any, since: str, calendar: Calendar) -> None:
    table = value_at(data, entry)
    if keys:
        if table is None:
            put(data, (*entry, FROM), since)
        put_since(value_at(data, entry), keys, value, since, calendar)
    elif value is None:
        if table.get(FROM) == since:
            put(data, entry, None)
        else:
            put_since(table, (GONE,), True, since, calendar)
    elif table is None:
        put(data, entry, {FROM: since, **value})
    else:
        put_since(table, (GONE,), None, since, calendar)
        for key, item in value.items():
            put_since(table, (key,), item, since, calendar)


@lru_cache(maxsize=1)
def _shipped(_stamp: str) -> dict[str, Any]:
    """The sections of the shipped library that a workspace may override by id."""
    found: dict[str, Any] = {}
    for name in ("stages", "chains"):
        file = SECTIONS[name].file
        paths = (shipped_config() / file).glob("*.toml") if file.endswith("/") else [shipped_config() / file]
        for source in (read_toml(path, path.name) for path in sorted(paths)):
            if isinstance(source, TomlFile):
                found[name] = found.get(name, {}) | plain(source.data.get(name, {}))
    return found


def _names(root: Path) -> Iterator[str]:
    for file in FILES:
        if not file.endswith("/"):
            if (root / file).exists():
                yield file
            continue
        folder = root / file.rstrip("/")
        if folder.is_dir():
            yield from sorted(file + one.name for one in folder.glob("[!.]*.toml"))


def plain(data: Any) -> Any:
    """A copy in which days are text, as JSON can hold."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data
