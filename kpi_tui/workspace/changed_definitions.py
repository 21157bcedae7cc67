"""One short text that changes whenever a definition of a workspace may have changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from kpi_tui.workspace.find import shipped_config


def stamp_of(files: Mapping[Path, tuple[int, ...]], data: Path | None = None) -> str:
    """sha256 over paths and what is known of each: its inode, time and size; and where the data lie."""
    said = [str(data), *(f"{path}\0{known}" for path, known in files.items())]
    return hashlib.sha256("\1".join(said).encode("utf-8", "surrogateescape")).hexdigest()


def shipped_stamp() -> str:
    """The same of the shipped library as it stands; reads none of its files."""
    found = {path: path.stat() for path in _files(shipped_config().resolve())}
    return stamp_of({path: (one.st_ino, one.st_mtime_ns, one.st_size) for path, one in found.items()})


def definition_files(root: Path) -> list[Path]:
    """The TOML files of a workspace and of the shipped library beneath it."""
    return list(_files(root.resolve(), shipped_config().resolve()))


def contents(files: Iterable[Path]) -> str:
    """sha256 over names and bytes of files, whatever folder they lie in; empty without files."""
    found = sorted(files, key=lambda path: (path.name, str(path)))
    if not found:
        return ""
    whole = hashlib.sha256()
    for path in found:
        with path.open("rb") as file:
            one = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{path.name}\0{one}\1".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def _files(*roots: Path) -> Iterable[Path]:
    for root in dict.fromkeys(roots):
        for folder in (root, *(root / name for name in ("metrics", "roles", "chains", "pages"))):
            yield from map(Path, sorted(_toml_in(folder)))


def _toml_in(folder: Path) -> Iterator[str]:
    """By scandir: a book that is opened asks twice for files by the hundred."""
    with suppress(OSError), os.scandir(folder) as found:  # a folder that is not there has none
        yield from (entry.path for entry in found if entry.name.endswith(".toml") and entry.is_file())
