"""Scorecards through the Book: what is compared with what (R004, R037)."""

from __future__ import annotations

import json

from kpi_tui.definitions.period import Period
from kpi_tui.render.formats import render
from kpi_tui.views.scores.score_history import score_history
from kpi_tui.views.scores.scorecard import headline, scorecard
from kpi_tui.views.scores.scorecard_line import line_note
from kpi_tui.views.scores.scores_of_all import scores_sheet
from kpi_tui.views.view import View
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


def whose_march_lacks_an_amount(shop: Shop) -> Shop:
    """10 in March and one amount unknown, 30 in April, 20 in May; the target is 20, so points of 50, 100, 100."""
    shop.defines("roles/sales.toml", ROLE).says(as_of="2026-05-31", north_star="paid_amount")
    rows = orders(*((f"o{n}", "ann", f"2026-0{n}-01 10:00:00", 10.0 * n - 20) for n in (3, 4, 5)))
    rows += orders(("x", "ann", "2026-03-02 10:00:00", 10), ("y", "ann", "2026-04-02 10:00:00", 10))
    rows[-2]["paid_amount"] = None
    return shop.has("orders", rows, complete_until="2026-05-31")


AGREED = 'period = "{}"\nrevision = 1\n[targets.sales.paid_amount]\nvalue = 20\n'


def test_the_move_of_a_total_against_a_doubtful_card_is_marked_and_says_why(shop: Shop) -> None:
    whose_march_lacks_an_amount(shop)
    for month in ("2026-03", "2026-04", "2026-05"):
        shop.defines(f"targets/{month}.toml", AGREED.format(month))
    book = shop.book()
    cards = [book.scores.scorecard("sales", Period.parse(f"2026-{month}")) for month in ("04", "05")]
    april, may = cards
    said = "2026-03, which the change is against: paid_amount_sum: 1 of 2 rows has no amount"
    assert (april.previous_score, april.score) == (50, 150)
    assert [said in note for note in april.doubts_before] == [True]
    assert may.doubts_before == ()
    space = book.workspace
    assert [headline(card, space).change_mark for card in cards] == ["⚠", ""]
    assert "▲ 100.00⚠" in render(scorecard(april, space), "table")
    assert said in json.loads(render(scorecard(april, space), "json"))["doubts_before"][0]
    table = View(sheets=(scores_sheet(cards, space),))
    assert "▲ 100.0⚠" in render(table, "table") and "which the change is against" in render(table, "table")
    assert said in render(table, "csv").splitlines()[1]
    history = book.scores.score_history("sales", Period.parse("2026-05"), 3)
    assert "▲ 100.00⚠" in render(score_history(history, space), "table").replace("100.0⚠", "100.00⚠")
    again = book.scores.rescore(april)
    assert again.doubts_before == april.doubts_before


def test_the_move_of_a_total_whose_own_card_is_doubtful_is_marked(shop: Shop) -> None:
    """Of May one amount is unknown, of April none."""
    whose_march_lacks_an_amount(shop)
    rows = orders(*((f"o{n}", "ann", f"2026-0{n}-01 10:00:00", 10.0) for n in (3, 4, 5, 5)))
    rows[-1] |= {"order_id": "z", "paid_amount": None}
    shop.has("orders", rows, complete_until="2026-05-31")
    for month in ("2026-04", "2026-05"):
        shop.defines(f"targets/{month}.toml", AGREED.format(month))
    book = shop.book()
    may = book.scores.scorecard("sales", Period.parse("2026-05"))
    assert (may.previous_score, may.score, may.doubts_before) == (50, 50, ())
    assert headline(may, book.workspace).change_mark == "⚠"
