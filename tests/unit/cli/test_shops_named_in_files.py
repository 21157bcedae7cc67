"""Exports that say their shop in a column (店铺名称) are sources called by it. Sums by hand."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_sheets_by_people import begun, paid
from tests.unit.cli.test_told_again import table

HEAD = "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,订单创建时间,订单付款时间,店铺名称\n"


def export(folder: Path, number: int, amount: int, shop: str) -> Path:
    file = folder / f"ExportOrderList{number}.csv"
    day = f"2026-10-0{number}"
    file.write_text(
        f"{HEAD}90{number},a,{amount},{amount},交易成功,{day} 10:00:00,{day} 10:01:00,{shop}\n", encoding="utf-8"
    )
    return file


def test_the_name_of_the_shop_is_that_of_the_source(run: Run, tmp_path: Path) -> None:
    """100 of the one shop and 40 of the other are 140."""
    begun(run, tmp_path / "ws", export(tmp_path, 1, 100, "东方 茶庄"), export(tmp_path, 2, 40, "西山陶坊"))
    assert set(table(tmp_path / "ws")["sources"]) == {"东方_茶庄", "西山陶坊"}
    assert paid(run, tmp_path / "ws") == (140, 2)


def test_two_exports_of_one_shop_are_one(run: Run, tmp_path: Path) -> None:
    begun(run, tmp_path / "ws", export(tmp_path, 1, 100, "东方茶庄"), export(tmp_path, 2, 40, "东方茶庄"))
    assert "sources" not in table(tmp_path / "ws")
    assert paid(run, tmp_path / "ws") == (140, 2)
