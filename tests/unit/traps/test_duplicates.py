"""Random duplicates of users, orders, lines' products and refunds: nothing counts twice, and parts add up."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.properties.small_shops import quick
from tests.unit.traps.trap_shop import closed, items, parts, people, refunds
from tests.workspaces import Row, Shop, orders

WHO, GOODS, CHANNELS = ("ann", "bob", "cat"), ("x", "y"), ("web", "app")
ADDITIVE = {
    "paid_amount": ("user_id", "channel_id", "scene", "acquisition_type"),
    "paid_orders": ("user_id", "channel_id", "scene"),
    "net_sales_revenue": ("user_id", "acquisition_type"),
    "items_sold": ("user_id", "sku_id", "category_id"),
    "new_users": ("channel_id", "user_id"),
}
buys = st.tuples(st.sampled_from([*WHO, "", "stranger"]), st.integers(1, 28), st.integers(1, 999), st.booleans())
again = st.tuples(st.sampled_from(WHO), st.integers(1, 28), st.sampled_from(CHANNELS))
classes = st.tuples(st.sampled_from(GOODS), st.sampled_from(("A", "B")))


def copied(draw: st.DrawFn, rows: list[Row]) -> list[Row]:
    """The rows with copies of some of them, in some order."""
    more = draw(st.lists(st.sampled_from(rows), max_size=6))
    return draw(st.permutations([*rows, *more]))


@st.composite
def written_twice(draw: st.DrawFn) -> tuple[dict[str, list[Row]], dict[str, float]]:
    """Tables with duplicates, and what each metric is by hand: every order, line and refund once, every user once."""
    bought = draw(st.lists(buys, min_size=2, max_size=6))
    sold = [
        orders((f"o{n}", who, f"2026-01-{day:02d} 10:00:00", amount))[0] | {"scene": "live" if live else "group"}
        for n, (who, day, amount, live) in enumerate(bought)
    ]
    lines = items(*((f"o{n}", GOODS[n % 2], n + 1, 1.0) for n in range(len(bought))))
    back = refunds(*((f"r{n}", f"o{n}", who, "2026-01-30 10:00:00", 1) for n, (who, *_) in enumerate(bought[:2])))
    registered = people(*((who, "2026-01-01 09:00:00", "web") for who in WHO))
    later = people(
        *((who, f"2026-02-{day:02d} 09:00:00", where) for who, day, where in draw(st.lists(again, max_size=4)))
    )
    goods = [
        {"sku_id": sku, "product_id": sku, "category_id": kind, "list_price": 1, "carried": "true"}
        for sku, kind in [("x", "A"), ("y", "B"), *draw(st.lists(classes, max_size=3))]
    ]
    paid = sum(amount for _, _, amount, _ in bought)
    by_hand = {
        "paid_amount": paid,
        "paid_orders": len(bought),
        "net_sales_revenue": paid - len(back),
        "items_sold": sum(range(1, len(bought) + 1)),
        "new_users": len(WHO),
    }
    tables = {"orders": copied(draw, sold), "refunds": copied(draw, back), "users": copied(draw, [*registered, *later])}
    return {**tables, "order_items": lines, "products": goods}, by_hand


@quick
@given(made=written_twice())
def test_nothing_counts_twice_and_parts_of_what_adds_up_add_up(
    made: tuple[dict[str, list[Row]], dict[str, float]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    tables, by_hand = made
    book = closed(Shop(tmp_path_factory.mktemp("twice") / "shop"), tables)
    for metric, cuts in ADDITIVE.items():
        for by in cuts:
            whole, *_ = found = parts(book, metric, "2026-01", by=by).values()
            assert (metric, by, whole) == (metric, by, by_hand[metric])
            assert math.fsum(list(found)[1:]) == pytest.approx(by_hand[metric]), (metric, by)


@quick
@given(made=written_twice(), by=st.sampled_from(["channel_id", "scene", "user_id"]))
def test_a_part_is_what_the_condition_keeps(
    made: tuple[dict[str, list[Row]], dict[str, float]], by: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """`--by` and `--where` ask the same rows: for sums, and for buyers who are counted in several."""
    book = closed(Shop(tmp_path_factory.mktemp("twice") / "shop"), made[0])
    for metric in ("paid_amount", "active_trading_users"):
        for segment, value in parts(book, metric, "2026-01", by=by).items():
            if segment is not None:
                condition = f"{by} is null" if segment == "(none)" else f"{by} = '{segment}'"
                assert parts(book, metric, "2026-01", where=condition) == {None: value}, (metric, condition)
