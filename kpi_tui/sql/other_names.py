"""Judged SQL under other names: metrics replaced by their formulas, columns by what carries them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from kpi_tui.sql.guard import DIALECT, as_written, expression, statement


def inlined(sql: str, formulas: Mapping[str, str]) -> str:
    """An expression with some of its names replaced by formulas of their own, in brackets. Raises FragmentError."""

    def own(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Column) and node.name in formulas:
            return exp.Paren(this=expression(formulas[node.name]).tree.copy())
        return node

    return expression(sql).tree.copy().transform(own).sql(dialect=DIALECT)


def renamed(sql: str, names: Mapping[str, str]) -> str:
    """A judged condition or column with some of its columns, as written, under other names; sub-queries stay."""

    def other(node: exp.Expression) -> exp.Expression:
        if not isinstance(node, exp.Column) or node.find_ancestor(exp.Select):
            return node
        name = names.get(as_written(node))
        return exp.to_column(name) if name else node

    # inside a SELECT: alone, a column called `comment` or `call` would begin a statement of that name
    tree: exp.Expression = statement(f"SELECT 1 WHERE {sql}").tree.args["where"].this
    return tree.copy().transform(other).sql(dialect=DIALECT)
