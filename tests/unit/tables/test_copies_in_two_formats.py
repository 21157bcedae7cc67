"""One export as csv and as Parquet or xlsx: a line that stands in both counts once, however each writes its cells."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook

from tests.workspaces import Shop

HEAD = "order_id,user_id,created_at,paid_at,paid_amount,gift,channel\n"
CSV = (
    HEAD
    + "1,u1,2026-10-01 10:00:00,2026-10-01 10:05:00,100.00,true,web\n"
    + "2,u2,2026-10-02 10:00:00,2026-10-02 10:05:00,20.50,false,app\n"
)
"""Two orders: 100 and 20.50."""
ROWS = [
    (2, "u2", dt.datetime(2026, 10, 2, 10), dt.datetime(2026, 10, 2, 10, 5), "20.50", False, "app"),
    (3, "u3", dt.datetime(2026, 10, 3, 10), dt.datetime(2026, 10, 3, 10, 5), "7.00", True, "web"),
]
"""The second once more, and a third of 7: 127.50 of three."""
LINES = {"group_by": ["order_id"], "columns": {"order_id": "order_id", "user_id": "min(user_id)"}}
LINES["columns"] |= {name: f"min({name})" for name in ("created_at", "paid_at")} | {"paid_amount": "sum(paid_amount)"}


def parquet(path: Path, *, zone: str = "", amount: pl.DataType | None = None, key: pl.DataType | None = None) -> None:
    """The rows with typed cells."""
    frame = pl.DataFrame(ROWS, schema=HEAD.strip().split(","), orient="row", strict=False)
    kinds = [pl.col("paid_amount").cast(amount or pl.Float64()), pl.col("order_id").cast(key or pl.Int64())]
    frame = frame.with_columns(kinds)
    if zone:
        local = pl.col("created_at", "paid_at").dt.replace_time_zone("Asia/Shanghai").dt.convert_time_zone(zone)
        frame = frame.with_columns(local)
    frame.write_parquet(path)


def xlsx(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD.strip().split(","))
    for row in ROWS:
        sheet.append([*row[:4], float(row[4]), *row[5:]])
    book.save(path)


def both(shop: Shop, other: str, **source: object) -> Shop:
    (shop.root / "a.csv").write_text(CSV, encoding="utf-8")
    return shop.maps("orders", {"path": ["a.csv", other], "complete_until": "2026-10-31", **source})


@pytest.mark.parametrize("source", [{}, LINES, {"distinct": True}], ids=["by key", "lines", "distinct"])
@pytest.mark.parametrize("kind", ["float", "decimal", "small", "text key", "utc", "milliseconds", "xlsx"])
def test_an_order_in_both_counts_once(kind: str, source: dict[str, object], shop: Shop) -> None:
    """100 + 20.50 + 7 = 127.50 of three orders; order 2 stands in both files."""
    other = "b.xlsx" if kind == "xlsx" else "b.parquet"
    if kind == "xlsx":
        xlsx(shop.root / other)
    else:
        kinds = {"decimal": pl.Decimal(10, 2), "small": pl.Float32()}
        key = pl.String() if kind == "text key" else None
        parquet(shop.root / other, zone="UTC" * (kind == "utc"), amount=kinds.get(kind), key=key)
    if kind == "milliseconds":
        frame = pl.read_parquet(shop.root / other)
        stamps = pl.col("created_at", "paid_at").dt.cast_time_unit("ms")
        frame.with_columns(stamps).write_parquet(shop.root / other)
    both(shop, other, **source)
    assert shop.value("paid_amount", "2026-10").value == pytest.approx(127.5)
    assert shop.value("paid_orders", "2026-10").value == 3
    profile = shop.book().data.profiles()["orders"]
    assert (profile.rows_read, profile.rows_kept) == (4, 3)
    assert profile.repeated + profile.filtered == 1


def test_another_amount_is_no_copy(shop: Shop) -> None:
    """Order 2 says 20.50 here and 20.00 there: both count, and `check` warns."""
    parquet(shop.root / "b.parquet")
    frame = pl.read_parquet(shop.root / "b.parquet")
    frame.with_columns(pl.lit(20.0).alias("paid_amount")).write_parquet(shop.root / "b.parquet")
    both(shop, "b.parquet")
    assert shop.value("paid_amount", "2026-10").value == 100 + 20.5 + 20 + 20
    assert shop.book().data.profiles()["orders"].duplicate_keys == 1


def test_a_code_with_a_zero_is_no_number_of_the_other_file(shop: Shop) -> None:
    """Order 02 of the csv and order 2 of the Parquet file are two, as they always were."""
    parquet(shop.root / "b.parquet")
    both(shop, "b.parquet", **LINES)
    (shop.root / "a.csv").write_text(CSV.replace("\n2,", "\n02,"), encoding="utf-8")
    assert shop.value("paid_orders", "2026-10").value == 4


def test_the_same_rows_in_two_formats_are_told_as_in_two_csv_files(shop: Shop) -> None:
    """Refunds have no other way to be told apart where their key is not mapped: 30 twice, and a note."""
    (shop.root / "a.csv").write_text("order_id,at,amount\n1,2026-10-05 09:00:00,30.00\n", encoding="utf-8")
    row = {"order_id": [1], "at": [dt.datetime(2026, 10, 5, 9)], "amount": [Decimal("30.00")]}
    pl.DataFrame(row).write_parquet(shop.root / "b.parquet")
    columns = {"order_id": "order_id", "refunded_at": "at", "amount": "amount"}
    shop.maps("refunds", {"path": ["a.csv", "b.parquet"], "columns": columns, "complete_until": "2026-10-31"})
    doubts = [doubt.said for doubt in shop.book().data.profiles()["refunds"].doubts if doubt.code == "same-file"]
    assert doubts == ["b.parquet has the same rows as a.csv"]
