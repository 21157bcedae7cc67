"""The pace of a line in a running period: the share of its target that it is on the way to (R089)."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_tui.definitions.answers.score import Scorecard, ScoreLine
from kpi_tui.definitions.attainment_state import State, state_of
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined
from kpi_tui.views.causes.pace_range import STATES, pace_record, pace_sentence, range_word, shares_of
from kpi_tui.views.cells import StateCell, TextCell, text
from kpi_tui.views.names import metric_name
from kpi_tui.views.record import Record


def pace_cell(line: ScoreLine, card: Scorecard, space: Workspace) -> TextCell:
    """`96–104 %` of the target, coloured by what that means; empty where there is no pace or no target."""
    shares = _shares(line, card)
    return text(range_word(shares), StateCell(state_by_pace(line, card, space)).colour) if shares else TextCell()


def state_by_pace(line: ScoreLine, card: Scorecard, space: Workspace) -> State:
    """How a line stands: by where it will end while its period runs and that is known, else by what it attained."""
    return STATES.get(pace_against(line, card, space)) or state_of(line.attainment)


def pace_against(line: ScoreLine, card: Scorecard, space: Workspace) -> str | None:
    """ahead | within | behind: the range of a line against its target as it stands now; None where one is unknown."""
    pace, metric = card.pace(line.metric), space.metrics.get(line.metric)
    if _shares(line, card) is None or pace is None or line.target is None:
        return None
    return pace.against(line.target.value, metric.better if metric else Better.HIGHER)


def paced_lines(lines: Iterable[ScoreLine], card: Scorecard, space: Workspace) -> Word:
    """`Paid amount 96–104 %, Orders 151–199 %`: where these will end, as shares of their targets."""
    ranges = ((line, shares) for line in lines if (shares := _shares(line, card)) is not None)
    said = (joined(metric_name(space, line.metric), range_word(shares), between=" ") for line, shares in ranges)
    return joined(*said, between=", ")


def pace_word(line: ScoreLine, card: Scorecard) -> Word:
    """The same in a sentence, with what is usual by now."""
    return pace_sentence(card.pace(line.metric), line.target.value if line.target else None)


def pace_data(line: ScoreLine, card: Scorecard) -> Record | None:
    """The JSON of a line's pace."""
    return pace_record(card.pace(line.metric))


def _shares(line: ScoreLine, card: Scorecard) -> tuple[float, float] | None:
    """Lowest and highest end as shares of the target as it stands now, edits included."""
    return shares_of(card.pace(line.metric), line.target.value if line.target else None)
