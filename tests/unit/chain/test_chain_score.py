"""Scores, points and the total: the worked month (R065–R072, R039–R042)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chain_vector import CHAIN, MAY, WEEKS, counts, material
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.definitions.answers.chain_card import ChainCard
from kpi_tui.definitions.answers.chain_inputs import ChainInputs, Count
from kpi_tui.scoring.chain_score import score_month

SCORES = {  # the worked month
    "B": 3.680688,
    "C": 0.883054,
    "D": 2.000000,
    "E": 2.000000,
    "F": 1.969072,
    "G": 1.038961,
    "H": 1.500000,
}


def scores(card: ChainCard) -> dict[str, float | None]:
    """Link -> score."""
    return {link.link.id: link.score for link in card.links}


def test_the_whole_vector_of_spec_3_4() -> None:
    card = score_month(material(), MAY)
    assert scores(card) == pytest.approx(SCORES, abs=5e-7)
    assert card.total == pytest.approx(13.071776, abs=5e-7)
    assert (card.possible, card.reachable) == (12.5, 12.5)


def test_r065_monthly_score_of_b_is_a_ratio_of_sums_not_a_mean_of_scores() -> None:
    link = score_month(material(), MAY).links[0]
    assert link.score == pytest.approx(7700 / 4184 * 2)
    weekly = [cell.score or 0 for cell in link.weeks]
    assert sum(weekly) / 4 == pytest.approx(3.69, abs=0.005)  # the wrong reading


def test_r066_scores_by_rates_or_by_counts() -> None:
    assert scores(score_month(material(), MAY))["C"] == pytest.approx(0.883054, abs=5e-7)
    counted = score_month(material(replace(CHAIN, score_basis="counts")), MAY)
    assert scores(counted)["C"] == pytest.approx(2.060926, abs=5e-7)


def test_r066_a_week_without_denominator_drops_out_of_both_sums() -> None:
    holed = material(counts=counts({("pre", WEEKS[1]): 0.0, ("pre_ok", WEEKS[1]): 0.0}))
    link = score_month(holed, MAY).link("E")
    assert link is not None  # weeks 1 and 4 remain: week 3 has no week before it to follow
    assert link.attainment == pytest.approx((0.75 + 0.75) / (0.75 + 0.80))


def test_r067_weekly_scores() -> None:
    weekly = [cell.score for cell in score_month(material(), MAY).links[0].weeks]
    assert weekly == pytest.approx([4.00, 2.91, 5.66, 2.20], abs=0.005)


def test_r068_r069_scores_of_repeat_deals_and_vips() -> None:
    found = scores(score_month(material(), MAY))
    assert found["G"] == pytest.approx(1.0390, abs=5e-5)
    assert found["G"] == pytest.approx((40 / 209) / (35 / 190))
    assert found["H"] == pytest.approx(1.50)


def test_r070_all_links_on_target_give_the_sum_of_the_points_which_are_editable() -> None:
    flat = {(name, week): Count(100.0) for name in ("new", "all", "asked", "deals") for week in WEEKS}
    flat |= {(n, w): Count(50.0) for n in ("pre", "pre_ok", "after", "after_ok") for w in WEEKS}
    flat |= {(n, m): Count(10.0) for n in ("repeat", "deals") for m in ("2026-05", "2025-05")}
    flat |= {(n, m): Count(10.0) for n in ("vips", "new") for m in ("2026-05", "2026-04")}
    agreed = {(week, link): 1.0 for week in WEEKS for link in "CDEF"} | {(week, "B"): 100.0 for week in WEEKS}
    card = score_month(ChainInputs(CHAIN, flat, agreed), MAY)
    assert (card.total, card.reachable) == (pytest.approx(12.5), 12.5)
    changed = score_month(ChainInputs(CHAIN, flat, {**agreed, (MAY.id, "points.C"): 3.0}), MAY)
    assert (changed.total, changed.reachable) == (pytest.approx(13.5), 13.5)


def test_r071_scores_are_not_capped_unless_asked() -> None:
    assert scores(score_month(material(), MAY))["B"] == pytest.approx(3.68, abs=0.005)
    assert scores(score_month(material(replace(CHAIN, cap=1.2)), MAY))["B"] == pytest.approx(2.4)


def test_r072_a_link_without_data_is_left_out_and_the_points_say_so() -> None:
    card = score_month(material(counts=counts({("vips", "2026-04"): None})), MAY)
    assert card.total == pytest.approx(13.071776 - 1.5, abs=5e-7)
    assert (card.possible, card.reachable) == (11.0, 12.5)


def test_r041_a_link_switched_off_is_omitted_and_the_maximum_shrinks() -> None:
    links = tuple(replace(link, on=link.id != "F") for link in CHAIN.links)
    card = score_month(material(replace(CHAIN, links=links)), MAY)
    assert card.link("F") is None
    assert card.reachable == 10.5
    assert card.total == pytest.approx(13.071776 - 1.969072, abs=1e-6)


def test_r041_links_behind_a_switched_off_one_keep_their_targets() -> None:
    links = tuple(replace(link, on=link.id != "B") for link in CHAIN.links)
    assert scores(score_month(material(replace(CHAIN, links=links)), MAY))["C"] == pytest.approx(0.883054, abs=5e-7)


def test_r039_every_link_shows_its_absolute_and_its_ratio_side() -> None:
    month = {("asked", MAY.id): 900.0, ("all", MAY.id): 9900.0}  # May has days before its first Monday
    link = score_month(material(counts=counts(month)), MAY).link("C")
    assert link is not None
    rates = (200 / 2500, 180 / 2000, 300 / 3600, 120 / 1700)  # of the four weeks that are scored
    assert (link.absolute, link.ratio) == (800, pytest.approx(sum(rates) / 4))


def test_r042_points_baseline_and_links_are_settings_of_the_chain() -> None:
    links = tuple(replace(link, points=1.0) for link in CHAIN.links[:2])
    card = score_month(material(replace(CHAIN, links=links, growth=0.05)), MAY)
    assert [cell.target for cell in card.links[0].weeks] == [1000, 1050, 1103, 1158]  # 1102.5, 1157.6
    assert card.reachable == 2.0


@given(st.floats(0.1, 10), st.floats(0.1, 10))
def test_r070_the_total_moves_with_the_points_alone(points: float, other: float) -> None:
    base = score_month(material(agreed={**material().agreed, (MAY.id, "points.D"): points}), MAY)
    moved = score_month(material(agreed={**material().agreed, (MAY.id, "points.D"): other}), MAY)
    assert (moved.total or 0) - (base.total or 0) == pytest.approx(other - points)  # D is exactly on target
