"""Coverage: live metrics per category, and what exactly one more table or column would bring to life."""

from __future__ import annotations

from kpi_tui.analysis.coverage import coverage
from kpi_tui.definitions.answers.coverage import CategoryCoverage, MissingInput, Unlock
from kpi_tui.definitions.library.metric import Better, Kind, Metric
from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.text import Text

SHELVES = {"a": "revenue", "b": "revenue", "c": "churn", "d": "churn", "e": "own", "f": "revenue"}
METRICS = [
    Metric(id_, Text(id_), category, Kind.ABSOLUTE, "n", "count", Better.HIGHER, Grain.DAY)
    for id_, category in SHELVES.items()
]
EVENTS, USERS, PRICE = MissingInput("events"), MissingInput("users"), MissingInput("orders", "list_amount")
LACKS = {"b": (EVENTS,), "c": (EVENTS, USERS), "d": (EVENTS,), "e": (PRICE,), "f": (USERS,)}


def test_categories_keep_their_order_and_unknown_ones_follow() -> None:
    found = coverage(METRICS, ["churn", "empty", "revenue"], LACKS)
    assert found.categories == (
        CategoryCoverage("churn", 0, 2),
        CategoryCoverage("revenue", 1, 3),
        CategoryCoverage("own", 0, 1),
    )
    assert (found.live, found.metrics) == (1, 6)


def test_only_a_metric_that_wants_nothing_else_is_unlocked_and_the_most_rewarding_table_comes_first() -> None:
    found = coverage(METRICS, [], LACKS)
    assert found.unlocks == (Unlock(EVENTS, ("b", "d")), Unlock(PRICE, ("e",)), Unlock(USERS, ("f",)))


def test_every_metric_that_is_not_live_says_all_it_wants() -> None:
    assert dict(coverage(METRICS, [], LACKS).missing) == LACKS


def test_a_whole_library_unlocks_nothing() -> None:
    assert coverage(METRICS, [], {}).unlocks == ()
