"""JSON from the fields of an answer: names, paths, and what each kind of value becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.text import Text
from kpi_tui.views.record import record


@dataclass(frozen=True)
class Inner:
    value: float | None


@dataclass(frozen=True)
class Outer:
    name: Text
    period: Period
    day: date
    reason: Reason
    shares: tuple[float, ...]
    inner: Inner | None
    kept: bool = True


OUTER = Outer(
    Text("Buyers", "买家"), Period.parse("2026-10"), date(2026, 10, 1), Reason.NO_DATA, (1.0, float("inf")), Inner(2.0)
)


def test_fields_stand_in_the_order_and_by_the_names_asked_for() -> None:
    told = record(OUTER, "value=inner.value", "kept", "name", "since=day")
    assert list(told.items()) == [
        ("value", 2.0),
        ("kept", True),
        ("name", {"en": "Buyers", "zh": "买家"}),
        ("since", "2026-10-01"),
    ]


def test_what_json_has_no_word_for_becomes_plain() -> None:
    assert record(OUTER, "period", "reason", "shares") == {
        "period": "2026-10",
        "reason": "no_data",
        "shares": [1.0, None],
    }


def test_the_way_through_nothing_ends_in_nothing() -> None:
    assert record(Outer(Text(), OUTER.period, OUTER.day, OUTER.reason, (), None), "inner.value") == {
        "inner.value": None
    }


def test_an_answer_within_an_answer_is_no_plain_value() -> None:
    with pytest.raises(TypeError, match="Inner is no plain value"):
        record(OUTER, "inner")
