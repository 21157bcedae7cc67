"""More files for a workspace that is there (`kpi-tui init`): tables are added, nothing that stands changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kpi_tui.definitions.answers.proposal import Proposal, TableProposal
from kpi_tui.definitions.message import Message, say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.edits.atomic import write_atomic
from kpi_tui.workspace.start.scaffold import table_toml, tables_toml

FILE = "tables.toml"


@dataclass(frozen=True, slots=True)
class AddedTables:
    """The tables that were added, and why others were not."""

    tables: tuple[TableProposal, ...]
    said: tuple[Message, ...]


def add_tables(space: Workspace, proposal: Proposal) -> AddedTables:
    """Append the tables the workspace does not have yet to tables.toml; what stands there stays, letter by letter."""
    refused = dict(_refused(space, proposal))
    added = tuple(table for at, table in enumerate(proposal.tables) if at not in refused)
    path = space.root / FILE
    if added:
        before = path.read_text(encoding="utf-8") if path.exists() else tables_toml(Proposal(), space.data)
        blocks = [before.rstrip("\n") + "\n", *(table_toml(table, space.data) for table in added)]
        write_atomic(path, "\n".join(blocks).encode())
    return AddedTables(added, tuple(refused.values()))


def _refused(space: Workspace, proposal: Proposal) -> Iterator[tuple[int, Message]]:
    """By place in the proposal: tables that are mapped, and files that the workspace may not read."""
    for at, table in enumerate(proposal.tables):
        far = next((path for path in (table.path, *table.more) if not _inside(path, space)), None)
        if table.table in space.tables:
            yield (
                at,
                say(
                    "{table} is mapped already; add {file} to its `path` in tables.toml if it has the same columns",
                    table=table.table,
                    file=table.path.name,
                ),
            )
        elif far is not None:
            yield (
                at,
                say(
                    "{file} lies outside {data}, where the workspace keeps its data: copy it there",
                    file=far,
                    data=space.data,
                ),
            )


def _inside(path: Path, space: Workspace) -> bool:
    return any(path.resolve().is_relative_to(root) for root in space.data_roots)
