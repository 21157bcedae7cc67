"""One short text that changes whenever a definition of a workspace may have changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from kpi_tui.workspace.find import shipped_config


def stamp(root: Path, data: Path | None) -> str:
    """sha256 over paths, sizes and times of the TOML files of `root` and of the shipped library; reads none of them."""
    said = [str(data)]
    for path in _files(root.resolve(), shipped_config().resolve()):
        status = path.stat()
        said.append(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ino}")
    return hashlib.sha256("\1".join(said).encode("utf-8", "surrogateescape")).hexdigest()


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
        found = (
            path for folder in ("", "metrics", "roles", "chains", "pages") for path in (root / folder).glob("*.toml")
        )
        yield from sorted(path for path in found if path.is_file())
