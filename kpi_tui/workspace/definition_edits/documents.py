"""The TOML files that hold a workspace's editable definitions, as plain data that edits are laid upon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.issue import Issue, WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.workspace.definition_edits.dated_keys import put_since, value_since
from kpi_tui.workspace.definition_edits.key_paths import put, value_at
from kpi_tui.workspace.definition_edits.sections import SECTIONS, section_of
from kpi_tui.workspace.parse.versions import FROM, GONE
from kpi_tui.workspace.toml.source import TomlFile, read_toml

FILES = tuple(dict.fromkeys(section.file for section in SECTIONS.values()))


class Documents:
    """Plain data by the name of its file, such as `roles/2-operations.toml`."""

    def __init__(self, sources: Mapping[str, TomlFile]) -> None:
        self.sources = sources
        self.data: dict[str, dict[str, Any]] = {name: _plain(source.data) for name, source in sources.items()}

    @classmethod
    def read(cls, root: Path) -> Documents:
        """The files as they stand. WorkspaceError names one that cannot be read: it is never written over."""
        found: dict[str, TomlFile] = {}
        for name in _names(root):
            source = read_toml(root / name, name)
            if isinstance(source, Issue):
                raise WorkspaceError(
                    say("{file}:{line}: {message}", file=name, line=source.line, message=source.message), (source,)
                )
            found[name] = source
        return cls(found)

    def copy(self) -> Documents:
        """The same again, to be changed."""
        other = Documents({})
        other.sources, other.data = self.sources, deepcopy(self.data)
        return other

    def file_of(self, path: KeyPath) -> str:
        """The file that holds a definition, else the one it would be written into."""
        section, entry = section_of(path), path[: section_of(path).depth]
        if not section.file.endswith("/"):
            return section.file
        holders = (name for name, data in self.data.items() if name.startswith(section.file) and value_at(data, entry))
        return next(holders, f"{section.file}{path[1]}.toml")

    def value(self, path: KeyPath, since: str = "") -> Any:
        """The value in force since a period ("": since ever); a definition as a whole where the path ends with it."""
        section = section_of(path)
        entry, keys = path[: section.depth], path[section.depth :]
        data = self.data.get(self.file_of(path), {})
        table = value_at(data, entry) if entry else data
        if table is None:
            return None
        if not section.dated or (not keys and not since):
            return value_at(table, keys) if keys else table
        return value_since(table, keys, since)

    def put(self, path: KeyPath, value: Any, since: str = "") -> None:
        """Set a value since a period; None removes it. A definition as a whole begins, or ends, with the period."""
        section = section_of(path)
        entry, keys = path[: section.depth], path[section.depth :]
        data = self.data.setdefault(self.file_of(path), {})
        value = deepcopy(value)
        if not (section.dated and since):
            put(data, path, value)
        elif keys:
            if value_at(data, entry) is None:
                put(data, (*entry, FROM), since)
            put_since(value_at(data, entry), keys, value, since)
        elif value is None:
            put_since(value_at(data, entry), (GONE,), True, since)
        elif value_at(data, entry) is None:
            put(data, entry, {FROM: since, **value})
        else:
            put_since(value_at(data, entry), (GONE,), None, since)
            for key, item in value.items():
                put_since(value_at(data, entry), (key,), item, since)


def _names(root: Path) -> Iterator[str]:
    for file in FILES:
        if not file.endswith("/"):
            if (root / file).exists():
                yield file
            continue
        folder = root / file.rstrip("/")
        if folder.is_dir():
            yield from sorted(file + one.name for one in folder.glob("[!.]*.toml"))


def _plain(data: Any) -> Any:
    """A copy in which days are text, as JSON can hold."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data
