"""The number taken apart by its factors: the way down and back, by which method, how deep."""

from __future__ import annotations

from kpi_tui.definitions.answers.drivers import METHODS, Drivers
from kpi_tui.definitions.period import Period
from kpi_tui.text.i18n import N_, _
from kpi_tui.tui.screens.drivers.by_column import THE_WHOLE, TakesApart
from kpi_tui.tui.screens.drivers.questions import DriversQuestion
from kpi_tui.views.causes.drivers_board import subject_of

_METHODS = {"shapley": N_("Shapley"), "lmdi": "LMDI", "substitution": N_("substitution")}


class ByFactor:
    """The metrics and trees gone through, the present one last."""

    def __init__(self, screen: TakesApart) -> None:
        self._screen = screen
        self.trail: list[str] = []
        self._method = METHODS[0]
        self._expand = False

    @property
    def how(self) -> str:
        """The method in words."""
        return _(_METHODS[self._method])

    @property
    def below(self) -> str:
        """The metric or measure under the cursor; "" where there is none."""
        return subject_of(self._screen.row_key)

    @property
    def measure(self) -> str:
        """The base measure under the cursor, which has no factors; "" for a metric, a tree, the total."""
        space = self._screen.kpi.workspace
        return self.below if self.below in space.measures and self.below not in space.metrics else ""

    def begin(self, subject: str) -> None:
        """Another number, from the top."""
        self.trail, self._expand = [subject], False

    def question(self, subject: str, period: Period) -> DriversQuestion:
        """What is asked of the book."""
        return DriversQuestion(subject, period, self._method, self._expand, self._screen.kpi.view.within)

    def go_in(self) -> None:
        """Take the factor under the cursor apart."""
        self.trail = [*(self.trail or [self._screen.subject]), *([self.below] if self.below else [])]
        self._screen.compute_again()

    def go_back(self) -> bool:
        """To what was taken apart before; False where nothing was."""
        if len(self.trail) < 2:
            return False
        self.trail.pop()
        self._screen.compute_again()
        return True

    def action_method(self) -> None:
        """Shapley, LMDI, substitution."""
        self._method = METHODS[(METHODS.index(self._method) + 1) % len(METHODS)]
        self._screen.compute_again()

    def action_expand(self) -> None:
        """Take the metrics inside the formula apart too, or no longer."""
        self._expand = not self._expand
        self._screen.compute_again()

    def why_not(self, command: str, answer: Drivers) -> str:
        """Drilling needs a factor under the cursor."""
        if command == "drivers.drill" and self.below in ("", self._screen.subject):
            return _(THE_WHOLE)
        if command == "drivers.expand" and answer.tree is not None:
            return _("A tree is taken apart node by node: Enter goes down.")
        return ""
