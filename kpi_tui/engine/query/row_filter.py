"""Which rows of a query a measure counts: its condition, its periods, and what NULL does to them.

SQL's three values hold: a condition that is neither true nor false keeps no row, so `status != 'refunded'` leaves the
rows out whose status is not known; `status is null or status != 'refunded'` keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Setting
from kpi_tui.engine.query.plan import PlacedMeasure, Query
from kpi_tui.sql.parameters import bind


@dataclass(frozen=True)
class Placing:
    """Where the rows of a query lie: `asked` are the periods of its run, `wanted` the condition all of it shares."""

    query: Query
    wanted: str
    asked: Sequence[Period]
    settings: Mapping[str, Setting]

    def filter(self, ask: PlacedMeasure, *, reaching: bool = True) -> str:
        """What a measure leaves out of the rows of its query; other measures' periods only to save work.

        `reaching`: with what the question asks of amounts of joined tables.
        """
        where = "" if self.query.condition else bind(ask.measure.where, self.settings)
        places = placed(self.query, ask.anchors, self.asked)
        far = self.query.reaching.sql if reaching and self.query.reaching else ""
        parts = [part for part in (places if places != self.wanted else "", where, far) if part]
        return " AND ".join(f"({part})" for part in parts) if len(parts) > 1 else "".join(parts)


def placed(query: Query, anchors: frozenset[Period], asked: Sequence[Period]) -> str:
    """The condition that a row is placed in one of some periods, or between them; "" when that leaves nothing out."""
    if query.window in ("", "own"):
        return ""
    places = [place for place, period in enumerate(asked) if period in anchors]
    first, last = places[0], places[-1]
    if last - first + 1 == len(asked):
        return ""
    return f"w.w_period = {first}" if first == last else f"w.w_period BETWEEN {first} AND {last}"


def kept(value: str, where: str) -> str:
    """The value of the rows that are `where`, NULL of all others: aggregates take no notice of NULL."""
    return f"CASE WHEN {where} THEN {value} END" if where else f"({value})"


def count_rows(where: str) -> str:
    """How many rows are `where`; all of them without a condition."""
    return f"SUM(CASE WHEN {where} THEN 1 ELSE 0 END)" if where else "COUNT(*)"
