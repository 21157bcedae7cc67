"""The bonus on the Allocation step: its mode, and the steps from which share of the points it changes (R010, R011)."""

from __future__ import annotations

from collections.abc import Callable

from kpi_tui.text.i18n import _
from kpi_tui.text.typed_amounts import edit_text, parse_amount
from kpi_tui.tui.screens.design.edits import DesignEdits
from kpi_tui.tui.screens.design.known import KnownDesign
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.views.design.allocation import BASE, BONUS

MODE = "mode"
BASE_KEY = "bonus_base"


class BonusEdits:
    """Steps are written as `100% 10%`: from 100 % of the points on, 10 % more."""

    def __init__(self, screen: KpiScreen, known: KnownDesign, edits: DesignEdits, role: Callable[[], str]) -> None:
        """`role`: id of the post in hand; empty: none."""
        self._screen, self._known, self._edits, self._role = screen, known, edits, role

    def why_not(self, command: str, row: str) -> str:
        """A step can be written and taken out, the mode turned."""
        if command in (
            "design.method",
            "design.more",
            "design.less",
            "design.one_more",
            "design.one_less",
            "design.up",
            "design.down",
            "design.take",
        ):
            return _("There is no line here.")
        if command == "design.remove" and row == f"{BONUS}{MODE}":
            return _("That cannot be taken out here.")
        return ""

    def edit(self, row: str) -> None:
        """Turn the mode, or write a step anew."""
        place = row.removeprefix(BONUS)
        if place == MODE:
            other = "adjust" if self._known.space.bonus.mode == "deduct" else "deduct"
            self._edits.set(("bonus", "mode"), other)
        elif place == BASE:
            self._ask_base()
        else:
            step = self._steps()[int(place)]
            self._ask(int(place), f"{edit_text(step[0], 'percent')} {edit_text(step[1], 'percent').removeprefix('=')}")

    def add(self) -> None:
        """One step more."""
        self._ask(len(self._steps()), "")

    def clear(self, row: str) -> None:
        """Take a step out; the last one stays."""
        if row == f"{BONUS}{BASE}":
            self._edits.set(("roles", self._role(), BASE_KEY), None)
            return
        steps, place = self._steps(), int(row.removeprefix(BONUS))
        if len(steps) == 1:
            self._screen.say(_("A bonus has at least one step."), "warning")
        else:
            self._set([step for n, step in enumerate(steps) if n != place])

    def _ask_base(self) -> None:
        """The money the bonus of the post in hand is reckoned from; nothing takes it out."""
        role = self._known.space.roles[self._role()]
        name = role.name.get(self._screen.kpi.language)
        self._edits.ask_money(_("Bonus base of {name}", name=name), ("roles", role.id, BASE_KEY), role.bonus_base)

    def _ask(self, place: int, text: str) -> None:
        def answer(typed: str) -> str:
            start, _space, effect = typed.strip().partition(" ")
            if not effect.strip():
                return _("Write from which share of the points on, and the change: 100% 10%")
            sign = "=" if effect.strip().startswith("-") else ""
            step = (parse_amount(start, "percent"), parse_amount(sign + effect.strip().removeprefix("+"), "percent"))
            others = [one for n, one in enumerate(self._steps()) if n != place]
            if any(one[0] == step[0] for one in others):
                return _("A step begins there already.")
            self._set(sorted([*others, step]))
            return ""

        self._edits.ask(_("From (points), change of the bonus"), text, answer)

    def _steps(self) -> list[tuple[float, float]]:
        return [(step.attainment, step.effect) for step in self._known.space.bonus.steps]

    def _set(self, steps: list[tuple[float, float]]) -> None:
        self._edits.set(("bonus", "steps"), [{"attainment": start, "effect": effect} for start, effect in steps])
