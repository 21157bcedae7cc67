"""Words of a status that a known export's recipe does not know are said by a person. Sums by hand."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_sheets_by_people import asked, begun

HEAD = "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,订单创建时间,订单付款时间\n"
ROWS = (
    "1,a,100,100,交易成功,2026-10-01 10:00:00,2026-10-01 10:01:00\n"
    "2,b,50,50,交易成功,2026-10-02 10:00:00,2026-10-02 10:01:00\n"
    "3,c,30,30,交易冻结,2026-10-03 10:00:00,{paid}\n"
)


def export(folder: Path, paid: str = "2026-10-03 10:01:00") -> Path:
    file = folder / "ExportOrderList1.csv"
    file.write_text(HEAD + ROWS.format(paid=paid), encoding="utf-8")
    return file


def amounts(run: Run, shop: Path) -> tuple[float | None, ...]:
    found = json.loads(run("-w", shop, "values", "paid_amount", "refund_amount", "--period", "2026-10").out)
    return tuple(one["value"] for one in found)


@pytest.mark.parametrize(
    ("meaning", "paid", "expected"),
    [
        ("refunded", "2026-10-03 10:01:00", (180, 30)),  # 100 + 50 + 30; 30 came back
        ("closed", "2026-10-03 10:01:00", (180, 30)),  # closed after it was paid (R148)
        ("closed", "", (150, 0)),  # closed and never paid: left out
        ("paid", "2026-10-03 10:01:00", (180, 0)),
        ("waiting", "", (150, 0)),
    ],
)
def test_a_word_that_the_recipe_does_not_know_is_said(
    meaning: str, paid: str, expected: tuple[float, float], run: Run, tmp_path: Path
) -> None:
    shop = tmp_path / "shop"
    begun(run, shop, export(tmp_path, paid), more=("--word", f"交易冻结={meaning}"))
    assert amounts(run, shop) == expected
    assert "交易冻结" not in asked(run, shop)


def test_it_is_said_later_too(run: Run, tmp_path: Path) -> None:
    """Unsaid it is read as any word beside a time of payment, and `check` asks; then it came back."""
    shop, file = tmp_path / "shop", export(tmp_path)
    begun(run, shop, file)
    assert amounts(run, shop) == (180, 0)
    assert "交易冻结" in asked(run, shop)
    begun(run, shop, file, more=("--word", "交易冻结=refunded"))
    assert amounts(run, shop) == (180, 30)
    assert "交易冻结" not in asked(run, shop)


def test_what_the_recipe_has_no_word_for_cannot_be_said(run: Run, tmp_path: Path) -> None:
    ran = run("init", tmp_path / "shop", export(tmp_path), "--word", "交易冻结=partly", "--yes")
    assert ran.code == 2
    assert "known: paid, closed, refunded, waiting" in ran.err


def test_a_meaning_of_two_files_read_as_one_holds_for_both(run: Run, tmp_path: Path) -> None:
    """Order 3 of 30 in the first, order 9 of 20 in the second: 180 + 20 + 7 + 3 = 210 paid, 50 back."""
    shop, first, second = tmp_path / "shop", export(tmp_path), tmp_path / "ExportOrderList2.csv"
    rows = (("9,d,20,20", "交易冻结"), ("8,e,7,7", "交易成功"), ("7,e,3,3", "交易成功"))
    days = "2026-10-09 10:00:00,2026-10-09 10:01:00"
    second.write_text(HEAD + "".join(f"{row},{word},{days}\n" for row, word in rows), encoding="utf-8")
    begun(run, shop, first, second, more=("--word", "交易冻结=refunded"))
    assert amounts(run, shop) == (210, 50)
    made = tomllib.loads((shop / "tables.toml").read_text(encoding="utf-8"))["tables"]
    assert "交易冻结" in made["orders"]["words"]["订单状态"]
