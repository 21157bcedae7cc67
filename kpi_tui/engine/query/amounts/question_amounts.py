"""Amounts that the condition of a question asks for (`--where "paid_amount > 100"`): as if each measure asked itself.

A condition of the query drops a row before anything is told of it. So what it asks of the amounts of a measure's own
table is held by the measure: rows that lack the amount, and currencies held against one number, are told of alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.amounts.amounts_asked import AmountsAsked
from kpi_tui.engine.query.plan import Query, ReachedAmounts
from kpi_tui.sql import guard
from kpi_tui.sql.other_names import renamed


class QuestionAmounts:
    """Answers for the measures of one workspace; `lacks`: whether no file supplies a column of a table or fact."""

    def __init__(self, workspace: Workspace, lineage: Lineage, lacks: Callable[[str, str], bool]) -> None:
        self._lineage = lineage
        self._asked = AmountsAsked(workspace, lineage)
        self._lacks = lacks

    def as_asked(self, measure: Measure, where: str | None) -> Measure:
        """The measure with what a question asks of its amounts; without it where its own condition reads other tables,
        whose answer keeps rows before any is counted."""
        if not where or self._lineage.condition(measure).tables:
            return measure
        return under(measure, self.split(measure.table, where)[0])

    def split(self, table: str, where: str) -> tuple[str, str]:
        """The parts of a condition that ask for amounts of a table, by its own columns, and the others; "" for none."""
        parts = _parts(guard.predicate(where).tree)
        held = [part for part in parts if self._asks(table, part)]
        others = [part for part in parts if part not in held]
        return _all([_bare(part) for part in held]), _all(others) if held else where

    def reaching(
        self, where: str, query: Query, currency_of: Callable[[str], str]
    ) -> tuple[ReachedAmounts | None, str]:
        """What a condition asks of amounts of tables that a query has joined, and the rest of it as SQL."""
        names = {written: name for name, written in query.joined.items()}
        asked = set(self._asked.of_others(where, query.whose)) if not query.condition else set()
        parts = _parts(guard.predicate(where).tree)
        held = [part for part in parts if asked & {guard.as_written(one) for one in part.find_all(exp.Column)}]
        rest = renamed(_all([part for part in parts if part not in held]) or "TRUE", names)
        if not held:
            return None, renamed(where, names)
        unknown = " OR ".join(f"{names[one]} IS NULL" for one in sorted(asked))
        mixed, apart = self._in_several_currencies(where, query)
        found = ReachedAmounts(_all(held), renamed(_all(held), names), unknown, mixed)
        return replace(found, currency=currency_of(mixed) if apart else ""), rest

    def _in_several_currencies(self, where: str, query: Query) -> tuple[str, bool]:
        """The first raw table whose amounts in several currencies are held against one number; whether the joined rows
        say theirs."""
        for written in self._asked.of_others_compared(where, query.whose) if query.mixed else ():
            table, column = query.whose[written].rsplit(".", 1)
            for pair in sorted(self._lineage.raw_columns(table, [column]) & query.mixed.keys()):
                return pair[0], pair[0] == table and query.mixed[pair]
        return "", False

    def in_words(self, measure: Measure, query: Query) -> str:
        """What asks for amounts: the condition of a measure, what it holds of the question's, or both."""
        own = [where for where in (measure.where, query.held) if where and self._amounts(measure.table, where)]
        return " and ".join([*own, *([query.reaching.written] if query.reaching else [])])

    def _asks(self, table: str, part: exp.Expr) -> bool:
        of_its_own = all(self._is_own(table, column) for column in part.find_all(exp.Column))
        one = Measure("", table, Aggregation.COUNT, where=part.sql(dialect="duckdb"))
        return of_its_own and bool(self._asked.amounts(one) or self._asked.compared(one))

    def _amounts(self, table: str, where: str) -> tuple[str, ...]:
        return self._asked.amounts(Measure("", table, Aggregation.COUNT, where=where))

    def _is_own(self, table: str, column: exp.Column) -> bool:
        known = column.name in self._lineage.outputs(table) and not self._lacks(table, column.name)
        whose = column.table
        return known and (whose in ("", table) or self._lineage.passes_on(table, whose, column.name))


def under(measure: Measure, where: str) -> Measure:
    """The measure under one more condition; "" is none."""
    both = f"({measure.where}) and ({where})" if measure.where and where else measure.where or where
    return replace(measure, where=both)


def _parts(tree: exp.Expr) -> list[exp.Expr]:
    """What a condition is made of, all of which must hold."""
    return list(tree.flatten()) if isinstance(tree, exp.And) else [tree]


def _bare(part: exp.Expr) -> exp.Expr:
    """A condition on one table whose columns do not name it."""
    bare = part.copy()
    for column in bare.find_all(exp.Column):
        column.set("table", None)
    return bare


def _all(parts: list[exp.Expr]) -> str:
    texts = [part.sql(dialect="duckdb") for part in parts]
    return texts[0] if len(texts) == 1 else " AND ".join(f"({text})" for text in texts)
