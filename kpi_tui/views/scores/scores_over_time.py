"""The scores of everybody over the last periods in one table, and a chart of each score and its weak line (R037)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.score import Scorecard, ScoreHistory
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import joined, phrase
from kpi_tui.views.cells import Cell, NumberCell, TextCell, finite
from kpi_tui.views.charts import LineChart
from kpi_tui.views.names import owner_name
from kpi_tui.views.scores.score_history import SCORE, chart_of
from kpi_tui.views.scores.scorecard import is_partial
from kpi_tui.views.view import METRIC, Column, Row, View, sheet


def scores_over_time(found: Sequence[ScoreHistory], space: Workspace) -> View:
    """A line per period, a column per post; the weak line of the last period beside its score as charts."""
    periods = found[0].periods if found else ()
    columns = [Column("period", phrase("Period"))]
    columns += [Column(one.role, owner_name(space, one.role), right=True) for one in found]
    rows = [Row(period.id, (TextCell(period.said, exact=period.id), *_scores(found, place)))
            for place, period in enumerate(periods)]  # fmt: skip
    table = sheet(columns, rows, phrase("Score"), key="scores over time")
    charts = tuple(chart for one in found for chart in _charts(one, space))
    data = [score for one in found for score in _data(one)]
    return View(phrase("Scores over time"), sheets=(table,) if found else (), charts=charts, data=data)


def _scores(found: Sequence[ScoreHistory], place: int) -> Iterator[Cell]:
    for card in (one.cards[place] for one in found):
        yield NumberCell(finite(card.score), "score", partial=is_partial(card)) if card else TextCell()


def _charts(history: ScoreHistory, space: Workspace) -> Iterator[LineChart]:
    last = history.cards[-1]
    keys = [SCORE, *([METRIC + last.weakest] if last and last.weakest else [])]
    for key in keys:
        if (chart := chart_of(history, key, space)) is not None:
            yield replace(chart, title=joined(owner_name(space, history.role), chart.title, between=": "))


def _data(history: ScoreHistory) -> Iterator[dict[str, object]]:
    """The JSON: a record per post and period; null where it did not count."""
    for period, card in zip(history.periods, history.cards, strict=True):
        yield {"role": history.role, "period": period.id, **_known(card)}


def _known(card: Scorecard | None) -> dict[str, object]:
    if card is None:
        return {"score": None, "possible": None, "weakest": None, "partial": None}
    found = {"score": finite(card.score), "possible": card.possible, "weakest": card.weakest}
    return {**found, "partial": is_partial(card)}
