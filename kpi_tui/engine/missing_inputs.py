"""What a measure needs and the workspace does not supply: whole tables, or columns of them (R006)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from kpi_tui.definitions.answers.coverage import MissingInput
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import say
from kpi_tui.engine.data import Data
from kpi_tui.engine.lineage import Lineage, base_column


class MissingInputs:
    """Answers for the measures of one workspace; what a measure lacks is worked out once for the same tables."""

    def __init__(self, data: Data, lineage: Lineage) -> None:
        self._data = data
        self._lineage = lineage
        self._facts = lineage.facts
        self._lacking: Mapping[str, frozenset[str]] = {}
        self._first: dict[str, str] = {}  # by measure, as long as the same columns are lacking

    def first(self, measure: Measure) -> str:
        """What a measure lacks first, in words, or ""."""
        lacking = self._data.columns_lacking()
        if lacking is not self._lacking:
            self._lacking, self._first = lacking, {}
        if measure.id not in self._first:
            self._first[measure.id] = _in_words(next(self._of(measure, lacking), None))
        return self._first[measure.id]

    def every(self, measure: Measure) -> frozenset[MissingInput]:
        """Everything a measure lacks; a table that is not there counts once, whatever its columns."""
        return frozenset(self._of(measure, self._data.columns_lacking()))

    def lacks(self, table: str, column: str) -> bool:
        """Whether no file supplies a column of a raw table, or the one that a fact only passes on (`*` does so too)."""
        return self._lacks(table, column, self._data.columns_lacking())

    def known_to_lack(self, table: str, column: str) -> bool:
        """The same, as far as files were looked at: reads no row."""
        return self._lacks(table, column, self._data.known_lacking())

    def _lacks(self, table: str, column: str, lacking: Mapping[str, frozenset[str]]) -> bool:
        shape = self._lineage.shape(table) if table in self._facts else None
        if shape and column in shape.makes and column not in shape.passes:
            return False
        return self._missing_column(table, "", column, lacking) is not None

    def _of(self, measure: Measure, lacking: Mapping[str, frozenset[str]]) -> Iterator[MissingInput]:
        """Of a union of facts: what each of its parts lacks, where none of them can be computed."""
        parts = [list(self._of(part, lacking)) for part in self._lineage.parts_of(measure)]
        if parts:
            yield from dict.fromkeys(chain.from_iterable(parts)) if all(parts) else ()
            return
        for table in self._lineage.tables_of(measure):
            if table not in lacking:
                yield MissingInput(table)
        for table, relation, column in self._needed(measure):
            if found := self._missing_column(table, relation, column, lacking):
                yield found

    def _needed(self, measure: Measure) -> Iterator[tuple[str, str, str]]:
        """(table or fact, relation below it or "", column) for all that the measure and its facts mention."""
        yield from ((measure.table, "", column) for column in sorted({*self._lineage.columns_of(measure)}))
        for root in (measure.table, *self._lineage.condition(measure).tables):
            for fact in self._lineage.facts_below(root):
                needs = sorted(self._lineage.shape(fact).needs)
                yield from ((fact, relation, column) for relation, column in needs)

    def _missing_column(
        self, table: str, relation: str, column: str, lacking: Mapping[str, frozenset[str]]
    ) -> MissingInput | None:
        """The raw column that is missing when no relation below `table` supplies `column`."""
        if table not in self._facts:
            return MissingInput(table, column) if base_column(column) in lacking.get(table, frozenset()) else None
        shape, names = self._lineage.shape(table), self._lineage.copies_of(table, column)
        pairs = {pair for name in names for pair in shape.origins.get(name, ()) if not relation}
        reads = (relation,) if relation else shape.reads
        missing: list[MissingInput] = []
        for read, name in sorted(pairs) or [(read, name) for read in reads for name in names]:
            if not self._lineage.has(read, name):
                continue
            found = self._missing_column(read, "", name, lacking)
            if found is None:
                return None
            missing.append(found)
        return missing[0] if missing else None


def _in_words(missing: MissingInput | None) -> str:
    if missing is None:
        return ""
    if missing.column:
        return say("needs the column {name}", name=missing.name)
    return say("needs the table {name}", name=missing.name)
