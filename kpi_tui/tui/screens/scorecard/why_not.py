"""Why a command of the scorecard cannot run on the line under the cursor."""

from __future__ import annotations

from kpi_tui.definitions.answers.score import Scorecard, ScoreLine
from kpi_tui.definitions.role import role_and_value
from kpi_tui.text.i18n import _
from kpi_tui.tui.screens.old_numbers import COMPUTING

_NEEDS_LINE = ("explain", "rows", "edit", "propose", "line.weakest", "drivers", "score.history", "score.choose")


def why_not(command: str, line: ScoreLine | None, card: Scorecard | None, *, computing: bool = False) -> str:
    """A sentence; empty where it can run. `computing`: the first numbers are still to come."""
    if command in _NEEDS_LINE and card is None and computing:
        return _(COMPUTING)
    if command in _NEEDS_LINE and line is None:
        return _("There is no line to act on.")
    if command in ("edit", "propose") and line is not None and line.for_orientation:
        return _("The north star has no target of a role; edit it on the Targets screen.")
    if command in ("edit", "propose") and line is not None and role_and_value(line.role)[1] is not None:
        return _("`kpi-tui target set {role} {metric} VALUE` sets its target.", role=line.role, metric=line.metric)
    if command == "line.weakest" and card is not None and card.weakest is None:
        return _("No line is below its target.")
    return ""
