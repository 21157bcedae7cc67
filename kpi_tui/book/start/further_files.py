"""The next file of what a table of a workspace reads already: a month more of the same sheet or export."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.setup import part_id
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.recipe import MONEY

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.proposal import Proposal, TableProposal
    from kpi_tui.definitions.library.table import TableSource
    from kpi_tui.definitions.workspace import Workspace


def further_files(space: Workspace, proposal: Proposal, apart: Collection[str] = ()) -> dict[str, tuple[Path, ...]]:
    """Part of a table, by its id (`orders`, `orders.sources.taobao`) -> the files of the proposal that it can read too.

    They have the columns of the files that are there, and go wherever those go: a sheet of orders that fills refunds
    too goes to both. Not those a person maps by hand, adds as a source of their own, or (`apart`, by `part_id`) mapped
    otherwise or left out.
    """
    reads = {part.id: (part, _files(space, part)) for table in space.tables.values() for part in table.parts()}
    found: dict[str, dict[Path, None]] = {}
    for one in proposal.tables:
        if one.by_hand or one.insisted or part_id(one) in apart:
            continue
        for beside in _beside(space, one, reads):
            for id_ in (id_ for id_, (_part, files) in reads.items() if beside in files):
                if part_id(replace(one, table=id_.partition(".")[0])) not in apart:
                    found.setdefault(id_, {}).update(dict.fromkeys((one.path, *one.more)))
    return {id_: tuple(files) for id_, files in found.items()}


def with_former_files(
    space: Workspace, proposal: Proposal, further: Mapping[str, tuple[Path, ...]]
) -> tuple[TableProposal, ...]:
    """The tables of the proposal; goods and refunds that the workspace does not read yet, of all files of their orders.

    They are of the same columns, and belong to the orders as those are numbered and kept there.
    """
    orders = {part.id: part for part in space.tables["orders"].parts()} if "orders" in space.tables else {}
    reads = {file: orders[id_] for id_, files in further.items() if id_ in orders for file in files}
    return tuple(
        _with_former(space, one, reads[one.path])
        if one.path in reads and one.table in MONEY and one.table not in space.tables
        else one
        for one in proposal.tables
    )


def _with_former(space: Workspace, one: TableProposal, part: TableSource) -> TableProposal:
    more = (*(file for file in _files(space, part) if file != one.path.resolve()), *one.more)
    number = part.columns.get("order_id", "order_id")
    if one.recipe or " over " in number:
        return replace(one, more=more)
    numbers = dict.fromkeys(({*one.columns, *one.same} & {"order_id"}), number)
    kept = " and ".join(dict.fromkeys(f"({sql})" for sql in (part.where, one.where) if sql))
    return replace(one, more=more, columns={**one.columns, **numbers}, where=kept)


def _beside(
    space: Workspace, one: TableProposal, reads: Mapping[str, tuple[TableSource, tuple[Path, ...]]]
) -> Iterator[Path]:
    """The first file of the part of the same table that reads files of the same columns, and not this one.

    Of several (two shops of one header) that whose files are called as this one is, but for months and numbers; none
    where no name tells.
    """
    from kpi_tui.tables.propose.several_files.shop_names import is_part

    there = space.tables.get(one.table)
    alike = []
    for part in there.parts() if there else ():
        _source, files = reads[part.id]
        if one.path.resolve() not in files and files and _columns(part, files[0]) == _columns(part, one.path):
            alike.append(files)
    named = [files for files in alike if any(is_part(file, one.path) for file in files)]
    if chosen := named or (alike if len(alike) == 1 else []):
        yield chosen[0][0]


def _files(space: Workspace, part: TableSource) -> tuple[Path, ...]:
    from kpi_tui.tables.source.files import resolve

    try:
        return resolve(part, space.data, space.data_roots)
    except TableError:  # `check` says what is wrong with them
        return ()


def _columns(part: TableSource, file: Path) -> frozenset[str]:
    """The columns of a file as a part reads it, and its format; where it cannot, what no other file has."""
    from kpi_tui.tables.source.files import kind_of
    from kpi_tui.tables.source.reader import read_file

    try:
        return frozenset((*read_file(file, part).columns, kind_of(file, part)))
    except (TableError, OSError):
        return frozenset((str(file),))
