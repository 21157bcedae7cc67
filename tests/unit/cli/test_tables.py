"""`tables` and `check --coverage`: profiles and coverage for people and programs, data text always harmless."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import HOSTILE, Run

BAD = f"5,2026-10-05 10:00:00,abc{HOSTILE},x\n5,2026-10-06 10:00:00,7,y\n,2026-10-20 10:00:00,7,y\n"


@pytest.fixture
def dirty(shop: Path) -> Path:
    """The tiny shop with an amount that is none, a doubled key and an order without a number."""
    with (shop / "orders.csv").open("a", encoding="utf-8") as file:
        file.write(BAD + "4,2026-10-07 10:00:00,7,y\n")
    return shop


def test_tables_gives_the_whole_profile_of_each_table(dirty: Path, run: Run) -> None:
    ran = run("-w", dirty, "tables")
    assert ran.code == 0
    (orders,) = ran.json
    assert (orders["table"], orders["rows_read"]) == ("orders", 9)
    assert orders["rows_kept"] + sum(rejected["count"] for rejected in orders["rejected"]) == 9
    assert orders["rejected"][0]["examples"][0]["row"] == 7  # the header is row 1
    assert (orders["first_day"], orders["last_day"]) == ("2026-08-01", "2026-10-20")
    assert orders["age_days"] == 11  # until 31 October
    assert orders["duplicate_keys"] == 1
    assert orders["null_keys"] == {"order_id": 1}
    assert orders["state"] == "doubtful"
    assert orders["encoding"].startswith("utf-8")
    assert orders["files"][0].endswith("orders.csv")


@pytest.mark.parametrize("form", ["table", "csv", "md", "json"])
@pytest.mark.parametrize("table", [(), ("orders",)])
def test_no_format_lets_data_control_the_terminal(dirty: Path, run: Run, form: str, table: tuple[str, ...]) -> None:
    ran = run("-w", dirty, "tables", *table, "--format", form)
    assert ran.code == 0
    assert not set(ran.out) & set("\x1b\x07")
    assert "orders" in ran.out


def test_one_table_says_why_rows_were_left_out_with_row_and_text(dirty: Path, run: Run) -> None:
    out = run("-w", dirty, "tables", "orders", "--format", "table").out
    for wanted in ("Orders 订单", "amount", "row 7", "order_id: 1", "11 days"):
        assert wanted in out


def test_an_unknown_table_is_a_mistake_that_names_the_nearest(dirty: Path, run: Run) -> None:
    ran = run("-w", dirty, "tables", "order")
    assert ran.code == 2
    assert "orders" in ran.err
    assert not ran.out


def test_a_table_that_cannot_be_read_is_listed_with_its_reason_and_alone_ends_with_4(shop: Path, run: Run) -> None:
    (shop / "orders.csv").unlink()
    (orders,) = run("-w", shop, "tables").json
    assert orders["table"] == "orders"
    assert "orders.csv" in orders["error"]
    ran = run("-w", shop, "tables", "orders")
    assert ran.code == 4
    assert "orders.csv" in ran.err


def test_coverage_counts_live_metrics_per_category(shop: Path, run: Run) -> None:
    ran = run("-w", shop, "check", "--coverage")
    assert ran.code == 0
    assert (ran.json["live"], ran.json["metrics"], ran.json["unlocks"]) == (3, 3, [])
    assert ran.json["categories"] == [{"category": "revenue", "live": 3, "metrics": 3}]


def test_coverage_says_what_the_one_column_would_unlock(shop: Path, run: Run) -> None:
    lines = (shop / "orders.csv").read_text(encoding="utf-8").splitlines()
    (shop / "orders.csv").write_text(
        "order_id,created_at\n" + "\n".join(",".join(line.split(",")[:2]) for line in lines[1:])
    )
    text = (
        (shop / "schema.toml")
        .read_text()
        .replace('amount = { type = "float" }', 'amount = { type = "float", nullable = true }')
    )
    (shop / "schema.toml").write_text(text)
    found = run("-w", shop, "check", "--coverage").json
    assert (found["live"], found["metrics"]) == (1, 3)
    assert found["unlocks"] == [
        {"table": "orders", "column": "amount", "kind": "column", "unlocks": 2, "metrics": ["aov", "never"]}
    ]
    assert found["missing"] == {"aov": ["orders.amount"], "never": ["orders.amount"]}
    table = run("-w", shop, "check", "--coverage", "--format", "table").out
    assert "1 of 3 metrics are live." in table
    assert "orders.amount" in table


def test_a_declared_table_that_cannot_be_read_is_called_so(shop: Path, run: Run) -> None:
    (shop / "orders.csv").unlink()
    (unlock,) = run("-w", shop, "check", "--coverage").json["unlocks"]
    assert (unlock["table"], unlock["kind"], unlock["unlocks"]) == ("orders", "unreadable", 3)


def test_a_second_start_in_another_language_tells_reasons_and_notes_in_it(dirty: Path, run: Run) -> None:
    """The first start fills the cache: it keeps what a sentence was made of, not its English words."""
    asked = ("values", "aov", "--period", "2030-01", "--format", "table")
    assert "the data of Orders cover" in run("-w", dirty, *asked).out
    assert "订单 的数据覆盖" in run("--lang", "zh", "-w", dirty, *asked).out
    assert "no number" in run("-w", dirty, "tables", "orders", "--format", "table").out
    assert "amount：不是数字" in run("--lang", "zh", "-w", dirty, "tables", "orders", "--format", "table").out
    reasons = run("--lang", "zh", "-w", dirty, "tables").json[0]["rejected"]
    assert "amount: no number" in [
        rejected["reason"] for rejected in reasons
    ]  # JSON is data, the same in every language
