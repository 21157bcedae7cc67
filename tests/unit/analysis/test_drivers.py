"""Contributions of factors to a change: the printed example, the laws, and what has no answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_tui.analysis.causes.drivers import FormulaChange, explain
from kpi_tui.analysis.causes.lmdi import lmdi
from kpi_tui.analysis.causes.shapley import Undefined, shapley
from kpi_tui.analysis.causes.substitution import substitution
from kpi_tui.definitions.answers.value import Number, Reason, Value
from kpi_tui.definitions.period import Period
from kpi_tui.engine import formula
from tests.examples import examples

GMV = "uv * cr * aov"
OLD = {"uv": 10_000.0, "cr": 0.05, "aov": 80.0}
NEW = {"uv": 12_000.0, "cr": 0.04, "aov": 90.0}


def of(text: str) -> Callable[[Mapping[str, float]], float | None]:
    """A formula as the Book wires it."""
    return lambda values: formula.evaluate(text, {name: Number(number) for name, number in values.items()}).value


def value(number: float | None, period: str, reason: Reason | None = None, partial: bool = False) -> Value:
    return Value("gmv", Period.parse(period), number, reason, partial=partial, unit="currency")


def asked(old: Mapping[str, float | None], new: Mapping[str, float | None], **options: object) -> FormulaChange:
    return FormulaChange(GMV, of(GMV), old, new, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("method", "expected"),
    [("shapley", (7633, -9367, 4933)), ("lmdi", (7581, -9278, 4897)), ("substitution", (8000, -9600, 4800))],
)
def test_gmv_example_of_the_issue_sums_to_3200_by_every_method(method: str, expected: tuple[int, int, int]) -> None:
    found = explain("gmv", value(43_200, "2026-02"), value(40_000, "2026-01"), asked(OLD, NEW, method=method))
    parts = [driver.contribution for driver in found.drivers]
    assert [round(part) for part in parts if part is not None] == list(expected)
    assert math.fsum(part for part in parts if part is not None) == pytest.approx(3200)
    assert (found.change, found.reason) == (pytest.approx(3200), None)


def test_lmdi_stands_beside_shapley_as_a_check() -> None:
    found = explain("gmv", value(43_200, "2026-02"), value(40_000, "2026-01"), asked(OLD, NEW))
    assert [round(driver.check or 0) for driver in found.drivers] == [7581, -9278, 4897]


def test_substitution_follows_the_declared_order() -> None:
    # aov first: 40000 -> 10000*.05*90 = 45000 -> cr: 36000 -> uv: 43200
    found = substitution(of(GMV), OLD, NEW, ("aov", "cr", "uv"))
    assert found == {"aov": pytest.approx(5000), "cr": pytest.approx(-9000), "uv": pytest.approx(7200)}


def test_a_factor_that_becomes_zero_has_a_shapley_value_and_no_lmdi() -> None:
    new = NEW | {"cr": 0.0}
    found = explain("gmv", value(0, "2026-02"), value(40_000, "2026-01"), asked(OLD, new))
    assert math.fsum(driver.contribution or 0 for driver in found.drivers) == pytest.approx(-40_000)
    assert found.drivers[0].check is None
    assert "cr is 0" in found.check_detail


def test_all_zero_factors_contribute_nothing() -> None:
    nothing = dict.fromkeys(OLD, 0.0)
    assert shapley(of(GMV), nothing, nothing, 10) == nothing


def test_a_change_of_sign_is_split_by_shapley_and_refused_by_lmdi() -> None:
    text, old, new = "price * quantity - cost", {"price": 2.0, "quantity": 10.0, "cost": 25.0}, {
        "price": 3.0, "quantity": 10.0, "cost": 25.0}  # fmt: skip
    assert shapley(of(text), old, new, 10) == {"price": pytest.approx(10), "quantity": 0, "cost": 0}
    with pytest.raises(Undefined, match="changes its sign"):
        lmdi("a * b", {"a": -1.0, "b": 2.0}, {"a": 1.0, "b": 2.0})


def test_additive_formulas_give_each_part_its_own_change_by_every_method() -> None:
    text, old, new = "a + b - c", {"a": 5.0, "b": 7.0, "c": 1.0}, {"a": 9.0, "b": 6.0, "c": 3.0}
    expected = {"a": 4, "b": -1, "c": -2}
    for found in (shapley(of(text), old, new, 10), lmdi(text, old, new), substitution(of(text), old, new, "abc")):
        assert found == {name: pytest.approx(part) for name, part in expected.items()}


def test_a_ratio_is_split_over_numerator_and_denominator() -> None:
    # 200/10 = 20 -> 300/12 = 25; numerator first: 20 -> 30 -> 25; denominator first: 20 -> 16.67 -> 25
    found = shapley(of("paid / orders"), {"paid": 200.0, "orders": 10.0}, {"paid": 300.0, "orders": 12.0}, 10)
    assert found == {"paid": pytest.approx((10 + 25 / 3) / 2), "orders": pytest.approx((-5 - 10 / 3) / 2)}


@pytest.mark.parametrize(
    ("now", "old", "new", "reason", "words"),
    [
        (value(None, "2026-02", Reason.NO_TABLE), OLD, NEW, Reason.NO_TABLE, "2026-02"),
        (value(43_200, "2026-02", partial=True), OLD, NEW, Reason.PENDING, "not over"),
        (value(43_200, "2026-02"), OLD, NEW | {"cr": None}, Reason.NO_DATA, "cr has no value"),
        (value(99_999, "2026-02"), OLD, NEW, Reason.NOT_APPLICABLE, "does not give the value"),
    ],
)
def test_what_cannot_be_split_says_why(
    now: Value, old: Mapping[str, float], new: Mapping[str, float | None], reason: Reason, words: str
) -> None:
    found = explain("gmv", now, value(40_000, "2026-01"), asked(old, new))
    assert found.reason is reason
    assert words in found.detail
    assert [driver.contribution for driver in found.drivers] == [None] * 3
    assert [driver.before for driver in found.drivers] == list(OLD.values())


def test_a_mix_without_a_value_is_named() -> None:
    with pytest.raises(Undefined, match="no value with"):
        shapley(of("a / (b - c)"), {"a": 1.0, "b": 1.0, "c": 2.0}, {"a": 1.0, "b": 2.0, "c": 4.0}, 10)


def test_more_moving_factors_than_allowed_are_refused() -> None:
    names = [f"x{number}" for number in range(11)]
    old, new = dict.fromkeys(names, 1.0), dict.fromkeys(names, 2.0)
    with pytest.raises(Undefined, match="11 factors moved"):
        shapley(of("+".join(names)), old, new, 10)
    still = new | {"x0": 1.0}
    assert shapley(of("+".join(names)), old, still, 10)["x1"] == pytest.approx(1)


def test_lmdi_says_which_formulas_it_cannot_read() -> None:
    values = {"a": 1.0, "b": 2.0}
    with pytest.raises(Undefined, match="divides by a sum"):
        lmdi("a / (a + b)", values, {"a": 2.0, "b": 3.0})
    with pytest.raises(Undefined, match="sums, products and ratios"):
        lmdi("sqrt(a) * b", values, {"a": 2.0, "b": 3.0})


NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-6)
POSITIVE = st.floats(1e-3, 1e6)
THREE = ("uv", "cr", "aov")


@settings(max_examples=examples(60), deadline=None)
@given(st.tuples(NUMBERS, NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS, NUMBERS))
def test_shapley_and_substitution_sum_to_the_change_zeros_and_signs_included(
    old: tuple[float, ...], new: tuple[float, ...]
) -> None:
    before, after = dict(zip(THREE, old, strict=True)), dict(zip(THREE, new, strict=True))
    change = math.prod(new) - math.prod(old)
    size = math.prod(max(abs(a), abs(b), 1) for a, b in zip(old, new, strict=True))
    for found in (shapley(of(GMV), before, after, 10), substitution(of(GMV), before, after, THREE)):
        assert math.fsum(found.values()) == pytest.approx(change, abs=1e-9 * size)
        assert all(found[name] == 0 for name in THREE if before[name] == after[name])


@settings(max_examples=examples(60), deadline=None)
@given(st.tuples(POSITIVE, POSITIVE, POSITIVE), st.tuples(POSITIVE, POSITIVE, POSITIVE))
def test_lmdi_sums_to_the_change_and_is_the_same_backwards(old: tuple[float, ...], new: tuple[float, ...]) -> None:
    before, after = dict(zip(THREE, old, strict=True)), dict(zip(THREE, new, strict=True))
    there, back = lmdi(GMV, before, after), lmdi(GMV, after, before)
    size = max(math.prod(old), math.prod(new))
    assert math.fsum(there.values()) == pytest.approx(math.prod(new) - math.prod(old), abs=1e-7 * size)
    assert all(there[name] == pytest.approx(-back[name], abs=1e-7 * size) for name in THREE)


@settings(max_examples=examples(40), deadline=None)
@given(NUMBERS, NUMBERS, NUMBERS)
def test_shapley_treats_equal_factors_alike(old: float, new: float, rest: float) -> None:
    found = shapley(of("a * b * c"), {"a": old, "b": old, "c": rest}, {"a": new, "b": new, "c": rest}, 10)
    assert found["a"] == pytest.approx(found["b"], rel=1e-9, abs=1e-9)
