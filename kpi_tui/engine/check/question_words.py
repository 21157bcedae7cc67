"""Values of a question whose condition names a word that some rows write in another case: those do not count."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.definitions.answers.value import Value
from kpi_tui.engine.check.conditions import Conditions
from kpi_tui.engine.metric_inputs import MetricInputs
from kpi_tui.engine.query.cut import Cut


class QuestionWords:
    """Notes for the values of one workspace; without a condition nothing is read."""

    def __init__(self, inputs: MetricInputs, conditions: Conditions) -> None:
        self._inputs = inputs
        self._conditions = conditions

    def on(self, value: Value, cut: Cut) -> Value:
        """The value, with the words of its question that rows write otherwise."""
        if value.value is None or not cut.where:
            return value
        measures = self._inputs.measures_of(value.metric)
        said = [one.in_words() for one in self._conditions.another_case_in(cut.where, measures)]
        return replace(value, notes=tuple(dict.fromkeys((*value.notes, *said)))) if said else value
