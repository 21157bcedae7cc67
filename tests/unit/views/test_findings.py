"""A finding says its number in the unit the number came with."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from kpi_tui.definitions.answers.page import Assessment, FindingsFound
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.library.page import FindingRule, FindingsPart
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.text import Text
from kpi_tui.render.drawn import drawn
from kpi_tui.views.page.texts import finding_text, findings

RULE = FindingRule("R1", "stay", {"good": Text("stays at {number}", "留存 {number}")})


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (Quantity(0.5, "percent"), "stays at 50.0 %"),
        (Quantity(0.5, "ratio"), "stays at 0.50"),
        (Quantity(12.0, "count"), "stays at 12"),
        (Quantity(None, "percent"), "stays at —"),
    ],
)
def test_a_finding_says_its_number_in_the_unit_it_came_with(number: Quantity, said: str) -> None:
    """A half is 50.0 % as a share and 0.50 as a ratio; the workspace, which lacks the metric here, is not asked."""
    found = Assessment("R1", "good", {"stay": number, "days": Quantity(30.0, "days")})
    assert finding_text(RULE, found, SimpleNamespace(metrics={})).en == said


def test_a_finding_keeps_the_mark_of_a_period_that_is_not_over() -> None:
    value = Value("stay", Period.parse("2026-11"), 0.5, unit="percent", partial=True)
    found = Assessment("R1", "good", {"stay": Quantity(0.5, "percent")}, of=value)
    assert finding_text(RULE, found, SimpleNamespace(metrics={})).en == "stays at 50.0 %◔"


def test_a_finding_that_is_not_known_says_what_its_number_lacks() -> None:
    value = Value("stay", Period.parse("2026-11"), None, Reason.NO_TABLE, "needs the table events")
    space = SimpleNamespace(metrics={}, schemas={})
    part = FindingsPart(rules=(FindingRule("R1", "stay", {}, because={"neither": Text("nothing happened")}),))
    for cause, said in (("", "(needs the table events)"), ("neither", "nothing happened")):
        found = Assessment("R1", "unknown", {"stay": Quantity(None, "percent")}, cause, of=value)
        (row,) = findings(part, FindingsFound((found,)), space).rows
        assert drawn(row.cells[2]).endswith(said)
