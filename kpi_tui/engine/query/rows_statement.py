"""The rows that a measure counts, in SQL: where its query reads them, one by one, a page at a time.

Columns are called c0, c1 … in the order asked for, v is what the measure counts, w_period the period that counts it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi_tui.definitions.answers.rows.counted_rows import RowsWish
from kpi_tui.definitions.library.aggregation import DISTINCT, Aggregation
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.query.fact_joins import Joins
from kpi_tui.engine.query.plan import Query
from kpi_tui.engine.query.row_filter import Placing
from kpi_tui.engine.query.statement import from_rows
from kpi_tui.sql.parameters import bind
from kpi_tui.sql.quoted_text import quoted_text
from kpi_tui.sql.typed_filter import condition_in


@dataclass(frozen=True, slots=True)
class RowsStatement:
    """The rows of one query with one measure; `names` are the columns of its table that are shown."""

    query: Query
    asked: Sequence[Period]
    joins: Joins
    names: Sequence[str]
    workspace: Workspace

    def page(self, body: str, wish: RowsWish, order: Sequence[str]) -> str:
        """Some of the rows; `order`: the columns that follow the one asked for, so that no row is on two pages."""
        sorted_by = [*([wish.sort] if wish.sort else []), *order, *self.names]
        places = [self.names.index(name) for name in dict.fromkeys(sorted_by)]
        down = " DESC" if wish.sort and wish.descending else ""
        keys = [f"c{place}{down if n == 0 else ''} NULLS LAST" for n, place in enumerate(places)]
        some = f" LIMIT {wish.most} OFFSET {wish.first}" if wish.most is not None else ""
        columns = ", ".join(["w_period", "v", *(f"c{place}" for place in range(len(self.names)))])
        return f"SELECT {columns} FROM ({body}) AS found ORDER BY {', '.join([*keys, 'w_period', 'v'])}{some}"

    @staticmethod
    def count(body: str) -> str:
        """How many there are."""
        return f"SELECT COUNT(*) AS total FROM ({body}) AS found"

    def body(self, only: str) -> str:
        """All rows of which `only` is true: a condition on their columns, or a text that stands in one of them."""
        period, wanted, restrict = from_rows(self.query, self.asked, self.joins, self.query.cut.where or "")
        (ask,) = self.query.asks
        if own := Placing(self.query, wanted, self.asked, self.workspace.settings).filter(ask):
            restrict.append(own)
        value = counted_value(ask.measure, self.workspace)
        if needs_value(ask.measure, self.workspace.key_of(ask.measure.table)):
            restrict.append(f"{value} IS NOT NULL")
        if condition := condition_in(only):
            restrict.append(self.joins.condition(condition))
        columns = [f"{self._named(name)} AS c{place}" for place, name in enumerate(self.names)]
        select = ", ".join([f"{period} AS w_period", f"{value} AS v", *columns])
        where = f" WHERE {' AND '.join(f'({one})' for one in restrict)}" if restrict else ""
        body = f"SELECT {select} {' '.join(self.joins.source)}{where}"
        if condition or not only:
            return body
        text = quoted_text(only.lower())
        anywhere = " OR ".join(f"strpos(lower(cast(c{n} AS VARCHAR)), {text}) > 0" for n in range(len(columns)))
        return f"SELECT * FROM ({body}) AS every WHERE {anywhere}"

    @staticmethod
    def _named(name: str) -> str:
        return f't."{name.replace(chr(34), chr(34) * 2)}"'


def counted_value(measure: Measure, workspace: Workspace) -> str:
    """What a measure counts or adds of a row; NULL where it counts the rows themselves."""
    if measure.column in ("", "*"):
        return "NULL"
    value = bind(measure.column, workspace.settings)
    return f"({value})" if measure.agg in (Aggregation.COUNT, *DISTINCT) else f"CAST(({value}) AS DOUBLE)"


def needs_value(measure: Measure, key: Sequence[str]) -> bool:
    """Whether only rows with a value count, as SQL counts; a sum of a row without one stays as it is."""
    if measure.agg is Aggregation.COUNT:
        return measure.column not in ("", "*", *key)
    return measure.agg in DISTINCT
