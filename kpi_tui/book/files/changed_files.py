"""Which files a book was read from, and which of them somebody has changed since; no row is read for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.book.files.data_files import read_files

if TYPE_CHECKING:
    from kpi_tui.definitions.workspace import Workspace

Stamps = Mapping[Path, tuple[int, ...]]
_GONE: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedFiles:
    """Files that came, went or have another time, size or inode; as a person of the workspace names them."""

    definitions: tuple[str, ...] = ()  # workspace.toml, roles/…
    data: tuple[str, ...] = ()  # what tables are read from
    cells: tuple[str, ...] = ()  # targets and typed numbers, saved by somebody
    stamps: frozenset[tuple[Path, tuple[int, ...]]] = frozenset()  # as they are now: another one is another change

    def __bool__(self) -> bool:
        return bool(self.definitions or self.data or self.cells)


class FilesSeen:
    """The files of a workspace as they stood when it was read."""

    def __init__(self, workspace: Workspace, definitions: Stamps) -> None:
        """`definitions`: taken before they were read (`definition_stamps`), so that no change falls between."""
        self._workspace = workspace
        self._definitions = definitions
        self._data = stamps_of(read_files(workspace))
        self._cells = stamps_of(_cell_files(workspace.root))

    def changed(self) -> ChangedFiles:
        """What is not as it was."""
        root = self._workspace.root
        definitions = differing(self._definitions, definition_stamps(root))
        data = differing(self._data, stamps_of(read_files(self._workspace)))
        cells = differing(self._cells, stamps_of(_cell_files(root)))
        stamps = frozenset((definitions | data | cells).items())
        return ChangedFiles(self._named(definitions), self._named(data), self._named(cells), stamps)

    def unwritable(self) -> str:
        """Why nothing can be saved in the workspace; empty where it can."""
        from kpi_tui.workspace.edits.lock import unwritable

        root = self._workspace.root
        return unwritable((root, *(root / name for name in ("definitions", "targets", "actuals"))))

    def _named(self, files: Iterable[Path]) -> tuple[str, ...]:
        """Relative to the workspace or its data where they lie there."""
        return tuple(str(_short(path, (self._workspace.root, self._workspace.data))) for path in sorted(files))


def differing(before: Stamps, now: Stamps) -> dict[Path, tuple[int, ...]]:
    """Files that came, went or were changed, as they are now."""
    return {path: now.get(path, _GONE) for path in {*before, *now} if before.get(path) != now.get(path)}


def definition_stamps(root: Path) -> Stamps:
    """The TOML files of a workspace and of the shipped library as they stand."""
    from kpi_tui.workspace.changed_definitions import definition_files

    return stamps_of(definition_files(root))


def _cell_files(root: Path) -> Iterator[Path]:
    from kpi_tui.workspace.edits.period_files import ACTUALS, TARGETS

    for folder in (TARGETS, ACTUALS):
        yield from (root / folder).glob("*.toml")


def stamps_of(files: Iterable[Path]) -> Stamps:
    """The files that are there, and what tells that one was changed since."""
    found: dict[Path, tuple[int, ...]] = {}
    for path in files:
        try:
            status = path.stat()
        except OSError:
            continue  # gone between the list and the look: as if it had not been there
        found[path] = (status.st_ino, status.st_mtime_ns, status.st_size)
    return found


def _short(path: Path, folders: Iterable[Path]) -> Path:
    for folder in folders:
        if path.is_relative_to(folder):
            return path.relative_to(folder)
    return path
