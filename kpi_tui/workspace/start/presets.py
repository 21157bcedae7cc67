"""Role presets: role tables 000 and 003, ready to take over (R035)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kpi_tui.definitions.issue import Issue, UsageError
from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.definitions.role import Role
from kpi_tui.workspace.check.contradiction import Contradictions
from kpi_tui.workspace.check.roles import check_role
from kpi_tui.workspace.find import shipped_config
from kpi_tui.workspace.parse.collected import Collected
from kpi_tui.workspace.parse.layer import read_roles


@dataclass(frozen=True, slots=True)
class Preset:
    """Sound roles of a preset by id, the files they stand in, and every problem."""

    roles: Mapping[str, Role]
    files: tuple[Path, ...]
    issues: tuple[Issue, ...]


def preset_names(config: Path | None = None) -> tuple[str, ...]:
    """Names of the shipped presets, such as `roles_000`."""
    folder = (config or shipped_config()) / "presets"
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir())) if folder.is_dir() else ()


def read_preset(name: str, metrics: Mapping[str, Metric], config: Path | None = None) -> Preset:
    """The roles of a preset, checked against a library of metrics. UsageError on an unknown name."""
    names = preset_names(config)
    if name not in names:
        hint = did_you_mean(name, names, say("known: {names}", names=listed(names) or say("none")))
        raise UsageError(say("unknown preset {name!r}; {hint}", name=name, hint=hint))
    folder = (config or shipped_config()) / "presets" / name
    issues: list[Issue] = []
    roles = read_roles(folder, issues, f"standard:presets/{name}/")
    report = Contradictions(say("role"), issues)
    for role in roles.items.values():
        check_role(role, Collected(dict(metrics)), report)
    roles.drop(report.spoilt)
    return Preset(roles.items, tuple(sorted(folder.glob("*.toml"))), tuple(issues))
