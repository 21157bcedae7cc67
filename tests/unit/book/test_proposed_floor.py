"""Floor and stretch beside a proposal: the ends of the usual band, and no amount below nothing."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.answers.targets.target_proposal import Basis
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders

ROLE = '[roles.sales]\nname = "Sales"\nlines = [{ metric = "paid_amount", weight = 100 }]\n'


def test_the_floor_of_an_amount_is_not_below_nothing(tmp_path: Path) -> None:
    """Months of 1, 100, 1, 100, 1, 100: their median is 50.5 and half of them lie 49.5 from it, so that one usual
    width (1.4826 × 49.5 = 73.4) below the median is below 0 already.
    """
    rows = [(f"o{m}", "ann", f"2026-{m:02}-05 10:00:00", 100 if m % 2 else 1) for m in range(4, 11)]
    rows.append(("z", "ann", "2026-11-30 10:00:00", 5))
    shop = Shop(tmp_path / "ws").has("orders", orders(*rows)).defines("roles/sales.toml", ROLE)
    book = shop.book(draft=False)
    found = book.target_proposals.of("sales", Period.parse("2026-11"), [Basis.MEDIAN])
    (line,) = found.lines
    assert line.range is not None and line.range.low < 0
    assert line.floor == 0
    assert line.stretch == line.range.high
