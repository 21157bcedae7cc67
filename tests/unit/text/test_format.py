"""Numbers for people: R001, R002, R003."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import _, speaking
from kpi_tui.text.reasons import REASONS, short_reason
from kpi_tui.text.sparks import spark


def test_r001_a_fraction_is_shown_as_percent_with_one_decimal() -> None:
    assert fmt.number(350 / 1000, "percent") == "35.0 %"


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("unit", ["count", "currency", "percent", "ratio", "days", "seconds", "score"])
def test_r002_an_unknown_value_is_a_dash_never_zero(value: float | None, unit: str) -> None:
    assert fmt.number(value, unit) == "—"
    assert fmt.short(value, unit) == "—"


def test_r002_every_reason_has_words_in_both_languages() -> None:
    for reason in Reason:
        with speaking("en"):
            english, brief = _(REASONS[reason]), short_reason(reason)
        with speaking("zh"):
            assert _(REASONS[reason]) not in ("", english)
            assert short_reason(reason) not in ("", brief)


def test_r003_scores_are_shown_with_two_decimals_rounded_half_up() -> None:
    assert fmt.number(3.680688, "score") == "3.68"
    assert fmt.number(0.125, "score") == "0.13"
    assert fmt.number(2.675, "score") == "2.68"  # binary floats alone would say 2.67


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1161817.38, "currency", "1,161,817"),
        (480.87, "currency", "480.87"),
        (-12.5, "currency", "−12.50"),
        (2658.0, "count", "2,658"),
        (312.35, "count", "312.4"),
        (1.85, "ratio", "1.85"),
        (0.0123, "ratio", "0.0123"),
        (3.25, "days", "3.3 d"),
        (90.0, "days", "90 d"),
        (42.0, "seconds", "42 s"),
        (75.5, "seconds", "1 min 16 s"),
        (3720.0, "seconds", "1 h 02 min"),
        (0.0004, "percent", "0.04 %"),
        (-0.0, "percent", "0.0 %"),
        (-1e-9, "currency", "0.00"),
        (1e300, "count", "1.00e+300"),
    ],
)
def test_numbers_by_unit(value: float, unit: str, text: str) -> None:
    with speaking("en"):
        assert fmt.number(value, unit) == text


@pytest.mark.parametrize(
    ("below", "at", "unit", "texts"),
    [
        (59.94, 59.96, "seconds", ("59.9 s", "1 min 00 s")),
        (-59.94, -59.96, "seconds", ("−59.9 s", "−1 min 00 s")),
        (3599.4, 3599.6, "seconds", ("59 min 59 s", "1 h 00 min")),
        (9999.994, 9999.999, "currency", ("9,999.99", "10,000")),
        (-9999.994, -9999.999, "currency", ("−9,999.99", "−10,000")),
        (9.994, 9.996, "count", ("9.99", "10.0")),
        (999.94, 999.96, "count", ("999.9", "1,000")),
        (0.09994, 0.09996, "ratio", ("0.0999", "0.10")),
    ],
)
def test_what_rounds_up_to_a_limit_is_told_as_the_limit_is(
    below: float, at: float, unit: str, texts: tuple[str, str]
) -> None:
    with speaking("en"):
        assert (fmt.number(below, unit), fmt.number(at, unit)) == texts


@pytest.mark.parametrize(
    ("spoken", "below", "at", "texts"),
    [
        ("en", 999.94, 999.96, ("999.9", "1.0k")),
        ("en", 99_940, 99_960, ("99.9k", "100k")),
        ("en", 999_499, 999_500, ("999k", "1.0m")),
        ("zh", 99_994_999, 99_995_000, ("9,999万", "1.0亿")),
        ("zh", 9999.2, 99_999.0, ("9,999", "10.0万")),
    ],
)
def test_a_short_number_never_has_more_of_a_step_than_makes_the_next(
    spoken: str, below: float, at: float, texts: tuple[str, str]
) -> None:
    with speaking(spoken):
        assert (fmt.short(below), fmt.short(at)) == texts


def test_short_numbers_count_in_thousands_or_in_wan_and_yi() -> None:
    with speaking("en"):
        assert [fmt.short(value) for value in (950, 1200, 345678, 3.4e6)] == ["950", "1.2k", "346k", "3.4m"]
    with speaking("zh"):
        assert [fmt.short(value) for value in (950, 12_000, 3.4e8)] == ["950", "1.2万", "3.4亿"]


def test_changes_carry_an_arrow_as_well_as_a_sign() -> None:
    assert fmt.change(0.031) == "▲ 3.1 %"
    assert fmt.change(-0.12) == "▼ 12.0 %"
    assert fmt.change(0.0001) == "▬ 0.0 %"
    assert fmt.change(None) == "—"
    assert fmt.difference(-3.14) == "▼ 3.1"
    assert fmt.signed(-1200, "count") == "−1,200"


def test_bars_move_in_eighths_and_stay_inside_their_cells() -> None:
    assert fmt.bar(0.5, 4) == "██  "
    assert fmt.bar(0.53125, 4, track="░") == "██▏░"
    assert fmt.bar(2.0, 4) == "████"
    assert fmt.bar(None, 4, track="░") == "░░░░"


@given(st.floats(allow_nan=True), st.integers(0, 80))
def test_a_bar_has_exactly_its_width(fraction: float, cells: int) -> None:
    assert len(fmt.bar(fraction, cells)) == cells


def test_a_period_that_is_not_over_is_marked_in_a_spark_and_does_not_squash_the_whole_ones() -> None:
    assert spark([10, 17, 3], partial=(2,)) == "▅█◔"  # 10 of 17 is nearly five eighths
    assert spark([None, 10, 17], gap="·", partial=(0,)) == "·▅█"
    assert spark([3], partial=(0,)) == "◔"


def test_a_spark_begins_at_zero_so_that_a_quarter_less_looks_like_a_quarter_less() -> None:
    assert spark([104_000, 93_000, 91_000, 100_000, 78_000]) == "█▇▇█▆"  # 8, 7.2, 7.0, 7.7, 6 eighths
    assert spark([8, 4, 1, 0]) == "█▄▁▁"
    assert spark([-4, 0, 4]) == "▁▄█"


def test_a_spark_of_a_narrow_band_begins_at_its_smallest_and_says_so() -> None:
    """92 … 95 %: the axis holds a twentieth of 95, from 90.25; 92, 95, 93, 94 stand at 2.9, 8, 4.6, 6.3 eighths; `~`
    takes the place of the oldest, so that the line keeps its cells."""
    assert spark([0.92, 0.95, 0.93, 0.94]) == "~█▅▆"
    assert spark([100, 80, 90]) == "~▁▄", "from 80 to 100: 0 and 4 eighths; 80 is a fifth below the largest"
    assert spark([100, 79.9, 90]) == "█▆▇", "a bit more than a fifth: from zero, 8, 6.4, 7.2 eighths"
    assert spark([92, 95]) == "██", "two values are no band: from zero, 7.7 and 8 eighths"
    assert spark([95, 95, 95]) == "███", "what does not move needs no scale"
    assert spark([95, 92, 93, 12], partial=(3,)) == "~▃▅◔", "a period that is not over is not compared"
    assert spark([None, None, 95, 92, 93], gap="·") == "~·█▃▅"
    assert spark([-95, -92, -93]) == "▁▁▁", "below zero the axis ends at zero"


def test_a_count_that_is_whole_but_for_the_noise_of_floats_has_no_decimals() -> None:
    assert fmt.number(53.00000000001, "count") == "53"  # a sum of logarithmic shares
    assert fmt.number(53.5, "count") == "53.5"


def test_sparks_show_a_gap_where_nothing_is_known() -> None:
    assert spark([0, None, 7]) == "▁ █"
    assert spark([2, 2]) == "██"
    assert spark([0, 0]) == "▁▁"
    assert spark([None, None]) == "  "


@given(st.lists(st.none() | st.floats()))
def test_a_spark_has_one_cell_per_value(values: list[float | None]) -> None:
    assert len(spark(values)) == len(values)


def test_a_partial_value_is_marked() -> None:
    month = Period.containing(date(2026, 10, 1), Grain.MONTH)
    assert fmt.shown(Value("aov", month, 480.87, unit="currency", partial=True)) == "480.87 ◔"
    assert fmt.shown(Value("aov", month, None, Reason.NO_ROWS, unit="currency", partial=True)) == "—"


@pytest.mark.parametrize(
    ("share", "drawn"),
    [
        (0.0, "┈┈┈┈"),
        (0.5, "━━┈┈"),
        (0.9, "━━━╸"),
        (0.999, "━━━╸"),
        (1.0, "━━━━"),
        (1.7, "━━━━"),
        (None, "┈┈┈┈"),
        (-1, "┈┈┈┈"),
    ],
)
def test_a_rule_is_full_only_when_the_target_is_met(share: float | None, drawn: str) -> None:
    assert fmt.rule(share, 4) == drawn


def test_a_small_score_keeps_its_decimals_in_few_cells_and_points_do_not() -> None:
    """A target of 4.55 must not read 4.6: somebody is measured by it."""
    assert fmt.quantity(Quantity(4.55, "score"), True) == "4.55"
    assert fmt.quantity(Quantity(0.88, "score"), True) == "0.88"
    assert fmt.quantity(Quantity(35.9, "score", below=40.0), True) == "35.9"
