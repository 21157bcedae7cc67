"""Floor and stretch beside a proposal: the ends of the usual band, and no amount below nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.answers.targets.target_proposal import Basis
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders

ROLE = '[roles.sales]\nname = "Sales"\nlines = [{ metric = "paid_amount", weight = 100 }]\n'


def test_the_floor_of_an_amount_is_not_below_nothing(tmp_path: Path) -> None:
    """Months of 1, 100, 1, 100, 1, 100: their median is 50.5 and half of them lie 49.5 from it, so that one usual
    width (1.4826 × 49.5 = 73.4) below the median is below 0 already.
    """
    rows = [(f"o{m}", "ann", f"2026-{m:02}-01 10:00:00", 100 if m % 2 else 1) for m in range(4, 11)]
    rows.append(("z", "ann", "2026-11-30 10:00:00", 5))
    shop = Shop(tmp_path / "ws").has("orders", orders(*rows)).defines("roles/sales.toml", ROLE)
    book = shop.book(draft=False)
    found = book.target_proposals.of("sales", Period.parse("2026-11"), [Basis.MEDIAN])
    (line,) = found.lines
    assert line.range is not None and line.range.low == 0
    assert line.floor == 0
    assert line.stretch == pytest.approx(50.5 + 2.5 * 1.4826 * 49.5, abs=0.005)


def test_the_stretch_of_a_share_is_not_above_all_of_it(tmp_path: Path) -> None:
    """Of two orders a month one is paid, or both: 50 %, 100 %, … The usual width about their median, 75 %, ends above
    100 %. October is 100 %; a tenth more is all there is.
    """
    paid = orders(*[(f"p{m}", "ann", f"2026-{m:02}-01 10:00:00", 100) for m in range(5, 11)])
    more = orders(*[(f"q{m}", "bob", f"2026-{m:02}-06 10:00:00", 100) for m in range(5, 11)])
    other = [
        row if row["order_id"] in ("q6", "q8", "q10") else row | {"paid_at": None, "paid_amount": 0} for row in more
    ]
    shop = Shop(tmp_path / "ws").has("orders", paid + other, complete_until="2026-10-31").says(as_of="2026-10-31")
    book = shop.defines("roles/sales.toml", ROLE.replace("paid_amount", "order_payment_rate")).book(draft=False)
    asked = book.target_proposals.of("sales", Period.parse("2026-11"), [Basis.MEDIAN, Basis.GROWTH], growth=0.1)
    usual, raised = asked.lines
    assert (usual.value, usual.stretch) == (0.75, 1.0)
    assert (raised.value, raised.why) == (1.0, "held at the end of what this metric can be")
    assert raised.odds.high is None or raised.odds.high <= 1


COST = """
[metrics.paid_out]
name = "Paid out"
definition = "The same amounts, as a cost."
category = "revenue"
kind = "absolute"
formula = "paid_amount_sum"
unit = "currency"
better = "lower"
grain = "month"
grains = ["month"]
rollup = "recompute"
"""


@pytest.mark.parametrize(("metric", "floor_gives_way"), [("paid_amount", True), ("paid_out", False)])
def test_the_target_lies_between_floor_and_stretch(metric: str, floor_gives_way: bool, tmp_path: Path) -> None:
    """November of last year had 20, far below what is usual now: 90, 110, 90, 110, 90, 110 are 100 ± 10 × 1.4826 × the
    width. The end below it gives way to the target: the floor of an income, the stretch of a cost.
    """
    rows = [(f"o{m}", "ann", f"2026-{m:02}-01 10:00:00", 110 if m % 2 else 90) for m in range(5, 11)]
    rows.append(("y", "ann", "2025-11-01 10:00:00", 20))
    shop = Shop(tmp_path / "ws").has("orders", orders(*rows), complete_until="2026-10-31").says(as_of="2026-10-31")
    shop.defines("metrics/own.toml", COST).defines("roles/sales.toml", ROLE.replace("paid_amount", metric))
    found = shop.book(draft=False).target_proposals.of("sales", Period.parse("2026-11"), [Basis.YEAR])
    (line,) = found.lines
    assert line.range is not None and line.value == 20
    high = round(line.range.high, 2)
    assert (line.floor, line.stretch) == ((20, high) if floor_gives_way else (high, 20))
