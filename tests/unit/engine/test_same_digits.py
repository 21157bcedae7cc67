"""The same rows give the same digits on every run: no total flips at the edge of a bonus step (issue 3)."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period

METRICS = ["paid_amount", "gmv", "net_sales_revenue", "aov", "arppu", "marketing_spend", "topup_amount", "refund_rate"]


def test_sums_of_money_are_equal_to_the_last_digit_on_every_start(project: Path, tmp_path: Path) -> None:
    said = []
    for start in ("a", "b", "c"):
        environ = {"HOME": str(tmp_path / start), "XDG_CACHE_HOME": str(tmp_path / start)}
        book = Book.open(project / "config", draft=False, environ=environ)
        said.append([value.value for value in book.values(METRICS, Period.parse("2026-10"), last=6)])
    assert said[0] == said[1] == said[2]
    assert None not in said[0]
