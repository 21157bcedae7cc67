"""From which day on the rows of a table count, where they count on the day of another table (R002, R148).

A refund that counts at the payment of its order (`coalesce(paid_at, refunded_at) as counted_at`) counts before the day
on which it happened: its table reaches back to the first day on which a row of it counts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlglot import exp

from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.kept.cache import digest
from kpi_tui.engine.lineage import Lineage


class CountedDays:
    """Answers for the measures of one workspace; `first_of` reads the first day of a column of a fact."""

    def __init__(
        self, workspace: Workspace, data: Data, lineage: Lineage, first_of: Callable[[str, str], date | None]
    ) -> None:
        self._workspace = workspace
        self._data = data
        self._lineage = lineage
        self._first_of = first_of
        self._falling_back: dict[tuple[str, str, str], bool] = {}  # of a fact, its time and a table's own: asked often

    def first(self, measure: Measure, table: str) -> date | None:
        """The first day on which a row of a raw table counts, where that day is another table's if it is known."""
        if not self._counts_elsewhere(measure, table):
            return None
        fact, day = measure.table, f"{measure.time}_day"
        prints = [self._data.fingerprint(one) for one in self._lineage.raw_tables(fact)]
        below = [self._lineage.shape(one).sql for one in self._lineage.facts_below(fact)]

        def asked() -> str | None:
            found = self._first_of(fact, day)
            return found.isoformat() if found else None

        found = self._data.remembered("counted:" + digest(fact, day, below, prints), asked)
        return date.fromisoformat(found) if found else None

    def _counts_elsewhere(self, measure: Measure, table: str) -> bool:
        """Whether the time of a measure is the table's own only where another is not known."""
        own = self._workspace.schemas[table].time
        asked = (measure.table, measure.time, own)
        if asked not in self._falling_back:
            self._falling_back[asked] = bool(own) and self._falls_back(*asked)
        return self._falling_back[asked]

    def _falls_back(self, fact: str, name: str, own: str) -> bool:
        """Whether a column of a fact, or of one that it takes the column from, falls back on `own`."""
        if fact not in self._lineage.facts:
            return False
        made = self._lineage.tree(fact).find(exp.Select)
        found = [one.unalias() for one in made.selects if one.alias_or_name == name] if made else []
        for time in found:
            if isinstance(time, exp.Coalesce):
                return own in {one.name for one in time.expressions} and time.this.name != own
        if not all(isinstance(time, exp.Column) for time in found):
            return False
        names = {time.name for time in found} or {name}  # taken from another by a name, or with `*`
        return any(self._falls_back(read, one, own) for read in self._lineage.shape(fact).reads for one in names)
