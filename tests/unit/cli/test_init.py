"""`init DIR FILE…`: a proposal is shown, and written only with consent."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

ORDERS = """订单号,下单时间,付款时间,用户ID,实付金额
0001,2026-10-01 10:00:00,2026-10-01 10:05:00,u1,100
0002,2026-10-02 11:00:00,2026-10-02 11:05:00,u2,50
0003,2026-10-03 12:00:00,,u1,70
"""


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """An order table as a Chinese shop system exports it."""
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS, encoding="utf-8")
    return file


def test_without_consent_the_proposal_is_shown_and_nothing_is_written(run: Run, orders: Path, tmp_path: Path) -> None:
    ran = run("init", tmp_path / "shop", orders)
    assert ran.code == 2
    assert [table["table"] for table in ran.json["tables"]] == ["orders"]
    assert ran.json["written"] == []
    assert "--yes" in ran.err
    assert not (tmp_path / "shop").exists()


def test_an_accepted_proposal_becomes_a_workspace_that_answers(run: Run, orders: Path, tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    ran = run("init", shop, orders, "--yes", "--name", "小店", "--currency", "EUR", "--preset", "roles_000")
    assert ran.code == 0
    assert {Path(path).name for path in ran.json["written"]} >= {"workspace.toml", "tables.toml"}
    said = tomllib.loads((shop / "workspace.toml").read_text(encoding="utf-8"))
    assert (said["name"], said["currency"], said["extends"]) == ("小店", "EUR", "standard")
    assert run("-w", shop, "role", "list").json
    (value,) = run("-w", shop, "values", "paid_amount", "--period", "2026-10").json
    assert value["value"] == 150


def test_the_table_of_a_proposal_names_columns_found_and_not_used(run: Run, orders: Path, tmp_path: Path) -> None:
    text = run("init", tmp_path / "shop", orders, "--format", "table").out
    assert "orders from orders.csv" in text
    assert "订单号" in text


def test_an_existing_workspace_is_never_overwritten(run: Run, shop: Path, orders: Path) -> None:
    before = (shop / "tables.toml").read_text(encoding="utf-8")
    ran = run("init", shop, orders, "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert (shop / "tables.toml").read_text(encoding="utf-8") == before


def test_a_file_that_fits_no_table_is_named_with_its_reason(run: Run, tmp_path: Path) -> None:
    (tmp_path / "poem.csv").write_text("roses,are\nred,violets\n", encoding="utf-8")
    ran = run("init", tmp_path / "shop", tmp_path / "poem.csv")
    assert [Path(item["file"]).name for item in ran.json["skipped"]] == ["poem.csv"]
    assert ran.json["skipped"][0]["why"]


def test_without_files_a_workspace_is_begun_from_scratch(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "shop").code == 0
    assert run("-w", tmp_path / "shop", "check").code in (0, 1)


def test_a_column_that_is_taken_under_its_own_name_is_shown_as_found(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("order_id,buyer,date,total\n1,u,2026-01-01,5\n", encoding="utf-8")
    text = run("init", tmp_path / "shop", file, "--format", "table").out
    assert [line.split() for line in text.splitlines() if line.startswith("order_id")] == [["order_id", "order_id"]]
