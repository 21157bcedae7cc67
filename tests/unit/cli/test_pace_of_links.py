"""A link whose week runs says where it will end, as a line of the scorecard does; ends worked out by hand (R089)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard
from kpi_tui.text.phrase import translate
from kpi_tui.views.chain.card import chain_view
from kpi_tui.views.chain.link import link_view
from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

CHAIN = """[chains.own]
name = "Own"
[[chains.own.links]]
id = "A"
name = "Sold"
rule = "growth"
absolute = "sold"
points = 2
[[chains.own.links]]
id = "B"
name = "Buyers of what was sold"
rule = "conversion"
after = "A"
absolute = "buyers"
numerator = "buyers"
denominator = "sold"
points = 2
[[chains.own.links]]
id = "C"
name = "Sold again"
rule = "preceding"
period = "month"
absolute = "sold"
numerator = "sold"
denominator = "buyers"
points = 1
"""
OWN = """[measures.sold]
table = "orders"
agg = "count"
[measures.buyers]
table = "orders"
agg = "count_distinct"
column = "user_id"
"""
TARGETS = '[targets."chain:own"]\nA = { value = 100 }\nB = { value = 0.2 }\n'
THURSDAY = date(2026, 10, 15)  # of W42; 12, 13, 14 and 15 October are known


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """Ten orders a day since June; twenty on the last three days of W41: by its Thursday 40 of 100, else 40 of 70."""
    days = [date(2026, 6, 1) + timedelta(n) for n in range((THURSDAY - date(2026, 6, 1)).days + 1)]
    sold = [
        (f"{day}-{n}", f"u{n}", f"{day} 10:00:00", 10.0)
        for day in days
        for n in range(20 if date(2026, 10, 9) <= day <= date(2026, 10, 11) else 10)
    ]
    shop = Shop(tmp_path / "ws").has("orders", orders(*sold), complete_until=str(THURSDAY)).says(as_of=str(THURSDAY))
    shop.defines("chains/own.toml", CHAIN).defines("metrics/own.toml", OWN).book(draft=False).close()
    shop.defines("targets/2026-W42.toml", TARGETS)
    return shop.root


def of(book: Book, period: str = "2026-10") -> ChainCard:
    return book.chains.card("own", book.period(period))


def link(card: ChainCard, id_: str) -> LinkCard:
    return next(one for one in card.links if one.link.id == id_)


def test_forty_by_thursday_end_between_seventy_and_a_hundred_of_the_hundred_agreed(sales: Path) -> None:
    book = Book.open(sales)
    pace = link(of(book), "A").pace
    assert pace is not None and pace.low is not None and pace.high is not None
    assert (pace.period.id, pace.day, pace.days, pace.target) == ("2026-W42", 4, 7, 100)
    assert (round(pace.low, 6), round(pace.high, 6), pace.state) == (70, 100, "within")
    book.close()


def test_a_rate_and_a_target_that_grows_with_the_month_are_on_the_way_to_nowhere(sales: Path) -> None:
    """B is a quotient; C is scaled by the buyers so far, so that its target is not the one it will be judged by."""
    book = Book.open(sales)
    card = of(book)
    assert [link(card, id_).pace for id_ in "BC"] == [None, None]
    book.close()
    sheet = sales / "targets" / "2026-10.toml"
    sheet.write_text('[targets."chain:own"]\nC = { value = 400 }\n', "utf-8")
    book = Book.open(sales)
    pace = link(of(book), "C").pace
    assert pace is not None and pace.target == 400, "one that was agreed stands"
    book.close()


def test_a_month_that_is_over_has_none(sales: Path) -> None:
    book = Book.open(sales)
    assert [one.pace for one in of(book, "2026-08").links] == [None, None, None]
    book.close()


def test_the_sheet_the_page_of_the_link_and_the_command_tell_it(run: Run, sales: Path) -> None:
    book = Book.open(sales)
    card = of(book)
    links = chain_view(card, book.workspace).sheets[0]
    at = next(n for n, column in enumerate(links.columns) if column.key == "pace")
    assert not links.columns[at].hidden
    assert [translate(row.cells[at].word) for row in links.rows] == ["70–100 %", "", ""]
    page = link_view(card, link(card, "A"), book.workspace).sheets[0]
    told = " ".join(translate(cell.word) for row in page.rows for cell in row.cells)
    assert "2026-W42: on pace for 70–100 % of its target; usual by day 4 of 7: 57 %" in told
    over = chain_view(of(book, "2026-08"), book.workspace).sheets[0]
    assert over.columns[at].hidden, "nothing runs"
    book.close()
    out = run("-w", sales, "chain", "own", "--period", "2026-10", "--format", "table").out
    assert "70–100 %" in next(line for line in out.splitlines() if "Sold " in line)
    (pace, *others) = (one["pace"] for one in run("-w", sales, "chain", "own", "--period", "2026-10").json["links"])
    assert (pace["period"], round(pace["low"]), round(pace["high"]), pace["day"]) == ("2026-W42", 70, 100, 4)
    assert others == [None, None]
