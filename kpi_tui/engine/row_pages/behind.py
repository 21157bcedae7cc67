"""The measures behind a value, each with its number and what it was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.answers.value import Reading
from kpi_tui.engine.measure_results import MeasureRequest


@dataclass(frozen=True, slots=True)
class MeasureBehind:
    """A measure of a metric, or of a metric inside its formula; `requests` has one for every part of the period."""

    reading: Reading
    requests: tuple[MeasureRequest, ...]
