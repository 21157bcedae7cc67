"""What a choice gives (CASE, if, coalesce, greatest, least): polars would make texts of numbers that stand beside one.

SQL has one kind for all of it: a quoted number beside numbers is one, any other text must be cast.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from kpi_tui.definitions.message import say
from kpi_tui.sql.dialects.dialect import Unsaid, Word
from kpi_tui.sql.dialects.spelling import is_number, is_text, number
from kpi_tui.sql.kinds import NUMBERS, Kinds, ValueKind

_NO_TEXT = (*NUMBERS, ValueKind.BOOL)


def _of_one_kind(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    """A choice among numbers or truth values without texts. Unsaid where one of those stands beside them."""
    values = [value for value in _values(node) if value is not None]
    found = {kinds.of(value) for value in values}
    if not found & set(_NO_TEXT):
        return node
    for value in values:
        if kinds.of(value) is not ValueKind.TEXT:
            continue
        if found & set(NUMBERS) and is_text(value) and is_number(value.name):
            value.replace(number(value.name.strip()))
        else:
            raise Unsaid(_in_words(node, value, number=bool(found & set(NUMBERS))))
    return node


def _in_words(node: exp.Expr, text: exp.Expr, *, number: bool) -> str:
    name, given = text.sql("duckdb"), node.sql("duckdb")
    if is_text(text):
        return say("{name:.60} is a text, and {node!r:.60} gives something else otherwise", name=name, node=given)
    if not number:
        return say(
            "{name:.60} is a text, and {node!r:.60} gives true or false otherwise; compare it", name=name, node=given
        )
    return say(
        "{name:.60} is a text, and {node!r:.60} gives a number otherwise; write try_cast({name:.60} as double)",
        name=name,
        node=given,
    )


def _values(node: exp.Expr) -> list[exp.Expr | None]:
    if isinstance(node, exp.Case):
        return [*(branch.args.get("true") for branch in node.args["ifs"]), node.args.get("default")]
    if isinstance(node, exp.If):
        return [node.args.get("true"), node.args.get("false")]
    return list(node.iter_expressions())


CHOICE_WORDS: Mapping[type[exp.Expr], Word] = dict.fromkeys(
    (exp.Case, exp.If, exp.Coalesce, exp.Greatest, exp.Least), _of_one_kind
)
