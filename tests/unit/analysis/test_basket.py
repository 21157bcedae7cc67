"""Association rules in whole numbers (R156, R157), against the definitions written out by brute force."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_tui.analysis import basket
from kpi_tui.analysis.basket import TooManySets, pull_pairs, rules
from kpi_tui.definitions.answers.basket import Rule
from tests.examples import examples

R157 = ["AB", "A", "B", "AB"]


def lines(baskets: list[str]) -> list[tuple[int, str]]:
    return [(number, item) for number, items in enumerate(baskets) for item in items]


def brute(baskets: list[set[str]], support: Fraction, confidence: Fraction) -> set[tuple[tuple[str, ...], str, int]]:
    """Every rule by looking at every set of items in every basket."""
    items = sorted(set().union(*baskets))
    found = set()
    for size in range(2, len(items) + 1):
        for chosen in combinations(items, size):
            together = sum(set(chosen) <= basket for basket in baskets)
            if not together or Fraction(together, len(baskets)) < support:
                continue
            for then in chosen:
                given_items = tuple(item for item in chosen if item != then)
                if Fraction(together, sum(set(given_items) <= basket for basket in baskets)) >= confidence:
                    found.add((given_items, then, together))
    return found


def test_the_four_baskets_of_the_spec_r157() -> None:
    found = {(rule.given, rule.then): rule for rule in rules(lines(R157), 0, 0)}
    there = found[("A",), "B"]
    assert (there.support, there.confidence, there.lift) == (0.5, 2 / 3, pytest.approx(0.8889, abs=5e-5))
    assert found[("B",), "A"].support == there.support


def test_confidence_is_directed_r157() -> None:
    scallions = ["vs", "vs", "s", "s", "s"]
    found = {rule.given[0]: rule.confidence for rule in rules(lines(scallions), 0, 0)}
    assert found == {"v": 1.0, "s": 0.4}


@pytest.mark.parametrize("share", [0.8, "0.8"])
def test_a_confidence_of_exactly_the_limit_counts(share: float | str) -> None:
    """4 of 5 is 0.8; a float comparison of 0.8 with support / support loses such rules."""
    found = rules(lines(["AB"] * 4 + ["A", "C"]), 0, share)
    assert [(rule.given, rule.then) for rule in found if rule.given == ("A",)] == [(("A",), "B")]


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(st.sets(st.sampled_from("abcde"), min_size=1), min_size=1, max_size=12),
    st.sampled_from(["0", "0.1", "0.25", "0.5"]),
    st.sampled_from(["0", "0.3", "0.5", "0.8", "1"]),
)
def test_rules_are_those_of_the_definition(baskets: list[set[str]], support: str, confidence: str) -> None:
    mine = rules(lines(["".join(sorted(items)) for items in baskets]), support, confidence)
    assert {(r.given, r.then, r.together) for r in mine} == brute(baskets, Fraction(support), Fraction(confidence))
    assert len(mine) == len(set(mine))


def test_rules_stand_by_lift_then_by_name_however_the_lines_come() -> None:
    rows = lines(["abc", "ab", "bd", "acd", "d"])
    first = rules(rows, "0.2", "0.2")
    assert first == rules(rows[::-1], "0.2", "0.2")
    assert [r.lift for r in first] == sorted((r.lift for r in first), reverse=True)


def test_no_rule_is_longer_than_asked() -> None:
    rows = lines(["abcd"] * 3)
    assert {len(rule.given) + 1 for rule in rules(rows, 0, 0)} == {2, 3, 4}
    assert {len(rule.given) + 1 for rule in rules(rows, 0, 0, longest=2)} == {2}


def test_without_baskets_there_are_no_rules() -> None:
    assert rules([], "0.1", "0.1") == []


def test_a_support_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(basket, "MOST_SETS", 100)
    with pytest.raises(TooManySets, match="higher support"):
        rules(lines(["abcdefghij"]), 0, 0)


def test_hot_products_that_pull_profitable_ones_have_a_lift_above_1_r156() -> None:
    sold = ["hp", "hp", "h", "x", "x", "xq", "q", "hq"]
    found = pull_pairs(lines(sold), ["h", "x"], ["p", "q", "h"])
    assert found == [Rule(("h",), "p", 2, 4, 2, 8)]  # lift 2 * 8 / (4 * 2) = 2; h → q: 1 * 8 / (4 * 3) < 1
