"""How long a text may grow: `replace` in `replace`, `concat` of its own result, from one query to the next.

Each level multiplies, so that a line of SQL can ask for more memory than there is. Lengths are bounds for cells of
`CELL` characters, followed through the subqueries and CTEs of one statement; what a column of a table holds is not
looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlglot import exp
from sqlglot.errors import OptimizeError
from sqlglot.optimizer.scope import Scope, traverse_scope

from kpi_tui.definitions.message import say

CELL = 100
"""Characters that a cell of a table is taken to have."""
MOST_TEXT = 100_000
"""Characters that a text made of such cells may have."""

Lengths = Mapping[str, float]
"""Name of a column that a subquery makes -> its characters at most."""

_JOINED = (exp.Concat, exp.ConcatWs, exp.DPipe)
_GROWING = (*_JOINED, exp.Replace, exp.RegexpReplace)


def overlong(tree: exp.Expr, nodes: Sequence[exp.Expr]) -> str:
    """Why the texts of a parsed statement may not be made; empty when they may. `nodes`: all of it."""
    growing = [node for node in nodes if isinstance(node, _GROWING)]
    if len(growing) < 2:  # one level alone is no longer than what it is made of
        return ""
    if any(_length(part, known) > MOST_TEXT for part, known in _texts(tree, growing)):
        return say("its texts may grow to more than {most} characters: each replace or concat around another one "
                   "multiplies; make fewer of them", most=MOST_TEXT)  # fmt: skip
    return ""


def _texts(tree: exp.Expr, growing: Sequence[exp.Expr]) -> Iterator[tuple[exp.Expr, Lengths]]:
    """Every part of a statement that may grow, and how long the columns are that it reads."""
    if not isinstance(tree, exp.Query):
        yield from ((part, {}) for part in growing)
        return
    made: dict[int, Lengths] = {}
    try:
        scopes = traverse_scope(tree)
    except OptimizeError:  # an alias given twice: it is refused elsewhere, or by the engine
        scopes = []
    if not scopes:
        yield from ((part, {}) for part in growing)
    for scope in scopes:
        known: dict[str, float] = {}
        for source in scope.sources.values():
            for name, length in made.get(id(source), {}).items() if isinstance(source, Scope) else ():
                known[name] = max(length, known.get(name, 0))
        selected = scope.expression.selects if isinstance(scope.expression, exp.Query) else []
        made[id(scope)] = {one.alias_or_name: _length(one, known) for one in selected}
        yield from ((one, known) for one in scope.find_all(*_GROWING))


def _length(node: exp.Expr | None, known: Lengths) -> float:
    """Characters at most of what an expression makes of cells."""
    if node is None:
        return 0
    if isinstance(node, exp.Literal):
        return len(node.name)
    if isinstance(node, exp.Column):
        return known.get(node.name, CELL)
    if isinstance(node, exp.Pad):
        return max(_length(node.this, known), float(node.expression.name) if node.expression.is_int else 0)
    if isinstance(node, exp.Replace | exp.RegexpReplace):  # each part is asked once: they stand inside each other
        text, new = (_length(part, known) for part in (node.this, node.args.get("replacement")))
        if isinstance(node, exp.RegexpReplace):  # its pattern may meet between all characters
            return text * (1 + new)
        return text * max(new / max(len(node.expression.name), 1), 1)
    parts = [_length(child, known) for child in node.iter_expressions()]
    return sum(parts) if isinstance(node, _JOINED) else max(parts, default=0)
