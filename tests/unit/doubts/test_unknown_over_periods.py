"""Unknown amounts of a value that is put together of periods: counted over all of them, or each by its name."""

from __future__ import annotations

from typing import Any

import pytest

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders

LAST = "2026-02-28"
OWN = """
[measures.m_paid]
table = "orders"
agg = "sum"
column = "paid_amount"
time = "created_at"
[measures.m_orders]
table = "orders"
agg = "count"
time = "created_at"
[measures.m_large]
table = "orders"
agg = "count"
where = "paid_amount > 5"
time = "created_at"
""" + "".join(
    f"""
[metrics.{name}]
name = "{name}"
category = "revenue"
kind = "{kind}"
formula = "{formula}"
unit = "ratio"
better = "higher"
grain = "day"
grains = ["day", "month"]
rollup = "{rollup}"
"""
    for name, kind, formula, rollup in (
        ("pool", "ratio", "m_paid / m_orders", "pooled"),
        ("daily", "absolute", "m_paid", "mean"),
        ("at_once", "absolute", "m_paid", "recompute"),
        ("large", "absolute", "m_large", "mean"),
        ("of_metrics", "ratio", "daily / m_orders", "pooled"),
    )
)
REST: dict[str, tuple[float, str]] = {
    "pool": (10, "m_paid: 3 of 62 rows have no amount; left out on both sides of pool"),
    "daily": (590 / 31, "m_paid: 3 of 62 rows have no amount; daily is understated"),
    "large": (59 / 31, "m_large: 3 rows lack the amount that is asked for (paid_amount > 5), and do not count"),
}
"""59 of 62 orders of January have an amount, 10 each."""
NESTED = "m_paid: 3 of 62 rows have no amount; daily is understated"


def january(unknown: set[int]) -> list[Row]:
    """Two orders a day of 10 each, but those of unknown amount."""
    made: list[Row] = []
    for n in range(62):
        (row,) = orders((f"o{n:02}", "ann", f"2026-01-{n // 2 + 1:02} 10:00:00", 10))
        made.append({**row, "paid_amount": None if n in unknown else 10, "domain": "private" if n < 40 else "public"})
    return made


def asked(shop: Shop, rows: list[Row], metric: str, period: str = "2026-01", **question: Any) -> list[Value]:
    shop.has("orders", rows, complete_until=LAST).defines("metrics/own.toml", OWN)
    return shop.says(as_of=LAST).book().numbers.values([metric], Period.parse(period), **question)


@pytest.mark.parametrize("metric", REST)
def test_days_that_lack_nothing_count_among_the_rows(metric: str, shop: Shop) -> None:
    """The three unknown ones lie on two days, one of each and two of the other two: not "1 of 2" and "2 of 6"."""
    number, said = REST[metric]
    (found,) = asked(shop, january({4, 20, 50}), metric)
    assert (found.value, found.notes) == (pytest.approx(number), (said,))


@pytest.mark.parametrize("metric", ["pool", "daily"])
def test_a_segment_counts_its_own_rows(metric: str, shop: Shop) -> None:
    """Of the first 40 orders two are unknown, of the 22 others one."""
    found = {one.segment: one.notes for one in asked(shop, january({4, 20, 50}), metric, by="domain")}
    assert found["private"][0].startswith("m_paid: 2 of 40 rows") and len(found["private"]) == 1
    assert found["public"][0].startswith("m_paid: 1 of 22 rows") and len(found["public"]) == 1


def test_a_day_without_any_known_amount_is_told_apart_from_the_mean(shop: Shop) -> None:
    """1 January knows neither of its two amounts: the mean of 30 days leaves it out, and is no less for it."""
    (found,) = asked(shop, january({0, 1, 9}), "daily")
    assert found.value == pytest.approx(590 / 30)
    assert found.notes[0] == "m_paid: 1 of 60 rows has no amount; daily is understated"
    assert "1 of 31 periods have no number, and the mean is of the others" in found.notes[1]


LATER = orders(("p1", "ann", "2026-02-03 10:00:00", 310), ("p2", "bob", "2026-02-04 10:00:00", 310))


def on_amounts(value: Value) -> list[str]:
    """What is said of amounts; the days of February without an order are another matter."""
    return [str(note) for note in value.notes if "no amount" in note]


def test_growth_names_the_period_that_lacks_amounts(shop: Shop) -> None:
    """620 after the 590 that are known of January; of February nothing is unknown."""
    (found,) = asked(shop, january({4, 20, 50}) + LATER, "at_once.growth", "2026-02")
    assert found.value == pytest.approx(620 / 590 - 1)
    assert on_amounts(found) == ["2026-01: m_paid: 3 of 62 rows have no amount; at_once is understated"]


def test_growth_names_both_periods_where_both_lack_amounts(shop: Shop) -> None:
    later = [LATER[0], {**LATER[1], "paid_amount": None}]
    (found,) = asked(shop, january({4, 20, 50}) + later, "at_once.growth", "2026-02")
    assert on_amounts(found) == [
        "2026-01: m_paid: 3 of 62 rows have no amount; at_once is understated",
        "2026-02: m_paid: 1 of 2 rows has no amount; at_once is understated",
    ]


def test_what_growth_says_of_both_periods_is_said_once(shop: Shop) -> None:
    """A row of sums concerns the table, not a month."""
    rows = [*january(set()), *LATER, {**LATER[0], "order_id": "合计"}]
    (found,) = asked(shop, rows, "at_once.growth", "2026-02")
    said = [str(note) for note in found.notes if "合计" in note]
    assert len(said) == 1 and said[0].startswith("orders: ")


def test_explain_shows_the_measures_of_both_periods_of_a_growth(shop: Shop) -> None:
    asked(shop, january({4, 20, 50}) + LATER, "at_once")
    readings = shop.book().numbers.explain("at_once.growth", Period.parse("2026-02")).readings
    shown = [(str(one.first_day), str(one.last_day), one.number.value, one.rows) for one in readings]
    assert shown == [("2026-01-01", "2026-01-31", 590, 62), ("2026-02-01", "2026-02-28", 620, 2)]


def test_a_metric_in_a_pooled_formula_is_added_over_the_days_and_told_once(shop: Shop) -> None:
    """590 known of January, a metric that a month shows as a mean, by its 62 orders: days are added on both sides."""
    (found,) = asked(shop, january({0, 5, 9}), "of_metrics")
    assert found.value == pytest.approx(590 / 62, abs=1e-12)
    assert [note for note in found.notes if "no amount" in note] == [NESTED]
    (plain,) = asked(shop, january(set()), "of_metrics")
    assert (plain.value, plain.notes) == (10, ())


@pytest.mark.parametrize("metric", ["daily", "at_once"])
def test_rejected_rows_are_told_where_no_day_of_a_mean_has_a_number(metric: str, shop: Shop) -> None:
    """All 62 orders lack their time: no number of any day, and the 62 stand at the month as at a plain sum."""
    rows = [{**row, "created_at": None} for row in january(set())]
    (found,) = asked(shop, rows, metric)
    assert (found.value, found.left_out) == (None, {"orders": 62})
