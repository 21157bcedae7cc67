"""Files that a table could read as its next ones, but for their order numbers: those are of other orders there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.proposal import BY_SOURCE, Proposal, months_of_one_shop
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.recipe import MONEY
from kpi_tui.definitions.message import Message, say
from kpi_tui.workspace.start.stand_ins import FILE_BEFORE

if TYPE_CHECKING:
    import polars as pl

    from kpi_tui.definitions.library.table import TableSource
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.kept.cache import Cache

_MOST = 0.5
_FILE = '"kpi:name"'  # a mapping that tells the numbers of its files apart


@dataclass(frozen=True, slots=True)
class NumbersAgain:
    """Such files: `shops` count beside the part that they do not join; `months` join it, its numbers get their file's.

    `unclear`: months beside other files that name the orders by their numbers alone. All by the part they are of.
    """

    shops: Mapping[Path, str]
    months: Mapping[Path, str]
    unclear: Mapping[Path, str]

    def without(self, further: Mapping[str, Sequence[Path]]) -> dict[str, tuple[Path, ...]]:
        """The files by part, without those."""
        kept = {
            id_: tuple(one for one in files if one not in self.shops and one not in self.unclear)
            for id_, files in further.items()
        }
        return {id_: files for id_, files in kept.items() if files}

    def renumbered(self, further: Mapping[str, Sequence[Path]]) -> frozenset[str]:
        """The parts whose numbers get the name of their file."""
        return frozenset(id_ for id_, files in further.items() if self.months.keys() & set(files))

    def answered(self, proposal: Proposal) -> Proposal:
        """The proposal: shops with numbers of their own, months left out."""
        tables = (
            replace(one, renumbered=BY_SOURCE) if one.path in self.shops and one.table in MONEY else one
            for one in proposal.tables
            if one.path not in self.unclear
        )
        return replace(proposal, tables=tuple(tables))

    @property
    def said(self) -> tuple[Message, ...]:
        """How shops are added, why months are not, and what to do."""
        shops = (
            say(
                "{file} gives numbers of orders of {part} to others: it is a source of its own, and its "
                "numbers get the name of that",
                file=path.name,
                part=part,
            )
            for path, part in self.shops.items()
        )
        months = (months_of_one_shop(path.name, part) for path, part in self.months.items())
        unclear = (
            say(
                "{file} is not added: it gives numbers of orders of {part} to others of other days, and other files "
                "name those orders. Begin order_id with {sql} in every table that reads these files, then run "
                "`kpi-tui init` again",
                file=path.name,
                part=part,
                sql=FILE_BEFORE,
            )
            for path, part in self.unclear.items()
        )
        return (*shops, *months, *unclear)


def numbers_again(space: Workspace, further: Mapping[str, Sequence[Path]], cache: Cache | None = None) -> NumbersAgain:
    """Those of the files that would be read by parts of a table of orders; `cache`: of one sitting, so that an answer
    reads no file again.
    """
    orders = {part.id: part for part in space.tables["orders"].parts()} if "orders" in space.tables else {}
    shops: dict[Path, str] = {}
    months: dict[Path, str] = {}
    unclear: dict[Path, str] = {}
    for id_, part in orders.items():
        told = _FILE in part.columns.get("order_id", "")
        there = None if told or id_ not in further else _orders(space, part, cache)
        for file in further.get(id_, ()) if there is not None else ():
            mine = _orders(space, replace(part, paths=(str(file.resolve()),)), cache)
            if mine is None or there is None or not _are_others(mine, there):
                continue
            if not (_apart(mine, there) and _called_alike(part, file)):
                shops[file] = id_
            elif _are_named_elsewhere(space, part, further, file):
                unclear[file] = id_
            else:
                months[file] = id_
    return NumbersAgain(shops, months, unclear)


def _are_named_elsewhere(
    space: Workspace, orders: TableSource, further: Mapping[str, Sequence[Path]], file: Path
) -> bool:
    """Whether files of another kind tell of goods or refunds by the numbers as they are, and not of another source."""
    mine = {id_ for id_, files in further.items() if file in files}
    others = [part for part in space.tables["orders"].parts() if part.id != orders.id]
    sources, paths = {_source(part) for part in others}, {path for part in others for path in part.paths}
    beside = (space.tables[table] for table in MONEY if table in space.tables and table != "orders")
    return any(
        part.id not in mine and _source(part) not in sources and not set(part.paths) <= paths
        for table in beside
        for part in table.parts()
    )


def _source(part: TableSource) -> str:
    return part.id.partition(".sources.")[2]


def _orders(space: Workspace, part: TableSource, cache: Cache | None) -> pl.DataFrame | None:
    from kpi_tui.engine.kept.cache import digest
    from kpi_tui.tables.prepare import prepare
    from kpi_tui.tables.source.changed_files import fingerprint

    memory = cache.rows_in_memory if cache else None
    try:
        made_from = fingerprint(part, space.data, space.data_roots, space.settings)
        stamp = digest("order numbers", made_from, space.timezone)
        found: pl.DataFrame | None = memory.get(stamp) if memory else None
        if found is None:
            rows = prepare(
                part, space.schemas["orders"], data=space.data, roots=space.data_roots, timezone=space.timezone
            ).frame
            found = rows.select("order_id", "created_at", "order_amount").drop_nulls("order_id").collect()
            if memory:
                memory.put(stamp, found)
        return found
    except TableError:  # `check` says why
        return None


def _are_others(mine: pl.DataFrame, theirs: pl.DataFrame) -> bool:
    """Whether numbers meet, and mostly those of other orders."""
    import polars as pl

    met = mine.join(theirs.unique("order_id"), on="order_id")
    same = pl.all_horizontal(pl.col(one).eq_missing(pl.col(f"{one}_right")) for one in ("created_at", "order_amount"))
    return not met.is_empty() and met.select(same.mean() < _MOST).item()


def _apart(mine: pl.DataFrame, theirs: pl.DataFrame) -> bool:
    """Whether they have no day in common."""
    first, last = mine["created_at"].min(), mine["created_at"].max()
    return bool(theirs.filter(theirs["created_at"].is_between(first, last)).is_empty())


def _called_alike(part: TableSource, file: Path) -> bool:
    from kpi_tui.tables.propose.several_files.shop_names import is_part

    return any(is_part(Path(one), file) for one in part.paths)
