"""The scores of the last periods, and every line over them: value, target, what is usual (R037, R089)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.score import Scorecard, ScoreHistory, ScoreLine
from kpi_tui.definitions.attainment_state import state_of
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import SCORE_DIGITS
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import (
    Cell,
    ChangeCell,
    NumberCell,
    Point,
    Series,
    SparkCell,
    StateCell,
    TextCell,
    finite,
    of_value,
    text,
)
from kpi_tui.views.charts import LineChart
from kpi_tui.views.doubts import doubts
from kpi_tui.views.festival_marks import with_festivals
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.scores.scorecard import change_doubts, is_partial, moved_cell, score_data
from kpi_tui.views.view import METRIC, Column, Row, Sentence, Sheet, View, sheet

SCORE = "score"
"""The key of the row that is the score itself."""
SHOWN = 12
"""Periods that are shown where nobody says how many."""


def score_histories(found: Sequence[ScoreHistory], space: Workspace) -> View:
    """Several roles: their lines, then their periods; csv has each as one table. Charts where it is one alone."""
    views = [score_history(one, space) for one in found]
    lines, periods = zip(*(view.sheets for view in views), strict=True)
    return View(
        sheets=(*lines, *periods),
        charts=tuple(chart for view in views for chart in view.charts) if len(views) == 1 else (),
        data=[score_data(card) for one in found for card in one.cards if card is not None],
    )


def score_history(history: ScoreHistory, space: Workspace) -> View:
    """A chart for the score and for each line; the lines in short; the periods one by one."""
    who, first, last = owner_name(space, history.role), history.periods[0], history.periods[-1]
    title = joined(who, joined(first.said, "…", last.said, between=" "))
    keys = [SCORE, *(METRIC + metric for metric in _metrics(history))]
    charts = tuple(chart for key in keys if (chart := chart_of(history, key, space)) is not None)
    return View(title, sheets=(_lines(history, space, title), _periods(history, space, who)), charts=charts)


def chart_of(history: ScoreHistory, key: str, space: Workspace) -> LineChart | None:
    """The chart behind a row of the lines; None where nothing of it is known."""
    series = _score(history) if key == SCORE else _series(history, key.removeprefix(METRIC))
    if all(point.value is None for point in series.points):
        return None
    title = phrase("Score") if key == SCORE else metric_name(space, key.removeprefix(METRIC))
    return LineChart(title, with_festivals(series, history.periods, space))


def _metrics(history: ScoreHistory) -> list[str]:
    """The metrics of the last card that there is, in its order: what is looked back from."""
    card = next((card for card in reversed(history.cards) if card is not None), None)
    return list(dict.fromkeys(line.metric for line in card.lines)) if card else []


def _score(history: ScoreHistory) -> Series:
    points = (
        Point(period.axis, finite(card.score), partial=is_partial(card)) if card else Point(period.axis, None)
        for period, card in zip(history.periods, history.cards, strict=True)
    )
    return Series(tuple(points), "score")


def _series(history: ScoreHistory, metric: str) -> Series:
    """Actual and target of each period; the usual band of all."""
    lines = [history.line(metric, place) for place in range(len(history.periods))]
    points = tuple(_point(period, line) for period, line in zip(history.periods, lines, strict=True))
    unit = next((line.actual.unit for line in reversed(lines) if line), "count")
    band = history.bands.get(metric)
    return Series(points, unit, (band.low, band.high) if band else None)


def _point(period: Period, line: ScoreLine | None) -> Point:
    if line is None:
        return Point(period.axis, None)
    target = line.target.value if line.target else None
    return Point(period.axis, finite(line.actual.value), target, line.actual.partial)


# --- the lines in short ------------------------------------------------------------------------------
def _lines(history: ScoreHistory, space: Workspace, title: Word) -> Sheet:
    """The score first, then each line: its last value, how often its target was met, its course."""
    columns = [
        Column("role", hidden=True),
        Column("state", width=1),
        Column("metric", phrase("Metric"), least=16, flex=1),
        Column("last", phrase("Latest"), right=True, most=12),
        Column("met", phrase("Met"), right=True),
        Column("known", hidden=True),
        Column("low", phrase("Lowest"), right=True, drop=2, most=12),
        Column("high", phrase("Highest"), right=True, drop=2, most=12),
        Column("trend", phrase("Trend"), width=len(history.periods), drop=3, csv=False),
    ]
    rows = [_score_row(history), *(_line_row(history, metric, space) for metric in _metrics(history))]
    latest = [line.actual for metric in _metrics(history) if (line := history.line(metric, -1))]
    return sheet(columns, rows, title, doubts(latest, space), key="lines")


def _score_row(history: ScoreHistory) -> Row:
    series = _score(history)
    last, low, high = _ends(series)
    return Row(
        SCORE,
        (
            text(history.role),
            TextCell(),
            text(phrase("Score"), "strong", SCORE),
            last,
            TextCell(),
            TextCell(),
            low,
            high,
            SparkCell(series, "muted"),
        ),
    )


def _line_row(history: ScoreHistory, metric: str, space: Workspace) -> Row:
    series = _series(history, metric)
    judged = [
        line.attainment
        for place in range(len(history.periods))
        if (line := history.line(metric, place)) and line.attainment is not None and not line.actual.partial
    ]
    met = sum(state_of(one) == "on_target" for one in judged)
    latest = history.line(metric, -1)
    last, low, high = _ends(series)
    return Row(
        METRIC + metric,
        (
            text(history.role),
            StateCell(state_of(latest.attainment) if latest else "none"),
            text(metric_name(space, metric), exact=metric),
            of_value(latest.actual) if latest else last,
            NumberCell(met if judged else None, "count", blank=True, of=len(judged) or None),
            NumberCell(len(judged) or None, "count", blank=True),
            low,
            high,
            SparkCell(series, "muted"),
        ),
    )


def _ends(series: Series) -> tuple[NumberCell, NumberCell, NumberCell]:
    """The last value, and the lowest and highest of whole periods."""
    whole = [point.value for point in series.points if point.value is not None and not point.partial]
    last = series.points[-1]
    digits = SCORE_DIGITS if series.unit == "score" else None
    return (
        NumberCell(last.value, series.unit, partial=last.partial, digits=digits),
        NumberCell(min(whole, default=None), series.unit, "muted", digits=digits),
        NumberCell(max(whole, default=None), series.unit, "muted", digits=digits),
    )


# --- period by period --------------------------------------------------------------------------------
def _periods(history: ScoreHistory, space: Workspace, who: Word) -> Sheet:
    columns = [
        Column("role", hidden=True),
        Column("period", phrase("Period")),
        Column("score", phrase("Score"), right=True),
        Column("possible", phrase("of"), right=True, drop=1),
        Column("change", phrase("Change"), right=True),
        Column("weakest", phrase("Weakest line"), flex=1),
        Column("bonus", phrase("Bonus"), right=True, drop=2),
        Column("money", phrase("Money"), right=True, drop=2),
    ]
    found = zip(history.periods, history.cards, strict=True)
    rows = [_period_row(history.role, period, card, space) for period, card in found]
    absent = sum(card is None for card in history.cards)
    said = [Sentence(phrases("It did not count in {count} period.", "It did not count in {count} periods.", absent))]
    title = joined(who, phrase("period by period"))
    counted = [card for card in history.cards if card is not None]
    doubtful = doubts((line.actual for card in counted for line in card.lines), space)
    doubtful += change_doubts([], counted, space)
    return sheet(columns, rows, title, [*(said if absent else []), *doubtful], key="periods")


def _period_row(role: str, period: Period, card: Scorecard | None, space: Workspace) -> Row:
    if card is None:
        empty: list[Cell] = [
            NumberCell(None, "score"),
            NumberCell(None, "weight", blank=True),
            ChangeCell(None, blank=True),
        ]
        when = text(period.said, exact=period.id)
        return Row(period.id, (text(role), when, *empty, TextCell(), TextCell(), TextCell()))
    return Row(
        period.id,
        (
            text(role),
            text(period.said, exact=period.id),
            NumberCell(finite(card.score), "score", partial=is_partial(card)),
            NumberCell(card.possible, "weight", "muted"),
            moved_cell(card),
            text(metric_name(space, card.weakest) if card.weakest else "", exact=card.weakest or ""),
            NumberCell(card.bonus.effect, "percent", signed=True, blank=True),
            NumberCell(card.bonus.money, "currency", signed=True, blank=True),
        ),
    )
