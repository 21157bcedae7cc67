"""Funnels: steps in order, within their window and period; the weakest against its past (R107, R108, R171)."""

from __future__ import annotations

import pytest

from kpi_tui.analysis.funnel import steps, weakest
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from kpi_tui.workspace.load import load
from tests.workspaces import Shop, orders, users, views

FUNNEL = """
[funnels.way]
name = { en = "Way", zh = "路" }
window_days = 2
steps = [
  { name = "look", table = "events", where = "page_id = 'look'" },
  { name = "cart", table = "events", where = "page_id = 'cart'" },
  { name = "pay", table = "orders", time = "paid_at", value = "paid_amount", weight = 2 },
]
"""


def walked(shop: Shop, *acts: tuple[str, str, str], funnel: str = FUNNEL, **more: object) -> Shop:
    """People who look, put into the cart and pay, each at a moment; `pay` is an order of 90."""
    shop.has(
        "events", views(*((who, at, what) for who, at, what in acts if what != "pay")), complete_until="2026-03-31"
    )
    paid = [(f"o{n}", who, at, 90.0) for n, (who, at, what) in enumerate(acts) if what == "pay"]
    shop.has("orders", orders(*paid, ("o", "nobody", "2026-01-01 00:00:00", 1.0)), complete_until="2026-03-31")
    return shop.defines("funnels.toml", funnel).says(as_of="2026-03-31", **more)


def people(shop: Shop, period: str = "2026-02") -> list[float | None]:
    found = shop.book().numbers.values(["step_converted_users"], Period.parse(period), by="step")
    return [value.value for value in found[1:]]


def test_steps_count_in_their_order_only(shop: Shop) -> None:
    acts = [
        ("ann", "2026-02-03 10:00:00", "look"),
        ("ann", "2026-02-03 11:00:00", "cart"),
        ("ann", "2026-02-03 12:00:00", "pay"),
        ("bob", "2026-02-03 10:00:00", "cart"),  # the cart before the look is no step
        ("bob", "2026-02-03 11:00:00", "look"),
        ("bob", "2026-02-03 12:00:00", "pay"),
        ("cat", "2026-02-03 10:00:00", "look"),
        ("cat", "2026-02-03 10:00:00", "cart"),  # at the same moment: in the order of the steps
    ]
    assert people(walked(shop, *acts)) == [3, 2, 1]


def test_a_second_try_within_the_window_counts_when_the_first_was_too_early(shop: Shop) -> None:
    acts = [
        ("ann", "2026-02-03 10:00:00", "look"),
        ("ann", "2026-02-10 10:00:00", "look"),
        ("ann", "2026-02-11 10:00:00", "cart"),
        ("ann", "2026-02-12 10:00:00", "pay"),  # two days after the second look, to the second
        ("bob", "2026-02-03 10:00:00", "look"),
        ("bob", "2026-02-05 10:00:00", "cart"),
        ("bob", "2026-02-05 10:00:01", "pay"),  # a second too late
    ]
    assert people(walked(shop, *acts)) == [2, 2, 1]


def test_the_whole_way_lies_in_the_period(shop: Shop) -> None:
    acts = [("ann", "2026-01-31 23:59:59", "look"), ("ann", "2026-02-01 00:00:00", "cart")]
    walked(shop, *acts)
    assert people(shop, "2026-01") == [1, 0, 0]
    assert people(shop, "2026-02") == [0, 0, 0]
    assert people(shop, "2026-Q1") == [1, 1, 0]


def test_without_a_window_the_period_is_the_window(shop: Shop) -> None:
    acts = [("ann", "2026-02-01 10:00:00", "look"), ("ann", "2026-02-27 10:00:00", "cart")]
    assert people(walked(shop, *acts, funnel=FUNNEL.replace("window_days = 2", ""))) == [1, 1, 0]


def test_the_product_of_the_steps_is_the_conversion_of_the_whole_flow(shop: Shop) -> None:
    acts = [
        (f"u{n}", f"2026-02-03 1{k}:00:00", what)
        for n in range(8)
        for k, what in enumerate(["look", "cart", "pay"][: 1 + n // 3])
    ]
    rates = walked(shop, *acts).book().numbers.values(["step_conversion_rate"], Period.parse("2026-02"), by="step")[1:]
    assert [rate.value for rate in rates] == [1, 5 / 8, 2 / 5]
    assert (rates[1].measures["funnel_in"], rates[1].measures["funnel_out"]) == (8, 5)


def test_a_funnel_that_is_not_there_has_no_number(shop: Shop) -> None:
    """Of a union of which no part is asked for nothing is read."""
    found = walked(shop, ("ann", "2026-02-03 10:00:00", "look")).book().numbers
    (value,) = found.values(["step_converted_users"], Period.parse("2026-02"), where="funnel = 'wecom'")
    assert (value.value, value.reason, value.measures) == (None, Reason.NOT_APPLICABLE, {"funnel_out": 0})


def test_value_is_split_over_the_steps_and_cost_is_that_of_the_step(shop: Shop) -> None:
    acts = [
        ("ann", "2026-02-03 10:00:00", "look"),
        ("ann", "2026-02-03 11:00:00", "cart"),
        ("ann", "2026-02-03 12:00:00", "pay"),
    ]
    cost = {"day": "2026-02-09", "cost_type": "other", "direct_acquisition": "false", "step": "cart", "amount": 5}
    first = {**cost, "day": "2026-01-01", "amount": 1}
    walked(shop, *acts)
    shop.has("costs", [first, cost, {**cost, "day": "2026-03-01"}], complete_until="2026-03-31")
    _, look, cart, pay = shop.book().numbers.values(["step_roi"], Period.parse("2026-02"), by="step")
    shares = [value.measures["step_value_sum"] for value in (look, cart, pay)]
    assert shares == [22.5, 22.5, 45.0]  # weights 1, 1, 2 of 90
    assert (cart.value, look.reason) == (4.5, Reason.ZERO_DENOMINATOR)


def test_without_a_step_there_is_no_number_but_the_sentence_what_to_ask(shop: Shop) -> None:
    book = walked(shop, ("ann", "2026-02-03 10:00:00", "look")).book()
    (found,) = book.numbers.values(["step_conversion_rate"], Period.parse("2026-02"))
    assert (found.value, found.reason) == (None, Reason.NOT_APPLICABLE)
    assert "--by step" in found.detail
    (one,) = book.numbers.values(["step_converted_users"], Period.parse("2026-02"), where="step = 'way 1. look'")
    assert one.value == 1


KNOWN = (None, "")


def test_the_weakest_step_is_the_one_lowest_against_its_own_baseline_r171() -> None:
    found = steps(["a", "b", "c"], [100, 30, 24], [[100, 30, 30], [300, 90, 90]], [KNOWN] * 3)
    assert [step.rate for step in found] == [None, 0.3, 0.8]
    assert [step.baseline for step in found] == [None, 0.3, 1.0]
    assert weakest(found) == "c", "b has the lowest rate, but its usual one"


def test_no_step_is_weakest_when_none_is_below_its_baseline() -> None:
    assert weakest(steps(["a", "b"], [100, 30], [[100, 30]], [KNOWN] * 2)) == ""
    assert weakest(steps(["a", "b"], [100, None], [[100, 30]], [KNOWN, (Reason.NO_DATA, "why")])) == ""
    assert weakest(steps(["a", "b"], [0, 0], [[0, 0]], [KNOWN] * 2)) == ""


def test_a_funnel_is_read_with_its_past(shop: Shop) -> None:
    january = [(f"j{n}", f"2026-01-03 1{k}:00:00", what) for n in range(4) for k, what in enumerate(["look", "cart"])]
    february = [(f"f{n}", "2026-02-03 10:00:00", "look") for n in range(4)] + [("f0", "2026-02-03 11:00:00", "cart")]
    view = walked(shop, *january, *february).book().funnels.of("way", Period.parse("2026-02"))
    assert [(step.name, step.people, step.rate, step.baseline) for step in view.steps] == [
        ("look", 4, None, None),
        ("cart", 1, 0.25, 1.0),
        ("pay", 0, 0.0, 0.0),
    ]
    assert view.weakest == "cart"
    with pytest.raises(UsageError, match="no funnel 'wag'"):
        shop.book().funnels.of("wag", Period.parse("2026-02"))


def test_a_funnel_of_metrics_follows_their_values_r107(shop: Shop) -> None:
    walked(shop, ("ann", "2026-02-03 10:00:00", "look"), ("ann", "2026-02-03 12:00:00", "pay"))
    shop.has(
        "users", users(("ann", "2026-02-01 10:00:00"), ("bob", "2026-02-02 10:00:00")), complete_until="2026-03-31"
    )
    shop.defines("funnels.toml", '[funnels.own]\nmetrics = ["new_users", "active_trading_users"]\n')
    view = shop.book().funnels.of("own", Period.parse("2026-02"))
    assert [(step.name, step.people, step.rate) for step in view.steps] == [
        ("new_users", 2, None),
        ("active_trading_users", 1, 0.5),
    ]


def test_a_step_larger_than_the_one_before_is_no_part_of_it_and_has_no_rate() -> None:
    """300 register although 100 downloaded: no 300 %, the reason instead; the weakest is another step."""
    found = steps(["reach", "download", "register"], [1000, 100, 300], [[1000, 200, 100]], [KNOWN] * 3)
    assert [(step.rate, step.baseline) for step in found[1:]] == [(0.1, 0.2), (None, None)]
    assert "larger than the step before" in found[2].detail
    assert weakest(found) == "download"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[funnels.x]\nname = 'x'\n", "either steps or metrics"),
        ("[funnels.x]\nmetrics = ['new_users']\n", "two steps or more"),
        ("[funnels.x]\nmetrics = ['new_users', 'nwe_users']\n", "unknown metric 'nwe_users'"),
        (FUNNEL.replace('"orders"', '"odrers"'), "unknown table or fact 'odrers'"),
        (FUNNEL.replace('"cart"', '"look"'), "two steps have the same name"),
        (FUNNEL.replace("page_id = 'look'", "pgae_id = 'look'"), "pgae_id"),
        (FUNNEL.replace("page_id = 'look'", "drop table events"), "not valid SQL"),
        (FUNNEL.replace("window_days = 2", "window_days = -2"), "cannot be negative"),
        (FUNNEL.replace("weight = 2", "wieght = 2"), "unknown key 'wieght'"),
    ],
)
def test_a_wrong_funnel_is_named_with_its_file(shop: Shop, text: str, said: str) -> None:
    walked(shop, ("ann", "2026-02-03 10:00:00", "look"), funnel=text).book()
    errors = [issue for issue in load(shop.root).issues if issue.severity == "error"]
    assert any(said in issue.message for issue in errors), [issue.message for issue in errors]
    assert all(issue.file for issue in errors)


def test_a_quote_in_the_name_of_a_step_is_text_not_sql(shop: Shop) -> None:
    odd = FUNNEL.replace('"cart", table', "\"it's ' or 1=1\", table")
    acts = [("ann", "2026-02-03 10:00:00", "look"), ("ann", "2026-02-03 11:00:00", "cart")]
    found = (
        walked(shop, *acts, funnel=odd)
        .book()
        .numbers.values(["step_converted_users"], Period.parse("2026-02"), by="step")
    )
    assert [value.segment for value in found] == [None, "way 1. look", "way 2. it's ' or 1=1", "way 3. pay"]
