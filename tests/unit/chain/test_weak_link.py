"""The weak link on chains with a known culprit, beside the naive rules."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chain_vector import CHAIN, MAY, counts, material
from made_chains import CULPRITS, lowest_rate, made, named

from kpi_tui.analysis.chain.weak_link import find
from kpi_tui.definitions.answers.chain_inputs import ChainInputs, Count
from kpi_tui.definitions.library.chain_periods import weeks_before, weeks_of
from kpi_tui.scoring.chain_score import score_month

EACH = 10


def test_fifty_chains_with_a_known_culprit_beside_the_naive_rules() -> None:
    right = attained = lowest = 0
    for culprit in CULPRITS:
        for seed in range(EACH):
            chain = made(culprit, seed)
            card, link, _ = named(chain)
            right += link == chain.truth
            attained += card.weak.lowest == chain.truth
            lowest += lowest_rate(card) == chain.truth
    assert right >= 45  # of 50; benchmarks/weak_link.py prints the table
    assert right >= 2 * max(attained, lowest)


@pytest.mark.parametrize("culprit", ["capacity", "padding"])
def test_the_cause_is_named_where_the_symptom_shows_elsewhere(culprit: str) -> None:
    causes = [named(made(culprit, seed))[2] for seed in range(100, 110)]
    assert causes.count(culprit) >= 7


def test_nothing_is_claimed_where_nothing_happened() -> None:
    said = {}
    for number, week in enumerate([*weeks_before(MAY), *weeks_of(MAY)]):
        mood = 1 + 0.03 * (-1) ** number
        said |= {("new", week.id): Count(round(1000 * mood)), ("all", week.id): Count(1500)}
        said |= {("asked", week.id): Count(round(150 * mood)), ("deals", week.id): Count(round(40 / mood))}
    given = ChainInputs(CHAIN, said, {})
    assert find(given, score_month(given, MAY)).named == ""


def test_both_orders_are_given_and_the_gain_is_what_the_end_result_would_win() -> None:
    said = {}
    for week in [*weeks_before(MAY), *weeks_of(MAY)]:
        now = week in weeks_of(MAY)
        said |= {("new", week.id): Count(5000), ("all", week.id): Count(10000)}
        said |= {("asked", week.id): Count(800 if now else 1000), ("deals", week.id): Count(400 if now else 500)}
        said |= {("pre", week.id): Count(400), ("pre_ok", week.id): Count(200 if now else 380)}
    agreed = {(week.id, "B"): 5000.0 for week in weeks_of(MAY)}
    agreed |= {(week.id, link): rate for week in weeks_of(MAY) for link, rate in (("C", 0.1), ("D", 0.5), ("E", 0.95))}
    given = ChainInputs(CHAIN, said, agreed)
    weak = find(given, score_month(given, MAY))
    assert (weak.named, weak.lowest) == ("C", "E")  # E is furthest from its target, but no deal hangs on it
    assert weak.by_gain[0].gain == pytest.approx(4 * 100)  # 1000 instead of 800 inquiries a week, half of them deals
    assert weak.by_gain[0].share == pytest.approx(0.25)


def test_without_a_past_the_target_is_the_reference() -> None:
    weak = find(material(), score_month(material(), MAY))
    assert (weak.named, weak.by_gain[0].basis) == ("C", "target")


def test_a_dead_link_downstream_leaves_no_gain_rather_than_an_error() -> None:
    none = material(counts=counts({("deals", week.id): 0.0 for week in weeks_of(MAY)}))
    weak = find(none, score_month(none, MAY))
    assert weak.result == 0
    assert all(rank.share is None for rank in weak.by_gain if rank.link in "BCD")


def test_an_end_result_that_no_week_knows_is_no_zero() -> None:
    none = material(counts=counts({("deals", week.id): None for week in weeks_of(MAY)}))
    weak = find(none, score_month(none, MAY))
    assert weak.result is None


def test_a_link_switched_off_is_not_named() -> None:
    links = tuple(replace(link, on=link.id != "C") for link in CHAIN.links)
    given = material(replace(CHAIN, links=links))
    assert "C" not in {rank.link for rank in find(given, score_month(given, MAY)).by_gain}
