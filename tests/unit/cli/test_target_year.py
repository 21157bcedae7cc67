"""`target year`: months across, what they come to, what is done and needed; numbers worked out by hand (R004, R009)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

PAID = {"07": 100.0, "08": 200.0, "09": 300.0, "10": 240.0}
ROLE = """
[roles.ops]
name = { en = "Ops", zh = "运营" }
[[roles.ops.lines]]
metric = "paid_amount"
weight = 50
[[roles.ops.lines]]
metric = "arppu"
weight = 30
[[roles.ops.lines]]
metric = "buyers"
weight = 20
"""


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """100, 200, 300 and 240 paid from July to October 2026, by one person each; the data begin in January."""
    shop = Shop(tmp_path / "sales")
    rows = [(f"o{month}", f"u{month}", f"2026-{month}-01 10:00:00", amount) for month, amount in PAID.items()]
    rows.insert(0, ("o01", "u01", "2026-01-01 10:00:00", 60.0))
    shop.has("orders", orders(*rows), complete_until="2026-10-31").says(as_of="2026-10-31")
    shop.defines("roles/ops.toml", ROLE)
    shop.book()
    return shop.root


def set_(run: Run, root: Path, metric: str, value: str, period: str) -> None:
    assert run("-w", root, "target", "set", "ops", metric, value, "--period", period, "--why", "plan").code == 0


def lines(run: Run, root: Path, *options: str) -> dict[str, Any]:
    found = run("-w", root, "target", "year", "ops", "--period", "2026", *options).json
    return {line["metric"]: line for line in found["lines"]}


def test_the_months_of_a_sum_add_up_and_what_is_left_is_shared_by_the_rest(run: Run, sales: Path) -> None:
    """60 + 100 + 200 + 300 + 240 = 900 are done of 1,000; 100 in two months are 50 each. Planned: 70 + 80 = 150."""
    set_(run, sales, "paid_amount", "1000", "2026")
    set_(run, sales, "paid_amount", "70", "2026-11")
    set_(run, sales, "paid_amount", "80", "2026-12")
    line = lines(run, sales)["paid_amount"]
    assert (line["adding"], line["target"], line["total"]) == ("sum", 1000, 150)
    assert (line["done"], line["needed"], line["over"], line["left"]) == (900, 50, 10, 2)
    assert [cell["actual"] for cell in line["parts"]][6:10] == [100, 200, 300, 240]
    assert [cell["target"] for cell in line["parts"]][9:] == [None, 70, 80]


def test_the_months_of_a_rate_are_averaged_and_nothing_is_said_to_be_needed(run: Run, sales: Path) -> None:
    """(100 + 140) / 2 = 120; 900 paid by five persons are 180 a person so far."""
    set_(run, sales, "arppu", "100", "2026-11")
    set_(run, sales, "arppu", "140", "2026-12")
    set_(run, sales, "arppu", "150", "2026")
    line = lines(run, sales)["arppu"]
    assert (line["adding"], line["total"], line["done"], line["needed"]) == ("mean", 120, 180, None)


def test_targets_of_months_alone_are_compared_with_the_months(run: Run, sales: Path) -> None:
    """Of one person each, 100, 200, 300 and 240 a head: their mean is 210, above 180; of the year it would be 180."""
    for month, aim in (("07", "160"), ("08", "180"), ("09", "180"), ("10", "200")):
        set_(run, sales, "arppu", aim, f"2026-{month}")
    line = lines(run, sales)["arppu"]
    assert (line["adding"], line["total"], line["done"]) == ("mean", 180, 210)
    set_(run, sales, "arppu", "150", "2026-06")  # a month in which nobody bought
    line = lines(run, sales)["arppu"]
    assert line["done"] is None
    assert line["why"].startswith("2026-06 has no whole number")


def test_what_is_done_carries_the_doubts_of_its_months(run: Run, tmp_path: Path) -> None:
    """June is known from the 25th on: no mean of it and July; July's order of nobody stands at July's mean."""
    shop = Shop(tmp_path / "late").says(as_of="2026-08-31").defines("roles/ops.toml", ROLE)
    rows = [("o1", "u1", "2026-06-25 10:00:00", 90.0), ("o2", "u2", "2026-07-05 10:00:00", 30.0)]
    rows += [("o3", "", "2026-07-06 10:00:00", 10.0), ("o4", "u2", "2026-08-06 10:00:00", 20.0)]
    shop.has("orders", orders(*rows), complete_until="2026-08-31").book()
    for month in ("07", "08"):
        set_(run, shop.root, "arppu", "25", f"2026-{month}")
    line = lines(run, shop.root)["arppu"]
    assert line["done"] == 30  # (40 / 1 + 20 / 1) / 2
    assert any("have no user_id" in note or "has no user_id" in note for note in line["notes"])
    assert "30.00⚠" in run("-w", shop.root, "target", "year", "ops", "--period", "2026", "--format", "table").out
    set_(run, shop.root, "arppu", "25", "2026-06")
    line = lines(run, shop.root)["arppu"]
    assert line["done"] is None
    assert line["why"].startswith("2026-06 has no whole number")


def test_persons_counted_once_a_month_add_up_only_where_they_did(run: Run, sales: Path) -> None:
    """Five persons in five months are five in the year; one of them again, and the months are six."""
    assert lines(run, sales)["buyers"]["adding"] == "sum"
    file = sales / "orders.csv"
    text = file.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("o10,"))
    file.write_text(text + row.replace("o10,u10", "o11,u09") + "\n", encoding="utf-8")
    line = lines(run, sales)["buyers"]
    assert (line["adding"], line["done"], line["total"]) == ("none", 5, None)


def test_a_month_without_a_number_makes_what_is_done_unknown_not_less(run: Run, tmp_path: Path) -> None:
    """The data begin in September: nobody knows what January to August brought."""
    shop = Shop(tmp_path / "late")
    rows = [(f"o{month}", "u", f"2026-{month}-01 10:00:00", 100.0) for month in ("09", "10")]
    shop.has("orders", orders(*rows), complete_until="2026-10-31").says(as_of="2026-10-31")
    shop.defines("roles/ops.toml", ROLE).book()
    set_(run, shop.root, "paid_amount", "1000", "2026")
    line = lines(run, shop.root)["paid_amount"]
    assert (line["done"], line["needed"]) == (None, None)
    assert line["why"].startswith("2026-01 has no whole number")


def test_a_month_that_the_data_cover_in_part_is_not_done(run: Run, tmp_path: Path) -> None:
    """The data begin on 10 January: what they say of it is no month."""
    shop = Shop(tmp_path / "part")
    rows = [(f"o{month}", "u", f"2026-{month:02d}-10 10:00:00", 100.0) for month in range(1, 11)]
    shop.has("orders", orders(*rows), complete_until="2026-10-31").says(as_of="2026-10-31")
    shop.defines("roles/ops.toml", ROLE).book()
    line = lines(run, shop.root)["paid_amount"]
    assert (line["done"], line["why"]) == (None, "2026-01 has no whole number: it is not complete")


def test_quarters_and_weeks_are_parts_too(run: Run, sales: Path) -> None:
    """Q1 is January's 60; Q3 is 600; the running fourth is not over and not counted: 660 done."""
    line = lines(run, sales, "--by", "quarter")["paid_amount"]
    assert [cell["actual"] for cell in line["parts"]] == [60, 0, 600, 240]
    assert (line["over"], line["done"]) == (3, 660)
    found = run("-w", sales, "target", "year", "ops", "--period", "2026", "--by", "week").json
    assert len(found["lines"][0]["parts"]) == 52
    shown = run("-w", sales, "target", "year", "ops", "--period", "2026", "--by", "week", "--format", "md").out
    assert "They run from 2026-01-05 to 2027-01-03" in shown, "weeks belong where their Monday lies"
    ran = run("-w", sales, "target", "year", "ops", "--period", "2026-W03", "--by", "month")
    assert (ran.code, "2026-W03 has no months" in ran.err) == (2, True)


def test_the_exported_sheet_is_filled_in_and_read_back(run: Run, sales: Path, tmp_path: Path) -> None:
    set_(run, sales, "paid_amount", "70", "2026-11")
    file = tmp_path / "year.xlsx"
    run("-w", sales, "target", "year", "ops", "--period", "2026", "-o", file)
    assert run("-w", sales, "target", "import", file).json["differences"] == []
    book = openpyxl.load_workbook(file)
    page = book.worksheets[0]
    head = next(row for row in page.iter_rows() if any(cell.value == "2026-12" for cell in row))
    column = {cell.value: cell.column for cell in head}
    page.cell(head[0].row + 2, column["2026-12"]).value = 90  # below the header and the name of the role
    page.cell(head[0].row + 2, column["2026"]).value = 1200
    page.cell(head[0].row + 4, column["2026-11"]).value = 8
    book.save(file)
    found = run("-w", sales, "target", "import", file).json
    assert (found["troubles"], found["notes"]) == ([], ["2 other sheets hold no such numbers and were not read"])
    changed = {(one["metric"], one["period"]): (one["now"], one["to"]) for one in found["differences"]}
    assert changed == {
        ("paid_amount", "2026-12"): (None, 90),
        ("paid_amount", "2026"): (None, 1200),
        ("buyers", "2026-11"): (None, 8),
    }
    assert run("-w", sales, "target", "import", file, "--set").code == 0
    assert lines(run, sales)["paid_amount"]["total"] == 160
