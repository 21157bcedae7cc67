"""More files for a workspace that is there (`kpi-tui init`): tables and sources of tables are added.

What a person wrote stays; a table of one mapping becomes one of sources when a second one comes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kpi_tui.definitions.answers.proposal import Proposal, TableProposal
from kpi_tui.definitions.library.recipe import MONEY, OWN_FILE, TOLD_BY
from kpi_tui.definitions.message import Message, say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.start.longer_path import with_files
from kpi_tui.workspace.start.second_source import with_source
from kpi_tui.workspace.start.settled import without_settled
from kpi_tui.workspace.start.table_toml import part_toml, source_head, tables_of

FILE = "tables.toml"
_NOT_COMPARED: Mapping[Path, str] = MappingProxyType({})
_NOTHING_FURTHER: Mapping[str, Sequence[Path]] = MappingProxyType({})
_START = "# Where the rows come from: column = SQL over the columns of the file. `kpi-tui check` judges it.\n"


@dataclass(frozen=True, slots=True)
class KnownSource:
    """What the files of a table that is there are called as a source, and who tells of their rows."""

    source: str = "first"
    told_by: str = TOLD_BY[0]
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class AddedTables:
    """The tables and sources that are new, the text of tables.toml with them, and why others were not added.

    `refused`: those that a person may add all the same.
    """

    tables: tuple[TableProposal, ...]
    toml: str
    said: tuple[Message, ...]
    refused: tuple[TableProposal, ...] = ()


def add_tables(
    space: Workspace,
    proposal: Proposal,
    known: Mapping[str, KnownSource],
    compared: Mapping[Path, str] = _NOT_COMPARED,
    further: Mapping[str, Sequence[Path]] = _NOTHING_FURTHER,
    renumbered: Collection[str] = (),
) -> AddedTables:
    """tables.toml with what the workspace lacks. `known`: of its orders and of its tables that the proposal fills.

    `compared`: how the orders of a file that another tells of were compared with its own; "" where they are others.
    `further`: by part of a table, the files that it reads as it stands; `renumbered`: parts of it whose order numbers
    get the name of their file.
    """
    path = space.root / FILE
    toml = path.read_text(encoding="utf-8") if path.exists() else _START
    added: list[TableProposal] = []
    said: list[Message] = []
    refusable: list[TableProposal] = []
    gone: set[Path] = set()
    further = {id_: files for id_, files in further.items() if all(_inside(file, space) for file in files)}
    toml = with_files(toml, further, space.data, FILE, renumbered)
    added += _joined(space, proposal, further)
    others = [one for one in proposal.tables if not _reads_alike(one, further)]
    for table in dict.fromkeys(one.table for one in others):
        wanted = [one for one in others if one.table == table]
        refused = {one.path: why for one in wanted if (why := far(space, one) or _refusal(space, one, known, compared))}
        said += refused.values()
        wanted = [one for one in wanted if not _tells_of(one, gone)]
        gone |= refused.keys() if table == "orders" else set()
        refusable += [one for one in wanted if one.path in refused and not (far(space, one) or is_read(space, one))]
        parts = [one for one in wanted if one.path not in refused]
        if more := _with(toml, space, table, parts, known):
            toml = more
            added += parts
        elif parts:
            said.append(_by_hand(table, parts[0]))
    toml = without_settled(toml, [path for one in added for path in (one.path, *one.more)], FILE)
    return AddedTables(tuple(added), toml, tuple(dict.fromkeys(said)), tuple(refusable))


def _reads_alike(one: TableProposal, further: Mapping[str, Sequence[Path]]) -> bool:
    """Whether a part of its table reads the file as it stands."""
    return any(one.path in files for id_, files in further.items() if id_.partition(".")[0] == one.table)


def _joined(space: Workspace, proposal: Proposal, further: Mapping[str, Sequence[Path]]) -> Iterator[TableProposal]:
    """The files that parts of tables read as they stand, with the mapping of those."""
    looks = {look.path: look.columns for look in proposal.files}
    parts = {part.id: (table, part) for table, whole in space.tables.items() for part in whole.parts()}
    for id_, (path, *more) in further.items():
        table, part = parts[id_]
        said = say("{file} has the columns of the files of {part}, and is read as they are", file=path.name, part=id_)
        same = tuple(name for name in looks.get(path, ()) if name in space.schemas[table].columns)
        yield TableProposal(
            table,
            path,
            part.columns,
            where=part.where,
            group_by=part.group_by,
            latest_by=part.latest_by,
            source=id_.partition(".sources.")[2],
            info=(said,),
            more=tuple(more),
            same=tuple(name for name in same if name not in part.columns),
            by_hand=True,
            further=True,
        )


def _with(
    toml: str, space: Workspace, table: str, parts: Sequence[TableProposal], known: Mapping[str, KnownSource]
) -> str:
    """The text with the parts of a table added; "" without any, or where it is not written as we can follow."""
    if not parts:
        return ""
    there = space.tables.get(table)
    if there is None:
        return _valid(_appended(toml, tables_of(parts, space.data, space.currency)))
    if not there.sources:
        toml = with_source(toml, table, _source(known, table))
    return toml and _appended(toml, (part_toml(part, source_head(part), space.data, space.currency) for part in parts))


def _valid(toml: str) -> str:
    """The text, or "" where a table cannot stand behind what is there (`tables = { … }`)."""
    try:
        tomllib.loads(toml)
    except tomllib.TOMLDecodeError:
        return ""
    return toml


def _appended(toml: str, blocks: Iterable[str]) -> str:
    return "\n".join([toml.rstrip("\n") + "\n", *blocks])


def _source(known: Mapping[str, KnownSource], table: str) -> str:
    return known.get(table, KnownSource()).source


def told_otherwise(part: TableProposal, known: Mapping[str, KnownSource]) -> bool:
    """Whether a part tells of orders that another teller of the workspace may tell of.

    A file that no recipe knows may be one more of the same columns, where the workspace has such files already.
    """
    if part.table not in MONEY or "orders" not in known or part.told_by == known["orders"].told_by:
        return False
    return part.told_by != OWN_FILE or known["orders"].recognised


def _refusal(
    space: Workspace, part: TableProposal, known: Mapping[str, KnownSource], compared: Mapping[Path, str]
) -> Message | None:
    """Why a part is not added, unless a person insists."""
    if is_read(space, part):
        said = read_already(part)
        return _to_be_apart(said, part) if part.insisted else said
    if part.insisted:
        return None
    if told_otherwise(part, known) and compared.get(part.path, "?"):
        said = say(
            "{file}: its {table} may be those that the workspace has: not added to them, so that nothing counts twice",
            file=part.path.name,
            table=part.table,
        )
        return say("{said} ({why})", said=said, why=compared[part.path]) if part.path in compared else said
    there = space.tables.get(part.table)
    if there is None:
        return None
    names = set(there.sources) or {_source(known, part.table)}
    if not part.source or part.source in names:
        return say(
            "{table} is mapped already: {file} is not added (`init … --take FILE` adds it as a source of its own)",
            table=part.table,
            file=part.path.name,
        )
    return None


def _to_be_apart(said: Message, part: TableProposal) -> Message:
    return say(
        "{said}; for a source of its own first take it out of `path` of [tables.{table}] in tables.toml, and of the "
        "other tables that read it",
        said=said,
        table=part.table,
    )


def _tells_of(part: TableProposal, gone: set[Path]) -> bool:
    """Whether a part of an own sheet tells of orders that were not added: nothing of them came back either."""
    return part.table in MONEY and not part.recipe and part.path in gone


def read_already(part: TableProposal) -> Message:
    """That the workspace reads the file for this table."""
    return say("{file} is read as {table} already", file=part.path.name, table=part.table)


def is_read(space: Workspace, part: TableProposal) -> bool:
    """Whether the workspace reads the file for this table: it would count twice."""
    there = space.tables.get(part.table)
    texts = [text for one in (there.parts() if there else ()) for text in one.paths]
    read = {
        path.resolve()
        for text in texts
        for path in ([Path(text)] if Path(text).is_absolute() else space.data.glob(text))
    }
    return part.path.resolve() in read


def far(space: Workspace, part: TableProposal) -> Message | None:
    """A file that the workspace may not read."""
    far = next((path for path in (part.path, *part.more) if not _inside(path, space)), None)
    if far is None:
        return None
    return say(
        "{file} lies outside {data}, where the workspace keeps its data: copy it there", file=far, data=space.data
    )


def _inside(path: Path, space: Workspace) -> bool:
    return any(path.resolve().is_relative_to(root) for root in space.data_roots)


def _by_hand(table: str, part: TableProposal) -> Message:
    return say(
        "{file} is not added: put the mapping of {table} below [tables.{table}.sources.NAME] in tables.toml, then run "
        "`kpi-tui init` again",
        file=part.path.name,
        table=table,
    )
