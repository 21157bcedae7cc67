"""Numbers that begin again in every month's file, beside a file of refunds: which order is meant is told. By hand."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_sheets_by_people import asked, begun

HEAD = "订单号,下单时间,客户,实付金额\n"
MONTHS = {
    "9月.csv": "1,2026-09-01,a,100\n2,2026-09-02,b,50\n3,2026-09-03,c,30\n",
    "10月.csv": "1,2026-10-01,d,200\n2,2026-10-02,e,70\n5,2026-10-03,f,40\n",
}
REFUNDS = "退款单号,订单号,退款时间,退款金额\nR1,1,2026-10-05,100\nR2,2,2026-10-06,70\nR3,5,2026-10-07,40\n"


def files(folder: Path, refunds: str) -> list[Path]:
    for name, rows in MONTHS.items():
        (folder / name).write_text(HEAD + rows, encoding="utf-8")
    (folder / "退款.csv").write_text(refunds, encoding="utf-8")
    return [folder / name for name in (*MONTHS, "退款.csv")]


def test_refunds_that_meet_several_orders_are_told_at_the_values(run: Run, tmp_path: Path) -> None:
    """1 and 2 are orders of both months, 5 of October alone; 100 + 70 + 40 = 210 came back all the same."""
    begun(run, tmp_path / "shop", *files(tmp_path, REFUNDS))
    said = "退款.csv: 2 rows name orders by numbers that several files of orders give to others (1, 2)"
    assert said in asked(run, tmp_path / "shop")
    (value,) = run("-w", tmp_path / "shop", "values", "refund_amount", "--period", "2026-10").json
    assert value["value"] == 210
    assert said in " ".join(value["notes"])


def test_numbers_that_say_their_file_meet_one(run: Run, tmp_path: Path) -> None:
    text = REFUNDS.replace(",1,", ",10月.csv:1,").replace(",2,", ",10月.csv:2,").replace(",5,", ",10月.csv:5,")
    begun(run, tmp_path / "shop", *files(tmp_path, text))
    assert "give to others (" not in asked(run, tmp_path / "shop")
    assert "ids (" not in asked(run, tmp_path / "shop")


def test_of_two_shops_with_the_same_numbers_it_is_told_too(run: Run, tmp_path: Path) -> None:
    """Both sell on the same days: order 1 of the refund is that of either."""
    rows = {
        "east.csv": "1,2026-10-01,a,100\n2,2026-10-05,b,50\n",
        "west.csv": "1,2026-10-02,d,200\n2,2026-10-04,e,70\n",
    }
    for name, text in rows.items():
        (tmp_path / name).write_text(HEAD + text, encoding="utf-8")
    (tmp_path / "退款.csv").write_text("退款单号,订单号,退款时间,退款金额\nR1,1,2026-10-05,100\n", encoding="utf-8")
    begun(run, tmp_path / "shop", *(tmp_path / name for name in (*rows, "退款.csv")))
    assert "退款.csv: 1 row names an order by a number that several files of orders give to others (1)" in asked(
        run, tmp_path / "shop"
    )
