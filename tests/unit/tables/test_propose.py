"""`init` looks at files and proposes a mapping that can be read back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from kpi_tui.definitions.answers.proposal import Proposal, TableProposal
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.tables.prepare import prepare
from kpi_tui.tables.propose.propose import propose
from kpi_tui.workspace.load import load


@pytest.fixture(scope="module")
def schemas() -> dict[str, TableSchema]:
    config = Path(__file__).parents[3] / "config"
    return dict(load(config, validate=False).workspace.schemas)


def only(proposal: Proposal) -> TableProposal:
    (table,) = proposal.tables
    return table


def test_chinese_order_columns_are_recognised(tmp_path: Path, schemas: dict[str, TableSchema]) -> None:
    path = tmp_path / "订单.csv"
    header = "订单号,用户ID,下单时间,支付时间,订单金额,实付金额,渠道,备注"
    row = '00123,u1,2026-10-15 08:00:00,,"1,200.00",0,抖音,x'
    path.write_bytes(f"{header}\n{row}\n".encode("gbk"))
    found = only(propose([path], schemas, "Asia/Shanghai"))
    assert (found.table, found.unmapped) == ("orders", ("备注",))
    assert dict(found.columns) == {
        "order_id": "订单号",
        "user_id": "用户ID",
        "created_at": "下单时间",
        "paid_at": "支付时间",
        "order_amount": "replace(订单金额, ',', '')",
        "paid_amount": "实付金额",
        "channel_id": "渠道",
    }


def test_invoice_lines_become_orders_and_items_that_can_be_prepared(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    path = tmp_path / "lines.csv"
    path.write_text(
        "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
        "536365,85123A,6,2010-12-01 08:26:00,2.5,17850\n"
        "536365,71053,2,2010-12-01 08:26:00,3,17850\n"
        "536366,71053,4,2010-12-02 08:26:00,3,13047\n"
        "C36366,71053,-4,2010-12-02 09:26:00,3,13047\n"
    )
    proposal = propose([path], schemas, "Europe/London")
    tables = {table.table: table for table in proposal.tables}
    assert set(tables) == {"orders", "order_items"}
    assert any("1 with Quantity of 0 or less" in note for note in tables["orders"].notes)
    made = {
        name: prepare(
            TableSource(name, ("lines.csv",), columns=table.columns, where=table.where, group_by=table.group_by),
            schemas[name],
            data=tmp_path,
            roots=(),
            timezone="Europe/London",
        ).frame.collect()
        for name, table in tables.items()
    }
    assert made["orders"].select("order_id", "user_id", "paid_amount", "created_at").rows() == [
        ("536365", "17850", 21.0, datetime(2010, 12, 1, 8, 26)),
        ("536366", "13047", 12.0, datetime(2010, 12, 2, 8, 26)),
    ]
    assert made["order_items"].select("sku_id", "qty", "unit_price").rows()[0] == ("85123A", 6, 2.5)


@pytest.mark.parametrize(
    ("dates", "sql", "asked"),
    [
        (["31/12/2025", "01/02/2026"], "strptime(order_date, '%d/%m/%Y')", False),
        (["12/31/2025", "01/02/2026"], "strptime(order_date, '%m/%d/%Y')", False),
        (["2025年1月2日", "2025年12月31日"], "strptime(order_date, '%Y年%m月%d日')", False),
        (["20251231", "20260102"], "strptime(order_date, '%Y%m%d')", False),
        (["2025-12-31 10:00", "2026-01-02 11:00"], "order_date", False),
        (["01/02/2026", "03/04/2026"], "order_date", True),
    ],
)
def test_a_date_format_is_proposed_when_only_one_fits_and_asked_for_otherwise(
    tmp_path: Path, schemas: dict[str, TableSchema], dates: list[str], sql: str, asked: bool
) -> None:
    path = tmp_path / "orders.csv"
    pl.DataFrame({"order_no": ["1", "2"], "customer": ["a", "b"], "order_date": dates}).write_csv(path)
    found = only(propose([path], schemas, "UTC"))
    assert found.columns["created_at"] == sql
    assert any("day or month first" in note for note in found.notes) is asked


def test_the_demo_files_are_recognised_as_the_tables_they_are(schemas: dict[str, TableSchema]) -> None:
    folder = Path(__file__).parents[3] / "sample_data"
    files = [folder / name for name in ("orders.csv", "users.csv", "refunds.csv", "order_items.csv", "invites.csv")]
    proposal = propose(files, schemas, "Asia/Shanghai")
    assert {table.path.stem: table.table for table in proposal.tables} == {file.stem: file.stem for file in files}


def test_files_that_fit_nothing_or_cannot_be_read_say_why(tmp_path: Path, schemas: dict[str, TableSchema]) -> None:
    (tmp_path / "a.csv").write_text("colour,smell\nred,sweet\n")
    (tmp_path / "b.csv").write_bytes(b"PK\x03\x04")
    proposal = propose([tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"], schemas, "UTC")
    assert proposal.tables == ()
    why = {path.name: reason for path, reason in proposal.skipped}
    assert "no table fits its columns: colour, smell" in why["a.csv"]
    assert "zip" in why["b.csv"]
    assert "No such file" in why["c.csv"]
