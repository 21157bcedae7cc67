"""What `check` asks the data: doubtful rows, keys that do not meet, conditions that find nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager

from kpi_tui.definitions.answers.conditions import (
    KeepsNothing,
    LackingInside,
    SharedRows,
    StepWithoutData,
    UnheardWord,
    WordInAnotherCase,
)
from kpi_tui.definitions.answers.key_overlap import KeyOverlap, MissingLines
from kpi_tui.definitions.library.doubt import DoubtfulRows
from kpi_tui.definitions.library.funnel import Funnel
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.library.saved_report import SavedReport
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.check.conditions import Conditions
from kpi_tui.engine.check.row_counts import RowCounts
from kpi_tui.engine.data import Data
from kpi_tui.engine.doubts.order_lines import OrderLines
from kpi_tui.engine.doubts.related_keys import RelatedKeys
from kpi_tui.engine.kept.cache import Cache
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.engine.rows_asked.plain_rows import Engine


class DataQuestions:
    """Answers about the rows of one workspace, remembered in its result cache."""

    def __init__(
        self,
        workspace: Workspace,
        data: Data,
        lineage: Lineage,
        reader: MeasureReader,
        engine: Engine,
        cache: Cache,
        asking: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """`asking` holds other questions back while one is answered."""
        self._workspace = workspace
        self._lineage = lineage
        self._cache = cache
        self._asking = asking
        self._reader = reader
        self._counts = RowCounts(workspace, data, lineage, reader, engine, cache)
        self._keys = RelatedKeys(workspace, data)
        self._lines = OrderLines(workspace, data, self._keys)
        self.conditions = Conditions(workspace, data, lineage, self._counts, reader.missing)

    def doubtful_rows(self) -> list[DoubtfulRows]:
        """The answer to every doubt that the tables let be asked; TableError when no table has a day."""
        doubts = self._workspace.doubts
        with self._asking():
            counts = self._counts.of([doubt.rows for doubt in doubts.values()], examples=True)
            self._cache.flush()
            tables = {name: self._lineage.tables_of(doubts[name].rows)[0] for name in counts}
        return [DoubtfulRows(doubts[name], tables[name], *dataclasses.astuple(found)) for name, found in counts.items()]

    def columns_of_all(self, measures: Sequence[Measure], columns: Sequence[str], period: Period) -> tuple[str, ...]:
        """Those of some columns that the rows of all measures have or lead to.

        Told by the definitions alone, so that a screen need not wait for what is being computed.
        """
        return tuple(one for one in columns if self._reader.can_be_cut(measures, period, one))

    def relations_that_do_not_meet(self, tables: Sequence[str]) -> tuple[KeyOverlap, ...]:
        """Relations between some tables whose ids are found too seldom on the other side."""
        with self._asking():
            found = self._keys.that_do_not_meet(tables)
            self._cache.flush()
            return found

    def rows_without_a_day(self, tables: Sequence[str]) -> tuple[KeyOverlap, ...]:
        """Relations between some tables of which a few rows find nothing that says their day."""
        with self._asking():
            found = self._keys.without_a_day(tables)
            self._cache.flush()
            return found

    def lines_that_end(self, tables: Sequence[str]) -> tuple[MissingLines, ...]:
        """Rows of which a table tells nothing, from a day on or at all."""
        with self._asking():
            found = self._lines.ended(tables)
            self._cache.flush()
            return found

    def unheard_words(self, measures: Iterable[Measure]) -> list[UnheardWord]:
        """Words that conditions of measures ask for and no row has; TableError when no table has a day."""
        with self._asking():
            found = self.conditions.unheard_words(measures)
            self._cache.flush()
            return found

    def words_in_another_case(self, measures: Iterable[Measure]) -> list[WordInAnotherCase]:
        """Words of measures that some rows write in another case; TableError when no table has a day."""
        with self._asking():
            found = self.conditions.words_in_another_case(measures)
            self._cache.flush()
            return found

    def reports_that_keep_nothing(
        self, reports: Iterable[SavedReport], measures_of: Callable[[str], tuple[Measure, ...]]
    ) -> list[KeepsNothing]:
        """Reports whose condition leaves no row of what they show."""
        with self._asking():
            found = self.conditions.reports_that_keep_nothing(reports, measures_of)
            self._cache.flush()
            return found

    def steps_sharing_rows(self) -> list[SharedRows]:
        """Steps of funnels that one row satisfies at once; TableError when no table has a day."""
        with self._asking():
            found = self.conditions.steps_sharing_rows(self._workspace.funnels.values())
            self._cache.flush()
            return found

    def steps_without_data(self, funnels: Iterable[Funnel]) -> list[StepWithoutData]:
        """Steps of funnels that ask for a table or column that no file supplies."""
        with self._asking():
            return self.conditions.steps_without_data(funnels)

    def lacking_inside(self, measures: Iterable[Measure]) -> list[LackingInside]:
        """Sub-queries of conditions that ask for amounts which rows lack."""
        with self._asking():
            found = self.conditions.inner.lacking(measures)
            self._cache.flush()
            return found

    def that_keep_nothing(self, measures: Sequence[Measure]) -> list[KeepsNothing]:
        """Measures whose condition keeps no row at all; TableError when no table has a day."""
        with self._asking():
            found = self.conditions.that_keep_nothing(measures)
            self._cache.flush()
            return found
