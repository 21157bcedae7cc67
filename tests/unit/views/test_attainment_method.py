"""A line that is scored by more than a quotient says by which numbers (R037); the words are worked out by hand."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from kpi_tui.definitions.answers.score import ScoreLine
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.role import Line, Method, Role
from kpi_tui.definitions.target import Target
from kpi_tui.definitions.text import Text
from kpi_tui.text.phrase import translate
from kpi_tui.views.scores.attainment_method import method_mark, method_words

PERIOD = Period.parse("2026-10")


def said(own: Line, unit: str = "ratio", target: float | None = 4.55) -> tuple[str, str]:
    """The words of a line, and its mark."""
    space = SimpleNamespace(roles={"service": Role("service", Text("Service"), (own,))}, at=lambda _period: space)
    actual = Value(own.metric, PERIOD, 4.49, unit=unit)
    goal = None if target is None else Target(target)
    line = ScoreLine(own.metric, "service", actual, goal, 0.89, str(own.method), 35, 31.1, None, "", 3.9, None, ())
    return translate(method_words(line, PERIOD, space)), method_mark(line)


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (
            Line("stars", 35, Method.LINEAR, {"floor": 4.0, "stretch": 4.8, "top": 1.5}),
            "between floor and stretch: 4.00 → 0 %, 4.55 → 100 %, 4.80 → 150 %",
        ),
        (
            Line("stars", 35, Method.STEPS, steps=((0.9, 0.6), (0.95, 0.8))),
            "by bands: of the target 90 % → 60 %, 95 % → 80 %",
        ),
        (Line("stars", 35, Method.RANGE, {"high": 5.0}), "inside the range: 4.55 … 5.00"),
        (
            Line("stars", 35, Method.DEDUCT, {"unit": 0.5, "per_unit": 0.125}),
            "points taken off per unit: 12.5 % less for every 0.50 missed",
        ),
        (Line("stars", 35, Method.PASS_FAIL), "met or not"),
    ],
)
def test_a_method_says_the_numbers_it_is_done_with_and_is_marked(own: Line, words: str) -> None:
    assert said(own) == (words, "‡")


@pytest.mark.parametrize("method", [Method.RATIO, Method.INVERSE])
def test_a_quotient_needs_no_mark(method: Method) -> None:
    words, mark = said(Line("stars", 35, method))
    assert mark == "" and ":" not in words
