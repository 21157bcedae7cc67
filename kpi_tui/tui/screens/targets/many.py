"""Many targets in one step: taken over from the last period, raised by a percentage."""

from __future__ import annotations

from collections.abc import Callable

from kpi_tui.definitions.period import Period
from kpi_tui.text.i18n import _, language, n_
from kpi_tui.text.typed_amounts import parse_factor
from kpi_tui.tui.edit_session import TARGETS
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.targets.display import TargetsDisplay
from kpi_tui.tui.screens.targets.year import YearDisplay
from kpi_tui.tui.widgets.prompt import Question


class ManyTargets:
    """Arithmetic over a period's targets, as one step that undo takes back."""

    def __init__(self, screen: KpiScreen, here: Callable[[], TargetsDisplay | YearDisplay]) -> None:
        """`here`: what is shown, with the cell under its cursor."""
        self._screen, self._here = screen, here

    def action_copy_last(self) -> None:
        """Fill cells without a target from the period before."""
        period, targets = self._here().period, self._screen.open_book.bulk_targets
        last = period.previous()
        none = _("No empty target that {period} could fill.", period=last.id)
        self._step(lambda: targets.copy(period, last), none)

    def action_raise(self) -> None:
        """Ask by how much the targets of the role under the cursor, or on Tab of all roles, shall be raised."""
        here = self._here()
        if here.key is not None:
            self._ask_raise(here.period, here.key.role)

    def _ask_raise(self, period: Period, role: str) -> None:
        whose: list[str | None] = [role]

        def turn() -> str:
            whose[0] = None if whose[0] else role
            return self._label(whose[0])

        def answer(text: str) -> str:
            factor = parse_factor(text)
            targets = self._screen.open_book.bulk_targets
            self._step(lambda: targets.raise_(period, factor, whose[0]), _("There are no targets to raise."))
            return ""

        self._screen.prompt.ask(Question(self._label(role), answer, "+5%", turn))

    def _label(self, role: str | None) -> str:
        roles = self._screen.kpi.workspace.roles
        whose = roles[role].name.both(language()) if role and role in roles else role or _("all roles")
        return _("Raise {whose} by (Tab: one or all)", whose=whose)

    def _step(self, act: Callable[[], int], none: str) -> None:
        counted: list[int] = []
        self._screen.kpi.session.edit(TARGETS, lambda: counted.append(act()))
        count = counted[0]
        told = n_("Changed {count} target; u takes it back.", "Changed {count} targets; u takes them back.", count)
        self._screen.say(told if count else none, "done" if count else "info")
