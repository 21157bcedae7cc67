"""Many targets in one step: taken over from the last period, raised by a percentage."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kpi_tui.definitions.period import Period
from kpi_tui.text.i18n import _, language, n_
from kpi_tui.text.typed_amounts import parse_factor
from kpi_tui.tui.editing.session import TARGETS
from kpi_tui.tui.host import Host
from kpi_tui.tui.widgets.prompt import Prompt, Question

if TYPE_CHECKING:
    from kpi_tui.book import Book


class ManyTargets:
    """Arithmetic over a period's targets, as one step that undo takes back."""

    def __init__(self, host: Host, book: Book, prompt: Prompt) -> None:
        self._host, self._book, self._prompt = host, book, prompt

    def copy(self, period: Period) -> None:
        """Fill cells without a target from the period before."""
        last = period.previous()
        none = _("No empty target that {period} could fill.", period=last.id)
        self._step(lambda: self._book.bulk_targets.copy(period, last), none)

    def ask_raise(self, period: Period, role: str) -> None:
        """Ask by how much the targets of a role, or on Tab of all roles, shall be raised."""
        whose: list[str | None] = [role]

        def turn() -> str:
            whose[0] = None if whose[0] else role
            return self._label(whose[0])

        def answer(text: str) -> str:
            factor = parse_factor(text)
            rules = self._book.bulk_targets
            self._step(lambda: rules.raise_(period, factor, whose[0]), _("There are no targets to raise."))
            return ""

        self._prompt.ask(Question(self._label(role), answer, "+5%", turn))

    def _label(self, role: str | None) -> str:
        roles = self._book.workspace.roles
        whose = roles[role].name.both(language()) if role and role in roles else role or _("all roles")
        return _("Raise {whose} by (Tab: one or all)", whose=whose)

    def _step(self, act: Callable[[], int], none: str) -> None:
        counted: list[int] = []
        self._host.session.edit(TARGETS, lambda: counted.append(act()))
        count = counted[0]
        told = n_("Changed {count} target; u takes it back.", "Changed {count} targets; u takes them back.", count)
        self._host.say(told if count else none, "done" if count else "info")
