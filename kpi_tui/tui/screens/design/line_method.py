"""How a line is scored: a method chosen, and the numbers it needs typed."""

from __future__ import annotations

from typing import Any

from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.role import Line, Method, Role
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.text.terms import METHODS
from kpi_tui.text.typed_amounts import edit_text, parse_amount
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.screens.design.edits import DesignEdits
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.views.reasons import term

PLAIN = "plain"
OPTIONS = {
    Method.RATIO: ("cap",),
    Method.INVERSE: ("cap",),
    Method.LINEAR: ("floor", "stretch", "top"),
    Method.RANGE: ("low", "high", "tolerance"),
    Method.DEDUCT: ("unit", "per_unit"),
}
STEPS = [[0.8, 0.5], [1.0, 1.0]]


class LineMethod:
    """Sets method, options and steps of a line as one step."""

    def __init__(self, screen: KpiScreen, edits: DesignEdits) -> None:
        self._screen, self._edits = screen, edits

    def choose(self, role: Role, line: Line) -> None:
        """Which method."""
        choices = [Choice(PLAIN, _("actual against target, by the direction of the metric"))]
        choices += [Choice(method, translate(term(METHODS, method.value)), method.value) for method in Method]
        title = _("How is this line scored?")
        self._screen.kpi.push_screen(
            ChoiceScreen(title, choices, line.method or PLAIN), lambda key: self._chosen(role, line, key)
        )

    def _chosen(self, role: Role, line: Line, key: str | None) -> None:
        if key is None:
            return
        method = None if key == PLAIN else Method(key)
        if method is Method.STEPS:
            self._ask_steps(role, line)
        elif names := OPTIONS.get(method, ()) if method else ():
            self._ask_options(role, line, method, names)
        else:
            self._set(role, line, method, None, None)

    def _ask_options(self, role: Role, line: Line, method: Method | None, names: tuple[str, ...]) -> None:
        """`floor=10 stretch=20`; what is left out has its default."""
        unit = self._unit(line)
        known = " ".join(f"{name}={edit_text(line.options[name], unit)}" for name in names if name in line.options)

        def answer(typed: str) -> str:
            found: dict[str, float] = {}
            for part in typed.split():
                name, equals, value = part.partition("=")
                if name not in names or not equals:
                    return _("Write {names}, each with = and a number.", names=listed(names))
                found[name] = parse_amount(value, "score" if name in ("cap", "top", "per_unit") else unit)
            self._set(role, line, method, found or None, None)
            return ""

        self._edits.ask(_("Numbers ({names}=…)", names="=… ".join(names)), known, answer)

    def _ask_steps(self, role: Role, line: Line) -> None:
        """`80%=50% 100%=100%`: from which share of the target how much of the weight counts."""
        steps = line.steps or tuple((start, score) for start, score in STEPS)
        known = " ".join(f"{edit_text(start, 'percent')}={edit_text(score, 'percent')}" for start, score in steps)

        def answer(typed: str) -> str:
            found: list[list[float]] = []
            for part in typed.split():
                start, equals, score = part.partition("=")
                if not equals:
                    return _("Write bands as 80%=50%, the lowest first.")
                found.append([parse_amount(start, "percent"), parse_amount(score, "percent")])
            if not found or [start for start, _score in found] != sorted({start for start, _score in found}):
                return _("Write bands as 80%=50%, the lowest first.")
            self._set(role, line, Method.STEPS, None, found)
            return ""

        self._edits.ask(_("Bands (from=counts)"), known, answer)

    def _unit(self, line: Line) -> str:
        metric = self._screen.kpi.workspace.metrics.get(line.metric)
        return metric.unit if metric else "count"

    def _set(self, role: Role, line: Line, method: Method | None, options: Any, steps: Any) -> None:
        path: KeyPath = ("roles", role.id, "lines", line.metric)
        wished = {"method": method.value if method else None, "options": options, "steps": steps}
        self._edits.set_all({(*path, key): value for key, value in wished.items()})
