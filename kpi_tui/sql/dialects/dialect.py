"""How a dialect spells a query: node by node, innermost first, each with the kinds of its operands known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice

import sqlglot
from sqlglot import exp

from kpi_tui.definitions.message import say
from kpi_tui.sql.guard import FragmentError
from kpi_tui.sql.kinds import Columns, Kinds, ValueKind, widest

_MOST_PARTS = 10_000  # of the spelling of one node

Word = Callable[[exp.Expr, Kinds], exp.Expr]
"""A node whose operands are spelled already → how this engine says it. Unsaid when it cannot."""


class Unsaid(FragmentError):
    """What an engine cannot say; the message names what to write instead."""


@dataclass(frozen=True)
class Dialect:
    """An engine's spelling of SQL: words for the nodes it would say differently, and how text is written."""

    name: str
    words: Mapping[type[exp.Expr], Word] = field(default_factory=dict)
    writes: type[sqlglot.Dialect] | str = "duckdb"
    refuse: Callable[[exp.Expr, Kinds], None] | None = None  # raises Unsaid for operands that do not go together
    query: Word | None = None  # looks at a whole SELECT, once its parts are spelled

    def spelled(self, tree: exp.Expr, relations: Mapping[str, Columns]) -> str:
        """SQL of a tree, which is changed; `relations` tells the kinds of what it reads. Raises Unsaid."""
        return self.written(_Speller(self, relations).told(tree))

    def outputs(self, tree: exp.Expr, relations: Mapping[str, Columns]) -> Columns:
        """Kinds of the columns of a query, which is changed. Raises Unsaid."""
        speller = _Speller(self, relations)
        speller.told(tree)
        return speller.outputs

    def of_fragment(self, tree: exp.Expr, columns: Columns, relations: Mapping[str, Columns]) -> ValueKind:
        """The kind of an expression over the columns of one relation; the tree is changed. Raises Unsaid."""
        speller = _Speller(self, relations)
        return speller.kinds.of(speller.node(tree, _Scope({"": columns})))

    def written(self, tree: exp.Expr) -> str:
        """The text of a tree: every name quoted, comments gone."""
        return tree.sql(dialect=self.writes, identify=True, comments=False)


@dataclass
class _Scope:
    """What names mean inside a SELECT: its sources by alias, its own aliases, and the queries around it."""

    sources: dict[str, Columns] = field(default_factory=dict)
    ctes: dict[str, Columns] = field(default_factory=dict)
    outer: _Scope | None = None
    own: dict[str, ValueKind] = field(default_factory=dict)

    def kind(self, column: exp.Column) -> ValueKind:
        """The kind of a column, looked for from the inside out."""
        found = [columns[column.name] for alias, columns in self.sources.items()
                 if column.table in ("", alias) and column.name in columns]  # fmt: skip
        if found:
            return found[0]
        if not column.table and column.name in self.own:
            return self.own[column.name]
        return self.outer.kind(column) if self.outer else ValueKind.UNKNOWN

    def relation(self, name: str) -> Columns | None:
        """The columns of a CTE of this query or of one around it."""
        return self.ctes[name] if name in self.ctes else self.outer.relation(name) if self.outer else None


class _Speller:
    """Walks one tree."""

    def __init__(self, dialect: Dialect, relations: Mapping[str, Columns]) -> None:
        self._dialect = dialect
        self._relations = relations
        self.kinds = Kinds()
        self.outputs: Columns = {}

    def told(self, tree: exp.Expr) -> exp.Expr:
        """The whole tree in the words of the dialect."""
        if not isinstance(tree, exp.Query):
            return self.node(tree, _Scope())
        new, self.outputs = self._query(tree, _Scope())
        return new

    def node(self, node: exp.Expr, scope: _Scope) -> exp.Expr:
        """A node, its operands first."""
        if isinstance(node, exp.Query):
            new, outputs = self._query(node, scope)
            self.kinds.set(new, next(iter(outputs.values()), ValueKind.UNKNOWN))
            return new
        for key in list(node.args):
            self._argument(node, key, scope)
        kind = self.kinds.find(node, scope.kind)
        word = self._dialect.words.get(type(node))
        if self._dialect.refuse:
            self._dialect.refuse(node, self.kinds)
        self.kinds.set(node, kind)
        new = word(node, self.kinds) if word else node
        if new is not node:
            self._bounded(new)
            self.kinds.set(new, kind)
        return new

    def _bounded(self, new: exp.Expr) -> None:
        """A spelling repeats its operands: nested in one another, they would double without end."""
        if next(islice(new.walk(), _MOST_PARTS, None), None) is not None:
            raise Unsaid(say("functions are nested too deeply here; put the inner ones into a fact of their own"))

    def _argument(self, node: exp.Expr, key: str, scope: _Scope) -> None:
        value = node.args[key]
        if isinstance(value, exp.Expr):
            if not isinstance(value, exp.Identifier | exp.DataType | exp.Var):
                node.set(key, self.node(value, scope))
        elif isinstance(value, list):
            node.set(key, [self.node(child, scope) if isinstance(child, exp.Expr) else child for child in value])

    def _query(self, query: exp.Query, outer: _Scope) -> tuple[exp.Expr, Columns]:
        scope = _Scope(outer=outer)
        for cte in query.args["with_"].expressions if query.args.get("with_") else []:
            inner, scope.ctes[cte.alias] = self._query(cte.this, scope)
            cte.set("this", inner)
        if isinstance(query, exp.Subquery):
            inner, outputs = self._query(query.this, scope)
            query.set("this", inner)
        elif isinstance(query, exp.SetOperation):
            outputs = self._united(query, scope)
        else:
            self._sources(query, scope)
            outputs = self._projected(query, scope)
        for key in list(query.args):
            if key not in ("with_", "from_", "this", "expression", "expressions", "alias"):
                self._argument(query, key, scope)
        word = self._dialect.query
        return (word(query, self.kinds) if word else query), outputs

    def _united(self, query: exp.SetOperation, scope: _Scope) -> Columns:
        left, first = self._query(query.this, scope)
        right, second = self._query(query.expression, scope)
        query.set("this", left)
        query.set("expression", right)
        pairs = zip(first.items(), second.values(), strict=False)
        return {name: widest((kind, other)) for (name, kind), other in pairs}

    def _sources(self, query: exp.Expr, scope: _Scope) -> None:
        origin = query.args.get("from_")
        for part in [*([origin] if origin else []), *(query.args.get("joins") or [])]:
            source = part.this
            if isinstance(source, exp.Subquery):
                new, columns = self._query(source, scope)
                part.set("this", new)
            else:
                known = scope.relation(source.name)
                columns = self._relations.get(source.name, {}) if known is None else known
            scope.sources[source.alias_or_name] = columns

    def _projected(self, query: exp.Expr, scope: _Scope) -> Columns:
        """The SELECT list, from left to right: later columns may name earlier ones."""
        made = []
        for projection in query.expressions:
            if projection.is_star:
                table = projection.table if isinstance(projection, exp.Column) else ""
                for alias, columns in scope.sources.items():
                    scope.own |= columns if table in ("", alias) else {}
                made.append(projection)
                continue
            new = self.node(projection, scope)
            if not projection.alias and new is not projection:
                new = exp.alias_(new, projection.alias_or_name, quoted=True, copy=False) if projection.name else new
            made.append(new)
            scope.own[projection.alias_or_name] = self.kinds.of(new)
        query.set("expressions", made)
        return scope.own
