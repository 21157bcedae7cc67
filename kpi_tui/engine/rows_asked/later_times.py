"""Rows that count at a later moment than the one their table is told by: what happened to rows of before the data begin
is not known (a follower of last year who leaves in the first month, a card bound by a user of an earlier export)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from math import ceil

from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import Message, says
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.kept.cache import digest
from kpi_tui.engine.query.windows import TO_DATE

MOST = 19 / 20
"""So many of the rows are later by no more than the days that are taken for usual."""
FARTHEST = 366
"""Days after the first row of a table beyond which nothing is read for it."""
Lags = Callable[[str, str, str], list[tuple[int, int]]]
"""Table, its day, a later day -> days between them and the rows of each."""


class LaterTimes:
    """Answers for the measures of one workspace."""

    def __init__(self, workspace: Workspace, data: Data, lags: Lags) -> None:
        self._workspace = workspace
        self._data = data
        self._lags = lags

    def in_words(self, measure: Measure, anchor: Period) -> Iterator[Message]:
        """That rows of before the first day may have this time within a period, for it is usually so much later."""
        schema = self._workspace.schemas.get(measure.table)
        if schema is None or not schema.time or measure.time in ("", schema.time) or measure.window in TO_DATE:
            return
        span = self._data.days.span(measure.table)
        if span is None or not (schema.columns.keys() >= {measure.time, schema.time}):
            return
        first = self._first_row(measure.table, span.first)
        if (anchor.start - first).days > FARTHEST:
            return
        usual = self._usual(measure.table, f"{schema.time}_day", f"{measure.time}_day")
        if usual and first > anchor.start - timedelta(days=usual):
            yield says(
                "{table}: the data begin on {day} ({column}); {later} of rows of before is not known, and is up to "
                "{days:,} day later",
                "{table}: the data begin on {day} ({column}); {later} of rows of before is not known, and is up to "
                "{days:,} days later",
                usual,
                table=measure.table,
                day=span.first,
                column=schema.time,
                later=measure.time,
                days=usual,
            )

    def _first_row(self, table: str, first: date) -> date:
        summary = self._data.summary(table)
        return min((days.first for days in summary.days.values()), default=first) if summary else first

    def _usual(self, table: str, day: str, later: str) -> int:
        key = "lags:" + digest(table, day, later, self._data.fingerprint(table))
        counted: list[list[int]] = self._data.remembered(key, lambda: [[*one] for one in self._lags(table, day, later)])
        rows, wanted = 0, ceil(MOST * sum(count for _, count in counted))
        for days, count in counted:
            rows += count
            if rows >= wanted:
                return max(days, 0)
        return 0
