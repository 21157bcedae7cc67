"""A scorecard: how good, which line is weak, what mending it would bring, and every line (R037, R168)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from kpi_tui.definitions.answers.score import TREND, Scorecard, ScoreLine
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH, SCORE_DIGITS, difference
from kpi_tui.text.marks_behind_numbers import DOUBT, PARTIAL
from kpi_tui.text.phrase import Word, is_empty, joined, phrase
from kpi_tui.views.cells import (
    AttainmentCell,
    BarCell,
    Cell,
    ChangeCell,
    NumberCell,
    Point,
    Series,
    SparkCell,
    StateCell,
    TextCell,
    Tone,
    change_cell,
    finite,
    of_value,
    text,
    without_sign,
)
from kpi_tui.views.doubts import KEY, doubt_column, doubt_data, doubts, noted
from kpi_tui.views.edits.definitions import change_data, late_sentences
from kpi_tui.views.library.values import shown
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.reasons import reason
from kpi_tui.views.record import Record, record
from kpi_tui.views.scores.attainment_method import method_mark
from kpi_tui.views.scores.pace_of_line import pace_cell, pace_data, state_by_pace
from kpi_tui.views.scores.score_sentences import advice, balance, bonus, lengths, points
from kpi_tui.views.view import Column, Headline, Row, Sentence, Sheet, View, sheet

BAR = 5
"""Cells of the bar."""


def scorecard(card: Scorecard, space: Workspace, as_of: date | None = None) -> View:
    """One role's or person's scorecard."""
    title, head = joined(owner_name(space, card.role), card.period.said), headline(card, space, as_of)
    return View(title, sheets=(lines_sheet(card, space),), data=score_data(card), headline=head)


def scorecards(cards: Sequence[Scorecard], space: Workspace) -> View:
    """Several scorecards, one sheet each; csv has them as one table, with a column that says whose a line is."""
    sheets = tuple(lines_sheet(card, space, titled=True, several=len(cards) > 1) for card in cards)
    return View(sheets=sheets, data=[score_data(card) for card in cards])


def headline(card: Scorecard, space: Workspace, as_of: date | None = None) -> Headline:
    """Who, when, how good; a score of a period that is not over is marked, and never compared with a whole one."""
    who, possible = owner_name(space, card.role), card.possible or 100.0
    mark = moved_cell(card).after
    return Headline(who, card.period, as_of, card.score, possible, moved(card), is_partial(card), change_mark=mark)


def moved(card: Scorecard) -> float | None:
    """By how much the score moved against the period before; None where the two cannot be compared."""
    if card.score is None or card.previous_score is None or is_partial(card):
        return None
    return card.score - card.previous_score


def moved_cell(card: Scorecard, tone: Tone = "", digits: int = 1) -> ChangeCell:
    """The same as a cell, marked where the score of either period is made of a doubtful number."""
    doubtful = card.doubts_before or card.is_doubtful
    return ChangeCell(moved(card), tone, points=True, digits=digits, blank=True, after=DOUBT if doubtful else "")


def is_partial(card: Scorecard) -> bool:
    """Whether the period of a weighted line is not over."""
    return any(line.weight and line.actual.partial for line in card.lines)


def line_key(line: ScoreLine) -> str:
    """A row key that tells the lines of joined roles and the north star apart."""
    return f"{'*' if line.for_orientation else line.role}/{line.metric}"


def line_at(card: Scorecard, key: str) -> ScoreLine | None:
    """The line behind a row."""
    return next((line for line in card.lines if line_key(line) == key), None)


def lines_sheet(card: Scorecard, space: Workspace, titled: bool = False, several: bool = False) -> Sheet:
    """Every line with what there is to say below it; `several`: with a column `role` for csv."""
    columns, rows = _columns(paced=_is_paced(card, space)), list(_rows(card, space))
    if several:
        columns.insert(0, Column("role", hidden=True))
        rows = [replace(row, cells=(TextCell(card.role), *row.cells)) if row.cells else row for row in rows]
    title = joined(owner_name(space, card.role), card.period.said) if titled else ""
    return sheet(columns, rows, title, _notes(card, space), key="lines")


def _is_paced(card: Scorecard, space: Workspace) -> bool:
    """Whether anything would stand in the column of the pace: it needs a target, too."""
    return any(not is_empty(pace_cell(line, card, space).word) for line in card.lines)


def _columns(paced: bool) -> list[Column]:
    """The trend leaves first where room is short, then gain, bar, change, pace, weight, target."""
    return [
        Column("state", width=1),
        Column("metric", phrase("Metric"), least=18, flex=1),
        Column("actual", phrase("Actual"), most=12, right=True),
        Column("target", phrase("Target"), most=12, right=True, drop=1),
        Column("bar", width=BAR, drop=4, csv=False),
        Column("attainment", phrase("Attained"), short=phrase("Att."), least=5, most=8, right=True),
        Column("weight", phrase("Weight"), short=phrase("Wt"), most=5, right=True, drop=2),
        Column("pace", phrase("On pace"), most=12, right=True, drop=2, csv=False, hidden=not paced),
        Column("points", phrase("Points"), short=phrase("Pts"), most=6, right=True),
        Column("change", phrase("Change"), short=phrase("Chg"), least=6, most=15, right=True, drop=3),
        Column("gain_if_met", phrase("Gain if met"), short=phrase("Gain"), most=6, right=True, drop=6),
        Column("trend", phrase("Trend"), width=TREND, drop=5, csv=False),
        Column("reason", phrase("Why none"), hidden=True),
        doubt_column(),
    ]


def _rows(card: Scorecard, space: Workspace) -> Iterator[Row]:
    """One row per line; joined roles and a north star that no line holds stand under headings of their own."""
    several = len({line.role for line in card.lines if not line.for_orientation}) > 1
    for (star, role), lines in groupby(card.lines, key=lambda line: (line.for_orientation, line.role)):
        if star or several:
            name: Word = phrase("north star") if star else owner_name(space, role)
            yield Row(f"heading {role} {star}", heading=joined("──", name, "──", between=" "))
        for line in lines:
            yield Row(line_key(line), tuple(_cells(line, card, space)))


def _cells(line: ScoreLine, card: Scorecard, space: Workspace) -> list[Cell]:
    tone: Tone = "weak" if line.metric == card.weakest else ""
    state = state_by_pace(line, card, space)
    target = NumberCell(line.target.value, line.actual.unit) if line.target else NumberCell(None, tone="muted")
    earned = NumberCell(finite(line.points), "score", tone, below=line.weight)
    weight = NumberCell(line.weight, "weight", "muted")
    gain = finite(line.gain_if_met)
    unscored = text(DASH, tone, earned.value)  # csv keeps the numbers
    return [
        StateCell(state, tone or None),
        TextCell(metric_name(space, line.metric), tone, line.metric),
        of_value(line.actual, tone),
        without_sign(target),
        BarCell(line.attainment, tone or StateCell(state).colour),
        AttainmentCell(finite(line.attainment), tone, mark=method_mark(line)),
        text(DASH, "muted", line.weight) if line.for_orientation else weight,
        pace_cell(line, card, space),
        earned if line.weight else unscored,
        change_cell(line.change, "muted", after=DOUBT if line.change_doubts else ""),
        NumberCell(gain, "score", tone, below=line.weight) if line.weight else text(DASH, tone, gain),
        SparkCell(trend(line, card), "muted"),
        text(_why(line, space), "muted", line.reason.value if line.reason else ""),
        doubts_of_line(line),
    ]


def trend(line: ScoreLine, card: Scorecard) -> Series:
    """The last periods of a line; the present one is marked while it is not over."""
    values = line.trend[-TREND:]
    last = len(values) - 1
    points = tuple(
        Point(card.period.previous(last - n).axis, value, partial=line.actual.partial and n == last)
        for n, value in enumerate(values)
    )
    return Series(points, line.actual.unit)


# --- what is said ------------------------------------------------------------------------------------
def _notes(card: Scorecard, space: Workspace) -> list[Sentence]:
    """Score, what to do next, bonus, balance, what everybody knows, and why lines have no number."""
    said = [
        Sentence(_score(card), key="score"),
        *(Sentence(one, "near", "late") for one in late_sentences(card.late, space)),
        advice(card, space),
        Sentence(bonus(card, space), key="bonus"),
        *(Sentence(word, key=key) for key, word in (("balance", balance(card)), ("lengths", lengths(card)))),
        Sentence(joined(*overview(card, space), between="   "), key="overview"),
    ]
    missing = [
        Sentence(joined("◌ ", metric_name(space, line.metric), ": ", why, between=""), key="missing")
        for line in card.lines
        if (why := _why(line, space)) and not line.for_orientation
    ]
    doubtful = doubts([*(line.actual for line in card.lines), *card.overview], space)
    doubtful += change_doubts(card.lines, [card], space)
    return [sentence for sentence in (*said, *missing, *doubtful) if not is_empty(sentence.word)]


def _score(card: Scorecard) -> Word:
    score = points(card.score, card.possible)
    mark = PARTIAL if is_partial(card) else ""
    limit, change = Quantity(card.possible, "weight"), moved(card)
    told = phrase("Score {score} of {possible}", score=joined(score, mark, between=""), possible=limit)
    return joined(told, "" if change is None else difference(change, SCORE_DIGITS) + moved_cell(card).after)


def change_doubts(
    lines: Iterable[ScoreLine], cards: Iterable[Scorecard] = (), space: Workspace | None = None
) -> list[Sentence]:
    """The sentences of the marks beside changes, of lines and of scores: what is doubtful about the numbers of the
    period before alone."""
    said = [note for line in lines for note in line.change_doubts]
    said += (note for card in cards if moved(card) is not None for note in card.doubts_before)
    return [Sentence(one, "muted", KEY) for one in noted(said, space)]


def doubts_of_line(line: ScoreLine) -> TextCell:
    """What csv keeps of both marks."""
    said = [*doubts([line.actual]), *change_doubts([line])]
    return text(joined(*(one.word for one in said), between="; "))


def overview_doubts(card: Scorecard, space: Workspace) -> list[Word]:
    """The sentences of the marks beside what everybody knows; that the period is not over the headline says."""
    values = [replace(one, partial=one.late) for one in card.overview] if is_partial(card) else card.overview
    return [sentence.word for sentence in doubts(values, space)]


def overview(card: Scorecard, space: Workspace) -> list[Word]:
    """What every operator knows (R040): `Visitors (UV) 6,387`, one for each metric that the workspace names."""
    return [joined(metric_name(space, value.metric), shown(value), between=" ") for value in card.overview]


def _why(line: ScoreLine, space: Workspace) -> Word:
    """Why a line has no points; a missing target is said plainly, it is the person's own to set."""
    if line.target is None and line.actual.value is not None:
        return phrase("no target set")
    return reason(line.reason, line.detail, space) or line.detail


# --- data --------------------------------------------------------------------------------------------
_LINE = (
    *("metric", "actual=actual.value", "target=target.value", "attainment", "method", "weight", "points", "reason"),
    *("gain_if_met", "role", "unit=actual.unit", "partial=actual.partial", "previous", "north_star", "detail"),
)


def score_data(card: Scorecard) -> Record:
    """The JSON of one scorecard."""
    return {
        **record(card, "role", "period", "score", "possible", "weakest"),
        "lines": [
            {
                **record(line, *_LINE),
                "pace": pace_data(line, card),
                **doubt_data(line.actual),
                "doubts_before": [*line.change_doubts],
            }
            for line in card.lines
        ],
        **record(card, "previous_score", "doubts_before"),
        "overview": [
            {**record(value, "metric", "value", "reason", "unit", "partial"), **doubt_data(value)}
            for value in card.overview
        ],
        "late": [change_data(one) for one in card.late],
        "bonus": record(card.bonus, "mode", "effect", "review", "base", "money", "why"),
        "balance": record(card.balance, "absolute", "ratio", "absolute_share", "ratio_share", "verdict"),
    }
