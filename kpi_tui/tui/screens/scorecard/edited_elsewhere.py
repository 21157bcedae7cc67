"""Lines of a scorecard whose target is not edited from here, and where it is."""

from __future__ import annotations

from kpi_tui.definitions.answers.score import ScoreLine
from kpi_tui.definitions.role import role_and_value
from kpi_tui.text.i18n import _


def why_not_edited(line: ScoreLine) -> str:
    """Why `e` does not open its cell; "" where it does."""
    if line.for_orientation:
        return _("The north star has no target of a role; edit it on the Targets screen.")
    if role_and_value(line.role)[1] is not None:
        return _("`kpi-tui target set {role} {metric} VALUE` sets its target.", role=line.role, metric=line.metric)
    return ""
