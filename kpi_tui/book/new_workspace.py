"""Before a Book is open: find a workspace, lay out the demo, propose and found a new one."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kpi_tui.book.start.shipped import DEFAULT_ZONE, recipes_of, shipped_library
from kpi_tui.definitions.answers.setup import PRESET, SetupAnswers
from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import Message, say, several

NONE_BY_HAND: Mapping[Path, str] = MappingProxyType({})

if TYPE_CHECKING:
    from kpi_tui.book.start.plan import SetupPlan
    from kpi_tui.definitions.answers.proposal import Proposal
    from kpi_tui.definitions.workspace import Found


def find(explicit: Path | None, environ: Mapping[str, str] = os.environ, cwd: Path | None = None) -> Found:
    """Which workspace would be opened, and why; `root` None means the demo."""
    from kpi_tui.workspace.find import find_workspace

    return find_workspace(explicit, environ, cwd or Path.cwd())


def create_demo(folder: Path | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """The demo workspace in `folder`, or in the user's data folder; made unless it is there already."""
    from kpi_tui.workspace.start.demo import create_demo, demo_folder

    return create_demo(folder or demo_folder(environ))


def propose(
    files: Sequence[Path],
    *,
    timezone: str = DEFAULT_ZONE,
    folder: Path | None = None,
    assigned: Mapping[Path, str] = NONE_BY_HAND,
    rates: Path | None = None,
) -> Proposal:
    """Which canonical tables the files seem to fill, column by column, for a person to confirm.

    `folder`: the workspace, whose own `recipes/*.toml` are known too, and whose zone holds where it is there.
    `assigned`: the one table that a file fills, because a person says so; "" is none. `rates`: of exchange.
    """
    from kpi_tui.tables.propose.propose import propose
    from kpi_tui.workspace.load import load
    from kpi_tui.workspace.start.decided import decided

    space = load(folder, validate=False).workspace if folder else None
    zone = space.timezone if space else timezone
    schemas = shipped_library().schemas
    found = propose(files, schemas, zone, recipes_of(folder), assigned=assigned, rates=rates)
    return decided(found, SetupAnswers(folder or Path()), schemas)


def create_workspace(
    folder: Path,
    name: str,
    proposal: Proposal,
    *,
    preset: str | None = "",
    timezone: str = DEFAULT_ZONE,
    currency: str = "",
    calendar: Calendar = ISO,
) -> tuple[list[Path], tuple[Message, ...]]:
    """A new workspace with the proposed tables and, with `preset`, its roles; the files written, what roles lack.

    A role of the preset holds what the data allow (`workspace/start/adapted_roles.py`); without data it is whole.
    With `preset` None the roles are those that the wizard would propose: of the usual preset those with enough lines.
    Without `currency` amounts are in that of the files, CNY where they do not say it.

    UsageError when there is a workspace already, or no such preset; then nothing is written.
    """
    from kpi_tui.book.start.plan import plan_new
    from kpi_tui.book.start.trial import live_metrics
    from kpi_tui.workspace.start.scaffold import expect_room
    from kpi_tui.workspace.start.write_together import finish, write_together

    sources = _preset_files(preset)
    finish(folder)
    expect_room(folder)
    plan = plan_new(folder, name, proposal, timezone=timezone, currency=currency, calendar=calendar)
    asked = proposal.tables and (preset is None or sources)
    made, said = _made(plan, preset, sources, live_metrics(plan.space) if asked else None)
    return list(write_together(folder, {**plan.files, **made})), said


def add_to_workspace(
    folder: Path, proposal: Proposal, *, preset: str | None = "", mapped: Collection[str] = ()
) -> tuple[Proposal, list[Path], tuple[Message, ...]]:
    """Tables and roles that a workspace lacks: what was added, the files written, and what was not added or adapted.

    `preset` as for a new one, but no role is proposed where some are; `mapped`: parts whose columns a person picked.
    Nothing that stands there changes.

    UsageError when there is nothing to add, WorkspaceError when it cannot be read.
    """
    from kpi_tui.book.start.plan import plan_more
    from kpi_tui.book.start.trial import live_metrics
    from kpi_tui.workspace.start.write_together import finish, write_together

    sources = _preset_files(preset)
    finish(folder)
    plan = plan_more(folder, proposal, recipes_of(folder), mapped)
    asked = sources or (preset is None and not plan.space.roles)
    made, said = _made(plan, preset, sources, live_metrics(plan.space) if asked else None)
    if not plan.files and not made:
        raise UsageError(several((say("nothing to add to {folder}", folder=folder), *plan.said, *said)))
    written = write_together(folder, {**plan.files, **made})
    return replace(proposal, tables=plan.tables), list(written), (*plan.said, *said)


def add_preset(folder: Path, preset: str) -> tuple[Path, ...]:
    """The roles of a preset, whole, for a workspace that has no data yet; files that are there stay."""
    from kpi_tui.workspace.start.write_together import write_together

    made, _said = _roles(folder, _preset_files(preset), None)
    return write_together(folder, made)


def _made(
    plan: SetupPlan, preset: str | None, sources: Sequence[Path], live: Collection[str] | None
) -> tuple[dict[str, str], tuple[Message, ...]]:
    """Roles by their place: of a preset that was named (`sources`), else (None) those that are proposed."""
    if preset is not None:
        return _roles(plan.folder, sources, live)
    from kpi_tui.book.start.planned_roles import chosen, files_of, planned_roles

    roles = chosen(planned_roles(plan.folder, live or (), plan.space.roles)[PRESET], None)
    return files_of(roles), tuple(said for role in roles for said in role.said)


def _preset_files(preset: str | None) -> tuple[Path, ...]:
    """The files of a preset; none without one."""
    from kpi_tui.workspace.start.presets import read_preset

    return read_preset(preset, shipped_library().metrics).files if preset else ()


def _roles(
    folder: Path, sources: Sequence[Path], live: Collection[str] | None
) -> tuple[dict[str, str], tuple[Message, ...]]:
    """Roles of a preset by their place, made of what is live (None: whole); a file that is there stays."""
    from kpi_tui.workspace.start.adapted_roles import AdaptedRoles, adapted

    files: dict[str, str] = {}
    said: list[Message] = []
    for source in sources:
        if (folder / "roles" / source.name).exists():
            said.append(say("{file} is there already and stays as it is", file=source.name))
            continue
        made = AdaptedRoles(source.read_text(encoding="utf-8"), ()) if live is None else adapted(source, live)
        said += made.said
        if made.toml:
            files[f"roles/{source.name}"] = made.toml
    return files, tuple(said)


def disk_note(folder: Path) -> str:
    """A warning when `folder` lies on a network disk, whose locks are not to be trusted; else empty."""
    from kpi_tui.workspace.edits.lock import network_note

    return network_note(folder)
