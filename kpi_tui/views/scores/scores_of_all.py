"""Scores beside each other: all roles or people in a line each, and two of them line by line (R033, R037)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.score import Scorecard, ScoreLine
from kpi_tui.definitions.attainment_state import state_of
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import (
    AttainmentCell,
    NumberCell,
    StateCell,
    TextCell,
    Tone,
    finite,
    of_value,
    text,
)
from kpi_tui.views.charts import BarChart, plain_bar
from kpi_tui.views.doubts import doubt_column, doubts
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.reasons import reason
from kpi_tui.views.record import Record, record
from kpi_tui.views.scores.scorecard import change_doubts, is_partial, moved_cell, score_data
from kpi_tui.views.view import METRIC, OWNER, Column, Row, Sheet, View, sheet

FULL = 100.0
"""What the weights of a role sum to."""
_EXACT = 1e-9


def scores_sheet(cards: Sequence[Scorecard], space: Workspace) -> Sheet:
    """A line each: the score and its change, the weak line and what mending it is worth, the bonus.

    What a score is out of stands beside it where one of them is not out of 100: else they would look alike.
    """
    columns = [
        Column("state", width=1),
        Column("who", phrase("Role or person"), least=12, most=24),
        Column("score", phrase("Score"), right=True),
        Column("possible", phrase("Out of"), right=True, csv=False, hidden=not out_of_less(cards)),
        Column("change", phrase("Change"), right=True),
        Column("gain_if_met", phrase("Gain if met"), short=phrase("Gain"), right=True),
        Column("bonus", phrase("Bonus"), right=True),
        Column("money", phrase("Money"), right=True),
        Column("weakest", phrase("Weakest line"), flex=1),
        doubt_column(),
    ]
    said = doubts((line.actual for card in cards for line in card.lines), space) + change_doubts([], cards, space)
    return sheet(columns, [summary_row(card, space) for card in cards], notes=said)


def out_of_less(cards: Sequence[Scorecard]) -> bool:
    """Whether a score among these could not reach 100: a line has no target or no number."""
    return any(card.score is not None and abs(card.possible - FULL) > _EXACT for card in cards)


def scores_chart(cards: Sequence[Scorecard], space: Workspace, title: Word, key: str) -> BarChart:
    """A bar per score, with a mark where all its points would be."""
    bars = (
        plain_bar(
            owner_name(space, card.role),
            NumberCell(finite(card.score), "score", partial=is_partial(card)),
            target=finite(card.possible) if card.score is not None else None,
            tone="weak" if _share(card) is not None and state_of(_share(card)) == "weak" else "",
        )
        for card in cards
    )
    return BarChart(title, tuple(bars), "score", key=key)


def _share(card: Scorecard) -> float | None:
    return card.score / card.possible if card.score is not None and card.possible else None


def summary_row(card: Scorecard, space: Workspace) -> Row:
    """The line of a scorecard."""
    weak = next((line for line in card.lines if line.metric == card.weakest and not line.for_orientation), None)
    told: Word = metric_name(space, weak.metric) if weak else _why_none(card, space)
    return Row(
        OWNER + card.role,
        (
            StateCell(state_of(_share(card))),
            text(owner_name(space, card.role), exact=card.role),
            NumberCell(finite(card.score), "score", partial=is_partial(card)),
            NumberCell(card.possible if card.score is not None else None, "weight", "muted", blank=True),
            moved_cell(card),
            NumberCell(finite(weak.gain_if_met) if weak else None, "score", blank=True),
            NumberCell(card.bonus.effect, "percent", signed=True, blank=True),
            NumberCell(card.bonus.money, "currency", signed=True, blank=card.bonus.base is None),
            text(told, "" if weak else "muted", weak.metric if weak else ""),
            doubts_of_cards([card]),
        ),
    )


def doubts_of_cards(cards: Sequence[Scorecard]) -> TextCell:
    """What csv keeps of the marks of scores and their changes."""
    said = [*doubts(line.actual for card in cards for line in card.lines), *change_doubts([], cards)]
    return text(joined(*dict.fromkeys(one.word for one in said), between="; "))


def _why_none(card: Scorecard, space: Workspace) -> Word:
    """Why there is no score, where there is none: what its first line lacks."""
    if card.score is not None:
        return ""
    line = next((line for line in card.lines if line.weight), None)
    return (reason(line.reason, line.detail, space) if line else "") or phrase("no score")


def summary_data(card: Scorecard) -> Record:
    """The JSON of a line."""
    found = record(card, "role", "period", "score", "possible", "previous_score", "weakest", "doubts_before")
    return {**found, "bonus": record(card.bonus, "mode", "effect", "review", "base", "money", "why")}


# --- two of them, line by line -------------------------------------------------------------------------
def compared(one: Scorecard, other: Scorecard, space: Workspace) -> View:
    """Lines of either, those of both beside each other; their scores first."""
    names = [owner_name(space, card.role) for card in (one, other)]
    metrics = dict.fromkeys(line.metric for card in (one, other) for line in card.lines if not line.for_orientation)
    columns = [Column("metric", phrase("Metric"), least=16, flex=1)]
    for place, name in enumerate(names, 1):
        columns += [
            Column(f"actual_{place}", name, right=True, most=14),
            Column(f"attainment_{place}", phrase("Attained"), short=phrase("Att."), right=True),
            Column(f"points_{place}", phrase("Points"), short=phrase("Pts"), right=True),
            Column(f"weight_{place}", phrase("Weight"), short=phrase("Wt"), right=True, drop=1),
        ]
    rows = [_scores(one, other), *(_side_by_side(metric, one, other, space) for metric in metrics)]
    title = joined(joined(*names, between=" · "), one.period.said)
    known = [line.actual for card in (one, other) for line in card.lines if line.metric in metrics]
    said = doubts(known, space)
    return View(sheets=(sheet(columns, rows, title, said, "compared"),), data=[score_data(one), score_data(other)])


def _scores(*cards: Scorecard) -> Row:
    cells = [
        cell
        for card in cards
        for cell in (
            NumberCell(finite(card.score), "score", "strong", partial=is_partial(card)),
            TextCell(),
            TextCell(),
            NumberCell(card.possible, "weight", "muted"),
        )
    ]
    return Row("score", (text(phrase("Score"), "strong", "score"), *cells), total=True)


def _side_by_side(metric: str, one: Scorecard, other: Scorecard, space: Workspace) -> Row:
    cells = [cell for card in (one, other) for cell in _cells(_line(card, metric), card)]
    return Row(METRIC + metric, (text(metric_name(space, metric), exact=metric), *cells))


def _line(card: Scorecard, metric: str) -> ScoreLine | None:
    return next((line for line in card.lines if line.metric == metric and not line.for_orientation), None)


def _cells(line: ScoreLine | None, card: Scorecard) -> list[NumberCell | AttainmentCell | TextCell]:
    if line is None:
        return [TextCell()] * 4
    tone: Tone = "weak" if line.metric == card.weakest else ""
    return [
        replace(of_value(line.actual), tone=tone),
        AttainmentCell(finite(line.attainment), tone),
        NumberCell(finite(line.points), "score", tone, below=line.weight),
        NumberCell(line.weight, "weight", "muted"),
    ]
