"""A link whose numbers are doubtful is marked in the chain's own table, as its weeks and `values` are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.text.phrase import translate
from kpi_tui.views.cells import NumberCell, TextCell
from kpi_tui.views.chain.card import chain_view
from tests.workspaces import Shop, orders, views

DAYS = [date(2026, 3, 30) + timedelta(days=n) for n in range(70)]


def shop_of(shop: Shop, *, valid: str, **source: str) -> Book:
    """Six orders and six views on each of 70 days to 7 June 2026."""
    shop.has("orders", orders(*((f"o{d}-{n}", f"u{n}", f"{d} 1{n}:00:00", 10.0) for d in DAYS for n in range(6))))
    seen = views(*((f"v{n}", f"{d} 1{n}:00:00", "p") for d in DAYS for n in range(6)))
    shop.has("events", [row | {"is_valid": valid} for row in seen], **source).says(as_of="2026-06-07")
    return shop.book()


@pytest.mark.parametrize(
    ("valid", "where", "said"),
    [("true", "event = 'nothing'", "keeps none of 420 rows"), ("false", "", "the tracking check rejects all 420 rows")],
)
def test_links_of_a_table_that_keeps_no_row_are_marked(shop: Shop, valid: str, where: str, said: str) -> None:
    """A counts visitors, B new ones: 0 of either, and why; D counts the orders that are there, 6 buyers a week."""
    book = shop_of(shop, valid=valid, **({"where": where} if where else {}))
    card = book.chains.card("site", Period.parse("2026-05"))
    sheet = chain_view(card, book.workspace).sheets[0]
    counts = {row.key: row.cells[3] for row in sheet.rows}
    marked = {key: cell.doubtful for key, cell in counts.items() if isinstance(cell, NumberCell) and cell.value == 0}
    assert marked == {"A": True, "B": True}
    last = [
        cell for row in sheet.rows if row.key in {"A", "B"} for cell in row.cells[-1:] if isinstance(cell, TextCell)
    ]
    assert ["420 rows" in translate(cell.word) for cell in last] == [True, True]
    assert any(said in str(note) for week in card.links[1].weeks for note in week.notes)


def test_a_value_of_a_fact_over_rejected_events_says_why_it_is_0(shop: Shop) -> None:
    book = shop_of(shop, valid="false")
    (value,) = book.numbers.values(["new_visitors"], Period.parse("2026-05"))
    assert value.value == 0
    assert "events: the tracking check rejects all 420 rows (is_valid)" in [str(note) for note in value.notes]


def test_sound_links_are_not_marked(shop: Shop) -> None:
    book = shop_of(shop, valid="true")
    sheet = chain_view(book.chains.card("site", Period.parse("2026-05")), book.workspace).sheets[0]
    assert not any(getattr(row.cells[3], "doubtful", False) for row in sheet.rows if row.key == "A")


def test_a_count_that_is_no_sum_of_its_weeks_says_so(shop: Shop) -> None:
    """The same six visitors come every day: A has 6 in May's four whole weeks, not 24."""
    book = shop_of(shop, valid="true")
    card = book.chains.card("site", Period.parse("2026-05"))
    sheet = chain_view(card, book.workspace).sheets[0]
    assert (card.links[0].absolute, [week.numerator.value for week in card.links[0].weeks][:4]) == (6, [6, 6, 6, 6])
    assert any("the count of A has everybody once" in translate(note.word) for note in sheet.notes)


def test_a_month_that_has_just_begun_is_marked_by_its_own_count(shop: Shop) -> None:
    """7 days of June, whose weeks have no rows yet: the new visitors of the month so far rest on a young history."""
    book = shop_of(shop, valid="true")
    card = book.chains.card("site", Period.parse("2026-06"))
    sheet = chain_view(card, book.workspace).sheets[0]
    assert card.links[1].doubtful
    assert any("history begins on 2026-03-30" in translate(note.word) for note in sheet.notes)
