"""Amounts that `init` must not make plain numbers of: several currencies, two ways to write a decimal."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from kpi_tui import book
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.tables.propose.column_shapes import shape_of
from tests.workspaces import Shop

FLOAT = ColumnType.FLOAT


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (["¥100.00", "$100.00"], "USD, ¥"),
        (["100.00 USD", "100.00 EUR"], "EUR, USD"),
        (["￥100.00"] * 99 + ["$100.00"], "USD, ¥"),
    ],
)
def test_signs_of_several_currencies_are_not_taken_away(cells: list[str], codes: str) -> None:
    shape = shape_of("paid", pl.Series(cells))
    assert FLOAT not in shape.sql
    assert f"several currencies ({codes})" in shape.odd[FLOAT]


@pytest.mark.parametrize("cells", [["￥1,234.50", "¥3"], ["¥5", "5元", "CNY 7"], ["US$1,000.50", "$2"]])
def test_signs_of_one_currency_are(cells: list[str]) -> None:
    assert shape_of("paid", pl.Series(cells)).sql[FLOAT].startswith("replace(")


def test_one_cell_of_another_style_is_unknown_and_not_a_thousandth(tmp_path: Path) -> None:
    """30 × 1,000.00 and one 1.000,00, which is a thousand and would be read as 1: its amount is unknown, and told."""
    file = tmp_path / "orders.csv"
    amounts = ['"1,000.00"'] * 30 + ['"1.000,00"']
    rows = [f"o{n},u{n},2026-10-0{n % 9 + 1} 10:00:00,{amount}" for n, amount in enumerate(amounts)]
    file.write_text("\n".join(["order_id,user_id,created_at,paid_amount", *rows]) + "\n", encoding="utf-8")
    book.create_workspace(tmp_path / "ws", "x", book.propose([file]))
    opened = book.Book.open(tmp_path / "ws", draft=False)
    (value,) = opened.numbers.values(["paid_amount"], opened.period("2026-10"))
    assert value.value == 30_000
    assert any("1 of 31 rows has no amount" in note for note in value.notes), value.notes


def test_an_amount_that_cannot_be_read_is_said_by_name(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(
        "order_id,user_id,created_at,paid_amount\n1,u1,2026-10-01,ten\n2,u2,2026-10-02,two\n", encoding="utf-8"
    )
    (table,) = book.propose([file]).tables
    assert "paid_amount is called as paid_amount is, but its cells cannot be read so, e.g. 'ten'" in " ".join(
        table.notes
    )


def test_the_cell_that_cannot_be_read_is_the_one_that_is_named(tmp_path: Path) -> None:
    """One of three amounts is written in 万: that, not the first."""
    file = tmp_path / "订单.csv"
    file.write_text("订单号,下单时间,客户,实收\n1,2026-10-01,a,100\n2,2026-10-02,b,1.5万\n3,2026-10-03,c,7\n", "utf-8")
    (table,) = book.propose([file]).tables
    assert "实收 is called as paid_amount is, but its cells cannot be read so, e.g. '1.5万'" in " ".join(table.notes)


@pytest.mark.parametrize("name", ["Order Currency", "order_currency", "支付币种", "currency_code", "货币"])
def test_amounts_of_several_currencies_have_no_sum_whatever_the_column_is_called(shop: Shop, name: str) -> None:
    text = f"no,at,paid,{name}\n1,2026-10-01,10,USD\n2,2026-10-02,20,EUR\n"
    (shop.root / "o.csv").write_text(text, encoding="utf-8")
    columns = {"order_id": "no", "user_id": "no", "created_at": "at", "paid_at": "at", "paid_amount": "paid"}
    shop.maps("orders", {"path": "o.csv", "columns": columns, "complete_until": "2026-10-31"})
    value = shop.value("paid_amount", "2026-10")
    assert (value.value, value.reason) == (None, "unknown")
