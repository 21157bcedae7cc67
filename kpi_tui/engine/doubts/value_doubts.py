"""What is doubtful about the rows behind a value: rows that could not be read, keys that do not meet."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.message import Message
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.doubts.related_keys import RelatedKeys


class ValueDoubts:
    """Answers for values by the raw tables behind them; each set of tables is looked at once."""

    def __init__(self, workspace: Workspace, data: Data) -> None:
        self._data = data
        self._keys = RelatedKeys(workspace, data)
        self._notes: dict[Sequence[str], tuple[Message, ...]] = {}

    def left_out(self, tables: Sequence[str]) -> dict[str, int]:
        """Rows that could not be read, of every table that has such."""
        summaries = {table: self._data.summary(table) for table in tables}
        counts = {table: sum(r.count for r in s.profile.rejected) for table, s in summaries.items() if s}
        return {table: count for table, count in counts.items() if count}

    def notes(self, tables: Sequence[str]) -> tuple[Message, ...]:
        """The relations between the tables whose ids are found too seldom."""
        if tables not in self._notes:
            self._notes[tables] = tuple(found.in_words() for found in self._keys.that_do_not_meet(tables))
        return self._notes[tables]
