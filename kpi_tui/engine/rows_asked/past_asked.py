"""How far into the past the number of a period rests: something in it is somebody's first, or is looked back for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kpi_tui.definitions.library.metric import ANY_COLUMN, Fact, Measure
from kpi_tui.engine.lineage import Lineage


class PastAsked:
    """Answers for the measures over some facts (`history`, `looks_back` of facts.toml, followed into what is made of
    them)."""

    def __init__(self, facts: Mapping[str, Fact], lineage: Lineage) -> None:
        self._facts = facts
        self._lineage = lineage
        self._history: dict[str, tuple[str, ...]] = {}  # by measure
        self._back: dict[str, Mapping[str, tuple[str, ...]]] = {}  # by measure

    def first_times(self, measure: Measure) -> tuple[str, ...]:
        """The raw tables whose whole past decides a measure: something in it is somebody's first (`history`)."""
        if measure.id not in self._history:
            facts = [fact for read in self._read_by(measure) for fact in self._with_history(*read)]
            raw = (table for fact in facts for table in self._lineage.raw_tables(fact))
            self._history[measure.id] = tuple(dict.fromkeys(raw))
        return self._history[measure.id]

    def looked_back(self, measure: Measure) -> Mapping[str, tuple[str, ...]]:
        """Raw table -> how far back a measure rests on it: periods, or settings of them or days (`looks_back`)."""
        if measure.id not in self._back:
            found: dict[str, dict[str, None]] = {}
            for read in self._read_by(measure):
                for fact, names in self._looking_back(*read):
                    for raw in self._lineage.raw_tables(fact):
                        found.setdefault(raw, {}).update(dict.fromkeys(names))
            self._back[measure.id] = {raw: tuple(names) for raw, names in found.items()}
        return self._back[measure.id]

    def _read_by(self, measure: Measure) -> Iterator[tuple[str, Iterable[str]]]:
        """The table of a measure, and those its condition asks in sub-queries, with the columns that are named."""
        yield measure.table, self._lineage.columns_of(measure)
        condition = self._lineage.condition(measure)
        yield from ((table, condition.columns) for table in condition.tables)

    def _looking_back(self, table: str, columns: Iterable[str]) -> Iterator[tuple[str, Iterable[str]]]:
        if table in self._facts:
            own, seen = self._facts[table].looks_back, self._lineage.made_of(table, columns)
            yield from ((table, own[name]) for name in (*columns, ANY_COLUMN) if name in own)
            for read in self._lineage.shape(table).reads:
                yield from self._looking_back(read, seen)

    def _with_history(self, table: str, columns: Iterable[str]) -> list[str]:
        if table not in self._facts:
            return []
        if set(columns) & set(self._facts[table].history):
            return [table]
        seen = self._lineage.made_of(table, columns)
        return [fact for read in self._lineage.shape(table).reads for fact in self._with_history(read, seen)]
