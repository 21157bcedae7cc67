"""The pace of a line in a running period: the share of its target that it is on the way to (R089)."""

from __future__ import annotations

from kpi_tui.definitions.answers.baseline import Pace
from kpi_tui.definitions.answers.score import Scorecard, ScoreLine
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import TextCell, Tone, text
from kpi_tui.views.record import Record, record


def pace_cell(line: ScoreLine, card: Scorecard, space: Workspace) -> TextCell:
    """`96–104 %` of the target, coloured by what that means; empty where there is no pace or no target."""
    shares = _shares(line, card)
    return text(_range(shares), _tone(line, shares, space)) if shares else TextCell()


def pace_word(line: ScoreLine, card: Scorecard) -> Word:
    """The same in a sentence, with what is usual by now."""
    shares, pace = _shares(line, card), card.pace(line.metric)
    if shares is None or pace is None:
        return ""
    told = phrase("on pace for {range} of its target", range=_range(shares))
    usual = phrase("usual by day {day} of {days}: {share}", day=pace.day, days=pace.days, share=_share(pace.share))
    return joined(told, usual if pace.share is not None else "", between="; ")


def pace_data(line: ScoreLine, card: Scorecard) -> Record | None:
    """The JSON of a line's pace."""
    pace = card.pace(line.metric)
    return record(pace, "low", "high", "projected", "share", "due", "day", "days", "basis") if pace else None


def _shares(line: ScoreLine, card: Scorecard) -> tuple[float, float] | None:
    """Lowest and highest end as shares of the target as it stands now, edits included."""
    pace = card.pace(line.metric)
    target = line.target.value if line.target else None
    return _of(pace, target) if pace is not None and target else None


def _of(pace: Pace, target: float) -> tuple[float, float] | None:
    if pace.low is None or pace.high is None or target <= 0:
        return None
    return pace.low / target, pace.high / target


def _tone(line: ScoreLine, shares: tuple[float, float], space: Workspace) -> Tone:
    """Good where all of the range meets the target, weak where none of it does."""
    low, high = shares
    metric = space.metrics.get(line.metric)
    if metric is not None and metric.better is Better.LOWER:
        return "good" if high <= 1 else "weak" if low > 1 else "near"
    return "good" if low >= 1 else "weak" if high < 1 else "near"


def _range(shares: tuple[float, float]) -> Word:
    low, high = shares
    return joined(Quantity(round(low * 100), "count"), _share(high), between="–")


def _share(share: float | None) -> Quantity:
    return Quantity(share, "percent", digits=0)
