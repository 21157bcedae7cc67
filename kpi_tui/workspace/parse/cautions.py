"""private_domain.toml: what to mind before a private domain is built (spec R101)."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.text import Text
from kpi_tui.workspace.find import shipped_config
from kpi_tui.workspace.toml.fields import Fields
from kpi_tui.workspace.toml.source import read_toml

FILE = "private_domain.toml"


def read_cautions(root: Path | None = None) -> tuple[Text, ...]:
    """The workspace's own list when it has one, else the shipped one; broken entries are left out."""
    own = root / FILE if root is not None else None
    path = own if own is not None and own.exists() else shipped_config() / FILE
    source = read_toml(path, FILE)
    if isinstance(source, Issue):
        return ()
    issues: list[Issue] = []
    entries = Fields(source, (), source.data, issues).tables("cautions")
    return tuple(text for entry in entries if (text := entry.text("text")) != Text())
