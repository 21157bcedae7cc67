"""Amounts that the condition of a measure asks for (`amount > 15`): a row that lacks one is neither in nor out, and
rows in several currencies cannot be held against one number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sqlglot import exp

from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.amounts.unknown_rows import is_amount
from kpi_tui.sql import guard
from kpi_tui.sql.column_origins import sources
from kpi_tui.sql.parameters import bind

_COMPARES = (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ, exp.NEQ, exp.Between, exp.In)
_ASKS = (*_COMPARES, exp.AggFunc)


class AmountsAsked:
    """Answers for the measures of one workspace."""

    def __init__(self, workspace: Workspace, lineage: Lineage) -> None:
        self._workspace = workspace
        self._lineage = lineage

    def amounts(self, measure: Measure) -> tuple[str, ...]:
        """Columns of amounts in its condition, but those whose cells may be empty; none of sub-queries."""
        compared = (
            node for node in _outside(self._tree(measure)) if isinstance(node, _COMPARES) and not _of_texts(node)
        )
        names = dict.fromkeys(name for node in compared for name in _own(node))
        return tuple(name for name in names if self._must_be_known(measure.table, name))

    def of_others(self, where: str, whose: Mapping[str, str]) -> tuple[str, ...]:
        """Columns of other tables, as written, whose amounts a condition compares; `whose`: which each is."""
        nodes = [node for node in _outside(guard.predicate(where).tree) if isinstance(node, _COMPARES)]
        columns = (
            one for node in nodes if not _of_texts(node) for one in _outside(node) if isinstance(one, exp.Column)
        )
        names = dict.fromkeys(guard.as_written(one) for one in columns)
        return tuple(one for one in names if one in whose and self._must_be_known(*whose[one].rsplit(".", 1)))

    def of_others_compared(self, where: str, whose: Mapping[str, str]) -> tuple[str, ...]:
        """Columns of other tables, as written, that a condition holds against a number other than 0."""
        nodes = _comparisons(guard.predicate(bind(where, self._workspace.settings)).tree)
        columns = (one for node in nodes for one in _outside(node) if isinstance(one, exp.Column))
        return tuple(name for name in dict.fromkeys(map(guard.as_written, columns)) if name in whose)

    def inside(self, select: exp.Select, table: exp.Table) -> tuple[str, ...]:
        """Columns of a table whose amounts a sub-query compares or aggregates, but those whose cells may be empty."""
        ours = (table.alias_or_name, *([""] if len(sources(select)) == 1 else []))
        nodes = select.walk(prune=lambda node: node is not select and _is_query(node))
        asking = [node for node in nodes if isinstance(node, _ASKS) and not _of_texts(node)]
        columns = (one for node in asking for one in _outside(node) if isinstance(one, exp.Column))
        names = dict.fromkeys(one.name for one in columns if one.table in ours and not one.find_ancestor(exp.Count))
        return tuple(name for name in names if self._must_be_known(table.name, name))

    def compared(self, measure: Measure) -> tuple[str, ...]:
        """Columns of its condition that are held against a number other than 0."""
        found = [name for part in _comparisons(self._tree(measure)) for name in _own(part)]
        return tuple(dict.fromkeys(found))

    def without_comparisons(self, measure: Measure) -> str:
        """Its condition, but what holds something against a number."""
        tree = self._tree(measure)
        if tree is None or not _comparisons(tree):
            return measure.where
        parts = list(tree.flatten()) if isinstance(tree, exp.And) else [tree]
        kept = [part.sql(dialect="duckdb") for part in parts if not _comparisons(part)]
        return " AND ".join(f"({part})" for part in kept)

    def without(self, measure: Measure, names: Collection[str]) -> list[str]:
        """The parts of its condition that ask for none of some columns."""
        tree = self._tree(measure)
        parts = list(tree.flatten()) if isinstance(tree, exp.And) else [tree] if tree else []
        return [part.sql(dialect="duckdb") for part in parts if not set(_own(part)) & set(names)]

    def _tree(self, measure: Measure) -> exp.Expr | None:
        return guard.predicate(bind(measure.where, self._workspace.settings)).tree if measure.where else None

    def _must_be_known(self, table: str, column: str) -> bool:
        schemas = self._workspace.schemas
        made_of = [pair for pair in self._lineage.raw_columns(table, [column]) if pair[0] in schemas]
        empty = any(name in schemas[raw].columns and schemas[raw].columns[name].nullable for raw, name in made_of)
        return not empty and is_amount(column, table, self._workspace, self._lineage)


def _own(tree: exp.Expr | None) -> tuple[str, ...]:
    """Columns outside sub-queries."""
    return tuple(dict.fromkeys(one.name for one in _outside(tree) if isinstance(one, exp.Column)))


def _comparisons(tree: exp.Expr | None) -> list[exp.Expr]:
    """Comparisons with a number other than 0, whose sign or unit is nobody's: `amount > 15`, not `amount > 0`."""
    compares = (node for node in _outside(tree) if isinstance(node, _COMPARES))
    return [node for node in compares if _own(node) and any(map(_is_number, node.find_all(exp.Literal)))]


def _outside(tree: exp.Expr | None) -> Iterator[exp.Expr]:
    """The nodes that are in no sub-query."""
    if tree is not None:
        yield from (node for node in tree.walk(prune=_is_query) if not _is_query(node))


def _of_texts(node: exp.Expr) -> bool:
    """A comparison with a word: no amount is asked for."""
    return any(literal.is_string for literal in node.find_all(exp.Literal))


def _is_query(node: exp.Expr) -> bool:
    return isinstance(node, exp.Select)


def _is_number(literal: exp.Literal) -> bool:
    return not literal.is_string and float(literal.name) != 0
