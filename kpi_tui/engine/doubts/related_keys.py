"""Whether the keys of related tables meet: counted once per state of both tables' files, in streams."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kpi_tui.definitions.answers.key_overlap import KeyOverlap
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.kept.cache import digest

if TYPE_CHECKING:
    import polars as pl

SETTING, MEET = "keys_meet", 0.9
"""Below this share of ids found, a relation is warned about."""
SHOWN = 3
"""Examples from either side."""

_AT_ONCE = 5_000_000  # ids compared at a time
_ID, _ROWS, _HERE = "id", "rows", "here"


@dataclasses.dataclass(frozen=True)
class KeyReference:
    """`table.column` holds ids of `other.target`."""

    table: str
    column: str
    other: str
    target: str


class RelatedKeys:
    """Answers for the relations of one workspace's schema."""

    def __init__(self, workspace: Workspace, data: Data) -> None:
        self._workspace = workspace
        self._data = data
        self._known: dict[KeyReference, KeyOverlap] = {}

    @cached_property
    def relations(self) -> tuple[KeyReference, ...]:
        """Every relation of the schema whose two columns are supplied."""
        named = [
            KeyReference(schema.id, column.name, *column.references.split(".", 1))
            for schema in self._workspace.schemas.values()
            for column in schema.columns.values()
            if column.references
        ]
        return tuple(one for one in named if self._has(one.table, one.column) and self._has(one.other, one.target))

    def overlap(self, relation: KeyReference) -> KeyOverlap:
        """How far the ids of a relation meet."""
        if relation not in self._known:
            meet = self._workspace.number(SETTING, MEET)
            prints = [self._data.fingerprint(table) for table in (relation.table, relation.other)]
            key = "overlap:" + digest(dataclasses.astuple(relation), prints, meet)
            stored = self._data.remembered(key, lambda: self._counted(relation, meet))
            self._known[relation] = KeyOverlap(
                **{**stored, "examples": tuple(stored["examples"]), "beside": tuple(stored["beside"])}
            )
        return self._known[relation]

    def that_do_not_meet(self, tables: Collection[str]) -> tuple[KeyOverlap, ...]:
        """The relations between some tables whose ids are found too seldom."""
        meet = self._workspace.number(SETTING, MEET)
        within = (self.overlap(one) for one in self.relations if one.table in tables and one.other in tables)
        return tuple(overlap for overlap in within if overlap.share < meet)

    def without_a_day(self, tables: Collection[str]) -> tuple[KeyOverlap, ...]:
        """The relations between some tables of which a few rows find nothing that says their day: lines of orders that
        no file has. Where a filter leaves rows of the other table out, theirs are meant to be out with them.
        """
        found = (self.overlap(one) for one in self.dated(tables) if not self._is_filtered(one.other))
        meet = self._workspace.number(SETTING, MEET)
        return tuple(one for one in found if one.share >= meet and one.rows_found < one.rows)

    def without_key(self, tables: Collection[str]) -> tuple[KeyOverlap, ...]:
        """Those of which some rows do not say whose they are: they have no day either."""
        return tuple(found for one in self.dated(tables) if (found := self.overlap(one)).blank)

    def never_dated(self, tables: Collection[str]) -> KeyOverlap | None:
        """The relation between some tables of which no row at all finds what says its day."""
        for one in self.dated(tables):
            found = self.overlap(one)
            lost = found.blank + (0 if self._is_filtered(one.other) else found.rows)
            if lost and not found.rows_found and lost == found.rows + found.blank:
                return found
        return None

    def dated(self, tables: Collection[str]) -> list[KeyReference]:
        """The relations between some tables by which rows have the time of the row they name, and no other."""
        schemas = self._workspace.schemas
        known = (one for one in self.relations if one.table in tables and one.other in tables)
        return [one for one in known if not schemas[one.table].time and schemas[one.other].time]

    def _is_filtered(self, table: str) -> bool:
        summary = self._data.summary(table)
        return summary is not None and any(part.filtered for part in summary.profile.parts())

    def lacks_some(self, tables: Collection[str], other: str) -> bool:
        """Whether some id by which one of the tables names another is not found there."""
        return any(self.overlap(one).share < 1 for one in self.relations if one.table in tables and one.other == other)

    def _has(self, table: str, column: str) -> bool:
        summary = self._data.summary(table)
        return summary is not None and column not in summary.lacking

    def _counted(self, relation: KeyReference, meet: float) -> dict[str, Any]:
        frame, schema = self._data.frame(relation.table), self._workspace.schemas[relation.table]
        naming = _ids(frame, relation.column)
        named = _ids(self._data.frame(relation.other), relation.target)
        rows, rows_found, ids, found = _meeting(naming, named, self._shares(relation))
        overlap = KeyOverlap(
            **dataclasses.asdict(relation), rows=rows, rows_found=rows_found, ids=ids, ids_found=found,
            blank=_blank(frame, relation.column) if not schema.time else 0,
        )  # fmt: skip
        if overlap.share < (1 if relation in self.dated((relation.table, relation.other)) else meet):
            overlap = dataclasses.replace(overlap, examples=_some(naming.join(named, on=_ID, how="anti")))
        if overlap.share < meet:
            overlap = dataclasses.replace(
                overlap,
                beside=_some(named.join(naming, on=_ID, how="anti")),
                alike=_alike(naming, named, meet),
            )
        return dataclasses.asdict(overlap)

    def _shares(self, relation: KeyReference) -> int:
        """Into how many parts many ids are split, so that memory does not grow with them."""
        found = (self._data.summary(table) for table in (relation.table, relation.other))
        return sum(summary.profile.rows_kept for summary in found if summary) // _AT_ONCE + 1


def _ids(frame: pl.LazyFrame, column: str) -> pl.LazyFrame:
    import polars as pl

    return frame.select(pl.col(column).cast(pl.String).alias(_ID)).drop_nulls()


def _blank(frame: pl.LazyFrame, column: str) -> int:
    """How many rows have no id."""
    import polars as pl

    return int(frame.select(pl.col(column).null_count()).collect(engine="streaming").item())


def _meeting(naming: pl.LazyFrame, named: pl.LazyFrame, shares: int = 1) -> tuple[int, int, int, int]:
    """Rows, rows found, distinct ids, ids found.

    Ids are told apart by their hashes of 64 bits: half the time of texts, and among ten million ids two clash once in
    three hundred thousand tables.
    """
    import polars as pl

    naming, named = (ids.select(pl.col(_ID).hash()) for ids in (naming, named))
    totals = [0, 0, 0, 0]
    for share in range(shares):
        mine = pl.col(_ID) % shares == share if shares > 1 else pl.lit(True)
        ids = naming.filter(mine).group_by(_ID).agg(pl.len().alias(_ROWS))
        known = named.filter(mine).unique().with_columns(pl.lit(True).alias(_HERE))
        both = ids.join(known, on=_ID, how="left")
        here = pl.col(_HERE).fill_null(False)
        counts = [pl.col(_ROWS).sum(), pl.col(_ROWS).filter(here).sum(), pl.len(), here.sum()]
        counted = both.select(count.cast(pl.Int64).alias(str(n)) for n, count in enumerate(counts))
        (row,) = counted.collect(engine="streaming").rows()
        totals = [total + int(part or 0) for total, part in zip(totals, row, strict=True)]
    return totals[0], totals[1], totals[2], totals[3]


def _some(ids: pl.LazyFrame) -> tuple[str, ...]:
    """The first ids in their order."""
    return tuple(ids.unique().sort(_ID).head(SHOWN).collect(engine="streaming")[_ID])


def _alike(naming: pl.LazyFrame, named: pl.LazyFrame, meet: float) -> str:
    """The SQL function that makes ids meet which differ in leading zeros or in case; tried before it is named."""
    import polars as pl

    tried = {"ltrim(…, '0')": pl.col(_ID).str.strip_chars_start("0"), "upper(…)": pl.col(_ID).str.to_uppercase()}
    for sql, made in tried.items():
        _, _, ids, found = _meeting(naming.select(made), named.select(made))
        if ids and found / ids >= meet:
            return sql
    return ""
