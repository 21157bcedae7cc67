"""Words that a condition compares with cells: tidy as the cells are, so that `' paid'` meets what stood as `paid `."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from kpi_tui.definitions.written.blanks import BLANKS_AROUND
from kpi_tui.sql import guard

_COMPARING = (exp.EQ, exp.NEQ, exp.In)


def is_compared(node: exp.Expression) -> bool:
    """Whether a node is a text that stands in `=`, `<>` or `in (…)`."""
    return isinstance(node, exp.Literal) and node.is_string and isinstance(node.parent, _COMPARING)


def tidy_word(node: exp.Expression) -> exp.Expression:
    """The text without the blanks around it."""
    return exp.Literal.string(node.name.strip(BLANKS_AROUND))


def tidy_condition(sql: str) -> str:
    """A condition whose compared words are tidy; as it was written when they are. Raises FragmentError."""
    tree = guard.predicate(sql).tree
    if all(word.name == tidy_word(word).name for word in tree.find_all(exp.Literal) if is_compared(word)):
        return sql
    return tree.transform(lambda node: tidy_word(node) if is_compared(node) else node).sql(dialect="duckdb")


def compared(tree: exp.Expression, *, negated: bool = False) -> Iterator[tuple[exp.Column, list[str]]]:
    """Columns and the words they are compared with; outside negations, unless `negated` asks for those too."""
    for node in tree.find_all(*(_COMPARING if negated else (exp.EQ, exp.In))):
        if (negated or node.find_ancestor(exp.Not) is None) and isinstance(node.this, exp.Column):
            listed = node.expressions if isinstance(node, exp.In) else [node.expression]
            words = [str(word.this) for word in listed if isinstance(word, exp.Literal) and word.is_string]
            if any(words):
                yield node.this, words


def mentioned(tree: exp.Expression) -> Iterator[tuple[str, str]]:
    """(column, word) of `=`, `<>`, `in (…)` and `case column when …`, negations among them: they mention it too."""
    for node in tree.find_all(exp.EQ, exp.NEQ, exp.In, exp.Case):
        if not isinstance(node.this, exp.Column):
            continue
        if isinstance(node, exp.Case):
            listed = [branch.this for branch in node.args["ifs"]]
        else:
            listed = node.expressions if isinstance(node, exp.In) else [node.expression]
        yield from ((node.this.name, str(one.this)) for one in listed if isinstance(one, exp.Literal) and one.is_string)
