"""The roles of the shipped presets as a workspace could have them: adapted to what is live."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.design.preset_role import PresetRole
from kpi_tui.definitions.text import Text

if TYPE_CHECKING:
    from kpi_tui.definitions.workspace import Workspace


def preset_roles(space: Workspace, live: Collection[str]) -> tuple[PresetRole, ...]:
    """Every role of every preset of which at least one line is live; all of them whole where no table is mapped."""
    from kpi_tui.workspace.start.presets import preset_names

    return tuple(role for name in preset_names() for role in _roles(name, space, live))


def _roles(preset: str, space: Workspace, live: Collection[str]) -> Iterator[PresetRole]:
    from kpi_tui.workspace.start.adapted_roles import adapted
    from kpi_tui.workspace.start.presets import read_preset

    for file in read_preset(preset, space.metrics).files:
        made = adapted(file, live or space.metrics)
        for id_, role in tomllib.loads(made.toml).get("roles", {}).items():
            metrics = tuple(str(line["metric"]) for line in role["lines"])
            yield PresetRole(preset, id_, _text(role["name"]), metrics, role, tuple(map(str, made.said)))


def _text(name: object) -> Text:
    return Text(str(name.get("en", "")), str(name.get("zh", ""))) if isinstance(name, dict) else Text(str(name))
