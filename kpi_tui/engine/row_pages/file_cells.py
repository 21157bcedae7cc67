"""Where the rows behind a number stand in their files, and the columns of the files that the table does not have.

A row leads back to a line of a file where its table is read from files, or where its fact keeps one row for each key of
such a table. Lines that were grouped into one row are told by the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.rows.counted_rows import RowCell
from kpi_tui.definitions.answers.rows.refused_rows import FILE_NAME, FILE_ROW
from kpi_tui.definitions.library.table import SOURCE, Repeated, TableSchema, TableSource
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.row_pages.read_again import read_again

if TYPE_CHECKING:
    import polars as pl

    from kpi_tui.tables.file_rows import FileRows

_AT, _NTH = "kpi:at", "kpi:nth"
_PLAIN = re.compile(r'"([^"]+)"|(\w+)')


@dataclass(frozen=True, slots=True)
class FileCells:
    """`columns` beside those of the table and their cells by place of the row; `called`: how a file calls a column that
    the table takes over as it is."""

    columns: tuple[str, ...] = ()
    cells: Mapping[int, Mapping[str, RowCell]] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)


class FileCellsReader:
    """Reads the files of one workspace once more; those of the table asked for last stay in memory, if they are few."""

    def __init__(self, workspace: Workspace, data: Data, lineage: Lineage) -> None:
        self._workspace, self._data, self._lineage = workspace, data, lineage
        self._read: tuple[str, str, list[FileRows]] | None = None

    def beside(self, relation: str, names: Sequence[str], rows: Sequence[Sequence[RowCell]]) -> FileCells:
        """What stands in the files beside some rows of a table or fact; nothing where they lead back to no file."""
        table, by = self._leads_to(relation, names)
        if not table or not rows:
            return FileCells()
        schema, called = self._workspace.schemas[table], dict[str, str]()
        found: dict[int, dict[str, RowCell]] = {}
        several = False
        for part in self._parts(table):
            taken = _taken_over(part.source, part.raw.columns, part.table.columns)
            several = several or len(part.files) > 1 or bool(part.name) or bool(part.starts)
            called |= taken
            wanted = {name: [row[names.index(name)] for row in rows] for name in by}
            found |= _placed(part, schema, wanted, relation != table, [*taken.values()])
        columns = dict.fromkeys(name for cells in found.values() for name in cells)
        shown = [name for name in columns if several or name != FILE_NAME]
        return FileCells(tuple(shown), found, {name: of for name, of in called.items() if name in names})

    def _leads_to(self, relation: str, names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """The table of files that a relation leads back to, and the columns by which a row is found there."""
        space = self._workspace
        if relation in space.tables:
            return relation, tuple(names)
        fact = space.facts.get(relation)
        for table in self._lineage.raw_tables(relation) if fact else ():
            key = space.schemas[table].key if table in space.tables else ()
            same = fact is not None and key and set(fact.key) == set(key) and set(key) <= set(names)
            if same and all(self._lineage.passes_on(relation, table, one) for one in key):
                return table, tuple(key)
        return "", ()

    def _parts(self, table: str) -> list[FileRows] | Sequence[FileRows]:
        stamp = self._data.fingerprint(table)
        if self._read is None or self._read[:2] != (table, stamp):
            self._read = None
            parts = list(read_again(self._workspace, self._data, table))
            if sum(part.raw.height for part in parts) > self._data.many:
                return parts
            self._read = (table, stamp, parts)
        return self._read[2]


def _taken_over(source: TableSource, columns: Sequence[str], arrived: Sequence[str]) -> dict[str, str]:
    """Column of the table -> the column of the file that it is, unchanged."""
    found = {name: name for name in columns if name in arrived and name not in source.columns}
    for name, sql in source.columns.items():
        plain = _PLAIN.fullmatch(sql.strip())
        if plain and (column := plain[1] or plain[2]) in columns:
            found[name] = column
    return found


def _placed(
    part: FileRows, schema: TableSchema, wanted: Mapping[str, list[RowCell]], derived: bool, taken: Sequence[str]
) -> dict[int, dict[str, RowCell]]:
    """The place in `wanted` -> file, line and further cells, of the rows that stand in this part."""
    import polars as pl

    from kpi_tui.tables.source.raw_rows import FILE, ROW

    have = part.table.with_columns(pl.lit(part.name).alias(SOURCE)) if part.name else part.table
    by = [name for name in wanted if name in have.columns and not have.schema[name].is_float()]
    have = _one_of_each_key(have, schema) if derived else have
    key = [*schema.key]
    if key and set(key) <= set(by) and not have.select(pl.struct(key).is_duplicated().any()).item():
        by = key  # cheaper than by every column
    asked = pl.DataFrame({name: _texts(wanted[name], have.schema[name]) for name in by}).with_row_index(_AT)
    nth = pl.int_range(pl.len()).over(by).alias(_NTH)
    places = have.select(pl.col(by).cast(pl.String), FILE, ROW).with_columns(nth)
    met = asked.with_columns(nth).join(places, on=[*by, _NTH], nulls_equal=True).select(_AT, FILE, ROW)
    mine = [] if part.source.group_by else [n for n in part.raw.columns if n not in (FILE, ROW, *taken, *wanted)]
    cells = met.join(part.raw.select(FILE, ROW, pl.col(mine).cast(pl.String)), on=[FILE, ROW], how="left")
    found: dict[int, dict[str, RowCell]] = {}
    for row in cells.iter_rows(named=True):
        file, number = part.place(row[FILE], row[ROW])
        found[row[_AT]] = {FILE_NAME: file, FILE_ROW: number, **{name: row[name] for name in mine}}
    return found


def _texts(values: list[RowCell], kind: pl.DataType) -> pl.Series:
    import polars as pl

    return pl.Series(values, dtype=kind, strict=False).cast(pl.String)


def _one_of_each_key(rows: pl.DataFrame, schema: TableSchema) -> pl.DataFrame:
    """The row of each key that counts, as the schema says."""
    last = schema.repeated is Repeated.LAST
    if schema.time in rows.columns:
        rows = rows.sort(schema.time, nulls_last=not last, maintain_order=True)
    return rows.unique(list(schema.key), keep="last" if last else "first", maintain_order=True)
