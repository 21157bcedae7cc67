"""Lines have no day but that of their order: that their export ends before the orders is told, not a silent 0."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders

JULY = [(f"o{day:02d}", "u", f"2026-07-{day:02d} 10:00", 10.0) for day in range(1, 32)]


def lines(ids: list[str]) -> list[dict[str, object]]:
    return [{"order_id": one, "sku_id": "tea", "qty": 2, "unit_price": 5, "unit_cost": 3} for one in ids]


def shop_of(root: Path, named: list[str]) -> Shop:
    shop = Shop(root / "ws").says(as_of="2026-07-31").has("orders", orders(*JULY), complete_until="2026-07-31")
    return shop.has("order_items", lines(named))


def ended(shop: Shop) -> list[str]:
    return [str(issue.message) for issue in shop.book().data.check() if issue.code == "lines-end"]


def test_an_export_of_lines_that_ends_before_the_orders_is_told(tmp_path: Path) -> None:
    """Two units a day up to the 19th: 38; of the twelve orders after it nothing is known, before it everything."""
    shop = shop_of(tmp_path, [f"o{day:02d}" for day in range(1, 20)])
    said = "order_items: nothing is told of any of the 12 rows of orders after 2026-07-19"
    for period, number, notes in (("2026-07", 38, (said,)), ("2026-W29", 14, ()), ("2026-W28", 14, ())):
        value = shop.value("items_sold", period)
        assert (value.value, value.notes) == (number, notes), period
    later = shop.value("items_sold", "2026-W30")  # from the 20th on
    assert (later.value, later.reason, later.detail) == (None, Reason.NO_DATA, said)
    assert shop.value("paid_orders", "2026-07").notes == ()
    assert ended(shop) == [said]


@pytest.mark.parametrize(
    "named",
    [
        [f"o{day:02d}" for day in range(1, 32)],
        [f"o{day:02d}" for day in range(1, 28)],  # four orders alone: chance, or a day's delay
        [f"o{day:02d}" for day in range(1, 27, 3)],  # two of three orders have none anyway
    ],
)
def test_orders_without_lines_are_ordinary_where_they_are_few_or_were_so_before(
    tmp_path: Path, named: list[str]
) -> None:
    shop = shop_of(tmp_path, named)
    assert (shop.value("items_sold", "2026-07").notes, ended(shop)) == ((), [])


def test_a_source_whose_orders_have_no_lines_at_all_is_told(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").says(as_of="2026-07-31")
    for source, first in (("east", "e"), ("west", "w")):
        rows = [(first + one[1:], *rest) for one, *rest in JULY]
        shop.has_source("orders", source, orders(*rows), complete_until="2026-07-31")
    shop.has("order_items", lines([f"e{day:02d}" for day in range(1, 32)]))
    said = "order_items: nothing is told of any of the 31 rows of orders.sources.west"
    value = shop.value("items_sold", "2026-07")
    assert (value.value, value.notes) == (62, (said,))
    assert ended(shop) == [said]


def lines_of_months(bad: str) -> list[dict[str, object]]:
    """A line of one unit for each of two orders a month; those of one month cannot be read."""
    made = lines([f"{month}{n}" for month in "amj" for n in (1, 2)])
    return [one | {"qty": "x" if str(one["order_id"])[0] == bad else 1} for one in made]


def months(root: Path, rows: list[dict[str, object]]) -> Shop:
    """Two orders in April, May and June each; order a1 is paid in May."""
    days = {"a": "2026-04", "m": "2026-05", "j": "2026-06"}
    made = orders(*[(f"{m}{n}", "ann", f"{day}-1{n} 10:00", 10.0) for m, day in days.items() for n in (1, 2)])
    made[0] |= {"paid_at": "2026-05-01 00:30"}
    shop = Shop(root / "ws").says(as_of="2026-06-30").has("orders", made, complete_until="2026-06-30")
    return shop.has("order_items", rows)


@pytest.mark.parametrize(("bad", "month", "others"), [("j", "2026-06", (1, 3)), ("m", "2026-05", (1, 2))])
def test_of_a_month_whose_lines_were_all_rejected_no_goods_are_known(
    tmp_path: Path, bad: str, month: str, others: tuple[int, int]
) -> None:
    """Lines have the day on which their order was paid: a1 in May."""
    shop = months(tmp_path, lines_of_months(bad))
    if bad == "m":  # a1 has a line: May is what it says, with the mark of the two that could not be read
        value = shop.value("items_sold", month)
        assert (value.value, value.left_out) == (1, {"order_items": 2})
        assert shop.value("items_sold", "2026-W20").reason is Reason.UNKNOWN  # the 11th to the 17th
        return
    said = (
        "order_items tells nothing of any row of orders in this period, and 2 rows of it were rejected: qty: no number"
    )
    for metric in ("items_sold", "gross_profit", "gross_margin"):
        value = shop.value(metric, month)
        assert (value.value, value.reason, value.detail) == (None, Reason.UNKNOWN, said), metric
    april = shop.value("items_sold", "2026-04"), shop.value("items_sold", "2026-05")
    assert tuple(one.value for one in april) == others
    book, period = shop.has("products", [{"sku_id": "tea", "product_id": "p"}]).book(), Period.parse(month)
    for asked in (lambda: book.goods.top("units", period), lambda: book.goods.rules("sku", 0.1, 0.1, period)):
        with pytest.raises(TableError, match="2 rows of it were rejected"):
            asked()


def test_a_rejected_line_says_nothing_of_orders_that_have_none_anyway(tmp_path: Path) -> None:
    """Two of three orders have no line, as usual: the week without any sold nothing."""
    named = [f"o{day:02d}" for day in range(1, 32) if day % 3 == 0 and not 13 <= day <= 19]
    broken = [one | {"qty": "x"} for one in lines(["o03"])]
    shop = shop_of(tmp_path, []).has("order_items", [*lines(named), *broken])
    for period, number in (("2026-07-13/2026-07-14", 0), ("2026-07", 2 * len(named))):
        value = shop.value("items_sold", period)
        assert (value.value, value.left_out) == (number, {"order_items": 1}), period
