"""Scorecards through the Book: what is compared with what (R004, R037)."""

from __future__ import annotations

import json

from kpi_tui.definitions.period import Period
from kpi_tui.render.formats import render
from kpi_tui.views.scores.scorecard import scorecard
from kpi_tui.views.scores.scorecard_line import line_note
from tests.workspaces import Shop, orders

ROLE = """
[roles.sales]
name = "Sales"
[[roles.sales.lines]]
metric = "paid_amount"
weight = 100
"""


def test_a_partial_period_before_is_not_compared_r004(shop: Shop) -> None:
    shop.defines("roles/sales.toml", ROLE).says(as_of="2026-02-28", north_star="paid_amount")
    rows = [
        ("o1", "ann", "2026-01-20 10:00:00", 10),
        ("o2", "ann", "2026-02-20 10:00:00", 30),
        ("o3", "ann", "2026-02-28 10:00:00", 0),
    ]
    card = shop.has("orders", orders(*rows)).book().scores.scorecard("sales", Period.parse("2026-02"))
    line = card.lines[0]
    assert line.actual.value == 30
    assert line.previous is None, "January begins on the 20th in these data"
    assert line.change is None
    assert line.trend[-2:] == (None, 30), "nor does its part stand among whole months in the trend"


def test_a_change_against_a_doubtful_number_is_marked_and_says_why(shop: Shop) -> None:
    """A March of 10 with one amount unknown, an April of 30: ▲ 200 %, of which nobody knows how much is true."""
    shop.defines("roles/sales.toml", ROLE).says(as_of="2026-04-30", north_star="paid_amount")
    rows = orders(*((f"o{n}", "ann", f"2026-0{n}-01 10:00:00", 10.0 * n - 20) for n in (3, 5)))
    rows += orders(("x", "ann", "2026-03-02 10:00:00", 10), ("y", "ann", "2026-04-02 10:00:00", 30))
    rows[-2]["paid_amount"] = None
    shop.has("orders", rows, complete_until="2026-05-31")
    book = shop.says(as_of="2026-05-31").book()
    card = book.scores.scorecard("sales", Period.parse("2026-04"))
    line, view = card.lines[0], scorecard(card, book.workspace)
    assert (line.previous, line.actual.value, line.actual.notes) == (10, 30, ())
    said = "2026-03, which the change is against: paid_amount_sum: 1 of 2 rows has no amount"
    assert [said in note for note in line.change_doubts] == [True]
    table = render(view, "table")
    assert "▲ 200.0 %⚠" in table and "2026-03, which the change is against" in table
    assert said in render(view, "csv")
    assert said in json.loads(render(view, "json"))["lines"][0]["doubts_before"][0]
    assert any(
        "which the change is against" in str(one.word) for one in line_note(line, card, book.workspace).sentences
    )
    may = book.scores.scorecard("sales", Period.parse("2026-05")).lines[0]
    assert (may.change is not None, may.change_doubts) == (True, ())
