"""Conditions of measures held against the rows there are: words that no row has, conditions that keep nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, replace
from itertools import combinations

from kpi_tui.definitions.answers.conditions import (
    KeepsNothing,
    SharedRows,
    StepWithoutData,
    UnheardWord,
    WordInAnotherCase,
)
from kpi_tui.definitions.library.aggregation import DISTINCT, Aggregation
from kpi_tui.definitions.library.doubt import Doubt, DoubtfulRows
from kpi_tui.definitions.library.funnel import Funnel
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.library.saved_report import SavedReport
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.message import Message, say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.definitions.written.word_forms import one_form
from kpi_tui.engine.check.inner_amounts import InnerAmounts
from kpi_tui.engine.check.row_counts import RowCounts
from kpi_tui.engine.check.words_asked import words_of_condition, words_of_fact
from kpi_tui.engine.data import Data
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.missing_inputs import MissingInputs
from kpi_tui.engine.query.amounts.amounts_asked import AmountsAsked
from kpi_tui.engine.query.amounts.question_amounts import QuestionAmounts
from kpi_tui.engine.query.references import references
from kpi_tui.sql import guard
from kpi_tui.sql.compared_words import compared, mentioned

Words = tuple[str, str, Sequence[str]]
"""A raw table, its column, and the words it is compared with."""
VALID = "is_valid"
MOST_WORDS = 500
"""A column of more distinct texts holds no vocabulary."""


class Conditions:
    """Answers for the measures of one workspace."""

    def __init__(
        self, workspace: Workspace, data: Data, lineage: Lineage, counts: RowCounts, missing: MissingInputs
    ) -> None:
        self._missing = missing
        self._workspace = workspace
        self._data = data
        self._lineage = lineage
        self._counts = counts
        self.inner = InnerAmounts(
            AmountsAsked(workspace, lineage), QuestionAmounts(workspace, lineage, missing.lacks), lineage, counts
        )

    def unheard_words(self, measures: Iterable[Measure], *, facts: bool = False) -> list[UnheardWord]:
        """Words that measures of raw tables ask for and no row has; of a list of words none is there.

        `facts`: also words that the facts below them ask raw tables for.
        """
        return self._unheard((measure, self._words(measure, facts=facts)) for measure in measures)

    def unheard_in(self, where: str, measures: Iterable[Measure]) -> list[UnheardWord]:
        """Words that a condition asked of measures compares columns with, and no row has; of related tables too."""
        return self._unheard((measure, self._words_of_question(where, measure.table)) for measure in measures)

    def _unheard(self, asking: Iterable[tuple[Measure, Iterable[Words]]]) -> list[UnheardWord]:
        asked: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        heard: dict[tuple[str, str], tuple[str, ...]] = {}
        for measure, words_asked in asking:
            for table, column, words in words_asked:
                known = self._counts.words(table, column, MOST_WORDS)
                if known and not known.keys() & words:
                    heard[table, column] = tuple(known)
                    for word in words:
                        asked[table, column, word].append(measure.id)
        return [
            UnheardWord(table, column, word, heard[table, column], tuple(by))
            for (table, column, word), by in asked.items()
        ]

    def words_in_another_case(self, measures: Iterable[Measure]) -> list[WordInAnotherCase]:
        """Words that measures, or the facts below them, name for raw tables, and some rows write in another case: such
        rows do not count, or count although a negation was to leave them out."""
        return self._in_another_case(words for one in measures for words in self._words(one, facts=True, negated=True))

    def another_case_in(self, where: str, measures: Iterable[Measure]) -> list[WordInAnotherCase]:
        """The same of a condition asked of measures."""
        tables = dict.fromkeys(measure.table for measure in measures)
        return self._in_another_case(
            words for table in tables for words in self._words_of_question(where, table, negated=True)
        )

    def _in_another_case(self, asking: Iterable[Words]) -> list[WordInAnotherCase]:
        asked: dict[tuple[str, str], set[str]] = defaultdict(set)
        for table, column, words in asking:
            asked[table, column].update(words)
        found = []
        for (table, column), said in asked.items():
            known = self._counts.words(table, column, MOST_WORDS) or {}
            for word in sorted(said & known.keys()):
                others = tuple(one for one in known.keys() - said if one_form(one) == one_form(word))
                if others:
                    rows = sum(known[one] for one in others)
                    found.append(WordInAnotherCase(table, column, word, tuple(sorted(others)), rows))
        return found

    def mistyped_words(self, measures: Iterable[Measure]) -> list[UnheardWord]:
        """Words in conditions of the workspace's own measures that no row has and that are nearly one of those there
        are, negations among them: `status <> 'canceled'` keeps every `cancelled`."""
        found = []
        for measure in (one for one in measures if not one.place.is_shipped and one.where):
            texts = self._texts(measure.table)
            for column, word in mentioned(self._lineage.condition(measure).tree):
                known = self._counts.words(measure.table, column, MOST_WORDS) if column in texts else None
                if known and word not in known:
                    unheard = UnheardWord(measure.table, column, word, tuple(known), (measure.id,))
                    found += [unheard] if unheard.is_mistyped else []
        return found

    def doubted(self, doubts: Iterable[Doubt], columns: frozenset[tuple[str, str]]) -> list[DoubtfulRows]:
        """The answers to those doubts that concern some of the columns (raw table, column) a number rests on."""
        tables = {doubt.id: self._lineage.tables_of(doubt.rows)[0] for doubt in doubts}
        asked = {
            doubt.id: doubt for doubt in doubts if {(tables[doubt.id], name) for name in doubt.at_values} & columns
        }
        counts = self._counts.of([doubt.rows for doubt in asked.values()], examples=True)
        found = [DoubtfulRows(asked[name], tables[name], *astuple(one)) for name, one in counts.items()]
        return [one for one in found if one.count and not one.error]

    def unknown_throughout(self, measure: Measure) -> Message | None:
        """That a measure compares or counts a column that is empty in every row there is: then 0 is no answer."""
        names = [column.name for column, _ in compared(self._lineage.condition(measure).tree)]
        for name in names:
            if column := self._empty_column(measure.table, name):
                return say("{column} is empty in every row", column=column)
        if measure.agg in DISTINCT and measure.column in self._lineage.columns_of(measure):
            pairs = self._lineage.raw_columns(measure.table, [measure.column])
            known = [self._workspace.schemas[raw].columns.get(name) for raw, name in pairs if name == measure.column]
            if known and all(one is not None and not one.nullable for one in known):
                column = self._empty_column(measure.table, measure.column)
                return say("{column} is empty in every row", column=column) if column else None
        return None

    def _empty_column(self, table: str, name: str) -> str:
        """The raw column behind one of a table, where it is one that files supply, and no row has it; else ""."""
        pairs = self._lineage.raw_columns(table, [name])
        raw = [one for one, other in pairs if other == name and name in self._declared_texts(one)]
        summary = self._data.summary(raw[0]) if len(raw) == 1 else None
        if summary is None or not summary.profile.rows_kept or self._counts.words(raw[0], name, MOST_WORDS) != {}:
            return ""
        return f"{raw[0]}.{name}"

    def that_keep_nothing(self, measures: Sequence[Measure]) -> list[KeepsNothing]:
        """Measures with a condition that none of the rows of their table fulfils."""
        filtered = [measure for measure in measures if measure.where]
        places = {measure.id: measure.places.get("where", measure.place) for measure in filtered}
        empty = self._empty(filtered)
        return [KeepsNothing(one.id, one.table, one.where, rows, places[one.id]) for one, rows in empty]

    def without_valid_rows(self, measures: Sequence[Measure]) -> Iterator[tuple[str, str, int]]:
        """Measure, raw table below it and its rows, where the tracking check rejects every one of them (R007)."""
        for table in (one for one in self._data.tables if VALID in self._workspace.schemas[one].columns):
            below = [one.id for one in measures if table in self._lineage.tables_of(one)]
            if below and not self._missing.lacks(table, VALID):
                asked = Measure(f"valid:{table}", table, Aggregation.COUNT, where=f"coalesce({VALID}, true)")
                yield from ((name, table, rows) for _, rows in self._empty([asked]) for name in below)

    def reports_that_keep_nothing(
        self, reports: Iterable[SavedReport], measures_of: Callable[[str], tuple[Measure, ...]]
    ) -> list[KeepsNothing]:
        """Reports whose condition, on columns of the table itself, keeps no row of anything they show."""
        found = []
        for report in reports:
            shown = {measure.id: measure for metric in report.metrics for measure in measures_of(metric)}
            both = [self._restricted(measure, report.where) for measure in shown.values()]
            asked = [measure for measure in both if measure is not None]
            empty = self._empty(asked)
            if asked and len(asked) == len(both) == len(empty):
                table, rows = empty[0][0].table, empty[0][1]
                found.append(KeepsNothing(report.id, table, report.where, rows, report.place, of_report=True))
        return found

    def steps_sharing_rows(self, funnels: Iterable[Funnel]) -> list[SharedRows]:
        """Pairs of steps of a funnel, on one table and one time, that some rows satisfy both."""
        pairs = {
            f"{funnel.id} {place} {other}": (funnel, one, two)
            for funnel in funnels
            for (place, one), (other, two) in combinations(enumerate(funnel.steps), 2)
            if (one.table, one.time) == (two.table, two.time) and one.table in self._workspace.tables
        }
        asked = [
            Measure(id_, one.table, Aggregation.COUNT, one.user, f"({one.where or 'true'}) and ({two.where or 'true'})")
            for id_, (_, one, two) in pairs.items()
        ]
        counts = ((pairs[id_], found.count) for id_, found in self._counts.of(asked).items() if found.count)
        return [
            SharedRows(funnel.id, one.name, two.name, one.table, count, funnel.place)
            for (funnel, one, two), count in counts
        ]

    def measures_of_steps(self, funnels: Iterable[Funnel]) -> list[Measure]:
        """The rows of every step of some funnels, as measures."""
        times = {name: fact.time for name, fact in self._workspace.facts.items()}
        times |= {name: schema.time for name, schema in self._workspace.schemas.items()}
        return [
            Measure(
                f"{funnel.id}.{step.name}", step.table, Aggregation.COUNT, step.user, step.where,
                time=step.time or times.get(step.table, ""), place=funnel.place,
            )
            for funnel in funnels
            for step in funnel.steps
        ]  # fmt: skip

    def steps_without_data(self, funnels: Iterable[Funnel]) -> list[StepWithoutData]:
        """Steps of funnels whose condition, person, time or value no file supplies."""
        found = []
        for funnel in funnels:
            for step, one in zip(funnel.steps, self.measures_of_steps([funnel]), strict=True):
                worth = [replace(one, id=f"{one.id} worth", column=step.value)] if step.value else []
                rows, more = (
                    {missing.name for measure in read for missing in self._missing.every(measure)}
                    for read in ([one], worth)
                )
                if rows or more:
                    lacks = tuple(sorted(rows | more))
                    found.append(StepWithoutData(funnel.id, step.name, lacks, step.place, only_worth=not rows))
        return found

    def _empty(self, measures: Sequence[Measure]) -> list[tuple[Measure, int]]:
        """Those whose condition keeps none of so many rows."""
        counts = self._counts.of(measures)
        known = ((measure, counts[measure.id]) for measure in measures if measure.id in counts)
        return [(measure, found.of) for measure, found in known if found.of and not found.count and not found.error]

    def can_ask(self, measure: Measure, where: str) -> bool:
        """Whether a condition asks for columns of the measure's own table alone."""
        return set(guard.predicate(where).written) <= self._lineage.outputs(measure.table)

    def _restricted(self, measure: Measure, where: str) -> Measure | None:
        """The measure with one more condition; None where that asks for columns of other tables."""
        if not self.can_ask(measure, where):
            return None
        return replace(measure, where=f"({measure.where}) and ({where})" if measure.where else where)

    def _words_of_question(self, where: str, table: str, *, negated: bool = False) -> Iterator[Words]:
        """A column is that of the table written before it, of the table asked itself, or of one a key leads to."""
        related = [other for other, _ in references(table, self._workspace).values()]
        for column, words in compared(guard.predicate(where).tree, negated=negated):
            own = [raw for raw, name in self._lineage.raw_columns(table, [column.name]) if name == column.name]
            places = [column.table] if column.table else [*own, *related]
            if holder := next((place for place in places if column.name in self._texts(place)), ""):
                yield holder, column.name, words

    def _words(self, measure: Measure, *, facts: bool, negated: bool = False) -> Iterator[Words]:
        """(raw table, column, words) of `column = 'word'` and `column in ('word', …)` of a measure; `negated`: also of
        `<>` and `not`."""
        for column, words in words_of_condition(self._lineage.condition(measure).sql, negated=negated):
            if column in self._texts(measure.table):
                yield measure.table, column, words
        for fact in self._lineage.facts_below(measure.table) if facts else ():
            for table, (column, words) in words_of_fact(self._lineage.shape(fact).sql, negated=negated):
                if column in self._texts(table):
                    yield table, column, words

    def _texts(self, table: str) -> frozenset[str]:
        """Text columns that a raw table is supplied with; none of a fact. What a workspace adds without a type is what
        its cells are."""
        declared, source = self._declared_texts(table), self._workspace.tables.get(table)
        if source is None or self._data.summary(table) is None:
            return declared
        untyped = source.mapped - source.types.keys() - self._workspace.schemas[table].columns.keys()
        return declared | (untyped & self._data.texts(table)) if untyped else declared

    def _declared_texts(self, table: str) -> frozenset[str]:
        """Those that the schema, or the workspace for a column of its own, calls texts."""
        summary = self._data.summary(table)
        if summary is None:
            return frozenset()
        source, columns = self._workspace.tables[table], self._workspace.schemas[table].columns
        canonical = {name for name, column in columns.items() if column.type is ColumnType.STR}
        added = {name for name in source.mapped if source.types.get(name) is ColumnType.STR}
        return frozenset(canonical | added) - summary.lacking
