"""One line of a scorecard: short for under the table, long for a pane beside it."""

from __future__ import annotations

from kpi_tui.definitions.answers.score import Scorecard, ScoreLine
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH, change
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.text.terms import METHODS
from kpi_tui.views.metric_meaning import meaning
from kpi_tui.views.names import metric_name
from kpi_tui.views.reasons import reason, term
from kpi_tui.views.scorecard import trend
from kpi_tui.views.view import Chart, Sentence, View, pairs


def line_note(line: ScoreLine, space: Workspace, told: bool = False) -> View:
    """Name, why it is unknown or what meeting its target would add (unless `told` already), the definition."""
    metric = space.metrics.get(line.metric)
    tail = why_unknown(line)
    if not tail.word and not told and line.gain_if_met:
        gain = Quantity(line.gain_if_met, "score", below=line.weight)
        tail = Sentence(phrase("meeting the target would add {gain} points", gain=gain))
    definition = Sentence(metric.definition if metric else "", "muted", "definition")
    return View(metric_name(space, line.metric), (tail, definition))


def line_detail(line: ScoreLine, card: Scorecard, space: Workspace) -> View:
    """Numbers, trend, definition, formula, edge cases, benchmarks."""
    metric = space.metrics.get(line.metric)
    series = trend(line, card)
    drawn = any(point.value is not None for point in series.points)
    return View(
        metric_name(space, line.metric),
        (why_unknown(line),) if why_unknown(line).word else (),
        (pairs("", _numbers(line)), *(meaning(metric) if metric else ())),
        (Chart(phrase("Trend"), series),) if drawn else (),
    )


def why_unknown(line: ScoreLine) -> Sentence:
    """Why a line has no number or no attainment; no word when it has both."""
    if line.actual.value is None:
        return Sentence(joined(DASH, reason(line.actual.reason, line.actual.detail or line.detail), between=" "))
    if line.target is None and not line.for_orientation:
        return Sentence(phrase("No target yet"), hint=phrase("e sets one."))
    if line.attainment is None and line.reason is not None:
        return Sentence(joined(DASH, reason(line.reason, line.detail), between=" "))
    return Sentence("")


def _numbers(line: ScoreLine) -> list[tuple[Word, Word]]:
    unit = line.actual.unit
    found: list[tuple[Word, Word]] = [
        (phrase("Actual"), Quantity(line.actual.value, unit)),
        (phrase("Before"), joined(Quantity(line.previous, unit), change(line.change))),
        (phrase("Target"), Quantity(line.target.value if line.target else None, unit)),
        (phrase("Attained"), Quantity(line.attainment, "attainment")),
        (phrase("Method"), term(METHODS, line.method)),
    ]
    if not line.for_orientation:
        points = Quantity(line.points, "score", digits=2, below=line.weight)
        found.append((phrase("Points"), joined(points, Quantity(line.weight, "weight"), between=" / ")))
    return found
