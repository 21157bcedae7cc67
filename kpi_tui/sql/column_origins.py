"""Where a column of a query comes from: followed by name through `*`, sub-queries and CTEs to what the query reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp

Offers = Callable[[str], frozenset[str]]
"""The columns of a relation that a query reads."""
Lacks = Callable[[str, str], bool]
"""Whether a column (second) of a relation (first) is empty in every row."""
Ctes = Mapping[str, exp.Expression]

_OF_ONE = (exp.Cast, exp.TryCast, exp.Paren, exp.Neg, exp.Window, exp.Max, exp.Min, exp.Sum, exp.Avg, exp.AnyValue)
"""Empty where what they are made of is; so is any arithmetic (`exp.Binary` but comparisons) with an empty side."""
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div)


@dataclass(frozen=True, slots=True)
class _Made:
    """An expression that stands for a column, and the SELECT whose columns it names."""

    expression: exp.Expression
    select: exp.Expression
    ctes: Ctes


_Copy = tuple[str, str]
"""A relation and its column that is passed on as it is."""


class ColumnOrigins:
    """Answers for one query."""

    def __init__(self, tree: exp.Expression, offers: Offers) -> None:
        self._tree = tree
        self._offers = offers
        self._copied: dict[str, frozenset[_Copy]] = {}
        self._ctes = {cte.alias: cte.this for cte in tree.find_all(exp.CTE)}

    def copied(self, column: str) -> frozenset[_Copy]:
        """What a column is a plain copy of, in a union of each side but NULL; nothing where any works it out."""
        if column not in self._copied:
            found = list(self._of(self._tree, column, self._ctes))
            made = any(isinstance(one, _Made) and not _is_null(one.expression) for one in found)
            copies = frozenset(one for one in found if not isinstance(one, _Made))
            self._copied[column] = frozenset() if made else copies
        return self._copied[column]

    def is_empty(self, column: str, lacks: Lacks) -> bool:
        """Whether nothing is in a column because `lacks` holds of all it is made of."""
        found = list(self._of(self._tree, column, self._ctes))
        return bool(found) and all(self._is_empty(one, lacks) for one in found)

    def _of(self, query: exp.Expression, column: str, ctes: Ctes) -> Iterator[_Copy | _Made]:
        """What stands for a name in the SELECT list of a query."""
        if isinstance(query, exp.Subquery | exp.Paren):
            yield from self._of(query.this, column, ctes)
        elif isinstance(query, exp.SetOperation):
            yield from self._of(query.this, column, ctes)
            yield from self._of(query.expression, _in_the_same_place(query, column), ctes)
        else:
            for projection in query.expressions:
                one = projection.unalias()
                if one.is_star:
                    yield from self._of_sources(query, one.table if isinstance(one, exp.Column) else "", column, ctes)
                elif projection.alias_or_name == column:
                    yield from self._of_expression(_Made(one, query, ctes))

    def _of_expression(self, made: _Made) -> Iterator[_Copy | _Made]:
        if isinstance(made.expression, exp.Column):
            yield from self._of_sources(made.select, made.expression.table, made.expression.name, made.ctes)
        else:
            yield made

    def _of_sources(self, select: exp.Expression, only: str, column: str, ctes: Ctes) -> Iterator[_Copy | _Made]:
        """A column of what a SELECT reads: of one relation of it where `only` names it."""
        for source in sources(select):
            if only in ("", source.alias_or_name):
                if isinstance(source, exp.Subquery):
                    yield from self._of(source.this, column, ctes)
                elif source.name in ctes:
                    others = {name: query for name, query in ctes.items() if name != source.name}
                    yield from self._of(ctes[source.name], column, others)
                elif column in self._offers(source.name):
                    yield source.name, column

    def _is_empty(self, one: _Copy | _Made, lacks: Lacks) -> bool:
        if not isinstance(one, _Made):
            return lacks(*one)
        tree = one.expression

        def inner(part: exp.Expression) -> bool:
            return self._is_empty(_Made(part, one.select, one.ctes), lacks)

        if isinstance(tree, exp.Column):
            found = list(self._of_expression(one))
            return bool(found) and all(self._is_empty(each, lacks) for each in found)
        if isinstance(tree, exp.Coalesce):
            return all(map(inner, (tree.this, *tree.expressions)))
        if isinstance(tree, _ARITHMETIC):
            return inner(tree.this) or inner(tree.expression)
        return isinstance(tree, exp.Null) or (isinstance(tree, _OF_ONE) and inner(tree.this))


def _is_null(tree: exp.Expression) -> bool:
    """NULL, of whatever type: it supplies nothing."""
    return isinstance(tree, exp.Null) or (isinstance(tree, exp.Cast | exp.Paren) and _is_null(tree.this))


def sources(query: exp.Expression) -> list[exp.Expression]:
    """What a SELECT reads from: its FROM and its joins."""
    origin = query.args.get("from_") or query.args.get("from")
    joins = query.args.get("joins") or []
    return [part.this for part in ([origin] if origin else []) + joins]


def _in_the_same_place(union: exp.SetOperation, column: str) -> str:
    """How the right side of a union calls a column of the left one; by its name where a `*` hides the places."""
    left, right = union.this.selects, union.expression.selects
    if any(one.is_star for one in (*left, *right)):
        return column
    names = [one.alias_or_name for one in left]
    place = names.index(column) if column in names else -1
    return right[place].alias_or_name if 0 <= place < len(right) else column
