"""Which rows of a measure have no known amount: the sum of the others is too low, their mean is not that of all.

A row that an expression leaves out by itself (`case when domain = 'private' then paid_amount end`, `nullif(price, 0)`)
lacks nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.workspace import Setting, Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.row_filter import count_rows
from kpi_tui.sql import guard
from kpi_tui.sql.parameters import bind

_OF_AMOUNTS = frozenset({Aggregation.MEAN, Aggregation.MIN, Aggregation.MAX, Aggregation.MEDIAN, Aggregation.QUANTILE})
_NUMBERS = (ColumnType.INT, ColumnType.FLOAT)
_CHOOSES = (exp.Case, exp.If, exp.Nullif)


def adds_amounts(measure: Measure) -> bool:
    """Whether a row without an amount makes the number too small: an amount that is not known is no 0."""
    return measure.agg is Aggregation.SUM


def may_lack_amounts(measure: Measure, workspace: Workspace, lineage: Lineage) -> bool:
    """Whether rows without a value are told of: in a sum all, in a mean those of a number, not of a time."""
    if adds_amounts(measure):
        return True
    if measure.agg not in _OF_AMOUNTS:
        return False
    tree = guard.expression(bind(measure.column, workspace.settings)).tree
    return any(is_amount(column.name, measure.table, workspace, lineage) for column in tree.find_all(exp.Column))


def is_unknown(measure: Measure, settings: Mapping[str, Setting]) -> str:
    """The condition that a row's amount is not known; never unknown itself."""
    value = bind(measure.column, settings)
    tree = guard.expression(value).tree
    if tree.find(*_CHOOSES) is None:
        return f"({value}) IS NULL"
    return _lacking(tree) or "FALSE"


def is_known(measure: Measure, settings: Mapping[str, Setting]) -> str:
    """The condition that nothing is missing in what a row adds."""
    value = bind(measure.column, settings)
    chooses = guard.expression(value).tree.find(*_CHOOSES) is not None
    return f"not ({is_unknown(measure, settings)})" if chooses else f"({value}) is not null"


def count_unknown(measure: Measure, where: str, settings: Mapping[str, Setting]) -> str:
    """How many rows are `where` and have no value."""
    lacks = is_unknown(measure, settings)
    return count_rows(f"({where}) AND {lacks}" if where else lacks)


def _lacking(node: exp.Expression | None) -> str:
    """The condition that a part of an expression is unknown for want of a value, "" where it cannot be.

    Of a CASE the branch that is taken decides; a branch that is not there lacks nothing.
    """
    if node is None or not node.find(exp.Column):
        return ""
    if isinstance(node, exp.Case):
        return _of_branches(node, node.args["ifs"], node.args.get("default"))
    if isinstance(node, exp.If):
        return _of_branches(node, [node], node.args.get("false"))
    if isinstance(node, exp.Nullif):
        return _lacking(node.this)
    if node.find(*_CHOOSES) is None:
        return f"({_sql(node)}) IS NULL"
    parts = [part for part in map(_lacking, node.iter_expressions()) if part]
    return f"(({_sql(node)}) IS NULL AND ({' OR '.join(parts)}))" if parts else ""


def _of_branches(node: exp.Expression, ifs: list[exp.If], default: exp.Expression | None) -> str:
    subject = node.this if isinstance(node, exp.Case) else None
    taken = [(branch.this, _lacking(branch.args["true"])) for branch in ifs]
    last = _lacking(default)
    if not last and not any(lacks for _, lacks in taken):
        return ""
    head = f"{_sql(subject)} = " if subject is not None else ""
    whens = " ".join(f"WHEN {head}({_sql(condition)}) THEN {lacks or 'FALSE'}" for condition, lacks in taken)
    return f"CASE {whens} ELSE {last or 'FALSE'} END"


def _sql(node: exp.Expression) -> str:
    return node.sql(dialect="duckdb")


def is_amount(column: str, table: str, workspace: Workspace, lineage: Lineage) -> bool:
    """Whether a column holds numbers: as its table says, as one a workspace adds may, as a fact makes it of such.

    What a procedure works out may be empty for reasons of its own.
    """
    if table in workspace.facts:
        call = lineage.shape(table).call
        if call is not None and column == call.into:
            return False
        made_of = lineage.raw_columns(table, [column])
        return any(is_amount(name, raw, workspace, lineage) for raw, name in made_of if raw in workspace.schemas)
    known = workspace.schemas[table].columns if table in workspace.schemas else {}
    if column in known:
        return known[column].type in _NUMBERS
    source = workspace.tables.get(table)
    return source is not None and column in source.mapped
