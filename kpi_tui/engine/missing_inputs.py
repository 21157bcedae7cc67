"""What a measure needs and the workspace does not supply: whole tables, or columns of them (R006)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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
        # by measure and its column, as long as the same columns are lacking
        self._first: dict[tuple[str, str], str] = {}
        self._of_facts: dict[str, tuple[MissingInput | None, ...]] = {}  # the same by fact: many measures rest on one

    def first(self, measure: Measure) -> str:
        """What a measure lacks first, in words, or ""."""
        lacking = self._data.columns_lacking()
        if lacking is not self._lacking:
            self._lacking, self._first, self._of_facts = lacking, {}, {}
        asked = measure.id, measure.column
        if asked not in self._first:
            self._first[asked] = _in_words(next(self._of(measure, lacking), None))
        return self._first[asked]

    def first_in(self, measure: Measure, sources: Collection[str]) -> str:
        """The column that a measure lacks first in some sources of its tables, or ""."""
        missing = next(self._of(measure, self._data.lacking_in(sources)), None)
        return missing.column if missing else ""

    def every(self, measure: Measure) -> frozenset[MissingInput]:
        """Everything a measure lacks; a table that is not there counts once, whatever its columns."""
        return frozenset(self._of(measure, self._data.columns_lacking()))

    def lacks(self, table: str, column: str) -> bool:
        """Whether a column of a raw table or fact has nothing in any row, for no file supplies what it is made of; or
        the fact cannot be computed at all."""
        return self._lacks(table, column, self._data.columns_lacking())

    def known_to_lack(self, table: str, column: str) -> bool:
        """The same, as far as files were looked at: reads no row."""
        return self._lacks(table, column, self._data.known_lacking())

    def _lacks(self, table: str, column: str, lacking: Mapping[str, frozenset[str]]) -> bool:
        return any(self._needs_of(table, lacking)) or self._is_empty(table, column, lacking)

    def _is_empty(self, table: str, column: str, lacking: Mapping[str, frozenset[str]]) -> bool:
        if table not in self._facts:
            return base_column(column) in lacking.get(table, frozenset())
        below = self._lineage.origins(table)
        return below.is_empty(
            column, lambda read, name: self._lineage.is_unmapped(read) or self._is_empty(read, name, lacking)
        )

    def _of(self, measure: Measure, lacking: Mapping[str, frozenset[str]]) -> Iterator[MissingInput]:
        """Of a union of facts: what each of its parts lacks, where none of them can be computed."""
        parts = [list(self._of(part, lacking)) for part in self._lineage.parts_of(measure)]
        if parts:
            yield from dict.fromkeys(chain.from_iterable(parts)) if all(parts) else ()
            return
        for table in self._lineage.tables_of(measure):
            if table not in lacking:
                yield MissingInput(table)
        yield from (missing for missing in self._needed(measure, lacking) if missing)

    def _needed(self, measure: Measure, lacking: Mapping[str, frozenset[str]]) -> Iterator[MissingInput | None]:
        """What is missing of all that the measure and its facts mention; None for what is there."""
        for column in sorted({*self._lineage.columns_of(measure)}):
            yield self._missing_output(measure.table, column, lacking)
        for root in (measure.table, *self._lineage.condition(measure).tables):
            yield from self._needs_of(root, lacking)

    def _needs_of(self, table: str, lacking: Mapping[str, frozenset[str]]) -> Iterator[MissingInput | None]:
        """The same of all that a fact, and those below it, cannot do without."""
        for fact in self._lineage.facts_below(table):
            if lacking is not self._lacking:
                yield from self._needs_of_fact(fact, lacking)
            elif (known := self._of_facts.get(fact)) is not None:
                yield from known
            else:
                yield from self._of_facts.setdefault(fact, tuple(self._needs_of_fact(fact, lacking)))

    def _needs_of_fact(self, fact: str, lacking: Mapping[str, frozenset[str]]) -> Iterator[MissingInput | None]:
        for relation, column in sorted(self._lineage.shape(fact).needs):
            yield self._missing_need(fact, relation, column, lacking)

    def _missing_output(self, table: str, column: str, lacking: Mapping[str, frozenset[str]]) -> MissingInput | None:
        """The raw column that is missing where a column of a table, or of what a fact copies it from, is not supplied.

        What a fact works out is none: what its SQL cannot do without, the fact needs as a whole.
        """
        if table not in self._facts:
            return MissingInput(table, column) if base_column(column) in lacking.get(table, frozenset()) else None
        return self._first_of(self._lineage.origins(table).copied(column), lacking)

    def _missing_need(
        self, fact: str, relation: str, column: str, lacking: Mapping[str, frozenset[str]]
    ) -> MissingInput | None:
        """The same of a column inside a fact's SQL: of the relation it names, or of any that has it."""
        shape, names = self._lineage.shape(fact), self._lineage.copies_of(fact, column)
        reads = (relation,) if relation else shape.reads
        pairs = {pair for name in names for pair in shape.origins.get(name, ()) if not relation}
        pairs = pairs or {(read, name) for read in reads for name in names}
        return self._first_of((pair for pair in pairs if self._lineage.has(*pair)), lacking)

    def _first_of(self, pairs: Iterable[tuple[str, str]], lacking: Mapping[str, frozenset[str]]) -> MissingInput | None:
        """What the first of some columns lacks, where none of them is supplied."""
        missing = [self._missing_output(read, name, lacking) for read, name in sorted(pairs)]
        return missing[0] if missing and all(missing) else None


def _in_words(missing: MissingInput | None) -> str:
    if missing is None:
        return ""
    if missing.column:
        return say("needs the column {name}", name=missing.name)
    return say("needs the table {name}", name=missing.name)
