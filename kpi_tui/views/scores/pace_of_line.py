"""The pace of a line in a running period: the share of its target that it is on the way to (R089)."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_tui.definitions.answers.baseline import Pace
from kpi_tui.definitions.answers.score import Scorecard, ScoreLine
from kpi_tui.definitions.attainment_state import State, state_of
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import StateCell, TextCell, text
from kpi_tui.views.names import metric_name
from kpi_tui.views.record import Record, record


def pace_cell(line: ScoreLine, card: Scorecard, space: Workspace) -> TextCell:
    """`96–104 %` of the target, coloured by what that means; empty where there is no pace or no target."""
    shares = _shares(line, card)
    return text(_range(shares), StateCell(state_by_pace(line, card, space)).colour) if shares else TextCell()


def state_by_pace(line: ScoreLine, card: Scorecard, space: Workspace) -> State:
    """How a line stands: by where it will end while its period runs and that is known, else by what it attained."""
    states: dict[str | None, State] = {"ahead": "on_target", "within": "near", "behind": "weak"}
    return states.get(pace_against(line, card, space)) or state_of(line.attainment)


def pace_against(line: ScoreLine, card: Scorecard, space: Workspace) -> str | None:
    """ahead | within | behind: the range of a line against its target as it stands now; None where one is unknown."""
    pace, metric = card.pace(line.metric), space.metrics.get(line.metric)
    if _shares(line, card) is None or pace is None or line.target is None:
        return None
    return pace.against(line.target.value, metric.better if metric else Better.HIGHER)


def paced_lines(lines: Iterable[ScoreLine], card: Scorecard, space: Workspace) -> Word:
    """`Paid amount 96–104 %, Orders 151–199 %`: where these will end, as shares of their targets."""
    ranges = ((line, shares) for line in lines if (shares := _shares(line, card)) is not None)
    said = (joined(metric_name(space, line.metric), _range(shares), between=" ") for line, shares in ranges)
    return joined(*said, between=", ")


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


def _range(shares: tuple[float, float]) -> Word:
    low, high = shares
    return joined(Quantity(round(low * 100), "count"), _share(high), between="–")


def _share(share: float | None) -> Quantity:
    return Quantity(share, "percent", digits=0)
