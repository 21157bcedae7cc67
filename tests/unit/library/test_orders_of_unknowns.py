"""Ranks, first places and repeats where a buyer, a product or an amount is unknown: numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kpi_tui.definitions.answers.page import LayersFound
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from tests.unit.library.bench import Bench, event, order
from tests.workspaces import Shop, orders, users

OCTOBER = "2026-10"
GUESTS = [
    ("g1", "", "2026-10-02 10:00:00", 10.0),
    ("g2", "", "2026-10-03 10:00:00", 20.0),
    ("g3", "", "2026-10-04 10:00:00", 30.0),
]
"""Three orders without a buyer: `check` says that they count in orders and amounts, not in buyers."""
KNOWN = [
    ("a1", "ann", "2026-10-02 10:00:00", 40.0),
    ("a2", "ann", "2026-10-05 10:00:00", 50.0),
    ("b1", "bob", "2026-10-06 10:00:00", 50.0),
]


@pytest.mark.parametrize(
    ("metric", "wanted"),
    [
        ("repurchase_amount_share", 50 / 200),  # a2 alone is of somebody who had bought before; all six are 200
        ("repurchase_rate_orders", 1 / 6),  # a2 of six orders
        ("repeat_deals", 1),  # ann's second deal; the guests' second and third were no repeats of anybody
    ],
)
def test_guests_are_no_buyer_who_comes_again(shop: Shop, metric: str, wanted: float) -> None:
    shop.has("orders", orders(*GUESTS, *KNOWN), complete_until="2026-10-31")
    assert shop.value(metric, OCTOBER).value == pytest.approx(wanted)


def test_guests_are_no_customer_of_a_layer(shop: Shop) -> None:
    """Two customers, ann 90 and bob 50; the top fifth of two is one, ann. The guests' 60 would have been a third."""
    shop.has("orders", orders(*GUESTS, *KNOWN, domain="private"), complete_until="2026-10-31")
    sections = shop.book().pages.of("private", Period.parse(OCTOBER)).sections
    found = next(one.found for one in sections if one.section.id == "layers")
    assert isinstance(found, LayersFound)
    assert [(row.layer, row.count, row.amount) for row in found.rows] == [
        ("top", 1, 90.0),
        ("middle", 1, 50.0),
        ("bottom", 0, 0.0),
    ]


def _items(*lines: tuple[str, str | None, int, float | None]) -> list[dict[str, Any]]:
    return [{"order_id": o, "sku_id": s, "qty": n, "unit_price": price} for o, s, n, price in lines]


def _ranked(bench: Bench, items: list[dict[str, Any]]) -> dict[str | None, bool]:
    rows = bench.rows("d_sku_period", OCTOBER, orders=[order("o1", "ann", "2026-10-05")], order_items=items)
    return {row["sku_id"]: row["is_top_n"] for row in rows}


@pytest.fixture
def of_two(library: Workspace) -> Bench:
    """The facts with top_n = 2, in DuckDB: what the SQL means. The program's own answer stands beside it below."""
    return Bench(replace(library, settings={**library.settings, "top_n": 2}), "duckdb")


def _share(shop: Shop, items: list[dict[str, Any]]) -> float | None:
    """top_n_revenue_share of the program, with top_n = 2."""
    shop.says(settings={"top_n": 2}).has("order_items", items)
    paid = orders(("o1", "ann", "2026-10-05 10:00:00", 70.0))
    return shop.has("orders", paid, complete_until="2026-10-31").value("top_n_revenue_share", OCTOBER).value


def test_a_tie_at_the_cut_goes_to_the_smaller_id_and_lines_without_a_product_take_no_place(
    of_two: Bench, shop: Shop
) -> None:
    """Revenue: unknown product 300, c 50, b 20, a 20, gift unknown. Two places: c, then a before b: 70 of 390."""
    items = _items(("o1", None, 3, 100.0), ("o1", "b", 2, 10.0), ("o1", "a", 1, 20.0), ("o1", "c", 1, 50.0))
    items += _items(("o1", "gift", 1, None))
    assert _ranked(of_two, items) == {"c": True, "a": True, "b": False, "gift": False, None: False}
    assert _share(shop, items) == pytest.approx(70 / 390)


def test_fewer_products_than_places_leave_the_unknown_product_outside(of_two: Bench, shop: Shop) -> None:
    """One product of 20 beside 300 of nobody knows what: 20 of 320."""
    items = _items(("o1", None, 3, 100.0), ("o1", "a", 1, 20.0))
    assert _ranked(of_two, items) == {None: False, "a": True}
    assert _share(shop, items) == pytest.approx(20 / 320)


def test_sums_that_are_equal_but_for_their_last_bit_are_a_tie(of_two: Bench) -> None:
    """0.1 + 0.2 is a bit more than 0.3, which must not decide: a and b are equal to the cent, b and c too."""
    items = _items(("o1", "c", 1, 0.1), ("o1", "c", 1, 0.2), ("o1", "a", 1, 0.3), ("o1", "b", 1, 0.3))
    assert _ranked(of_two, items) == {"a": True, "b": True, "c": False}


def test_an_amount_nobody_knows_is_not_the_highest(bench: Bench) -> None:
    """Five buyers pay 10 … 50 and stand in the five fifths; a sixth, of unknown amount, has no place among them."""
    rows = [order(f"o{n}", f"u{n}", f"2026-10-0{n} 10:00", amount=10.0 * n) for n in range(1, 6)]
    rows.append(order("o6", "u6", "2026-10-06 10:00") | {"paid_amount": None})
    found = {row["user_id"]: row for row in bench.rows("d_user_rfm", OCTOBER, orders=rows)}
    assert [found[f"u{n}"]["m"] for n in range(1, 6)] == [1, 2, 3, 4, 5]
    assert (found["u6"]["m"], found["u6"]["value_rfm"], found["u6"]["rfm_segment"]) == (None, None, None)
    assert found["u6"]["r"] == 5, "when the order was is known"


def test_nobody_is_no_buyer_of_an_index(bench: Bench) -> None:
    """Without the null buyer there are two: the earlier one scores 1, the later one 5 (place 1 and 2 of 2)."""
    rows = [order("o1", "a", "2026-10-01"), order("o2", "b", "2026-10-09")]
    rows += [order(f"n{n}", "", "2026-10-20") | {"user_id": None} for n in range(5)]
    found = {row["user_id"]: row["r"] for row in bench.rows("d_user_rfm", OCTOBER, orders=rows)}
    assert found == {"a": 1, "b": 5}
    assert {row["user_id"] for row in bench.rows("d_loyalty_period", OCTOBER, orders=rows)} == {"a", "b"}


def test_visits_of_nobody_are_no_visit(bench: Bench) -> None:
    """Events without a visitor belong to many people; chained by silence they would make one endless session."""
    events = [
        event("v", "2026-10-01 09:00"),
        *(event("", f"2026-10-01 09:{n}0") | {"visitor_id": None} for n in (1, 2)),
    ]
    assert [row["visitor_id"] for row in bench.rows("d_sessions", events=events)] == ["v"]


def test_of_two_estimates_of_one_day_the_higher_holds(bench: Bench) -> None:
    """Equal days would leave the choice to the order of the file."""
    sizes = [{"channel_id": "x", "as_of": date(2026, 9, 1), "market_size": size} for size in (900.0, 400.0)]
    for given in (sizes, sizes[::-1]):
        found = bench.rows("d_market_period", OCTOBER, platform_market=given)
        assert [row["market_size"] for row in found] == [900.0]


def test_capital_without_an_amount_or_a_target_has_neither_reached_nor_missed_it(bench: Bench) -> None:
    """Due in September: 60 of 100 × 0.5 reached, 40 missed; without rows the profit is 0, of unknown rows unknown."""
    day, due = date(2026, 1, 1), date(2026, 9, 30)
    money = {"reached": (100.0, 0.5), "missed": (100.0, 0.5), "idle": (100.0, 0.5), "no_amount": (None, 0.5)}
    money |= {"no_target": (100.0, None), "no_profit": (100.0, 0.5)}
    put = [
        {"project_id": name, "invested_on": day, "amount": amount, "payback_due": due, "target_roi": roi}
        for name, (amount, roi) in money.items()
    ]
    profit = {"reached": 60.0, "missed": 40.0, "no_amount": 60.0, "no_target": 60.0, "no_profit": None}
    earned = [{"project_id": name, "day": date(2026, 8, 31), "net_profit": net} for name, net in profit.items()]
    rows = bench.rows("d_payback", OCTOBER, investments=put, finance_periodic=earned)
    assert {row["project_id"]: (row["profit"], row["verdict"]) for row in rows} == {
        "reached": (60.0, "reached"),
        "missed": (40.0, "missed"),
        "idle": (0.0, "missed"),
        "no_amount": (60.0, None),
        "no_target": (60.0, None),
        "no_profit": (None, None),
    }


@pytest.mark.parametrize(
    ("metric", "wanted", "said"),
    [
        ("ltv_to_date", 15.0, "2 of 4 rows have no amount; ltv_to_date is understated"),  # 60 known of four users
        ("user_amount_to_date", 60.0, "2 of 4 rows have no amount"),  # 30 of ann, 30 of cid
    ],
)
def test_a_user_one_of_whose_orders_has_no_amount_has_no_known_value(
    shop: Shop, metric: str, wanted: float, said: str
) -> None:
    """ann 10 + 20, bob 50 and one unknown, cid 30, dan one unknown: what a person is worth is known of two.

    They come on the day of the first order: of the days before it nothing is known.
    """
    shop.has("users", users(*((name, "2026-10-02 08:00:00") for name in ("ann", "bob", "cid", "dan"))))
    known = orders(
        ("o1", "ann", "2026-10-02 10:00:00", 10.0),
        ("o2", "ann", "2026-10-03 10:00:00", 20.0),
        ("o3", "bob", "2026-10-04 10:00:00", 50.0),
        ("o4", "cid", "2026-10-05 10:00:00", 30.0),
    )
    unknown = orders(("o5", "bob", "2026-10-06 10:00:00", 0.0), ("o6", "dan", "2026-10-07 10:00:00", 0.0))
    rows = [*known, *({**row, "paid_amount": None} for row in unknown)]
    shop.has("orders", rows, complete_until="2026-10-31")
    value = shop.value(metric, OCTOBER)
    assert value.value == pytest.approx(wanted)
    assert any(said in note for note in value.notes), value.notes
