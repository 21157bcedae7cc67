"""rules, top and funnel as commands: answers, exit codes, one sentence for a wrong question (R156, R157, R171)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kpi_tui.cli import main
from tests.workspaces import Shop, orders

BASKETS = ["AB", "A", "B", "AB"]  # R157


@pytest.fixture
def filled(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path / "goods")
    paid = orders(*((f"o{n}", f"u{n}", f"2026-05-0{n + 1} 10:00:00", 10.0) for n in range(len(BASKETS))))
    lines = [
        {"order_id": f"o{n}", "sku_id": item, "qty": 1, "unit_price": 10, "unit_cost": 4}
        for n, items in enumerate(BASKETS)
        for item in items
    ]
    goods = [{"sku_id": item, "product_id": item, "category_id": "all", "carried": "true"} for item in "AB"]
    shop.has("orders", paid, complete_until="2026-05-31").has("order_items", lines).has("products", goods)
    shop.says(as_of="2026-05-31").book()
    return shop


def run(shop: Shop, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["-w", str(shop.root), *arguments])
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def answer(shop: Shop, capsys: pytest.CaptureFixture[str], *arguments: str, exits: int = 0) -> Any:
    code, out, err = run(shop, capsys, *arguments, "--period", "2026-05", "--format", "json")
    assert code == exits, err
    return json.loads(out)


def test_rules_are_told_with_their_counts_r157(filled: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    first, _ = answer(filled, capsys, "rules", "--support", "0", "--confidence", "0")
    assert (first["given"], first["then"], first["together"], first["baskets"]) == (["A"], "B", 2, 4)
    assert (first["support"], first["confidence"], first["lift"]) == (0.5, pytest.approx(2 / 3), pytest.approx(8 / 9))
    assert answer(filled, capsys, "rules", "--support", "0.51") == []
    assert answer(filled, capsys, "rules", "--by", "class", "--support", "0") == []


def test_the_top_lists_r156(filled: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(filled, capsys, "top", "profit", "--count", "1")
    (row,) = found["rows"]
    assert (row["place"], row["product"], row["value"], row["share"], row["notes"]) == (1, "A", 18.0, 0.5, [])
    assert found["pulls"] == [], "the only pair has a lift below 1"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["rules", "--support", "2"], 2, "2"),
        (["rules", "--support", "nan", "--period", "2026-05"], 2, "between 0 and 1"),
        (["rules", "--by", "colour"], 2, "colour"),
        (["top", "love"], 2, "love"),
        (["funnel", "nowhere", "--period", "2026-05"], 2, "there is no funnel 'nowhere'"),
        (["rules", "--period", "2020-01"], 4, "2020-01"),
    ],
)
def test_a_wrong_question_gets_one_sentence(
    filled: Shop, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    ended, out, err = run(filled, capsys, *arguments)
    assert (ended, out) == (code, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1
    assert "unexpected" not in err


def test_a_funnel_without_its_tables_says_what_it_wants(filled: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(filled, capsys, "funnel", "purchase", exits=1)
    assert found["weakest"] is None
    assert {step["reason"] for step in found["steps"]} == {"no_table"}
    assert {step["detail"] for step in found["steps"]} == {"needs the table events"}
