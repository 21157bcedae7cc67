"""Attainment methods: numbers worked by hand from R037, R038 and the method's own words."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.role import Method
from kpi_tui.scoring.attainment import attainment

HIGHER, LOWER, NEUTRAL = Better.HIGHER, Better.LOWER, Better.NEUTRAL
FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("actual", "target", "expected"),
    [
        (100, 100, 1.0),
        (100, 50, 2.0),  # R038
        (120, 100, 1.2),
        (50, 100, 0.5),
        (500, 100, 2.0),  # the cap
        (0, 100, 0.0),
        (-30, 100, 0.0),  # never below 0
        (-50, -100, 2.0),  # half the agreed loss
        (-200, -100, 0.5),  # twice the agreed loss
        (10, -100, 2.0),  # a gain where a loss was agreed
    ],
)
def test_r037_r038_ratio_is_actual_over_target_up_to_the_cap(actual, target, expected):
    assert attainment(Method.RATIO, actual, target).value == pytest.approx(expected)


@pytest.mark.parametrize(
    ("actual", "target", "expected"),
    [
        (5, 10, 2.0),
        (10, 10, 1.0),
        (20, 10, 0.5),
        (0, 10, 2.0),
        (0, 0, 2.0),
        (3, 0, 0.0),
        (-10, -5, 2.0),
        (-2, -5, 0.4),
        (1, -5, 0.0),
    ],
)
def test_r037_inverse_is_target_over_actual_and_an_actual_of_0_gets_the_cap(actual, target, expected):
    assert attainment(Method.INVERSE, actual, target, better=LOWER).value == pytest.approx(expected)


def test_r037_without_a_method_a_lower_is_better_metric_is_inverse():
    assert attainment(None, 5, 10, better=LOWER).value == 2.0
    assert attainment(None, 5, 10, better=HIGHER).value == 0.5
    assert attainment(None, 5, 10, better=NEUTRAL).value == 0.5


def test_ratio_against_a_target_of_0_is_unknown_and_says_what_to_use_instead():
    number = attainment(Method.RATIO, 5, 0)
    assert (number.value, number.reason) == (None, Reason.ZERO_DENOMINATOR)
    assert "target is 0" in number.detail
    assert "linear" in number.detail


def test_the_cap_comes_from_the_line_before_the_setting():
    assert attainment(Method.RATIO, 900, 100, cap=1.5).value == 1.5
    assert attainment(Method.RATIO, 900, 100, {"cap": 3.0}, cap=1.5).value == 3.0
    assert attainment(Method.INVERSE, 0, 100, {"cap": 1.2}).value == 1.2


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(40, 0.0), (50, 0.0), (75, 0.5), (100, 1.0), (110, 1.25), (120, 1.5), (500, 1.5)],
)
def test_linear_climbs_from_floor_over_target_to_stretch(actual, expected):
    options = {"floor": 50, "stretch": 120, "top": 1.5}
    assert attainment(Method.LINEAR, actual, 100, options).value == pytest.approx(expected)


@pytest.mark.parametrize(
    ("actual", "expected"), [(12, 0.0), (10, 0.0), (7.5, 0.5), (5, 1.0), (4, 1.5), (3, 2.0), (0, 2.0)]
)
def test_linear_falls_when_floor_lies_above_the_target(actual, expected):
    got = attainment(Method.LINEAR, actual, 5, {"floor": 10, "stretch": 3}, better=LOWER)
    assert got.value == pytest.approx(expected)


def test_linear_without_stretch_keeps_its_slope_up_to_the_cap():
    assert attainment(Method.LINEAR, 125, 100, {"floor": 50}).value == pytest.approx(1.5)
    assert attainment(Method.LINEAR, 1000, 100, {"floor": 50}).value == 2.0


def test_linear_scores_a_target_of_0_and_a_negative_one():
    assert attainment(Method.LINEAR, -5, 0, {"floor": -10}).value == pytest.approx(0.5)
    assert attainment(Method.LINEAR, -20, -10, {"floor": -30, "stretch": 0}).value == pytest.approx(0.5)


@pytest.mark.parametrize("options", [{"floor": 100}, {"floor": 50, "stretch": 90}])
def test_linear_out_of_order_is_an_error_with_the_numbers(options):
    number = attainment(Method.LINEAR, 80, 100, options)
    assert number.reason is Reason.ERROR
    assert "100" in number.detail


STEPS = [(0.8, 0.5), (1.0, 1.0), (1.2, 1.3)]


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(79, 0.0), (80, 0.5), (99, 0.5), (100, 1.0), (119, 1.0), (120, 1.3), (1e6, 1.3), (-5, 0.0)],
)
def test_steps_count_the_highest_band_reached(actual, expected):
    assert attainment(Method.STEPS, actual, 100, steps=STEPS).value == expected


def test_a_value_exactly_at_a_step_counts_as_reached_whatever_the_float_noise():
    assert 0.7 + 0.1 < 0.8  # what a naive >= would miss
    assert attainment(Method.STEPS, 0.7 + 0.1, 1.0, steps=STEPS).value == 0.5
    assert attainment(Method.PASS_FAIL, 0.7 + 0.1, 0.8).value == 1.0
    assert attainment(Method.PASS_FAIL, 0.1 + 0.2, 0.3, better=LOWER).value == 1.0


def test_steps_read_a_lower_is_better_metric_the_other_way_round():
    assert attainment(Method.STEPS, 125, 100, steps=STEPS, better=LOWER).value == 0.5
    assert attainment(Method.STEPS, 0, 100, steps=STEPS, better=LOWER).value == 1.3


def test_steps_reach_above_the_cap_of_ratios():
    assert attainment(Method.STEPS, 500, 100, steps=[(1, 1), (4, 2.5)]).value == 2.5


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(10, 1.0), (15, 1.0), (20, 1.0), (22, 0.6), (8, 0.6), (25, 0.0), (99, 0.0)],
)
def test_range_is_1_inside_and_falls_over_the_tolerance_outside(actual, expected):
    got = attainment(Method.RANGE, actual, None, {"low": 10, "high": 20, "tolerance": 5}, better=NEUTRAL)
    assert got.value == pytest.approx(expected)


def test_range_without_bounds_is_around_the_target_and_without_tolerance_is_hard():
    assert attainment(Method.RANGE, 9, 10, {"tolerance": 2}).value == pytest.approx(0.5)
    assert attainment(Method.RANGE, 9, 10).value == 0.0
    assert attainment(Method.RANGE, 10, 10).value == 1.0


@pytest.mark.parametrize(
    ("actual", "better", "expected"),
    [(10, HIGHER, 1.0), (9, HIGHER, 0.0), (10, LOWER, 1.0), (11, LOWER, 0.0), (0, LOWER, 1.0)],
)
def test_pass_fail_is_all_or_nothing(actual, better, expected):
    assert attainment(Method.PASS_FAIL, actual, 10, better=better).value == expected


@pytest.mark.parametrize(("actual", "expected"), [(0, 1.0), (3, 1.0), (4, 1.0), (5, 0.9), (7, 0.8), (100, 0.0)])
def test_deduct_takes_per_unit_off_for_every_full_unit_beyond_the_target(actual, expected):
    got = attainment(Method.DEDUCT, actual, 3, {"unit": 2, "per_unit": 0.1}, better=LOWER)
    assert got.value == pytest.approx(expected)


def test_deduct_counts_the_shortfall_where_higher_is_better_and_a_unit_just_full():
    assert attainment(Method.DEDUCT, 80, 100, {"unit": 10, "per_unit": 0.1}).value == pytest.approx(0.8)
    assert attainment(Method.DEDUCT, 0.1 * 3, 0, {"unit": 0.1, "per_unit": 0.1}, better=LOWER).value == pytest.approx(
        0.7
    )


@pytest.mark.parametrize("method", [method for method in Method if method is not Method.RANGE])
def test_without_a_target_there_is_no_attainment(method):
    number = attainment(method, 5, None, {"floor": 0, "per_unit": 0.1}, [(0, 1)])
    assert (number.value, number.reason, number.detail) == (None, Reason.NOT_APPLICABLE, "no target set")


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize(("actual", "target"), [(math.nan, 1), (math.inf, 1), (1, math.nan), (1, -math.inf)])
def test_what_is_not_finite_is_refused(method, actual, target):
    number = attainment(method, actual, target, {"floor": 0, "per_unit": 0.1}, [(0, 1)])
    assert (number.value, number.reason) == (None, Reason.ERROR)


@pytest.mark.parametrize(
    ("method", "options"),
    [
        (Method.STEPS, {}),
        (Method.DEDUCT, {}),
        (Method.DEDUCT, {"per_unit": 1, "unit": 0}),
        (Method.RANGE, {"low": 2, "high": 1}),
    ],
)
def test_a_line_that_lacks_its_options_is_an_error_not_a_number(method, options):
    assert attainment(method, 5, 10, options).reason is Reason.ERROR


@given(st.sampled_from(Method), FINITE, FINITE, st.sampled_from(Better))
def test_an_attainment_is_a_finite_number_from_0_on_or_has_a_reason(method, actual, target, better):
    number = attainment(method, actual, target, {"floor": -1.0, "per_unit": 0.1}, STEPS, better)
    if number.value is None:
        assert number.reason
        assert number.detail
    else:
        assert math.isfinite(number.value)
        assert math.copysign(1, number.value) == 1


@given(
    st.sampled_from([Method.RATIO, Method.INVERSE, Method.STEPS, Method.PASS_FAIL, Method.DEDUCT]),
    FINITE,
    FINITE,
    FINITE.filter(bool),
)
def test_doing_better_never_scores_less(method, one, other, target):
    better = LOWER if method is Method.INVERSE else HIGHER
    worse, best = sorted((one, other), reverse=better is LOWER)
    scores = [attainment(method, actual, target, {"per_unit": 0.1}, STEPS, better).value for actual in (worse, best)]
    assert scores[0] <= scores[1]


def test_a_quotient_too_large_for_a_number_is_the_worst_or_the_cap():
    tiny = -2.225073858507e-311
    assert attainment(Method.INVERSE, 1.0, tiny, {}, STEPS, LOWER).value == 0.0
    assert attainment(Method.RATIO, 1.0, -tiny, {}, STEPS, HIGHER).value == 2.0
