"""Why a link has no score names what is missing: its own count, what it is divided by, or what it is compared with."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.period import Period
from kpi_tui.text.phrase import translate
from kpi_tui.views.chain.card import chain_view
from tests.workspaces import Shop, orders

MAY = Period.parse("2026-05")


@pytest.fixture
def said(shop: Shop) -> dict[str, str]:
    """Link -> its sentence, of a shop that has orders of April and May 2026 and nothing else: one a day."""
    days = [date(2026, 4, 1) + timedelta(days) for days in range(61)]
    rows = [(str(n), f"u{n % 7}", f"{day} 10:00:00", 10.0) for n, day in enumerate(days)]
    shop.says(as_of="2026-05-31").has("orders", orders(*rows))
    book = shop.book()
    notes = chain_view(book.chains.card("site", MAY), book.workspace).sheets[0].notes
    lines = [translate(note.word) for note in notes if note.key == "missing"]
    return {line[2]: line[2:] for line in lines}


def test_a_count_without_its_table_says_so(said: dict[str, str]) -> None:
    assert said["C"] == ("C Inquiries: a table it needs is missing (needs the table inquiries)")


def test_where_only_the_divisor_has_no_table_the_divisor_is_named(said: dict[str, str]) -> None:
    """Deals are counted from the orders; the people who asked are in no file."""
    assert said["D"] == (
        "D Monetisation: people who consulted or submitted a request, which it is divided by: "
        "a table it needs is missing (needs the table inquiries)"
    )


def test_where_only_the_comparison_has_no_data_the_period_is_named(said: dict[str, str]) -> None:
    """Repeat deals of May and their buyers are known; those of a year before are not. It said "no data"."""
    assert said["G"] == (
        "G Repeat monetisation: 2025-05, which it is compared with, is not known: "
        "the data of orders cover 2026-04-01 … 2026-05-31"
    )


def test_a_growth_form_names_the_period_that_is_missing(shop: Shop) -> None:
    """April 2026 is known, March is not."""
    rows = [(str(day), "ann", f"2026-04-{day:02} 10:00:00", 10.0) for day in range(1, 31)]
    shop.says(as_of="2026-04-30").has("orders", orders(*rows))
    value = shop.value("paid_amount.growth", "2026-04")
    assert (value.value, value.reason) == (None, Reason.NO_DATA)
    assert value.detail == (
        "2026-03, which it is compared with, is not known: the data of orders cover 2026-04-01 … 2026-04-30"
    )
