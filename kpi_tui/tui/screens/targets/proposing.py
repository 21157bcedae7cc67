"""Targets that are proposed or made of others: `p` shows proposals with their backtest, `S` splits those of a year."""

from __future__ import annotations

from collections.abc import Callable

from kpi_tui.definitions.answers.targets.year_split import SplitBy, YearSplit
from kpi_tui.text.i18n import _, n_
from kpi_tui.text.phrase import translate
from kpi_tui.tui.edit_session import TARGETS
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.question import QuestionScreen
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.targets.display import TargetsDisplay
from kpi_tui.tui.screens.targets.proposals import Proposals
from kpi_tui.tui.screens.targets.questions import SplitQuestion
from kpi_tui.tui.screens.targets.year import YearDisplay
from kpi_tui.views.targets.year import split_name


class Proposing:
    """Proposes for the role and the period under the cursor; what is taken is pending, as anything typed."""

    def __init__(self, screen: KpiScreen, here: Callable[[], TargetsDisplay | YearDisplay]) -> None:
        self._screen, self._here = screen, here
        self._proposals = Proposals(screen)

    # --- proposals -----------------------------------------------------------------------------
    def action_propose(self) -> None:
        """Proposals for the role under the cursor."""
        here = self._here()
        if here.key is not None:
            self._proposals.ask(here.key.role, here.period, here.key.metric)

    # --- a year's targets split -----------------------------------------------------------------
    def action_split(self) -> None:
        """Ask in which proportion the targets of the year are split over what is left of it."""
        year = self._here()
        if not isinstance(year, YearDisplay) or year.key is None:
            return
        role, choices = (
            year.key.role,
            [
                Choice(str(SplitBy.SHAPE), _("By the shape of last year")),
                Choice(str(SplitBy.DAYS), _("By days")),
            ],
        )
        title = _("The targets of {year}, less what is done, over what is left of it", year=self._screen.period.id)
        question = QuestionScreen(title, choices, _("leave them as they are"))
        self._screen.kpi.push_screen(question, lambda by: self._split(year, role, by) if by else None)

    def _split(self, year: YearDisplay, role: str, by: str) -> None:
        question = SplitQuestion(self._screen.period, year.grain, by, role)
        self._screen.answers.ask(question, self._take_split)

    def _take_split(self, found: YearSplit) -> None:
        book, counted = self._screen.open_book, [0]
        self._screen.kpi.session.edit(TARGETS, lambda: counted.append(book.year_splits.accept(found)))
        count, out = counted[-1], found.left_out
        said = n_(
            "Set {count} target; w writes it, u takes it back.",
            "Set {count} targets; w writes them, u takes them back.",
            count,
        )
        if out:
            name, why = translate(split_name(out[0], book.workspace)), translate(out[0].why)
            none = n_(
                "{count} line got none: {name}: {why}",
                "{count} lines got none, such as {name}: {why}",
                len(out),
                name=name,
                why=why,
            )
            said = f"{none} {said}" if count else none
        self._screen.say(said, "done" if count and not out else "warning")
