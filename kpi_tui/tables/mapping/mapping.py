"""The mapping of a source, judged and parsed: which expression fills which column, from which cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl
from sqlglot import exp

from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.library.table import ColumnType, TableSchema, TableSource
from kpi_tui.definitions.message import Message, listed, say
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.sql import guard
from kpi_tui.tables.mapping.cell_types import WANT_OF_TYPE, CellType, OperandTyping, TypedCell
from kpi_tui.tables.mapping.mixed_choices import mixed_choices
from kpi_tui.tables.source.files import fail, issue
from kpi_tui.tables.source.raw_rows import NAME, ROW, Raw

GROUP = "kpi:group"
OF_A_ROW: Mapping[str, pl.DataType] = {ROW: pl.Int64(), NAME: pl.String()}
"""What a mapping may read beside the columns of the file: which row of which file, whatever `where` keeps."""


@dataclass(frozen=True, slots=True)
class ParsedMapping:
    """SQL per column over file columns and cells."""

    columns: Mapping[str, str]
    types: Mapping[str, ColumnType | None]
    where: str
    groups: tuple[str, ...]
    cells: tuple[TypedCell, ...]
    where_cells: frozenset[str]
    key_of_cell: Mapping[str, str]  # cell -> key of tables.toml that needs it first

    @property
    def group_columns(self) -> dict[str, str]:
        """What rows are grouped by, under the names that the columns call it by."""
        return {f"{GROUP}{index}": sql for index, sql in enumerate(self.groups)}


def judge(
    raw: Raw, kinds: Mapping[str, pl.DataType], source: TableSource, schema: TableSchema, numeric: Callable[[str], bool]
) -> ParsedMapping:
    """Judge every fragment of a source against its file. TableError carries all that is wrong."""
    return _Judge(raw, kinds, source, schema, numeric).mapping()


def render(tree: exp.Expression) -> str:
    """The text of a tree: every name quoted, comments gone."""
    return tree.sql(dialect="duckdb", identify=True, comments=False)


def _quoted(tree: exp.Expression) -> exp.Expression:
    """The tree with every column quoted: `Name` below `group_by` and in an expression are one."""
    for column in tree.find_all(exp.Column):
        column.this.set("quoted", True)
    return tree


def several_values(name: str) -> tuple[str, str]:
    """Of a column of lists, maps or groups, as Parquet has them: what is wrong, and what to do."""
    return (
        say("column {name!r} holds several values in a cell (a list, a map or a group)", name=name),
        say("export it with one value in a cell"),
    )


class _Judge:
    """Collects issues while it parses a source's fragments."""

    def __init__(
        self,
        raw: Raw,
        kinds: Mapping[str, pl.DataType],
        source: TableSource,
        schema: TableSchema,
        numeric: Callable[[str], bool],
    ) -> None:
        self.raw, self.source, self.schema = raw, source, schema
        self.kinds, self.known = kinds, tuple(kinds)
        self.operands = OperandTyping({**kinds, **OF_A_ROW}, numeric, render)
        self.issues: list[Issue] = []
        self.key_of_cell: dict[str, str] = {}
        self.groups: list[exp.Expression] = []

    def mapping(self) -> ParsedMapping:
        where = self._where()
        where_cells = frozenset(cell.name for cell in self.operands.cells.values())
        groups = self._groups()
        self._currency()
        columns = {name: self._column(name, sql) for name, sql in self._expressions().items()}
        if self.issues:
            raise fail(self.issues)
        types = {name: self._type(name) for name in columns}
        cells = tuple(self.operands.cells.values())
        return ParsedMapping(columns, types, where, groups, cells, where_cells, self.key_of_cell)

    def _expressions(self) -> dict[str, str]:
        """Written expressions, and canonical columns the file has under their own name."""
        free = self.source.group_by or self.known
        taken = {name: f'"{name}"' for name in self.schema.columns if name in self.known and name in free}
        return {**taken, **self.source.columns}

    def _type(self, name: str) -> ColumnType | None:
        if name in self.schema.columns:
            return self.schema.columns[name].type
        return self.source.types.get(name)

    def _where(self) -> str:
        if not self.source.where.strip():
            return ""
        tree = self._parsed("where", self.source.where, guard.predicate)
        return self._rewritten("where", tree, CellType.BOOL) if tree is not None else ""

    def _currency(self) -> None:
        """The column that says the currency of each row is one of the file; words tell amounts apart where they can."""
        for name in (name for name, said in self.source.money.items() if isinstance(said, tuple)):
            if name not in self.schema.columns or self.schema.columns[name].by_word is None:
                hint = say("write {name} = true, or false", name=name)
                self._complain("money", say("no column of words says where {name} is an amount", name=name), hint)
        if (name := self.source.currency_column) and name not in self.known:
            self._complain("currency_column", *self._unknown(name))

    def _groups(self) -> tuple[str, ...]:
        found: list[str] = []
        for text in self.source.group_by:
            sql = text if not self._is_column(text) else f'"{text}"'
            tree = self._parsed("group_by", sql, guard.expression)
            if tree is not None:
                self.groups.append(tree)
                found.append(self._rewritten("group_by", tree, CellType.AS_IS))
        return tuple(found)

    def _column(self, name: str, sql: str) -> str:
        tree = self._parsed(name, f'"{sql}"' if self._is_column(sql) else sql, guard.expression)
        if tree is None:
            return ""
        tree = self._grouped(name, tree)
        kind = self._type(name)
        return self._rewritten(name, tree, WANT_OF_TYPE[kind] if kind else CellType.GUESS)

    def _is_column(self, text: str) -> bool:
        """A file column may be written without quotes even when SQL would want them (`order id`)."""
        return text in self.known and '"' not in text

    def _grouped(self, name: str, tree: exp.Expression) -> exp.Expression:
        """Group keys by their own column; every other column must be inside an aggregate."""
        aggregates = [node for node in tree.find_all(exp.AggFunc) if not node.find_ancestor(exp.Window)]
        if not self.source.group_by:
            if aggregates:
                self._complain(name, say("{tree!r} is an aggregate", tree=tree.sql()), say("add group_by"))
            return tree
        tree = tree.transform(self._as_group)
        loose = [c.name for c in tree.find_all(exp.Column) if not c.find_ancestor(exp.AggFunc, exp.Filter)]
        if loose := [column for column in loose if not column.startswith(GROUP)]:
            hint = say("write min({column}), or add it to group_by", column=loose[0])
            self._complain(
                name, say("column {name!r} is neither in group_by nor inside an aggregate", name=loose[0]), hint
            )
        return tree

    def _as_group(self, node: exp.Expression) -> exp.Expression:
        for index, group in enumerate(self.groups):
            if node == group and not node.find_ancestor(exp.AggFunc):
                return exp.column(f"{GROUP}{index}", quoted=True)
        return node

    def _parsed(self, key: str, sql: str, judge: Callable[[str], guard.Fragment]) -> exp.Expression | None:
        try:
            fragment = judge(sql)
            if fragment.tree.find(exp.Select, exp.Table):
                raise guard.FragmentError(say("another table cannot be read here"))
        except guard.FragmentError as error:
            self._complain(key, say("{sql!r}: {error}", sql=sql, error=error))
            return None
        unknown = [name for name in fragment.columns if name not in self.known and name not in OF_A_ROW]
        for name in unknown:
            self._complain(key, *self._unknown(name))
        for name in sorted(set(fragment.columns) & self.raw.twice):
            self._complain(
                key, say("column {name!r} stands twice in the header", name=name), say("rename one of them in the file")
            )
        several = [name for name in fragment.columns if name in self.known and self.kinds[name].is_nested()]
        for name in dict.fromkeys(several):
            self._complain(key, *several_values(name))
        return None if unknown or several else _quoted(fragment.tree.copy())

    def _unknown(self, name: str) -> tuple[Message, str]:
        instead = say("the file has {names}", names=listed(self.known[:12]))
        return say("unknown column {name!r}", name=name), did_you_mean(name, self.known, instead, cutoff=0.5)

    def _rewritten(self, key: str, tree: exp.Expression, needed: CellType) -> str:
        if isinstance(tree, exp.Column) and tree.name.startswith(GROUP):
            return render(tree)
        for said, hint in mixed_choices(tree, needed, self.operands.kinds, self.operands.is_numeric):
            self._complain(key, said, hint)
        new = self.operands.rewrite(tree, needed)
        for cell in self.operands.cells.values():
            self.key_of_cell.setdefault(cell.name, key)
        return render(new)

    def _complain(self, key: str, message: str, hint: str = "") -> None:
        self.issues.append(issue(self.source, key, message, hint))
