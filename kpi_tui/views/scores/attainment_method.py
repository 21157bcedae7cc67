"""How an actual and a target became an attainment, by the method of a scorecard's line (R037)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kpi_tui.definitions.answers.score import ScoreLine
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.role import Line, Method, role_and_value
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.marks_behind_numbers import OTHER_METHOD
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.text.terms import METHODS
from kpi_tui.views.reasons import term
from kpi_tui.views.scores.score_sentences import points
from kpi_tui.views.view import Sheet, pairs

_QUOTIENTS = (Method.RATIO, Method.INVERSE)
"""Methods that a reader checks with actual and target alone."""


def method_mark(line: ScoreLine) -> str:
    """Behind an attainment that is no quotient of actual and target."""
    return OTHER_METHOD if line.attainment is not None and line.method not in _QUOTIENTS else ""


def method_sentence(line: ScoreLine, period: Period, space: Workspace) -> Word:
    """What the mark means; empty where there is none."""
    mark = method_mark(line)
    return joined(mark, method_words(line, period, space), between=" ") if mark else ""


def method_words(line: ScoreLine, period: Period, space: Workspace) -> Word:
    """The method's name, and the numbers that it is done with."""
    name = term(METHODS, line.method)
    role = space.at(period).roles.get(role_and_value(line.role)[0])
    own = next((one for one in role.lines if one.metric == line.metric), None) if role is not None else None
    said = _NUMBERS[Method(line.method)](own, line) if own is not None and line.method in _NUMBERS else ""
    return joined(name, said, between=": ") if said else name


def scored(line: ScoreLine, period: Period, space: Workspace) -> Sheet:
    """Target, attainment, method and points, for a page that says where the number comes from."""
    unit = line.actual.unit
    earned = joined(points(line.points, line.weight), Quantity(line.weight, "weight"), between=" / ")
    return pairs(
        "",
        [
            (phrase("Target"), Quantity(line.target.value if line.target else None, unit)),
            (phrase("Attained"), Quantity(line.attainment, "attainment")),
            (phrase("Method"), method_words(line, period, space)),
            (phrase("Points"), earned),
        ],
    )


def _linear(own: Line, line: ScoreLine) -> Word:
    unit, options = line.actual.unit, own.options
    floor, stretch, top = options.get("floor", 0.0), options.get("stretch"), options.get("top")
    marks = [(floor, 0.0), (line.target.value if line.target else None, 1.0), (stretch, top)]
    known = [(at, share) for at, share in marks if at is not None and share is not None]
    return joined(*(_counts(Quantity(at, unit), share) for at, share in known), between=", ")


def _steps(own: Line, _line: ScoreLine) -> Word:
    bands = joined(*(_counts(_share(at), counted) for at, counted in own.steps), between=", ")
    return phrase("of the target {bands}", bands=bands)


def _range(own: Line, line: ScoreLine) -> Word:
    target = line.target.value if line.target else None
    low, high = (own.options.get(name, target) for name in ("low", "high"))
    return joined(Quantity(low, line.actual.unit), Quantity(high, line.actual.unit), between=" … ")


def _deduct(own: Line, line: ScoreLine) -> Word:
    unit, per_unit = own.options.get("unit", 1.0), own.options.get("per_unit")
    return phrase("{share} less for every {unit} missed", share=_share(per_unit), unit=Quantity(unit, line.actual.unit))


def _counts(value: Quantity, share: float) -> Word:
    return joined(value, _share(share), between=" → ")


def _share(share: float | None) -> Quantity:
    return Quantity(share, "percent", digits=0 if share is not None and round(share * 100, 6) % 1 == 0 else None)


_NUMBERS: Mapping[Method, Callable[[Line, ScoreLine], Word]] = {
    Method.LINEAR: _linear,
    Method.STEPS: _steps,
    Method.RANGE: _range,
    Method.DEDUCT: _deduct,
}
