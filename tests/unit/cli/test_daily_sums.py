"""A shop's report by day is no list of orders; what it says of advertising counts. Sums by hand."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run

REPORT = """日期,访客数,支付买家数,支付订单数,支付金额,客单价,推广花费,退款金额
2026-10-01,1200,40,45,8000,200,600,120
2026-10-02,1100,35,38,7000,200,500,0
合计,2300,75,83,15000,200,1100,120
"""


def test_sums_of_days_are_no_orders_and_their_spend_counts(run: Run, tmp_path: Path) -> None:
    """It was 2 orders of 15,000 and a refund; now no order, 600 + 500 = 1,100 spent, and what to do is said."""
    file = tmp_path / "日报.csv"
    file.write_text(REPORT, encoding="utf-8")
    ran = run("init", tmp_path / "shop", file, "--yes")
    assert [table["table"] for table in ran.json["tables"]] == ["channel_daily"]
    spent = run("-w", tmp_path / "shop", "values", "marketing_spend", "--period", "2026-10").json[0]
    assert spent["value"] == 1100
    asked = " ".join(issue["message"] for issue in run("-w", tmp_path / "shop", "check").json)
    assert "sums of days are no orders" in asked
    assert "kpi-tui actual import FILE" in asked


def test_a_day_and_its_amount_alone_are_orders_that_are_asked_about(run: Run, tmp_path: Path) -> None:
    """Eight days of 1 to 8 are 36, and may be sums: `check` asks; with visitors beside no table takes them."""
    file = tmp_path / "days.csv"
    file.write_text("日期,销售额\n" + "".join(f"2026-10-0{n},{n}\n" for n in range(1, 9)), encoding="utf-8")
    assert run("init", tmp_path / "shop", file, "--yes").code == 0
    assert run("-w", tmp_path / "shop", "values", "paid_amount", "--period", "2026-10").json[0]["value"] == 36
    asked = " ".join(issue["message"] for issue in run("-w", tmp_path / "shop", "check").json)
    assert "every day stands once" in asked
    counted = tmp_path / "visits.csv"
    counted.write_text("日期,访客数,销售额\n2026-10-01,5,100\n2026-10-02,5,100\n", encoding="utf-8")
    ran = run("init", tmp_path / "none", counted, "--yes")
    assert ran.code == 4
    assert "`--as visits.csv=orders`" in ran.json["skipped"][0]["why"]


def test_sales_without_numbers_stay_orders(run: Run, tmp_path: Path) -> None:
    """Two sales on one day, or one a day with goods or a time, are orders: a sum of 3 + 4, 5 + … each."""
    for name, head, rows in (
        ("twice", "日期,金额", [f"2026-10-0{n},{n}" for n in (1, 1, 2, 3, 4, 5, 6, 7)]),
        ("goods", "日期,商品,金额", [f"2026-10-0{n},围巾,{n}" for n in range(1, 9)]),
        ("times", "时间,金额", [f"2026-10-0{n} 10:0{n}:00,{n}" for n in range(1, 9)]),
    ):
        file = tmp_path / f"{name}.csv"
        file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
        ran = run("init", tmp_path / name, file, "--yes")
        assert "orders" in {table["table"] for table in ran.json["tables"]}, name
