"""Rows that lack the time by which they would count (paid, and nobody says when): of no period, told where they matter.

An export may write what is to be paid beside orders that never were: there nearly all rows without the time have an
amount, and they are many. That is usual, and told by `check` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from kpi_tui.definitions.library.doubt import Doubt, WithoutTime
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import Message, says
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.kept.cache import digest
from kpi_tui.engine.lineage import Lineage, base_column
from kpi_tui.sql.parameters import bind

MATTERS = 0.01
"""The share of a period's amount from which rows that may belong to it are told."""
FEW = 0.05
"""Below this share of all rows with an amount, those without the time are no habit of the export."""
MANY = 0.9
"""Below this share of the rows without the time, those with an amount are none either."""
PERIOD = "period"
ByDay = Callable[[str, str, str, str], list[tuple[date, int, float]]]
"""Table, a day of it, an amount, a condition -> days, the rows of each, what their amounts come to."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Days and amounts of the rows that lack the time, those of the rows that have it, how many lack it in all."""

    lacking: tuple[tuple[date, int, float], ...]
    placed: tuple[tuple[date, int, float], ...]
    without: int

    @property
    def count(self) -> int:
        return sum(count for _, count, _ in self.lacking)

    @property
    def is_usual(self) -> bool:
        with_amount = self.count + sum(count for _, count, _ in self.placed)
        return self.count >= MANY * self.without and self.count >= FEW * with_amount

    def matters(self, first: date, last: date) -> bool:
        """Whether they would be a share of the amount of some days that is worth a word."""
        lost, counted = (sum(amount for day, _, amount in some if first <= day <= last) for some in self._both())
        return lost > 0 and lost >= MATTERS * (lost + counted)

    def _both(self) -> tuple[tuple[tuple[date, int, float], ...], ...]:
        return self.lacking, self.placed


class RowsWithoutTime:
    """Answers for the measures of one workspace; `by_day` reads the rows."""

    def __init__(self, workspace: Workspace, data: Data, lineage: Lineage, by_day: ByDay) -> None:
        self._workspace = workspace
        self._data = data
        self._lineage = lineage
        self._by_day = by_day
        self._found: dict[str, _Known | None] = {}
        self._doubts = [(one, one.without_time) for one in workspace.doubts.values() if one.without_time]

    def in_words(self, measure: Measure, first: date, last: date) -> Iterator[Message]:
        """That rows which may be of some days are in no number told by this time; the same of every period."""
        for doubt, asked in self._doubts:
            known = self._of(doubt, asked) if self._is_told_by(measure, doubt.rows.table, asked) else None
            if known and not known.is_usual and known.matters(first, last):
                yield says(
                    "{table}: {count:,} row of {amount:,.2f} has no {time}, and does not count ({instead} "
                    "{first} … {last})",
                    "{table}: {count:,} rows of {amount:,.2f} have no {time}, and do not count ({instead} "
                    "{first} … {last})",
                    known.count,
                    table=doubt.rows.table,
                    amount=sum(amount for _, _, amount in known.lacking),
                    time=asked.time,
                    instead=asked.instead,
                    first=known.lacking[0][0],
                    last=known.lacking[-1][0],
                )

    def _is_told_by(self, measure: Measure, table: str, asked: WithoutTime) -> bool:
        if not measure.time or table not in self._lineage.tables_of(measure):
            return False
        if measure.table == table:
            return measure.time == asked.time
        if measure.table not in self._lineage.facts:
            return False
        if measure.time != PERIOD:
            return asked.time in self._lineage.copies_of(measure.table, measure.time)
        below = self._lineage.facts_below(measure.table)
        return any(base_column(name) == asked.time for fact in below for _, name in self._lineage.shape(fact).needs)

    def _of(self, doubt: Doubt, asked: WithoutTime) -> _Known | None:
        if doubt.id not in self._found:
            self._found[doubt.id] = self._known(doubt, asked)
        return self._found[doubt.id]

    def _known(self, doubt: Doubt, asked: WithoutTime) -> _Known | None:
        table = doubt.rows.table
        columns = {asked.time, asked.instead, asked.amount}
        if (summary := self._data.summary(table)) is None or columns & summary.lacking:
            return None
        where = bind(doubt.rows.where, self._workspace.settings)

        def counted() -> list[list[list[str | float]]]:
            kinds = (
                (asked.instead, where),
                (asked.time, f"{asked.amount} > 0"),
                (asked.instead, f"{asked.time} IS NULL"),
            )
            found = (self._by_day(table, f"{day}_day", asked.amount, some) for day, some in kinds)
            return [[[day.isoformat(), count, amount] for day, count, amount in days] for days in found]

        stored = self._data.remembered(
            "untimed:" + digest(self._data.fingerprint(table), doubt.id, where, str(asked)), counted
        )
        lacking, placed, without = (
            tuple((date.fromisoformat(str(day)), int(count), float(amount)) for day, count, amount in days)
            for days in stored
        )
        return _Known(lacking, placed, sum(count for _, count, _ in without)) if lacking else None
