"""Two scorecards beside each other, line by line: whom to compare with is asked first (R033)."""

from __future__ import annotations

from kpi_tui.definitions.answers.score import Scorecard
from kpi_tui.text.i18n import _
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.overlays.role_choice import role_choices
from kpi_tui.tui.overlays.table import TableOverlay
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.scorecard.questions import ScorecardAnswer, ScorecardQuestion
from kpi_tui.views.scores.scores_of_all import compared
from kpi_tui.views.view import METRIC


def open_comparison(screen: KpiScreen, card: Scorecard) -> None:
    """Ask for the other one and lay it beside the card; a line chosen there is explained."""
    space = screen.kpi.workspace
    others = [one for one in role_choices(space.at(card.period), screen.kpi.language) if one.key != card.role]
    if not others:
        screen.say(_("There is no other role or person to compare with."), "warning")
        return

    def explained(key: str | None) -> None:
        if key and key.startswith(METRIC):
            screen.common.explain(key.removeprefix(METRIC), card.period)

    def answered(found: ScorecardAnswer) -> None:
        (sheet,) = compared(card, found.card, space).sheets
        screen.app.push_screen(TableOverlay(sheet, _("Enter explain   E export   Esc back")), explained)

    def chosen(other: str | None) -> None:
        if other is not None:
            screen.answers.ask(ScorecardQuestion(other, card.period), answered)

    screen.app.push_screen(ChoiceScreen(_("Compare with whom?"), others), chosen)
