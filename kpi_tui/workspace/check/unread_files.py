"""Definitions in a file of the workspace that nobody reads: `metrics.toml` where metrics live in `metrics/`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.message import listed, say
from kpi_tui.workspace.find import FILE
from kpi_tui.workspace.toml.source import TomlFile, read_toml

HOME = {
    "measures": "metrics/",
    "metrics": "metrics/",
    "roles": "roles/",
    "chains": "chains/",
    "pages": "pages/",
    **{
        section: f"{section}.toml"
        for section in (
            "schema", "tables", "facts", "categories", "settings", "funnels", "trees", "reports", "doubts", "stages",
            "people", "festivals",
        )
    },
}  # fmt: skip
"""A section of definitions -> the file or folder of a workspace it is read from."""


def unread_files(root: Path) -> Iterator[Issue]:
    """A warning for every TOML file beside workspace.toml that holds definitions and is read by nobody."""
    read = {FILE, *HOME.values()}
    for path in sorted(root.glob("[!.]*.toml")):
        file = read_toml(path, path.name) if path.name not in read else None
        if not isinstance(file, TomlFile):
            continue
        homes = sorted({HOME[section] for section in file.data if section in HOME})
        if homes:
            yield Issue(
                Severity.WARNING,
                say("{file} is not read: what it defines is not there", file=path.name),
                say("move it to {homes}", homes=listed(homes)),
                file=path.name,
                code="unread-file",
            )
