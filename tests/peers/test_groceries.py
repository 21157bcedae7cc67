"""Rules and pairs of the groceries set equal those of arules, mlxtend and efficient-apriori (answers.json)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kpi_tui.definitions.library.analysis_parts import RulesPart
from kpi_tui.definitions.period import Period
from tests.peers.shops import Shop, exactly, page_part

PERIOD = Period.parse("2006-01")
PEERS = "mlxtend and efficient-apriori"
EXACT = "exact integer recount"


@pytest.mark.parametrize(
    ("support", "confidence"), [("0.006", "0.25"), ("0.001", "0.8"), ("0.001", "0.5"), ("0.002", "0.5")]
)
def test_number_and_length_of_rules(groceries: Shop, support: str, confidence: str) -> None:
    published = groceries.answers[EXACT][f"sup{support}_conf{confidence}"]
    found = groceries.book.goods.rules("product", support, confidence, PERIOD).rows
    assert len(found) == published["rules"]
    assert Counter(str(len(rule.given) + 1) for rule in found) == published["by_size"]
    at_limit = [rule for rule in found if rule.confidence == pytest.approx(float(confidence), abs=1e-12)]
    assert len(at_limit) == published["rules_with_confidence_exactly_at_threshold"]


def test_the_counts_that_arules_publishes(groceries: Shop) -> None:
    """463, 410 and 5,668 rules; a float comparison finds 406 of the 410."""
    for support, confidence, count in ((0.006, 0.25, 463), (0.001, 0.8, 410), (0.001, 0.5, 5668)):
        assert groceries.book.goods.rules("product", support, confidence, PERIOD).count == count
    assert groceries.answers[PEERS]["sup0.001_conf0.8"]["rules_single_consequent"] == 406


@pytest.mark.parametrize("limits", ["sup0.006_conf0.25", "sup0.01_conf0.5", "sup0.01_conf0.2", "sup0.02_conf0.1"])
def test_the_ten_strongest_rules(groceries: Shop, limits: str) -> None:
    published = groceries.answers[PEERS][limits]
    support, confidence = limits.removeprefix("sup").split("_conf")
    found = groceries.book.goods.rules("product", support, confidence, PERIOD).rows
    assert len(found) == published["rules_single_consequent"]
    for rule, (given, then, share, sure, lift) in zip(found, published["top10_by_lift"], strict=False):
        assert (sorted(rule.given), [rule.then]) == (given, then)
        assert (rule.support, rule.confidence, rule.lift) == (exactly(share), exactly(sure), exactly(lift))


def test_a_section_of_a_page_shows_the_first_of_the_published_rules(groceries: Shop) -> None:
    published = groceries.answers[PEERS]["sup0.01_conf0.2"]
    part = replace(page_part(groceries, "basket", "rules", RulesPart), support=0.01, confidence=0.2, longest=0, most=10)
    found = groceries.book.goods.listed(part, PERIOD)
    assert found.count == published["rules_single_consequent"]
    ours = [(sorted(rule.given), [rule.then], rule.lift) for rule in found.rows]
    assert ours == [(given, then, exactly(lift)) for given, then, _share, _sure, lift in published["top10_by_lift"]]


def test_pairs_by_metric_are_the_rules_of_two(groceries: Shop) -> None:
    """The same pair through SQL and through the rules."""
    found = {f"{r.given[0]} → {r.then}": r for r in groceries.book.goods.rules("product", "0.006", 0, PERIOD, 2).rows}
    assert len(found) > 900
    metrics = ("basket_support", "basket_confidence", "basket_lift")
    asked = groceries.book.numbers.values(metrics, PERIOD, by="pair")
    shares = {(value.metric, value.segment): value.value for value in asked}
    for pair, rule in found.items():
        mine = [shares[metric, pair] for metric in metrics]
        assert mine == pytest.approx([rule.support, rule.confidence, rule.lift], rel=1e-12), pair


def test_baskets_and_items(groceries: Shop) -> None:
    answers = groceries.answers[PEERS]
    notes = {name: " ".join(profile.notes) for name, profile in groceries.book.data.profiles().items()}
    assert f"{answers['baskets']} rows after grouping" in notes["orders"]
    assert f"{answers['items']} rows after grouping" in notes["products"]
    assert groceries.book.data.profiles()["order_items"].rows_kept == answers["distinct_basket_item"]
    units = groceries.by("product_units_sold", "2006-01", "product_id")
    top = sorted(units.items(), key=lambda pair: -(pair[1] or 0))[:10]
    assert dict(top) == answers["top10_items"]
