"""Targets of roles, people and metrics that the workspace no longer has."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.message import say
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.definitions.role import role_and_value
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.toml.source import TomlFile, read_toml


def stray_targets(workspace: Workspace) -> list[Issue]:
    """A warning for every target nobody is scored by; unreadable files are left to those who read them."""
    folder = workspace.root / "targets"
    if not folder.is_dir():
        return []
    files = (read_toml(path, f"targets/{path.name}") for path in sorted(folder.glob("[!.]*.toml")))
    return [issue for file in files if isinstance(file, TomlFile) for issue in _of_file(file, workspace)]


def _of_file(file: TomlFile, workspace: Workspace) -> Iterable[Issue]:
    owners = {**workspace.roles, **workspace.people}
    chains = {f"chain:{chain}" for chain in workspace.chains}
    targets = file.data.get("targets")
    for owner, cells in targets.items() if isinstance(targets, dict) else ():
        if owner in chains:
            continue  # targets of links, not of metrics
        role, value = role_and_value(owner)
        is_part = value and role in workspace.roles and workspace.roles[role].per
        if owner not in owners and not is_part:
            yield _stray(
                file, say("targets of the unknown role {owner!r}", owner=owner), did_you_mean(owner, owners), owner
            )
            continue
        for metric in cells if isinstance(cells, dict) else ():
            if metric not in workspace.metrics:
                message = say("a target of the unknown metric {metric!r}", metric=metric)
                yield _stray(file, message, did_you_mean(metric, workspace.metrics), owner, metric)


def _stray(file: TomlFile, message: str, hint: str, *path: str) -> Issue:
    place = file.place("targets", *path)
    hint = hint or say("define it, or clear the target")
    return Issue(Severity.WARNING, message, hint, place.file, place.line, place.key, "R009")
