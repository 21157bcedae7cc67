"""Answers of `score`: scorecards with actual, target, attainment, points and the weak line (spec R037, R168)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kpi_tui.definitions.answers.score import Bonus, Scorecard, ScoreLine
from kpi_tui.definitions.answers.value import Value
from kpi_tui.report.sheet import Cell, Column, Report, Sheet, Tone, figure, sheet
from kpi_tui.report.values import Namer, finite
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import _, told

State = Literal["on_target", "near", "weak", "unknown"]
NEAR = 0.8  # from here on a line is near its target, as on the screens
GLYPHS: dict[State, str] = {"on_target": "●", "near": "◐", "weak": "○", "unknown": "·"}
_TONES: dict[State, Tone] = {"on_target": "good", "near": "near", "weak": "weak", "unknown": "dim"}


def state(attainment: float | None) -> State:
    """How a line stands: on target, near (from 80 %), weak, or unknown."""
    if attainment is None:
        return "unknown"
    return "on_target" if attainment >= 1 else "near" if attainment >= NEAR else "weak"


def score_data(card: Scorecard) -> dict[str, object]:
    """One scorecard as in interface.md."""
    return {
        "role": card.role,
        "period": card.period.id,
        "score": finite(card.score),
        "possible": card.possible,
        "weakest": card.weakest,
        "lines": [_line_data(line) for line in card.lines],
        "previous_score": finite(card.previous_score),
        "overview": [_overview_data(value) for value in card.overview],
        "bonus": {"mode": card.bonus.mode, "effect": card.bonus.effect, "review": card.bonus.review},
        "balance": {
            "absolute": card.balance.absolute,
            "ratio": card.balance.ratio,
            "verdict": card.balance.verdict,
        },
    }


def scores_report(cards: Sequence[Scorecard], role_name: Namer, metric_name: Namer) -> Report:
    """One sheet per scorecard, with what to do first under it."""
    sheets = tuple(_card(card, role_name, metric_name) for card in cards)
    return Report([score_data(card) for card in cards], sheets)


def advice(card: Scorecard, metric_name: Namer) -> str:
    """The sentence that names the weak line and what meeting its target would add."""
    weak = next((line for line in card.lines if line.metric == card.weakest), None)
    if weak is None:
        return ""
    name = metric_name(weak.metric)
    if weak.gain_if_met is None:
        return _("○ {name} is the weak line.", name=name)
    points = fmt.number(weak.gain_if_met, "score")
    return _("○ {name} is the weak line: meeting its target would add {points} points.", name=name, points=points)


def _line_data(line: ScoreLine) -> dict[str, object]:
    return {
        "metric": line.metric,
        "actual": finite(line.actual.value),
        "target": line.target.value if line.target else None,
        "attainment": finite(line.attainment),
        "method": line.method,
        "weight": line.weight,
        "points": finite(line.points),
        "reason": line.reason.value if line.reason else None,
        "gain_if_met": finite(line.gain_if_met),
        "role": line.role,
        "unit": line.actual.unit,
        "partial": line.actual.partial,
        "previous": finite(line.previous),
        "north_star": line.north_star,
        "detail": line.detail,
    }


def _overview_data(value: Value) -> dict[str, object]:
    reason = value.reason.value if value.reason else None
    return {"metric": value.metric, "value": finite(value.value), "reason": reason, "unit": value.unit}


def overview(card: Scorecard, metric_name: Namer) -> str:
    """What every operator knows, in one line (R040); empty when the workspace names nothing."""
    return "   ".join(f"{metric_name(value.metric)} {fmt.shown(value)}" for value in card.overview)


def _card(card: Scorecard, role_name: Namer, metric_name: Namer) -> Sheet:
    columns = [
        Column("state", ""),
        Column("metric", _("Metric")),
        Column("actual", _("Actual"), right=True),
        Column("target", _("Target"), right=True),
        Column("attainment", _("Attained"), right=True),
        Column("weight", _("Weight"), right=True),
        Column("points", _("Points"), right=True),
        Column("change", _("Change"), right=True, least=90),
        Column("gain_if_met", _("Gain if met"), right=True, least=110),
        Column("reason", _("Why none"), hidden=True),
    ]
    rows = [_row(line, card, metric_name) for line in card.lines]
    title = f"{role_name(card.role)}  {card.period.id}"
    told = [_total(card), advice(card, metric_name), _bonus(card.bonus), overview(card, metric_name)]
    missing = [f"{GLYPHS['unknown']} {metric_name(line.metric)}: {why}" for line in card.lines if (why := _why(line))]
    return sheet(columns, rows, title, [*told, *missing])


def _row(line: ScoreLine, card: Scorecard, metric_name: Namer) -> list[Cell]:
    now, unit = state(line.attainment), line.actual.unit
    tone: Tone = "weak" if line.metric == card.weakest else _TONES[now] if now == "unknown" else ""
    target = line.target.value if line.target else None
    # A north star without target or weight is shown for orientation; it has no state.
    glyph = " " if line.north_star and not line.weight else GLYPHS[now]
    return [
        Cell(glyph, now, _TONES[now]),
        Cell(metric_name(line.metric), line.metric, tone),
        figure(finite(line.actual.value), fmt.shown(line.actual), tone),
        figure(target, fmt.number(target, unit), tone),
        figure(finite(line.attainment), fmt.number(line.attainment, "percent"), tone),
        figure(line.weight, fmt.decimals(line.weight, 0 if float(line.weight).is_integer() else 1), tone),
        figure(finite(line.points), fmt.number(line.points, "score"), tone),
        figure(finite(line.change), fmt.change(line.change), tone),
        figure(finite(line.gain_if_met), fmt.number(line.gain_if_met, "score"), tone),
        Cell(_why(line), line.reason.value if line.reason else "", "dim"),
    ]


def _why(line: ScoreLine) -> str:
    """Why a line has no points; a missing target is said plainly, it is the person's own to set."""
    if line.target is None and line.actual.value is not None:
        return _("no target set")
    return fmt.reason(line.reason, line.detail) or told(line.detail)


def _total(card: Scorecard) -> str:
    score = fmt.number(card.score, "score")
    text = _("Score {score} of {possible}", score=score, possible=fmt.decimals(card.possible, 0))
    if card.score is None or card.previous_score is None:
        return text
    return f"{text}  {fmt.difference(card.score - card.previous_score, 2)}"


def _bonus(bonus: Bonus) -> str:
    if bonus.review:
        return _("Bonus: below the target, to be reviewed")
    if bonus.effect is None:
        return ""
    return _("Bonus {effect}", effect=fmt.signed(bonus.effect, "percent"))
