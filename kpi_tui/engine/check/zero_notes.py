"""Why a number is 0: a word that no row has, a condition or a campaign that keeps none. Asked only where a measure
counts nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.value import Number, Reason
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import Message, say, says
from kpi_tui.engine.check.campaign_notes import CampaignNotes
from kpi_tui.engine.check.conditions import Conditions
from kpi_tui.engine.measure_results import MeasureRequest, MeasureResult
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.engine.query.cut import Cut

Results = Mapping[MeasureRequest, MeasureResult]


class ZeroNotes:
    """Notes for the measures of one workspace; what was counted once is remembered with the files."""

    def __init__(self, reader: MeasureReader, conditions: Conditions) -> None:
        self._reader = reader
        self._conditions = conditions
        self._campaigns = CampaignNotes(conditions)

    def on(self, found: Results, cut: Cut) -> dict[MeasureRequest, MeasureResult]:
        """The results, those that counted nothing with the reason."""
        where = cut.where or ""
        empty = {one: self._reader.parts(one, where) for one, result in found.items() if result.counts_nothing}
        notes = self._notes(list({part.id: part for parts in empty.values() for part in parts}.values()), where)
        said = {one: [note for part in parts for note in notes.get(part.id, ())] for one, parts in empty.items()}
        for one in (one for one in empty if cut.campaign and found[one].campaign_in):
            for table in {part.table for part in empty[one]}:
                said[one] += self._campaigns.of(table, cut.campaign, found[one].campaign_in)
        return {
            request: self._with(result, said[request], empty[request]) if request in empty else result
            for request, result in found.items()
        }

    def _with(self, result: MeasureResult, said: Sequence[Message], parts: Sequence[Measure]) -> MeasureResult:
        """The result with the reason; no number where nobody can know it, for no row has what it asks for."""
        unknown = [self._conditions.unknown_throughout(part) for part in parts]
        if unknown and all(unknown):
            lacks = Number(None, Reason.UNKNOWN, unknown[0] or "")
            return replace(result, numbers=dict.fromkeys(result.numbers, lacks))
        return replace(result, empty=tuple(dict.fromkeys(said)))

    def _notes(self, measures: Sequence[Measure], where: str) -> Mapping[str, tuple[Message, ...]]:
        notes: dict[str, list[Message]] = defaultdict(list)
        for word in self._conditions.unheard_words(measures, facts=True):
            for name in word.measures:
                notes[name].append(word.with_nearest())
        others = [measure for measure in measures if measure.id not in notes]
        for kept in self._conditions.that_keep_nothing(others):
            notes[kept.name].append(say("{said} ({where})", said=kept.in_words(), where=kept.where))
        others = [measure for measure in measures if measure.id not in notes]
        for name, table, rows in self._conditions.without_valid_rows(others):
            notes[name].append(
                says(
                    "{table}: the tracking check rejects its only row (is_valid)",
                    "{table}: the tracking check rejects all {rows:,} rows (is_valid)",
                    rows,
                    table=table,
                    rows=rows,
                )
            )
        if where:
            others = [measure for measure in others if measure.id not in notes]
            for name, said in self._of_question(others, where):
                notes[name].append(said)
        return {name: tuple(dict.fromkeys(said)) for name, said in notes.items()}

    def _of_question(self, measures: Sequence[Measure], where: str) -> Iterable[tuple[str, Message]]:
        """By measure: that the condition of the question alone leaves nothing of its table."""
        unheard = self._conditions.unheard_in(where, measures)
        yield from ((name, word.with_nearest()) for word in unheard for name in word.measures)
        others = {measure.id: measure for measure in measures if self._conditions.can_ask(measure, where)}
        for name in (name for word in unheard for name in word.measures):
            others.pop(name, None)
        for kept in self._conditions.that_keep_nothing([replace(one, where=where) for one in others.values()]):
            yield (
                kept.name,
                says(
                    "{where} does not keep the only row of {table}",
                    "{where} keeps none of {rows:,} rows of {table}",
                    kept.rows,
                    where=where,
                    rows=kept.rows,
                    table=kept.table,
                ),
            )
