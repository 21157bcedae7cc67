"""CDNOW_master.txt as published, blank-separated with leading zeros, gives the numbers of its Parquet copy."""

from __future__ import annotations

import pytest

from kpi_tui.book import Book
from tests.peers.shops import DATA, Shop, exactly

WORKSPACE = """
name = "CDNOW from its text file"
extends = "standard"
"""
TABLES = """
[tables.orders]
path = "CDNOW_master.txt"
format = "csv"
delimiter = " "

[tables.orders.columns]
order_id = "row_number() over (order by date, customer_id, dollar_value, number_of_cds)"
user_id = "customer_id"
created_at = "strptime(date, '%Y%m%d')"
paid_at = "strptime(date, '%Y%m%d')"
order_amount = "dollar_value"
paid_amount = "dollar_value"
"""


@pytest.fixture(scope="module")
def text_shop(tmp_path_factory: pytest.TempPathFactory, cdnow: Shop) -> Shop:
    root = tmp_path_factory.mktemp("workspace")
    (root / "workspace.toml").write_text(WORKSPACE, encoding="utf-8")
    (root / "tables.toml").write_text(TABLES, encoding="utf-8")
    home = {"HOME": str(root), "XDG_CACHE_HOME": str(root), "XDG_STATE_HOME": str(root)}
    return Shop(Book.open(root, data=DATA / "cdnow", who="tester", environ=home), cdnow.answers)


def test_every_line_is_read(text_shop: Shop) -> None:
    profile = text_shop.book.data.profiles()["orders"]
    assert (profile.rows_read, profile.rejected) == (text_shop.answers["raw"]["rows"], ())


@pytest.mark.parametrize(
    ("metric", "column", "decimals"), [("active_trading_users", "MAU", 0), ("paid_amount", "revenue", 2)]
)
def test_every_month_equals_the_published_one(text_shop: Shop, metric: str, column: str, decimals: int) -> None:
    ours = text_shop.series(metric, "1998-06", 18)
    assert ours == {m: exactly(row[column], decimals) for m, row in text_shop.answers["monthly"].items()}


def test_leading_zeros_of_customers_survive(text_shop: Shop) -> None:
    assert "00001" in text_shop.by("active_trading_users", "1997-01-01", "user_id")


def test_equal_rows_are_two_purchases(text_shop: Shop) -> None:
    parts = text_shop.parts("aov", "1997-01-01/1998-06-30")
    assert parts["paid_order_count"] == text_shop.answers["raw"]["rows"]


def test_repurchase_equals_the_parquet_copy(text_shop: Shop, cdnow: Shop) -> None:
    for month in ("1997-03", "1998-03"):
        assert text_shop.value("repurchase_rate_window", month) == cdnow.value("repurchase_rate_window", month)
