"""What is doubtful about the rows behind a value: unread rows, totals, repeated keys, keys that do not meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kpi_tui.definitions.answers.conditions import table_keeps_nothing
from kpi_tui.definitions.answers.value import FileDoubt, Profile
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.library.table import words_known_beside
from kpi_tui.definitions.message import Message, say, says
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.doubts.doubtful_rows import RowDoubts
from kpi_tui.engine.doubts.related_keys import RelatedKeys
from kpi_tui.engine.doubts.unconfirmed import unconfirmed
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.query.sources_asked import Sources

Columns = frozenset[tuple[str, str]]
"""Raw tables and columns of them."""
MOST_OF_A_KIND = 3
"""Notes of one kind and table that stand at a value."""


class ValueDoubts:
    """Answers for values by the raw tables behind them; each set of tables is looked at once."""

    def __init__(self, workspace: Workspace, data: Data, lineage: Lineage) -> None:
        self._measures, self._facts = workspace.measures, workspace.facts
        self._lineage = lineage
        self._tables = workspace.tables
        self._schemas = workspace.schemas
        self._data = data
        self._keys = RelatedKeys(workspace, data)
        self._notes: dict[tuple[Sequence[str], Columns, Sources], tuple[Message, ...]] = {}

    def left_out(self, tables: Sequence[str], sources: Sources) -> dict[str, int]:
        """Rows that could not be read, of every table that has such, of the sources a number is about; a row without
        any cell is none."""
        summaries = {table: self._data.summary(table) for table in tables}
        counts = {table: sum(r.count for r in s.unread_of(sources)) for table, s in summaries.items() if s}
        return {table: count for table, count in counts.items() if count}

    def notes(self, tables: Sequence[str], columns: Columns, sources: Sources) -> tuple[Message, ...]:
        """The relations between the tables whose ids are found too seldom, and rows that should not count.

        `columns`: those of the tables that a number rests on, for what concerns one column alone; `sources`: those it
        is about, where not all of a table are.
        """
        if (tables, columns, sources) not in self._notes:
            apart = tuple(found.in_words() for found in self._keys.that_do_not_meet(tables))
            undated = [found.undated() for found in self._keys.without_a_day(tables)]
            undated += (found.without_key() for found in self._keys.without_key(tables))
            counted = (note for table in tables for note in self._counted(table, columns, sources))
            self._notes[tables, columns, sources] = (*apart, *undated, *counted)
        return self._notes[tables, columns, sources]

    def lacking(self, found: Mapping[str, RowDoubts]) -> list[Message]:
        """What the facts of measures do without; why rows behind them lack amounts (no rate of their day): where such a
        row is met by one of them.

        A fact that adds amounts up no longer shows the rows that lack one; then it stands at every value.
        """
        said: dict[Message, None] = {}
        for name, rows in found.items():
            if (measure := self._measures.get(name)) is None:
                continue
            said |= dict.fromkeys(self._without(measure))
            for table in self._lineage.tables_of(measure):
                said |= dict.fromkeys(self._why(measure, table, met=bool(rows.unknown or rows.unasked)))
        return list(said)

    def _without(self, measure: Measure) -> Iterator[Message]:
        """What is not counted because a table is not mapped that a fact below can do without."""
        for name in self._lineage.facts_below(measure.table):
            for table, said in self._facts[name].without.items():
                if table not in self._tables:
                    yield say("{table}: {note}", table=table, note=said)

    def _why(self, measure: Measure, table: str, *, met: bool) -> Iterator[Message]:
        summary = self._data.summary(table)
        parts = (summary.profile, *summary.profile.sources.values()) if summary else ()
        doubts = [(part.table, one) for part in parts for one in part.doubts if one.lacking]
        if not doubts:
            return
        read = self._lineage.raw_columns(measure.table, self._lineage.columns_of(measure))
        asked = (self._lineage.raw_tables(one) for one in self._lineage.condition(measure).tables)
        inside = any(table in tables for tables in asked)
        for name, doubt in doubts:
            own = [column for column in doubt.columns if (table, column) in read]
            shown = measure.table == table or all(self._lineage.passes_on(measure.table, table, one) for one in own)
            if inside or (own and (met or not shown)):
                yield say("{table}: {note}", table=name, note=doubt.in_words())

    def _counted(self, table: str, columns: Columns, sources: Sources) -> list[Message]:
        """That no row counts, or that some do and hardly should (a total, a file twice): the first of each kind, and
        how many more there are."""
        if (summary := self._data.summary(table)) is None:
            return []
        whole = summary.profile
        asked = [part for part in whole.parts() if part.table in sources] or whole.parts()
        nothing = [
            table_keeps_nothing(part.table, part.rows_read, part.unheard)
            for part, source in zip(whole.parts(), self._tables[table].parts(), strict=True)
            if part in asked and part.keeps_nothing and not words_known_beside(source, self._tables.values())
        ]
        every = asked if whole in asked else (whole, *asked)  # what is doubtful between sources is of the whole
        counted = [(part.table, doubt) for part in every for doubt in part.doubts if doubt.counts and not doubt.lacking]
        counted = [(name, doubt) for name, doubt in counted if _concerns(doubt, table, columns)]
        doubled = [_doubled(part) for part in asked if part.duplicate_keys]
        kinds: dict[str, dict[Message, None]] = {}
        for name, doubt in counted:
            kinds.setdefault(doubt.code, {})[say("{table}: {note}", table=name, note=doubt.in_words())] = None
        said = [note for notes in kinds.values() for note in _first(list(notes))]
        copies = _copies(whole, asked) if self._schemas[table].by_day else {}
        once = [_once(name, count) for name, count in copies.items() if count]
        return nothing or [*doubled, *once, *said, *unconfirmed(self._tables[table], self._schemas[table], columns)]


def _first(notes: Sequence[Message]) -> Iterator[Message]:
    """The first notes of one kind; the last of them says how many more there are."""
    more = len(notes) - MOST_OF_A_KIND
    yield from notes[: MOST_OF_A_KIND - 1] if more > 0 else notes
    if more > 0:
        yield says(
            "{note} (and {count:,} more of this kind: kpi-tui check)",
            "{note} (and {count:,} more of this kind: kpi-tui check)",
            more,
            note=notes[MOST_OF_A_KIND - 1],
        )


def _concerns(doubt: FileDoubt, table: str, columns: Columns) -> bool:
    return not doubt.columns or any((table, name) in columns for name in doubt.columns)


def _copies(whole: Profile, asked: Sequence[Profile]) -> dict[str, int]:
    """Rows that count once with an equal one, by whose they are: of a source, of the table those between sources."""
    between = whole.repeated - sum(part.repeated for part in whole.parts())
    return {whole.table: between, **{part.table: part.repeated for part in asked}}


def _once(table: str, count: int) -> Message:
    """That equal rows of one day count once: they are copies, unless a file leaves out what tells them apart."""
    return says(
        "{table}: {count:,} row equals another in every column, and both count as one",
        "{table}: {count:,} rows equal others in every column, and such count as one",
        count,
        table=table,
    )


def _doubled(part: Profile) -> Message:
    """That rows of one key count side by side: one of them may be the other, corrected."""
    return says(
        "{table}: {count:,} row repeats the key of another with other values ({example}); both count",
        "{table}: {count:,} rows repeat the key of another with other values (e.g. {example}); all count",
        part.duplicate_keys,
        table=part.table,
        example=part.doubled_key,
    )
