"""A row that could not be read is told wherever a number rests on its table, not only in `values`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

SAID = "row left out: Orders 1"
BY_ID = SAID.replace("Orders", "orders")
"""As `explain` and files for programs say it."""


@pytest.fixture
def halved(tmp_path: Path) -> Shop:
    """Ten a month from January to April; of April's two orders one has a stamp that is none."""
    shop = Shop(tmp_path / "halved")
    sold = orders(*((f"o{month}", "ann", f"2026-0{month}-01 10:00:00", 10) for month in (1, 2, 3, 4)))
    sold += [row | {"paid_at": "soon"} for row in orders(("o5", "ann", "2026-04-02 10:00:00", 7))]
    shop.has("orders", sold, complete_until="2026-04-30").says(as_of="2026-04-30")
    shop.defines("roles/r.toml", '[roles.sales]\nname = "Sales"\nlines = [{ metric = "paid_amount", weight = 100 }]\n')
    shop.book()
    return shop


def told(run: Run, shop: Shop, *words: str, form: str) -> str:
    done = run("-w", shop.root, *words, "--period", "2026-04", "--format", form)
    assert done.code == 0, done.err
    return done.out


@pytest.mark.parametrize(
    "words",
    [
        ("values", "paid_amount"),
        ("explain", "paid_amount"),
        ("score", "sales"),
        ("pace", "paid_amount"),
        ("baseline", "paid_amount"),
        ("drivers", "aov"),
        ("pack",),
    ],
    ids=lambda words: words[0],
)
def test_every_command_says_it_below_its_numbers(run: Run, halved: Shop, words: tuple[str, ...]) -> None:
    assert SAID in told(run, halved, *words, form="md" if words[0] == "pack" else "table")


@pytest.mark.parametrize(
    "words", [("values", "paid_amount"), ("score", "sales"), ("baseline", "paid_amount"), ("pace", "paid_amount")]
)
def test_csv_says_it_in_its_last_column(run: Run, halved: Shop, words: tuple[str, ...]) -> None:
    head, first, *_ = told(run, halved, *words, form="csv").splitlines()
    assert head.rsplit(",", 1)[1] == "doubts"
    assert BY_ID in first


@pytest.mark.parametrize("words", [("baseline", "paid_amount"), ("drivers", "aov"), ("pace", "paid_amount")])
def test_json_counts_it(run: Run, halved: Shop, words: tuple[str, ...]) -> None:
    found = json.loads(told(run, halved, *words, form="json"))
    assert (found[0] if isinstance(found, list) else found)["left_out"] == 1
