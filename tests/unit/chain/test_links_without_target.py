"""A chain of which nobody agreed targets: the sentences below say which weeks were summed and what is missing.

Every day of September and October 2026 ten people look at a page, and two of them buy: the same ten all the time.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.period import Period
from kpi_tui.text.phrase import translate
from kpi_tui.views.chain.card import chain_view
from kpi_tui.views.chain.weeks import cell_sentence, weeks_sheet
from tests.workspaces import Shop, orders, views

OCTOBER = Period.parse("2026-10")
CHAIN = """[chains.own]
name = "Own"
[[chains.own.links]]
id = "A"
name = "Visitors"
rule = "growth"
absolute = "visitor_count"
points = 2
[[chains.own.links]]
id = "B"
name = "Buyers"
rule = "conversion"
after = "A"
absolute = "buyer_count"
numerator = "buyer_count"
denominator = "visitor_count"
points = 2
"""
OWN = """[measures.buyer_count]
table = "orders"
agg = "count_distinct"
column = "user_id"
"""
OVER = "2026-W41, 2026-W42, 2026-W43"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """As of 25 October, a Sunday: W41 to W43 are over."""
    days = [date(2026, 9, 1) + timedelta(n) for n in range(55)]
    seen = views(*((f"u{who}", f"{day} 09:00:00", "home") for day in days for who in range(10)))
    sold = orders(
        *((f"{day}-{who}", f"u{who}", f"{day} 10:00:00", 10.0) for day in days for who in ((day.day) % 10, 0))
    )
    shop = Shop(tmp_path / "ws").has("events", seen, complete_until="2026-10-25")
    shop.has("orders", sold, complete_until="2026-10-25").says(as_of="2026-10-25")
    return shop.defines("chains/own.toml", CHAIN).defines("metrics/own.toml", OWN).book(draft=False)


def test_the_closing_sentence_names_the_weeks_that_were_summed(book: Book) -> None:
    """Ten visitors in each of three weeks are 30; B alone has a target, of the first week only."""
    card = book.chains.card("own", OCTOBER)
    visitors, buyers = card.links
    assert (visitors.absolute, visitors.counted, ", ".join(visitors.summed)) == (30, (), OVER)
    assert (buyers.counted, buyers.summed) == (("2026-W41",), ("2026-W41",))
    said = [translate(note.word) for note in chain_view(card, book.workspace).sheets[0].notes if note.key == "spans"]
    assert said[0] == (
        f"· Counts are sums, ratios and their targets means of the weeks that are over: {OVER}; B of 2026-W41"
    )


def test_a_missing_target_is_said_as_one(book: Book) -> None:
    """Numbers are there for every week; nothing is divided by 0."""
    visitors, buyers = book.chains.card("own", OCTOBER).links
    assert (visitors.reason, "no first target is agreed" in visitors.detail) == (Reason.NOT_APPLICABLE, True)
    assert {cell.reason for cell in buyers.weeks[1:3]} == {Reason.NOT_APPLICABLE}
    assert {str(cell.detail) for cell in buyers.weeks[1:3]} == {
        "the link before has no target for this week, so none follows for this one"
    }


def test_a_default_target_of_the_month_before_says_what_it_is_r052(book: Book) -> None:
    """All ten bought something in September: 100 % of the month's visitors, which no week can reach."""
    card = book.chains.card("own", OCTOBER)
    first = card.links[1].weeks[0]
    assert (first.target, first.target_of, first.agreed) == (1.0, "2026-09", False)
    said = [translate(note.word) for note in chain_view(card, book.workspace).sheets[0].notes if note.key == "spans"]
    means = (
        "² the first target of B is the rate of the whole month 2026-09, in which people count once: "
        "agree one of a week"
    )
    assert said[1] == means
    weeks = weeks_sheet(card)
    assert means in [translate(note.word) for note in weeks.notes]
    marked = [(row.cells[1].exact, row.cells[2].after) for row in weeks.rows if row.cells[2].after]
    assert [(row.cells[5].after) for row in chain_view(card, book.workspace).sheets[0].rows] == ["", "²"]
    assert marked == [("B", "²")]
    assert translate(cell_sentence("target", first, card.links[1], None, book.workspace)) == (
        "the rate of the whole month 2026-09: agree one of a week"
    )


def test_a_mark_is_explained_only_where_a_line_bears_it(tmp_path: Path) -> None:
    """`◔ the week is not over` stood below a table none of whose lines was of a running week: A's and B's weeks have
    no number here (nobody supplies `events`), so that no line of theirs is there."""
    sold = orders(*((str(day), "u", f"2026-10-{day:02} 10:00:00", 10.0) for day in range(1, 29)))
    shop = Shop(tmp_path / "ws").has("orders", sold, complete_until="2026-10-28").says(as_of="2026-10-28")
    alone = shop.defines("chains/own.toml", CHAIN).defines("metrics/own.toml", OWN).book(draft=False)
    card = alone.chains.card("own", OCTOBER)
    cells = [cell for link in card.links for cell in link.weeks]
    assert any(cell.partial for cell in cells) and all(cell.actual is None and cell.target is None for cell in cells)
    assert not [note for note in weeks_sheet(card).notes if "not over" in translate(note.text)]
