"""The rows behind a number lead back to the lines of their files: file, line, and what only the file knows."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.answers.rows.counted_rows import CountedRows
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop

JANUARY = Period.parse("2026-01")
COLUMNS = {
    "order_id": '"Order no"',
    "user_id": "buyer",
    "created_at": "paid",
    "paid_at": "paid",
    "order_amount": "total",
    "list_amount": "total",
    "paid_amount": "total * 1.0",
    "paid_from_balance": "0",
    "domain": "'public'",
}
KIND = {"kind": "return"}
HEAD = "Order no,buyer,paid,total,clerk"


def shop(root: Path, **files: list[str]) -> Shop:
    made = Shop(root)
    for name, lines in files.items():
        (made.root / f"{name}.csv").write_text("\n".join([HEAD, *lines]) + "\n")
    paths = [f"{name}.csv" for name in files]
    return made.maps("orders", {"path": paths, "columns": COLUMNS, "complete_until": "2026-01-31"})


def rows(found: CountedRows, *columns: str) -> list[tuple[object, ...]]:
    names = [one.name for one in found.columns]
    return [tuple(row[names.index(name)] for name in columns) for row in found.rows]


def test_each_row_has_its_file_its_line_and_the_columns_nobody_mapped(tmp_path: Path) -> None:
    a = ["o2,ann,2026-01-09 10:00:00,20,Lin", "o1,bob,2026-01-03 10:00:00,30,Wu"]
    b = ["o9,eve,2025-12-01 10:00:00,5,Wu", "o3,eve,2026-01-04 10:00:00,40,[b]Li"]
    found = shop(tmp_path / "shop", a=a, b=b).book().rows.of("paid_amount", JANUARY)
    assert rows(found, "order_id", "file", "file_row", "clerk") == [
        ("o1", "a.csv", 3, "Wu"),
        ("o3", "b.csv", 3, "[b]Li"),
        ("o2", "a.csv", 2, "Lin"),
    ]
    called = {one.name: one.of_file for one in found.columns}
    assert (called["order_id"], called["user_id"], called["clerk"]) == ("Order no", "buyer", "clerk")
    assert called["paid_amount"] == "", "it is worked out"
    assert "total" not in called, "taken over as it is, under two names"


def test_a_fact_that_keeps_the_rows_of_a_table_leads_back_and_one_file_is_not_named(tmp_path: Path) -> None:
    lines = ["o1,ann,2026-01-03 10:00:00,30,Wu", "o2,ann,2026-01-04 10:00:00,20,Lin"]
    made = shop(tmp_path / "shop", a=lines)
    back = [("r2", "o2", "2026-01-20"), ("r1", "o1", "2026-01-08")]
    refunds = [
        {
            "refund_id": id_,
            "order_id": order,
            "user_id": "ann",
            "refunded_at": f"{day} 09:00:00",
            "amount": 4,
            "kind": "return",
        }
        for id_, order, day in back
    ]
    made.has("refunds", refunds, complete_until="2026-01-31")
    found = made.book().rows.of("refund_rate", JANUARY)  # of d_refunds, which keeps the key of refunds
    assert (found.measure.table, found.measure.number.value) == ("d_refunds", 8)
    assert "file" not in {one.name for one in found.columns}
    assert rows(found, "refund_id", "file_row") == [("r1", 3), ("r2", 2)]


def test_equal_lines_lead_to_lines_of_their_own(tmp_path: Path) -> None:
    made = Shop(tmp_path / "shop")
    text = "day,amount,kind\n2026-01-03,5,rent\n2026-01-03,5,rent\n2026-01-04,7,rent\n"
    (made.root / "costs.csv").write_text(text)
    own = """
[measures.spent]
table = "bills"
agg = "sum"
column = "amount"
time = "day"
"""
    schema = """
[schema.bills]
name = "Bills"
time = "day"
[schema.bills.columns]
day = { type = "date" }
amount = { type = "float" }
kind = { type = "str" }
"""
    made.defines("schema.toml", schema).defines("metrics/own.toml", own)
    made.maps("bills", {"path": "costs.csv", "complete_until": "2026-01-31"})
    found = made.book().rows.of("spent", JANUARY)
    assert found.measure.number.value == 17
    assert rows(found, "day", "file_row") == [(JANUARY.start.replace(day=d), n) for d, n in ((3, 2), (3, 3), (4, 4))]
