"""Before a Book is open: find a workspace, lay out the demo, propose and found a new one."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.definitions.issue import Issue, Severity, UsageError, WorkspaceError
from kpi_tui.definitions.library.recipe import Recipe
from kpi_tui.definitions.message import Message, say, several
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


def propose(files: Sequence[Path], *, timezone: str = DEFAULT_ZONE, folder: Path | None = None) -> Proposal:
    """Which canonical tables the files seem to fill, column by column, for a person to confirm.

    `folder`: the workspace, whose own `recipes/*.toml` are known too, and whose zone holds where it is there.
    """
    from kpi_tui.tables.propose.propose import propose
    from kpi_tui.workspace.load import load

    space = load(folder, validate=False).workspace if folder else None
    return propose(files, _library().schemas, space.timezone if space else timezone, _recipes(folder))


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
    from kpi_tui.workspace.start.scaffold import create

    roles = _preset_files(preset)
    written = create(folder, name, proposal, timezone=timezone, currency=currency)
    made, said = _add_roles(folder, roles, _live(folder) if roles and proposal.tables else None)
    return [*written, *made], said


def add_to_workspace(
    folder: Path, proposal: Proposal, *, preset: str = ""
) -> tuple[Proposal, list[Path], tuple[Message, ...]]:
    """Tables and roles that a workspace lacks: what was added, the files written, and what was not added or adapted.

    Nothing that stands there changes. UsageError when there is nothing to add, WorkspaceError when it cannot be read.
    """
    from kpi_tui.book.start.known_sources import known_sources
    from kpi_tui.workspace.edits.atomic import write_atomic
    from kpi_tui.workspace.load import load
    from kpi_tui.workspace.start.add_tables import FILE, add_tables

    roles = _preset_files(preset)
    loaded = load(folder, validate=False)
    if loaded.workspace is None or any(issue.severity is Severity.ERROR for issue in loaded.issues):
        raise WorkspaceError(say("the workspace has errors: mend them before more is added"), loaded.issues)
    space = loaded.workspace
    known = known_sources(space, (table.table for table in proposal.tables), _recipes(folder))
    added = add_tables(space, proposal, known)
    if added.tables:
        write_atomic(folder / FILE, added.toml.encode())
    written, said = _add_roles(folder, roles, _live(folder) if roles else None)
    if not added.tables and not written:
        raise UsageError(several((say("nothing to add to {folder}", folder=folder), *added.said, *said)))
    tables = [folder / FILE] if added.tables else []
    return replace(proposal, tables=added.tables), [*tables, *written], (*added.said, *said)


def _preset_files(preset: str) -> tuple[Path, ...]:
    """The files of a preset; none without one."""
    from kpi_tui.workspace.start.presets import read_preset

    return read_preset(preset, _library().metrics).files if preset else ()


def _add_roles(
    folder: Path, sources: Sequence[Path], live: Collection[str] | None
) -> tuple[list[Path], tuple[Message, ...]]:
    """Roles of a preset, made of what is live (None: whole); a file that is there stays."""
    from kpi_tui.workspace.edits.atomic import write_atomic
    from kpi_tui.workspace.start.adapted_roles import AdaptedRoles, adapted

    written: list[Path] = []
    said: list[Message] = []
    for source in sources:
        target = folder / "roles" / source.name
        if target.exists():
            said.append(say("{file} is there already and stays as it is", file=target.name))
            continue
        made = AdaptedRoles(source.read_text(encoding="utf-8"), ()) if live is None else adapted(source, live)
        said += made.said
        if made.toml:
            target.parent.mkdir(exist_ok=True)
            write_atomic(target, made.toml.encode())
            written.append(target)
    return written, tuple(said)


def _live(folder: Path) -> set[str]:
    """The metrics that the tables of a workspace allow."""
    from kpi_tui.book.book import Book

    with closing(Book.open(folder, draft=False)) as book:
        return {metric for metric in book.workspace.metrics if book.numbers.is_live(metric)[0]}


def _recipes(folder: Path | None) -> Mapping[str, Recipe]:
    """Known exports, the shipped ones and those of a workspace, by id. WorkspaceError names what is wrong."""
    from kpi_tui.workspace.find import shipped_config
    from kpi_tui.workspace.parse.recipes import read_recipes

    issues: list[Issue] = []
    shipped = read_recipes(shipped_config() / "recipes", issues, "standard:recipes/")
    own = read_recipes(folder / "recipes", issues) if folder else {}
    if issues:
        raise WorkspaceError(say("recipes cannot be read"), tuple(issues))
    return {**shipped, **own}


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
