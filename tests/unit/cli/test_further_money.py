"""Money of an order that the mapping does not use, and goods in numbered columns, are told. Sums by hand."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run

ETSY = """Sale Date,Item Name,Buyer,Quantity,Price,Discount Amount,Order Shipping,Item Total,Currency,Date Paid,Order ID
10/01/2026,Red scarf,ann,1,30.00,0.00,5.00,30.00,USD,10/01/2026,7001
10/13/2026,Blue hat,bob,1,10.00,1.00,0.00,10.00,USD,10/13/2026,7002
"""
AMAZON = (
    "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\titem-price\titem-tax\t"
    "shipping-price\tgift-wrap-price\titem-promotion-discount\n"
    "111-1\t2026-10-01T03:00:00+00:00\tShipped\tAmazon.com\tS1\t2\tUSD\t20.00\t1.60\t4.00\t3.50\t3.00\n"
)
NUMBERED = """order_number,order_date,customer_email,order_total,line_item_1,line_item_2
1,2026-10-01 10:00:00,a@x,50,name:Hat|quantity:2|total:50,
2,2026-10-02 10:00:00,b@x,30,name:Hat|quantity:1|total:25,name:Pin|quantity:1|total:5
"""


def said(run: Run, tmp_path: Path, name: str, text: str) -> str:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    ran = run("init", tmp_path / "ws", file, "--yes")
    assert ran.code == 0, ran.err
    notes = next(one["notes"] for one in ran.json["tables"] if one["table"] == "orders")
    return " ".join(notes)


def paid(run: Run, tmp_path: Path) -> float:
    value: float = run("-w", tmp_path / "ws", "values", "paid_amount", "--period", "2026-10").json[0]["value"]
    return value


def test_shipping_and_discounts_that_nothing_uses_are_told_with_their_sum(run: Run, tmp_path: Path) -> None:
    """Goods of 30 + 10 = 40 are counted; 5 of shipping and 1 of discount are told."""
    told = said(run, tmp_path, "etsy.csv", ETSY)
    assert "Discount Amount 1.00, Order Shipping 5.00" in told
    assert paid(run, tmp_path) == 40


WOO = (
    "Order Number,Order Status,Order Date,Email (Billing),Cart Discount Amount,Order Subtotal Amount,"
    "Order Shipping Amount,Order Total Tax Amount,Order Total Amount,Order Currency\n"
    "501,Completed,2026-10-01 09:00,a@x.com,0,200.00,10.00,{tax},210.00,GBP\n"
    "502,Completed,2026-10-02 09:00,b@x.com,5,60.00,0.00,3.00,55.00,GBP\n"
)


def test_what_an_amount_is_the_sum_of_counts_by_it(run: Run, tmp_path: Path) -> None:
    """200 + 10 = 210 and 60 − 5 = 55: goods, shipping and discount are of the total; the tax of 4 + 3 is told."""
    told = said(run, tmp_path, "woo.csv", WOO.format(tax="4.00"))
    assert "money that is no part of the amounts of orders: Order Total Tax Amount 7.00;" in told
    assert paid(run, tmp_path) == 265


def test_gift_wrap_is_paid_with_an_order_of_amazon(run: Run, tmp_path: Path) -> None:
    """20 + 4 of shipping + 3.50 of wrapping − 3 = 24.50; the tax of 1.60 is told."""
    told = said(run, tmp_path, "orders.txt", AMAZON)
    assert "item-tax 1.60" in told
    assert paid(run, tmp_path) == 24.5


def test_goods_in_numbered_columns_are_told(run: Run, tmp_path: Path) -> None:
    told = said(run, tmp_path, "woo.csv", NUMBERED)
    assert "goods in numbered columns (line_item_1, line_item_2) are not read" in told
    assert paid(run, tmp_path) == 80


def test_a_column_of_another_kind_is_refused_in_words(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "etsy.csv"
    file.write_text(ETSY, encoding="utf-8")
    ran = run("init", tmp_path / "ws", file, "--column", "orders.paid_at=Buyer", "--yes")
    assert "its cells are not of the type date and time" in ran.err


def test_one_row_below_the_records_is_one_row_in_chinese(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("订单号,下单时间,客户,实付金额\n1,2026-10-01,张三,100\n共1条\n", encoding="utf-8")
    out = run("init", tmp_path / "ws", file, "--format", "table", "--lang", "zh").out
    assert "第 3 行在数据之后" in out
    assert "至" not in out.split("在数据之后")[0].splitlines()[-1]
