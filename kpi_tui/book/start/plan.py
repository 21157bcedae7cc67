"""What would be written of a proposal, and the workspace it would make, held in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.book.start.further_files import further_files, with_former_files
from kpi_tui.book.start.known_sources import compared_orders, known_sources
from kpi_tui.book.start.numbers_again import numbers_again
from kpi_tui.definitions.answers.proposal import Proposal, TableProposal, source_name
from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.issue import Issue, Severity, WorkspaceError
from kpi_tui.definitions.message import Message, say
from kpi_tui.workspace.start.add_tables import KnownSource
from kpi_tui.workspace.start.stand_ins import renumbered

if TYPE_CHECKING:
    from kpi_tui.definitions.library.recipe import Recipe
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.kept.cache import Cache


@dataclass(frozen=True, slots=True)
class SetupPlan:
    """The files by their path in the workspace, and the workspace they would make; `said`: why some is not added.

    `there`: the workspace reads all of it already.
    """

    folder: Path
    space: Workspace
    files: Mapping[str, str]
    tables: tuple[TableProposal, ...]
    issues: tuple[Issue, ...] = ()
    said: tuple[Message, ...] = ()
    refused: tuple[TableProposal, ...] = ()  # what a person may add all the same
    there: bool = False


def plan_new(
    folder: Path, name: str, proposal: Proposal, *, timezone: str, currency: str, calendar: Calendar = ISO
) -> SetupPlan:
    """A workspace that is not there yet."""
    from kpi_tui.workspace.start.scaffold import data_home, new_files

    files = new_files(folder, name, proposal, timezone=timezone, currency=currency, calendar=calendar)
    space, issues = _in_memory(files, data_home(folder, proposal))
    return SetupPlan(folder, replace(space, root=folder), files, proposal.tables, issues)


def plan_more(
    folder: Path,
    proposal: Proposal,
    recipes: Mapping[str, Recipe],
    mapped: Collection[str] = (),
    cache: Cache | None = None,
) -> SetupPlan:
    """More tables for one that is there; `mapped`: parts whose columns a person picked. WorkspaceError: it has errors.

    A file of the same columns as those that a table reads is one more of them.
    """
    from kpi_tui.workspace.find import FILE as HEAD
    from kpi_tui.workspace.load import load
    from kpi_tui.workspace.start.add_rates import add_rates
    from kpi_tui.workspace.start.add_tables import FILE, add_tables, is_read, read_already, told_otherwise
    from kpi_tui.workspace.start.scaffold import new_files
    from kpi_tui.workspace.start.told_again import told_again

    loaded = load(folder, validate=False)
    space = loaded.workspace
    if space is None or any(issue.severity is Severity.ERROR for issue in loaded.issues):
        raise WorkspaceError(say("the workspace has errors: mend them before more is added"), loaded.issues)
    known_names = [one for one in proposal.tables if one.spare and one.group_by and one.table in space.tables]
    proposal = replace(proposal, tables=tuple(one for one in proposal.tables if one not in known_names))
    further = further_files(space, proposal, mapped)
    again = numbers_again(space, further, cache)
    further, proposal = again.without(further), again.answered(proposal)
    proposal = replace(proposal, tables=with_former_files(space, proposal, further))
    known = known_sources(space, (one.table for one in proposal.tables), recipes)
    later = [one for one in proposal.tables if one.table == "orders" and told_otherwise(one, known)]
    compared = compared_orders(space, later)
    others = {one.path for one in later if compared.get(one.path) == ""} | again.shops.keys()
    wanted = _with_sources(space, proposal, others, known)
    wanted = replace(wanted, tables=tuple(map(renumbered, wanted.tables)))
    added = add_tables(space, wanted, known, compared, further, again.renumbered(further))
    told = told_again(space, added.toml, wanted.tables, further, FILE)
    rates = add_rates(space, proposal.rates)
    files = ({FILE: told.toml} if added.tables or told.parts else {}) | ({HEAD: rates.toml} if rates.toml else {})
    known_now = {str(read_already(one)) for one in told.parts}
    said = (*again.said, *(one for one in added.said if str(one) not in known_now), *told.said, *rates.said)
    if not files:
        there = bool(wanted.tables) and all(is_read(space, one) for one in wanted.tables)
        return SetupPlan(folder, space, {}, (), (), said, added.refused, there)
    head = new_files(folder, "x", Proposal(), timezone=space.timezone, currency=space.currency)
    made, issues = _in_memory({**head, FILE: told.toml, **files}, space.data)
    space = replace(space, tables=made.tables, rates=made.rates if rates.toml else space.rates)
    parts = {(one.table, one.path) for one in added.tables}
    tables = (*added.tables, *(one for one in told.parts if (one.table, one.path) not in parts))
    return SetupPlan(folder, space, files, tables, issues, said, added.refused)


def _with_sources(
    space: Workspace, proposal: Proposal, others: Collection[Path], known: Mapping[str, KnownSource]
) -> Proposal:
    """The same, files of other orders and what a person insists on called by sources that the tables do not have."""
    tables = []
    for one in proposal.tables:
        there = space.tables.get(one.table)
        if there is not None and (one.insisted or (one.path in others and not one.source)):
            taken = {*there.sources, known.get(one.table, KnownSource()).source}
            name = one.source or source_name(one.path)
            free = (f"{name}_{n}" if n > 1 else name for n in range(1, len(taken) + 2))
            tables.append(replace(one, source=next(found for found in free if found not in taken)))
        else:
            tables.append(one)
    return replace(proposal, tables=tuple(tables))


def _in_memory(files: Mapping[str, str], data: Path) -> tuple[Workspace, tuple[Issue, ...]]:
    """The workspace that these files are, which need a place for a moment to be read."""
    from kpi_tui.workspace.load import load

    with tempfile.TemporaryDirectory(prefix="kpi-tui-") as place:
        for name, text in files.items():
            (Path(place) / name).write_text(text, encoding="utf-8")
        loaded = load(Path(place), data, validate=False)
        if loaded.workspace is None:
            raise WorkspaceError(say("the workspace would have errors"), loaded.issues)
        return loaded.workspace, loaded.issues
