"""One line of a scorecard: short for under the table, long for a pane beside it (R168)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kpi_tui.definitions.answers.score import Scorecard, ScoreLine
from kpi_tui.definitions.period import TO_DAY
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH
from kpi_tui.text.marks_behind_numbers import DOUBT
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import change_word
from kpi_tui.views.charts import LineChart
from kpi_tui.views.doubts import doubts
from kpi_tui.views.festival_marks import with_festivals
from kpi_tui.views.metric_meaning import meaning
from kpi_tui.views.names import metric_name
from kpi_tui.views.reasons import reason
from kpi_tui.views.scores.attainment_method import method_sentence, method_words
from kpi_tui.views.scores.pace_of_line import pace_against, pace_word
from kpi_tui.views.scores.score_sentences import points
from kpi_tui.views.scores.scorecard import change_doubts, trend
from kpi_tui.views.view import Sentence, Sheet, View, pairs


def line_note(
    line: ScoreLine, card: Scorecard, space: Workspace, told: bool = False, below: Collection[Word] = ()
) -> View:
    """Name, why it is unknown or what meeting its target would add (unless `told` or on pace), the definition.

    `below`: doubts that stand elsewhere on the screen.
    """
    metric = space.metrics.get(line.metric)
    tail = why_unknown(line, space)
    paced = pace_against(line, card, space) in ("ahead", "within")
    if not tail.word and not told and line.gain_if_met and not paced:
        gain = points(line.gain_if_met, line.weight)
        tail = Sentence(phrase("meeting the target would add {gain} points", gain=gain))
    definition = Sentence(metric.definition if metric else "", "muted", "definition")
    pace = [Sentence(said, key="pace")] if (said := pace_word(line, card)) else []
    said = method_sentence(line, card.period, space)
    method = [Sentence(said, key="method")] if said else []
    return View(metric_name(space, line.metric), (tail, *method, *pace, *_said(line, space, below), definition))


def line_detail(
    line: ScoreLine, card: Scorecard, space: Workspace, parts: Sequence[Sheet] = (), below: Collection[Word] = ()
) -> View:
    """Numbers, trend, what is known of its parts, definition, formula, edge cases, benchmarks; not what is `below`."""
    metric = space.metrics.get(line.metric)
    plain = trend(line, card)
    periods = reversed([card.period.previous(back) for back in range(len(plain.points))])
    series = with_festivals(plain, periods, space)
    drawn = any(point.value is not None for point in series.points)
    return View(
        metric_name(space, line.metric),
        ((why_unknown(line, space),) if why_unknown(line, space).word else ()),
        (
            pairs("", [*_numbers(line, card, space), *_pace(line, card)]),
            *parts,
            *_doubts(line, space, below),
            *(meaning(metric) if metric else ()),
        ),
        (LineChart(phrase("Trend"), series),) if drawn else (),
    )


def _pace(line: ScoreLine, card: Scorecard) -> list[tuple[Word, Word]]:
    said = pace_word(line, card)
    return [(phrase("Pace"), said)] if said else []


def _said(line: ScoreLine, space: Workspace, below: Collection[Word]) -> list[Sentence]:
    """What is doubtful about its number, and about what that is compared with."""
    said = [*doubts([line.actual], space), *change_doubts([line], space=space)]
    return [sentence for sentence in said if sentence.word not in below]


def _doubts(line: ScoreLine, space: Workspace, below: Collection[Word]) -> list[Sheet]:
    """Below the numbers, which come first."""
    nobody: Word = ""
    said = [(nobody, one.word, one.tone) for one in _said(line, space, below)]
    return [pairs("", said)] if said else []


def why_unknown(line: ScoreLine, space: Workspace) -> Sentence:
    """Why a line has no number or no attainment; no word when it has both."""
    if line.actual.value is None:
        return Sentence(joined(DASH, reason(line.actual.reason, line.actual.detail or line.detail, space), between=" "))
    if line.target is None and line.actual.period.grain in TO_DAY:
        return Sentence(phrase("looked at only"))
    if line.target is None and not line.for_orientation:
        return Sentence(phrase("No target yet"), hint=phrase("e sets one."))
    if line.attainment is None and line.reason is not None:
        return Sentence(joined(DASH, reason(line.reason, line.detail, space), between=" "))
    return Sentence("")


def _numbers(line: ScoreLine, card: Scorecard, space: Workspace) -> list[tuple[Word, Word]]:
    unit = line.actual.unit
    found: list[tuple[Word, Word]] = [
        (phrase("Actual"), Quantity(line.actual.value, unit)),
        (phrase("Last actual"), Quantity(line.previous, unit)),
        (phrase("Change"), joined(change_word(line.change), DOUBT if line.change_doubts else "", between="")),
        (phrase("Target"), Quantity(line.target.value if line.target else None, unit)),
        (phrase("Attained"), Quantity(line.attainment, "attainment")),
        (phrase("Method"), method_words(line, card.period, space)),
    ]
    if not line.for_orientation:
        earned = points(line.points, line.weight)
        found.append((phrase("Points"), joined(earned, Quantity(line.weight, "weight"), between=" / ")))
    return found
