"""One short text that changes whenever a definition of a workspace may have changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.period import Period
from kpi_tui.workspace.definition_edits.dated_keys import counting_in
from kpi_tui.workspace.definition_edits.sections import SECTIONS
from kpi_tui.workspace.find import shipped_config
from kpi_tui.workspace.toml.source import read_toml


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


def contents_in(root: Path, period: Period) -> str:
    """Like `contents` of the definition files, but of roles, people and bonus only what counts in the period.

    What changes from a later period on leaves it as it was; so do comments and the order of those files.
    """
    own = root.resolve()
    heads = {own / place.file for place in SECTIONS.values() if place.dated and not place.file.endswith("/")}
    dated = [path for path in definition_files(root) if path in heads or path.parent == own / "roles"]
    rest = contents(path for path in definition_files(root) if path not in dated)
    said: list[str] = []
    for path in dated:
        source = read_toml(path, path.name)
        data = None if isinstance(source, Issue) else counting_in(source.data, period)
        said.append(path.read_bytes().hex() if data is None else json.dumps(data, sort_keys=True, default=str))
    return hashlib.sha256("\0".join([rest, *sorted(one for one in said if one != "{}")]).encode()).hexdigest()


def _files(*roots: Path) -> Iterable[Path]:
    for root in dict.fromkeys(roots):
        found = (
            path for folder in ("", "metrics", "roles", "chains", "pages") for path in (root / folder).glob("*.toml")
        )
        yield from sorted(path for path in found if path.is_file())
