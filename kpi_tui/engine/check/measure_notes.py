"""What `check` asks about the rows behind a metric, at its values: they count although they hardly should, or do not
because a condition writes a word otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX
from kpi_tui.definitions.message import Message
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.check.conditions import Conditions
from kpi_tui.engine.metric_inputs import MetricInputs
from kpi_tui.engine.query.cut import Cut


class MeasureNotes:
    """Notes for the values of one workspace; worked out once for a metric, and remembered with the files."""

    def __init__(self, workspace: Workspace, inputs: MetricInputs, conditions: Conditions) -> None:
        self._doubts = [doubt for doubt in workspace.doubts.values() if doubt.at_values]
        self._inputs = inputs
        self._conditions = conditions
        self._notes: dict[str, tuple[Message, ...]] = {}

    def on(self, value: Value, _cut: Cut) -> Value:
        """The value, with what is doubtful about the rows of its measures; one without a number says why already."""
        if value.value is None:
            return value
        metric = value.metric.removesuffix(GROWTH_SUFFIX)
        if metric not in self._notes:
            self._notes[metric] = tuple(dict.fromkeys(self._of(metric)))
        said = self._notes[metric]
        return replace(value, notes=tuple(dict.fromkeys((*value.notes, *said)))) if said else value

    def _of(self, metric: str) -> Iterator[Message]:
        measures = self._inputs.measures_of(metric)
        yield from (word.in_words() for word in self._conditions.words_in_another_case(measures))
        yield from (word.with_nearest() for word in self._conditions.mistyped_words(measures))
        if self._doubts:
            columns = self._inputs.columns_of(metric)
            yield from (found.in_words() for found in self._conditions.doubted(self._doubts, columns))
