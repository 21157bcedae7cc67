"""Lines of two files that write true and false in other ways are equal, as other cells are."""

from __future__ import annotations

import csv

import polars as pl
import pytest

from tests.workspaces import Shop, orders

WAYS = {"True": "False", "TRUE": "FALSE", "true": "false", "1": "0", "是": "否"}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("other", ["csv", "parquet"])
def test_a_truth_written_in_another_way_is_the_same_line(other: str, way: str, shop: Shop) -> None:
    """Six orders of 10 to 15, 75 together, in two files; every second one is a gift."""
    rows = orders(*((f"o{n}", "ann", f"2026-03-0{n + 1} 10:00:00", 10.0 + n) for n in range(6)))
    rows = [{**row, "gift": way if n % 2 else WAYS[way]} for n, row in enumerate(rows)]
    shop.has("orders", rows)
    again = [{**row, "gift": bool(n % 2)} for n, row in enumerate(rows)]
    if other == "parquet":
        pl.DataFrame(again).write_parquet(shop.root / "b.parquet")
    else:
        with (shop.root / "b.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(again[0]))
            writer.writeheader()
            writer.writerows({**row, "gift": str(row["gift"]).lower()} for row in again)
    shop.maps("orders", {"path": ["orders.csv", f"b.{other}"], "columns": {"gift": "gift"}})
    assert shop.says(as_of="2026-03-31").value("paid_amount", "2026-03").value == 75


def test_other_words_and_codes_stay_what_they_are(shop: Shop) -> None:
    """1 and 0 beside 2 is a number of gifts: order 1 says 1 here and 2 there."""
    rows = orders(("o1", "ann", "2026-03-01 10:00:00", 10.0), ("o2", "ann", "2026-03-02 10:00:00", 20.0))
    shop.has("orders", [{**row, "gift": n} for n, row in enumerate(rows)])
    text = (shop.root / "orders.csv").read_text(encoding="utf-8")
    (shop.root / "b.csv").write_text(text.replace(",1\n", ",2\n"), encoding="utf-8")
    shop.maps("orders", {"path": ["orders.csv", "b.csv"], "columns": {"gift": "gift"}})
    assert shop.says(as_of="2026-03-31").value("paid_amount", "2026-03").value == 10 + 20 + 20
