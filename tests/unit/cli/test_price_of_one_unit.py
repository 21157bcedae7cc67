"""An amount that is the same however many were bought is asked about; sums by hand."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_sheets_by_people import asked, begun, paid

HEAD = "订单号,日期,客户,商品,金额,数量\n"
UNITS = "1,2026-10-01,张三,杯,10,3\n2,2026-10-02,李四,杯,10,1\n3,2026-10-03,王五,碗,20,2\n4,2026-10-04,王五,碗,20,4\n"
TOTALS = "1,2026-10-01,张三,杯,30,3\n2,2026-10-02,李四,杯,10,1\n3,2026-10-03,王五,碗,40,2\n4,2026-10-04,王五,碗,80,4\n"


def test_a_price_of_one_unit_is_asked_about_and_multiplied_by_option(run: Run, tmp_path: Path) -> None:
    """As they stand the amounts come to 60; times their pieces 30 + 10 + 40 + 80 = 160."""
    file = tmp_path / "own.csv"
    file.write_text(HEAD + UNITS, encoding="utf-8")
    begun(run, tmp_path / "shop", file)
    assert paid(run, tmp_path / "shop") == (60, 4)
    assert "金额 of 杯 is 10 whether 1 or 3 were bought" in asked(run, tmp_path / "shop")
    told = "`init … --column 'orders.order_amount=金额 * 数量' --column 'orders.paid_amount=金额 * 数量'`"
    assert told in asked(run, tmp_path / "shop")
    begun(run, tmp_path / "other", file, more=("--column", "orders.paid_amount=金额 * 数量"))
    assert paid(run, tmp_path / "other") == (160, 4)


def test_totals_of_lines_are_not_asked_about(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(HEAD + TOTALS, encoding="utf-8")
    begun(run, tmp_path / "shop", file)
    assert paid(run, tmp_path / "shop") == (160, 4)
    assert "whether" not in asked(run, tmp_path / "shop")
