"""Judge SQL fragments with sqlglot before polars sees them.

Bounded length, depth and node count; SELECT only; declared tables and columns only; a list of
allowed functions. A fragment that passes is returned parsed, so nobody parses twice.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import sqlglot
from sqlglot import exp

from kpi_tui.definitions.message import say
from kpi_tui.sql.allowed_functions import is_allowed, refused_function
from kpi_tui.sql.fragment_error import FragmentError as FragmentError
from kpi_tui.sql.limits import too_costly, unparsable
from kpi_tui.sql.no_sql import unparsed
from kpi_tui.sql.parse_deadline import ParsedTooLongError, give_up, parse_deadline

MAX_LENGTH = 8_000
MAX_DEPTH = 60
MAX_NODES = 2_500
DIALECT = "duckdb"
logging.getLogger("sqlglot").addHandler(logging.NullHandler())  # its warnings quote the raw text of a workspace
logging.getLogger("sqlglot").propagate = False


@dataclass(frozen=True)
class Fragment:
    """A judged SQL expression or query."""

    sql: str
    tree: exp.Expression

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns it reads, in order of appearance."""
        return tuple(dict.fromkeys(node.name for node in self.tree.find_all(exp.Column, bfs=False)))

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The same as they are written: `channel_id`, or `users.channel_id` where the table is named."""
        return tuple(dict.fromkeys(as_written(node) for node in self.tree.find_all(exp.Column, bfs=False)))

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """Relations it reads, its own CTEs left out."""
        return _relations(self.tree)

    @cached_property
    def selects(self) -> tuple[exp.Select, ...]:
        """The SELECTs inside it."""
        return tuple(self.tree.find_all(exp.Select))

    @cached_property
    def outer_columns(self) -> tuple[exp.Column, ...]:
        """The columns it reads outside its sub-queries."""
        return tuple(node for node in self._outside() if isinstance(node, exp.Column))

    @cached_property
    def outer_names(self) -> tuple[str, ...]:
        """Their names, each once."""
        return tuple(dict.fromkeys(node.name for node in self.outer_columns))

    @cached_property
    def with_table(self) -> tuple[exp.Column, ...]:
        """Those of them whose table is named: `users.channel_id`."""
        return tuple(node for node in self.outer_columns if as_written(node) != node.name)

    @cached_property
    def aggregates(self) -> tuple[exp.AggFunc, ...]:
        """The aggregates outside its sub-queries."""
        return tuple(node for node in self._outside() if isinstance(node, exp.AggFunc))

    def _outside(self) -> Iterator[exp.Expr]:
        return self.tree.walk(prune=lambda node: isinstance(node, exp.Select))

    @cached_property
    def named(self) -> frozenset[str]:
        """Every name it reads from, its own CTEs among them."""
        return frozenset(table.name for table in self.tree.find_all(exp.Table))


def _relations(tree: exp.Expr) -> tuple[str, ...]:
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    return tuple(dict.fromkeys(table.name for table in tree.find_all(exp.Table) if table.name not in own))


@lru_cache(maxsize=4096)
def expression(sql: str) -> Fragment:
    """Judge a scalar or aggregate expression, e.g. `Quantity * UnitPrice`. Raises FragmentError."""
    _refuse_comments(sql)
    text = f"SELECT {sql} AS fragment"
    tree = _parse(text, sql)
    if not isinstance(tree, exp.Select) or len(tree.expressions) != 1 or set(_clauses(tree)) - {"expressions"}:
        raise FragmentError(say("only one expression is allowed here"))
    _judge(tree, text)
    inner = tree.expressions[0].unalias()
    for node in inner.find_all(exp.Star, exp.Select, exp.Table):
        if not (isinstance(node, exp.Star) and isinstance(node.parent, exp.Count)):
            raise FragmentError(say("an expression may not read a table"))
    return Fragment(sql, inner)


@lru_cache(maxsize=4096)
def predicate(sql: str) -> Fragment:
    """Judge a condition; `column IN (SELECT column FROM fact)` is allowed. Raises FragmentError."""
    _refuse_comments(sql)
    text = f"SELECT 1 AS fragment WHERE {sql}"
    tree = _parse(text, sql)
    if not isinstance(tree, exp.Select) or set(_clauses(tree)) - {"expressions", "where"}:
        raise FragmentError(say("only one condition is allowed here"))
    _judge(tree, text)
    return Fragment(sql, tree.args["where"].this)


@lru_cache(maxsize=1024)
def row_condition(sql: str) -> Fragment:
    """Judge a condition that a question or a report asks of every row by itself. Raises FragmentError."""
    fragment = predicate(sql)
    if fragment.tables:
        raise FragmentError(say("a condition may not read other tables"))
    if (found := fragment.tree.find(exp.AggFunc, exp.Window)) is not None:
        raise FragmentError(say("a condition is asked of every row, and {part} looks at many", part=found.sql(DIALECT)))
    for part in fragment.tree.flatten() if isinstance(fragment.tree, exp.And) else (fragment.tree,):
        _refuse_unwritable(part.unnest())
    return fragment


def _refuse_unwritable(part: exp.Expr) -> None:
    """What sqlglot reads and writes so that nobody can read it again: an engine is given parts of a condition."""
    text = part.sql(DIALECT)
    try:
        predicate(text)
    except FragmentError:
        raise FragmentError(say("{part:.60} is not allowed", part=text)) from None


@lru_cache(maxsize=1024)
def query(sql: str) -> Fragment:
    """Judge a whole SELECT (a fact). Raises FragmentError."""
    tree = _parse(sql, sql)
    if not isinstance(tree, exp.Query):
        raise FragmentError(say("only SELECT is allowed"))
    _judge(tree, sql)
    return Fragment(sql, tree)


@lru_cache(maxsize=512)
def statement(sql: str) -> Fragment:
    """A statement of our own making, parsed: its parts were judged, so it may be long. FragmentError: odd after all."""
    try:
        tree = sqlglot.parse_one(sql, read=DIALECT)
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        raise FragmentError(say("not valid SQL: {why}", why=unparsed(error))) from None
    assert isinstance(tree, exp.Expression)
    return Fragment(sql, tree)


def relations(sql: str) -> tuple[str, ...]:
    """What a statement of our own making reads."""
    return statement(sql).tables


def in_reading_order(sql: str) -> tuple[str, ...]:
    """Names of an expression from left to right, each once. Raises FragmentError."""
    return tuple(dict.fromkeys(node.name for node in expression(sql).tree.find_all(exp.Column, bfs=False)))


def is_sum(sql: str) -> bool:
    """Whether an expression only adds and subtracts its names. Raises FragmentError."""
    allowed = (exp.Column, exp.Identifier, exp.Add, exp.Sub, exp.Neg, exp.Paren)
    return all(isinstance(node, allowed) for node in expression(sql).tree.walk())


def as_written(column: exp.Column) -> str:
    """`channel_id`, or `users.channel_id` where the table is named."""
    return ".".join(part.name for part in column.parts)


def _refuse_comments(sql: str) -> None:
    """A fragment becomes part of a longer line, which a comment would cut off."""
    if re.search(r"--|/\*", re.sub(r"'(?:[^']|'')*'|\"[^\"]*\"", "", sql)):
        raise FragmentError(say("a comment (-- or /*) is not allowed here"))


def _parse(sql: str, shown: str) -> exp.Expression:
    if not shown.strip():
        raise FragmentError(say("nothing is written here"))
    if len(shown) > MAX_LENGTH:
        raise FragmentError(say("longer than {most} characters", most=MAX_LENGTH))
    if _nesting(shown) > MAX_DEPTH:
        raise FragmentError(say("nested deeper than {most} brackets", most=MAX_DEPTH))
    words = len(re.findall(r"\w+|[^\w\s]", shown))
    if words > MAX_NODES:
        raise FragmentError(say("more than {most} words and signs", most=MAX_NODES))
    if why := unparsable(shown):
        raise FragmentError(why)
    try:
        with parse_deadline(text=sql):
            trees = sqlglot.parse(sql, read=DIALECT)
    except (ParsedTooLongError, sqlglot.errors.SqlglotError, RecursionError) as error:
        raise FragmentError(_why_unparsed(error, sql)) from None
    if len(trees) != 1 or trees[0] is None:
        raise FragmentError(say("exactly one statement is allowed"))
    tree = trees[0]
    assert isinstance(tree, exp.Expression)
    return tree


def _why_unparsed(error: Exception, sql: str) -> str:
    """The tokenizer takes whatever is raised in it for a fault of the text."""
    if isinstance(error, ParsedTooLongError) or isinstance(error.__cause__, ParsedTooLongError):
        give_up(sql)
        return say("it is nested so that reading it takes too long; write it simpler")
    return say("not valid SQL: {why}", why=unparsed(error))


def _clauses(tree: exp.Expression) -> list[str]:
    return [name for name, value in tree.args.items() if value]


def _nesting(sql: str) -> int:
    depth = deepest = 0
    for char in sql:
        if char in "([":
            depth += 1
            deepest = max(deepest, depth)
        elif char in ")]":
            depth -= 1
    return deepest


_HOLDS_SELECT = (exp.Subquery, exp.CTE, exp.In, exp.Exists, exp.SetOperation)


def _judge(tree: exp.Expression, text: str) -> None:
    """`text`: what the tree was parsed from, so that a function is called as it was written."""
    nodes = list(tree.walk())
    if why := too_costly(tree, nodes):
        raise FragmentError(why)
    for count, node in enumerate(nodes):
        if count > MAX_NODES:
            raise FragmentError(say("more than {most} parts", most=MAX_NODES))
        if isinstance(node, exp.DDL | exp.DML | exp.Command | exp.Into | exp.Lock):
            raise FragmentError(say("only SELECT is allowed"))
        if isinstance(node, exp.Select) and node.parent and not isinstance(node.parent, _HOLDS_SELECT):
            raise FragmentError(say("a SELECT inside another text stands in brackets"))
        if isinstance(node, exp.With) and node.args.get("recursive"):
            raise FragmentError(say("WITH RECURSIVE is not allowed: it may have no end"))
        if isinstance(node, exp.Table) and not isinstance(node.this, exp.Identifier):
            raise FragmentError(say("table functions such as read_csv() are not allowed"))
        if isinstance(node, exp.Table) and (node.args.get("db") or node.args.get("catalog")):
            raise FragmentError(say("table {node!r}: write the plain table name", node=node.sql()))
        if isinstance(node, exp.Func):
            name = (node.name if isinstance(node, exp.Anonymous) else node.sql_name()).lower()
            if not is_allowed(node, name):
                written = text[node.meta.get("start", 0) : node.meta.get("end", -1) + 1].lower()
                if not re.fullmatch(r"\w+", written):
                    raise FragmentError(say("{part:.60} is not allowed", part=node.sql(DIALECT)))
                raise FragmentError(refused_function(node, written))
        if isinstance(node, exp.Alias) and not isinstance(node.parent, exp.Select):
            raise FragmentError(say("not valid SQL: {why}", why=say("{at!r} is out of place", at=node.alias)))
        if isinstance(node, exp.AtTimeZone):
            raise FragmentError(say('a time zone belongs into the table, as timezone = "UTC"'))
        if isinstance(node, exp.Placeholder | exp.Parameter):
            raise FragmentError(say("unbound parameter {node}", node=node.sql()))
