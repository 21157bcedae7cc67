"""Before a Book is open: find a workspace, lay out the demo, propose and found a new one."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.definitions.issue import Issue, WorkspaceError
from kpi_tui.definitions.library.recipe import Recipe
from kpi_tui.definitions.message import Message, say
from kpi_tui.definitions.workspace import Found, Workspace

DEFAULT_ZONE = "Asia/Shanghai"


def find(explicit: Path | None, environ: Mapping[str, str] = os.environ, cwd: Path | None = None) -> Found:
    """Which workspace would be opened, and why; `root` None means the demo."""
    from kpi_tui.workspace.find import find_workspace

    return find_workspace(explicit, environ, cwd or Path.cwd())


def create_demo(folder: Path | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """The demo workspace in `folder`, or in the user's data folder; made unless it is there already."""
    from kpi_tui.workspace.start.demo import create_demo, demo_folder

    return create_demo(folder or demo_folder(environ))


def propose(files: Sequence[Path], *, timezone: str = DEFAULT_ZONE) -> Proposal:
    """Which canonical tables the files seem to fill, column by column, for a person to confirm."""
    from kpi_tui.tables.propose.propose import propose

    return propose(files, _library().schemas, timezone, _recipes())


def create_workspace(
    folder: Path,
    name: str,
    proposal: Proposal,
    *,
    preset: str = "",
    timezone: str = DEFAULT_ZONE,
    currency: str = "",
) -> tuple[list[Path], tuple[Message, ...]]:
    """A new workspace with the proposed tables and, with `preset`, its roles; the files written, what roles lack.

    A role of the preset holds what the data allow (`workspace/start/adapted_roles.py`); without data it is whole.
    Without `currency` amounts are in that of the files, CNY where they do not say it.

    UsageError when there is a workspace already, or no such preset; then nothing is written.
    """
    from kpi_tui.workspace.start.adapted_roles import AdaptedRoles, adapted
    from kpi_tui.workspace.start.presets import read_preset
    from kpi_tui.workspace.start.scaffold import create

    roles = read_preset(preset, _library().metrics).files if preset else ()
    written = list(create(folder, name, proposal, timezone=timezone, currency=currency))
    live = _live(folder) if roles and proposal.tables else None
    said: list[Message] = []
    for source in roles:
        made = AdaptedRoles(source.read_text(encoding="utf-8"), ()) if live is None else adapted(source, live)
        said += made.said
        if made.toml:
            target = folder / "roles" / source.name
            target.parent.mkdir(exist_ok=True)
            target.write_text(made.toml, encoding="utf-8", newline="\n")
            written.append(target)
    return written, tuple(said)


def _live(folder: Path) -> set[str]:
    """The metrics that the tables of a workspace allow."""
    from kpi_tui.book.book import Book

    with closing(Book.open(folder, draft=False)) as book:
        return {metric for metric in book.workspace.metrics if book.numbers.is_live(metric)[0]}


def _recipes() -> Mapping[str, Recipe]:
    """The exports that are known."""
    from kpi_tui.workspace.find import shipped_config
    from kpi_tui.workspace.parse.recipes import read_recipes

    issues: list[Issue] = []
    recipes = read_recipes(shipped_config() / "recipes", issues)
    if issues:
        raise WorkspaceError(say("the shipped library cannot be read; install kpi-tui again"), tuple(issues))
    return recipes


def _library() -> Workspace:
    """The shipped library."""
    from kpi_tui.workspace.find import shipped_config
    from kpi_tui.workspace.load import load

    loaded = load(shipped_config()).workspace
    if loaded is None:
        raise WorkspaceError(say("the shipped library cannot be read; install kpi-tui again"))
    return loaded


def disk_note(folder: Path) -> str:
    """A warning when `folder` lies on a network disk, whose locks are not to be trusted; else empty."""
    from kpi_tui.workspace.edits.lock import network_note

    return network_note(folder)
