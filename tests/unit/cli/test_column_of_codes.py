"""A column of currency codes under a name that nobody knows: amounts of two currencies are never added up. By hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_sheets_by_people import begun, paid
from tests.unit.cli.test_told_again import table

HEAD = "订单号,日期,客户,金额,结算\n"


def test_codes_say_the_currency_whatever_their_column_is_called(run: Run, tmp_path: Path) -> None:
    """100 CNY and 7 USD have no sum; 100 and 7 CNY are 107; words that are no codes say nothing."""
    file, rows = tmp_path / "own.csv", HEAD + "1,2026-10-01,张三,100,CNY\n2,2026-10-02,李四,7,{}\n"
    file.write_text(rows.format("USD"), encoding="utf-8")
    begun(run, tmp_path / "two", file)
    assert table(tmp_path / "two")["currency_column"] == "结算"
    assert paid(run, tmp_path / "two")[0] is None
    file.write_text(rows.format("CNY"), encoding="utf-8")
    begun(run, tmp_path / "one", file)
    assert paid(run, tmp_path / "one") == (107, 2)
    file.write_text(rows.format("月结"), encoding="utf-8")
    begun(run, tmp_path / "none", file)
    assert "currency_column" not in table(tmp_path / "none")
    assert paid(run, tmp_path / "none") == (107, 2)


LINES = "订单号,下单时间,客户,商品,数量,单价,{}\n"
OF_LINES = "1,2026-10-01,a,x,1,10,CNY\n1,2026-10-01,a,y,2,10,CNY\n2,2026-10-02,b,x,1,10,{0}\n2,2026-10-02,b,y,1,5,{0}\n"


@pytest.mark.parametrize("name", ["结算", "币种"])
def test_codes_on_the_lines_of_orders_say_the_currency_of_the_orders(name: str, run: Run, tmp_path: Path) -> None:
    """30 CNY in order 1 and 15 USD in order 2 have no sum; as 15 CNY they are 45. 2 lines of each are counted once."""
    file = tmp_path / "lines.csv"
    file.write_text(LINES.format(name) + OF_LINES.format("USD"), encoding="utf-8")
    said = begun(run, tmp_path / "two", file)
    assert paid(run, tmp_path / "two")[0] is None
    assert "files are in CNY (2) and USD (2)" in said
    file.write_text(LINES.format(name) + OF_LINES.format("CNY"), encoding="utf-8")
    begun(run, tmp_path / "one", file)
    assert paid(run, tmp_path / "one") == (45, 2)
