"""Every file of the shared data sets read through simple sources; figures from their answers.json (pandas, DuckDB)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from kpi_tui.definitions.library.table import ColumnType, Repeated, SchemaColumn, TableSchema, TableSource
from kpi_tui.definitions.text import Text
from kpi_tui.tables.prepare import prepare
from kpi_tui.tables.prepared import Prepared
from tests.table_kit import balanced

T = ColumnType
SALES = "CustomerID is not null and Quantity > 0 and UnitPrice > 0"
ORDER_COLUMNS = {
    "order_id": "InvoiceNo",
    "user_id": "min(CustomerID)",
    "created_at": "min(InvoiceDate)",
    "paid_amount": "sum(Quantity * UnitPrice)",
    "units": "sum(Quantity)",
}


def schema(**columns: ColumnType) -> TableSchema:
    time = next((name for name, kind in columns.items() if kind in (T.DATETIME, T.DATE)), "")
    found = {n: SchemaColumn(n, kind, nullable=True) for n, kind in columns.items()}
    return TableSchema("t", Text("t"), found, time, (next(iter(columns)),), Repeated.LINES)


def table(folder: Path, name: str, made: TableSchema, **source: Any) -> Prepared:
    return prepare(TableSource("t", (name,), **source), made, data=folder, roots=(), timezone="UTC")


def answers(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def retail(shared: Path) -> Path:
    return shared / "data" / "online_retail"


ORDERS = schema(order_id=T.STR, user_id=T.STR, created_at=T.DATETIME, paid_amount=T.FLOAT, units=T.INT)


def test_online_retail_lines_and_orders_equal_the_published_figures(retail: Path) -> None:
    answer = answers(retail)
    made = table(retail, "online_retail.parquet", ORDERS, columns=ORDER_COLUMNS, where=SALES, group_by=("InvoiceNo",))
    orders, clean = made.frame.collect(), answer["clean_A_no_dedupe"]
    assert made.profile.rows_read == answer["raw"]["rows"] == 541_909
    assert made.profile.rows_kept == clean["rows"] == 397_884
    assert orders.height == clean["orders"] == 18_532
    assert orders["user_id"].n_unique() == clean["customers"]
    assert orders["units"].sum() == clean["units"]
    assert orders["paid_amount"].sum() == pytest.approx(clean["revenue"], abs=1e-6)
    by_month = orders.group_by(pl.col("created_at_day").dt.strftime("%Y-%m").alias("month")).agg(
        pl.len().alias("orders"), pl.col("paid_amount").sum().round(2), pl.col("user_id").n_unique().alias("users")
    )
    for month, count, revenue, users in by_month.iter_rows():
        expected = answer["monthly_A"][month]
        assert (count, users) == (expected["orders"], expected["MAU"])
        assert revenue == pytest.approx(expected["revenue"], abs=0.011)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_online_retail_as_csv_gives_the_same_orders(retail: Path, tmp_path: Path, encoding: str) -> None:
    """Thirty thousand real lines, quotes and commas in descriptions, written by DuckDB."""
    query = f"select * from '{retail / 'online_retail.parquet'}' limit 30000"
    duckdb.sql(query).write_csv(str(tmp_path / "plain.csv"))
    (tmp_path / "o.csv").write_bytes((tmp_path / "plain.csv").read_text("utf-8").encode(encoding))
    made = table(tmp_path, "o.csv", ORDERS, columns=ORDER_COLUMNS, where=SALES, group_by=("InvoiceNo",))
    expected = duckdb.sql(
        f"""select InvoiceNo, min(CustomerID)::varchar, min(InvoiceDate), sum(Quantity * UnitPrice),
        sum(Quantity)::bigint from ({query}) where {SALES} group by InvoiceNo order by InvoiceNo"""
    ).fetchall()
    found = made.frame.select("order_id", "user_id", "created_at", "paid_amount", "units").sort("order_id").collect()
    assert made.profile.rows_read == 30_000
    assert balanced(made)
    assert len(expected) >= 1_000
    assert [row[:3] + row[4:] for row in found.rows()] == [row[:3] + row[4:] for row in expected]
    assert found["paid_amount"].to_list() == pytest.approx([row[3] for row in expected])


def test_cdnow_text_and_parquet_hold_the_same_purchases(shared: Path) -> None:
    folder = shared / "data" / "cdnow"
    wanted = schema(user_id=T.STR, day=T.DATE, cds=T.INT, amount=T.FLOAT)
    rest = {"user_id": "customer_id", "cds": "number_of_cds", "amount": "dollar_value"}
    text = table(folder, "CDNOW_master.txt", wanted, columns={**rest, "day": "strptime(date, '%Y%m%d')"})
    typed = table(folder, "cdnow_master.parquet", wanted, columns={**rest, "day": "date"})
    assert text.frame.collect().equals(typed.frame.collect())
    expected = duckdb.sql(
        f"""select count(*), count(distinct customer_id), sum(number_of_cds)::bigint, sum(dollar_value)
        from '{folder / "cdnow_master.parquet"}'"""
    ).fetchall()[0]
    frame = text.frame.collect()
    assert (frame.height, frame["user_id"].n_unique(), frame["cds"].sum()) == expected[:3]
    assert frame["amount"].sum() == pytest.approx(expected[3])
    assert frame["user_id"][0] == "00001"
    assert text.profile.rows_read == 69_659


def test_toy_store_orders_items_and_refunds_equal_the_published_sums(shared: Path) -> None:
    folder = shared / "data" / "toy_store"
    answer = answers(folder)
    wanted = schema(id=T.STR, created_at=T.DATETIME, amount=T.FLOAT)
    names = {
        "orders": ("order_id", "price_usd", answer["orders"]["orders"], answer["orders"]["revenue"]),
        "order_items": ("order_item_id", "price_usd", answer["items"]["rows"], answer["items"]["revenue"]),
        "order_item_refunds": (
            "order_item_refund_id",
            "refund_amount_usd",
            answer["refunds"]["rows"],
            answer["refunds"]["amount"],
        ),
    }
    for name, (key, amount, count, total) in names.items():
        made = table(folder, f"{name}.parquet", wanted, columns={"id": key, "amount": amount})
        frame = made.frame.collect()
        assert (frame.height, made.profile.duplicate_keys) == (count, 0)
        assert frame["amount"].sum() == pytest.approx(total, abs=0.005)
        assert frame["id"][0] == "1"


@pytest.mark.parametrize(
    ("name", "key", "count"),
    [
        ("toy_store/website_pageviews_first50000.parquet", "website_pageview_id", 50_000),
        ("toy_store/website_sessions_first5000.parquet", "website_session_id", 5_000),
        ("toy_store/products.parquet", "product_id", 4),
        ("toy_store/maven_data_dictionary.csv", "Field", None),
        ("rete_ecom/ecom.parquet", "session_id", 31_106),
        ("groceries/groceries_long.parquet", "basket_id", 43_367),
        ("cdnow/lifetimes_cdnow_customers_summary.csv", "ID", 2_357),
    ],
)
def test_every_other_file_is_read_whole(shared: Path, name: str, key: str, count: int | None) -> None:
    path = shared / "data" / name
    made = table(path.parent, path.name, schema(id=T.STR), columns={"id": key})
    rows = duckdb.sql(f"select count(*) from '{path}'").fetchall()[0]
    assert made.profile.rows_read == made.frame.collect().height == rows[0]
    assert count in (None, rows[0])
    assert made.profile.rejected == ()


def test_ragged_baskets_without_a_header_are_all_accounted_for(shared: Path) -> None:
    """groceries.csv is no table: the profile says so, and adds up to its 9,835 lines."""
    folder = shared / "data" / "groceries"
    made = table(folder, "groceries.csv", schema(id=T.STR), columns={"id": '"citrus fruit"'}, delimiter=",")
    assert made.profile.rows_read == 9_835 - 1
    assert balanced(made)
    assert {item.reason.split(" (")[0] for item in made.profile.rejected} == {"too few cells", "too many cells"}


def test_five_hundred_thousand_csv_rows_are_read_whole(tmp_path: Path) -> None:
    """Speed is watched elsewhere; here every row counts."""
    duckdb.sql(
        """select 'o' || i as order_id, 'u' || (i % 1000) as user_id, 'say "' || i || '", or not' as scene,
        timestamp '2026-01-01' + i * interval 1 minute as created_at, i * 0.25 as paid_amount from range(500000) t(i)"""
    ).write_csv(str(tmp_path / "o.csv"))
    made = table(tmp_path, "o.csv", schema(order_id=T.STR, created_at=T.DATETIME, paid_amount=T.FLOAT, scene=T.STR))
    frame = made.frame.collect()
    assert (made.profile.rows_read, made.profile.rows_kept, made.profile.duplicate_keys) == (500_000, 500_000, 0)
    assert frame["paid_amount"].sum() == 0.25 * 499_999 * 500_000 / 2
    assert frame["scene"][-1] == 'say "499999", or not'
