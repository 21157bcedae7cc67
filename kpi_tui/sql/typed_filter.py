"""What a person types to keep some rows: a condition on columns, or a text that stands somewhere in the row."""

from __future__ import annotations

import re

from sqlglot import exp

from kpi_tui.sql.compared_words import tidy_condition
from kpi_tui.sql.guard import FragmentError, row_condition

_COMPARED = re.compile(r"[=<>]")
_QUOTED = re.compile(r"'(?:[^']|'')*'")


def condition_in(typed: str) -> str:
    """The condition, its words tidy as cells are; "" where it is a text. FragmentError where a condition may not run.

    `amount > 100` and `reason is null` compare; `returned`, `Tom and Jerry` and `it's` do not.
    """
    if not typed.strip():
        return ""
    try:
        tree: exp.Expr = row_condition(typed).tree
    except FragmentError:
        if _COMPARED.search(_QUOTED.sub("", typed)):
            raise
        return ""
    return tidy_condition(typed) if _compares(tree) else ""


def _compares(tree: exp.Expr) -> bool:
    node = tree.unnest()
    if isinstance(node, exp.Connector):
        return _compares(node.left) and _compares(node.right)
    return _compares(node.this) if isinstance(node, exp.Not) else isinstance(node, exp.Predicate)
