"""What a start knows before there is a workspace: the shipped library and the exports it recognises."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import Issue, WorkspaceError
from kpi_tui.definitions.message import say

if TYPE_CHECKING:
    from kpi_tui.definitions.library.recipe import Recipe
    from kpi_tui.definitions.workspace import Workspace

DEFAULT_ZONE = "Asia/Shanghai"


def recipes_of(folder: Path | None) -> Mapping[str, Recipe]:
    """Known exports, the shipped ones and those of a workspace, by id. WorkspaceError names what is wrong."""
    from kpi_tui.workspace.find import shipped_config
    from kpi_tui.workspace.parse.recipes import read_recipes

    issues: list[Issue] = []
    shipped = read_recipes(shipped_config() / "recipes", issues, "standard:recipes/")
    own = read_recipes(folder / "recipes", issues) if folder else {}
    if issues:
        raise WorkspaceError(say("recipes cannot be read"), tuple(issues))
    return {**shipped, **own}


def shipped_library() -> Workspace:
    """The shipped library."""
    from kpi_tui.workspace.find import shipped_config
    from kpi_tui.workspace.load import load

    loaded = load(shipped_config(), validate=False).workspace
    if loaded is None:
        raise WorkspaceError(say("the shipped library cannot be read; install kpi-tui again"))
    return loaded
