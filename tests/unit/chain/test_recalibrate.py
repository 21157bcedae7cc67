"""Month-end recalibration: the printed numbers, and what no source covers (R058–R064)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chain_vector import CHAIN, MAY, counts, material
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.definitions.answers.chain_card import NextMonth
from kpi_tui.definitions.library.chain import GROWTH
from kpi_tui.definitions.period import Period
from kpi_tui.scoring.chain_score import score_month
from kpi_tui.scoring.recalibration import kept_weeks, month_targets, recalibrate

WEEKS = (2000, 1500, 3000, 1200)


def next_of(**parts: object) -> NextMonth:
    """What the vector, changed, gives for June."""
    found = score_month(material(**parts), MAY).next
    assert found is not None
    return found


def test_r058_mean_of_the_kept_weeks_raised_by_g_over_their_minimum() -> None:
    found = next_of()
    assert found.kept == (2000, 1500)
    assert found.exact == pytest.approx(0.2016667, abs=5e-8)


def test_r059_the_baseline_is_truncated_to_a_tenth_of_a_point() -> None:
    assert next_of().growth == 0.201


@pytest.mark.parametrize(("kept", "growth"), [((1500, 1500), 0.03), ((1000, 1000), 0.07), ((1000, 1000), 0.29)])
def test_r003_binary_noise_does_not_cost_a_tenth_of_a_point(kept: tuple[int, ...], growth: float) -> None:
    assert recalibrate((*kept, 9000, 10), growth, 100).growth == growth


def test_r060_the_baseline_never_falls_below_the_present_one() -> None:
    found = recalibrate((1500, 1500, 9000, 10), 0.0305, 100)
    assert (found.growth, found.note) == (0.0305, "floor")


@given(weeks=st.lists(st.integers(1, 10**6), min_size=3, max_size=5), thousandths=st.integers(0, 500))
def test_r061_recalibrated_growth_is_at_least_the_growth_before(weeks: list[int], thousandths: int) -> None:
    growth = thousandths / 1000
    found = recalibrate(weeks, growth, 100)
    assert found.exact is not None
    assert found.exact >= growth - 1e-12
    assert found.growth >= growth


def test_r062_first_target_is_the_largest_kept_week_raised_by_the_truncated_baseline() -> None:
    found = next_of()
    assert found.first_target == 2402
    assert [target for _week, target in found.weeks][:4] == [2402, 2885, 3465, 4161]
    assert sum(target for _week, target in found.weeks[:4]) == 12_913


def test_r062_a_month_with_five_mondays_gets_five_targets() -> None:
    found = next_of()
    assert [week for week, _target in found.weeks] == [f"2026-W{number}" for number in range(23, 28)]


def test_r063_five_weeks_keep_three_ties_lose_one_only() -> None:
    assert kept_weeks((5, 1, 4, 2, 3)) == (4, 2, 3)
    assert kept_weeks((7, 7, 3, 3)) == (7, 3)


@pytest.mark.parametrize(("weeks", "note"), [((2000, 1500), "few_weeks"), ((0, 0, 0, 500), "zero_week")])
def test_r063_few_weeks_or_a_zero_week_keep_g_and_grow_the_last_target(weeks: tuple[int, ...], note: str) -> None:
    found = recalibrate(weeks, 0.03, 1093)
    assert (found.growth, found.first_target, found.note) == (0.03, 1126, note)  # 1093 × 1.03 = 1125.79


def test_r064_growth_and_interval_are_settings_of_the_chain() -> None:
    assert next_of(chain=replace(CHAIN, growth=0.05)).growth == 0.225  # 1750 × 1.05 / 1500 − 1
    kept = next_of(chain=replace(CHAIN, interval=3))  # May ends no quarter
    assert (kept.growth, kept.note) == (0.03, "interval")
    assert score_month(material(replace(CHAIN, growth=None), settings={"growth_baseline": 0.04}), MAY).growth == 0.04


def test_r061_a_baseline_set_by_hand_is_the_one_in_force() -> None:
    lowered = material(agreed={**material().agreed, (MAY.id, GROWTH): 0.02})
    card = score_month(lowered, MAY)
    assert card.growth == 0.02
    assert [cell.target for cell in card.links[0].weeks] == [1000, 1020, 1040, 1061]  # 1061.208


def test_weeks_that_are_not_over_do_not_recalibrate() -> None:
    unfinished = counts({})
    unfinished["new", "2026-W22"] = replace(unfinished["new", "2026-W22"], partial=True)
    card = score_month(material(counts=unfinished), MAY, as_of=Period.parse("2026-05-27").start)
    assert card.next is not None
    assert card.next.kept == (2000,)  # of 2000, 1500 and 3000


def test_printed_weeks_of_may() -> None:
    assert month_targets(1000, 0.03, 4) == (1000, 1030, 1061, 1093)
