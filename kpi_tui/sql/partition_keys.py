"""By which columns a query may be computed share by share: rows partitioned by it, the answers put together.

Read off the parsed SQL, and only where it is certain: every window, group and join keeps rows of one key
together, and nothing looks across keys. A user-ordered log of any length then needs the memory of one share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum

from sqlglot import exp

ColumnNames = Callable[[str], frozenset[str]]
"""Names of the columns of a relation that a query reads."""


class _Rows(Enum):
    """What one share sees of a relation."""

    SHARE = "the rows of its own keys"
    ALL = "all rows, as every other share does"


class _Across(Exception):
    """Rows of different keys meet."""


def keys(tree: exp.Expression, columns: ColumnNames) -> tuple[str, ...]:
    """Every column the query may be partitioned by, those named first first."""
    named = [
        [column.name for column in _columns(window.args.get("partition_by"))] for window in tree.find_all(exp.Window)
    ]
    named += [[column.name for column in _columns(group.expressions)] for group in tree.find_all(exp.Group)]
    if not named:
        return ()
    return tuple(key for key in dict.fromkeys(named[0]) if _separable(tree, key, columns))


def _separable(tree: exp.Expression, key: str, columns: ColumnNames) -> bool:
    try:
        return _Reader(key, columns).rows(tree, {}) is _Rows.SHARE
    except _Across:
        return False


class _Reader:
    """Walks a query for one key; raises _Across where it is not certain."""

    def __init__(self, key: str, columns: ColumnNames) -> None:
        self._key = key
        self._columns = columns

    def rows(self, query: exp.Expression, outer: Mapping[str, _Rows]) -> _Rows:
        """What a share sees of the answer of a query."""
        known = dict(outer)
        for cte in query.args["with_"].expressions if query.args.get("with_") else []:
            known[cte.alias] = self.rows(cte.this, known)
        if isinstance(query, exp.Union) and not query.args.get("distinct"):
            both = {self.rows(query.this, known), self.rows(query.expression, known)}
            return _only(both)
        if isinstance(query, exp.Subquery | exp.Paren):
            return self.rows(query.this, known)
        if not isinstance(query, exp.Select):
            raise _Across
        return self._select(query, known)

    def _select(self, query: exp.Select, known: Mapping[str, _Rows]) -> _Rows:
        origin = query.args.get("from_")
        if origin is None:
            return self._in_all(query)
        joins: list[exp.Join] = query.args.get("joins") or []
        sources = {
            source.alias_or_name: self._source(source, known) for source in [origin.this, *(j.this for j in joins)]
        }
        if _Rows.SHARE not in sources.values():
            return self._in_all(query)
        mine = {alias for alias, rows in sources.items() if rows is _Rows.SHARE}
        self._joined(origin.this.alias_or_name, joins, mine)
        if any(query.args.get(part) for part in ("limit", "offset", "qualify", "laterals")) or _nested(query):
            raise _Across
        self._projected(query, mine)
        self._together(query, mine)
        return _Rows.SHARE

    def _in_all(self, query: exp.Select) -> _Rows:
        """Rows that every share sees must not be taken for the share's own."""
        if any(projection.alias_or_name == self._key for projection in query.expressions):
            raise _Across
        return _Rows.ALL

    def _source(self, source: exp.Expression, known: Mapping[str, _Rows]) -> _Rows:
        if isinstance(source, exp.Subquery):
            return self.rows(source.this, known)
        if not isinstance(source, exp.Table):
            raise _Across
        if source.name in known:
            return known[source.name]
        return _Rows.SHARE if self._key in self._columns(source.name) else _Rows.ALL

    def _joined(self, first: str, joins: list[exp.Join], mine: set[str]) -> None:
        """Shares meet only over equal keys, and no row that is in every share is kept for lack of a partner."""
        seen = {first} & mine
        for join in joins:
            alias, side = join.this.alias_or_name, (join.side or "").upper()
            if side not in ("", "LEFT") or (join.kind or "").upper() not in ("", "INNER", "OUTER", "CROSS"):
                raise _Across
            if alias not in mine:
                continue
            if side == "LEFT" and not seen:
                raise _Across
            if seen and not any(self._same_key(part, alias, seen) for part in _all_of(join.args.get("on"))):
                raise _Across
            seen = seen | {alias}

    def _same_key(self, part: exp.Expr, alias: str, seen: set[str]) -> bool:
        """alias.key = other.key, with another relation of the share."""
        sides = (part.left, part.right) if isinstance(part, exp.EQ) else ()
        if not all(isinstance(side, exp.Column) and side.name == self._key for side in sides):
            return False
        tables = {side.table for side in sides if isinstance(side, exp.Column)}
        return alias in tables and bool(tables & (seen - {alias}))

    def _projected(self, query: exp.Select, mine: set[str]) -> None:
        """A column that is called like the key is the key itself."""
        for projection in query.expressions:
            if isinstance(projection, exp.Star) or projection.alias_or_name != self._key:
                continue
            column = projection.unalias()
            while isinstance(column, exp.Cast) and column.to.this in exp.DataType.TEXT_TYPES:
                column = column.this
            if not self._is_key(column, mine):
                raise _Across
        if query.args.get("distinct") and not any(p.alias_or_name == self._key for p in query.expressions):
            raise _Across

    def _is_key(self, column: exp.Expression, mine: set[str]) -> bool:
        named = isinstance(column, exp.Column) and column.name == self._key
        return named and column.text("table") in {"", *mine}

    def _together(self, query: exp.Select, mine: set[str]) -> None:
        """Windows and groups hold rows of one key only."""
        groups = query.args.get("group")
        for window in _own(query, exp.Window):
            if not self._names_key(window.args.get("partition_by"), mine):
                raise _Across
        adds = any(not aggregate.find_ancestor(exp.Window) for aggregate in _own(query, exp.AggFunc))
        if (groups or adds) and not self._names_key(groups.expressions if groups else None, mine):
            raise _Across

    def _names_key(self, expressions: list[exp.Expression] | None, mine: set[str]) -> bool:
        return any(self._is_key(column, mine) for column in _columns(expressions))


def _columns(expressions: list[exp.Expression] | None) -> list[exp.Column]:
    return [part for part in expressions or [] if isinstance(part, exp.Column)]


def _all_of(condition: exp.Expr | None) -> list[exp.Expr]:
    """The parts of a condition that must all hold."""
    if isinstance(condition, exp.Paren):
        return _all_of(condition.this)
    if isinstance(condition, exp.And):
        return [*_all_of(condition.left), *_all_of(condition.right)]
    return [] if condition is None else [condition]


def _own(query: exp.Select, kind: type[exp.Expr]) -> list[exp.Expr]:
    """Nodes of a SELECT that stand in no query inside it."""
    return [node for node in query.find_all(kind) if node.find_ancestor(exp.Select) is query]


def _nested(query: exp.Select) -> bool:
    """A query inside an expression (IN, EXISTS, scalar) may look anywhere."""
    parts = [*query.expressions, *(join.args.get("on") for join in query.args.get("joins") or [])]
    parts += [query.args.get(name) for name in ("where", "having", "group", "order")]
    return any(part is not None and part.find(exp.Select) for part in parts)


def _only(found: set[_Rows]) -> _Rows:
    if len(found) != 1:
        raise _Across
    return found.pop()
