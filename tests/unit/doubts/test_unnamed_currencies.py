"""Currencies in a column that is not called so: seen by its mapping, else by its cells; no silent sum of several."""

from __future__ import annotations

from tests.workspaces import Row, Shop, orders


def rows(*words: str) -> list[Row]:
    """An order of 10, 20, 30 … with a word of its currency in the column `cur`."""
    made = orders(*((f"o{n}", f"u{n}", f"2026-03-0{n} 10:00:00", 10.0 * n) for n, _ in enumerate(words, 1)))
    return [row | {"cur": word} for row, word in zip(made, words, strict=True)]


def notes(shop: Shop, metric: str = "paid_amount") -> list[str]:
    return [str(note) for note in shop.value(metric, "2026-03").notes if "currencies" in note]


def test_a_column_mapped_as_the_currency_is_one(shop: Shop) -> None:
    """CNY 10 + 30, USD 20: never 60."""
    shop.has("orders", rows("CNY", "USD", "CNY"), columns={"currency": "cur"}).says(as_of="2026-03-31")
    assert shop.value("paid_amount", "2026-03").value is None
    assert shop.value("paid_amount", "2026-03", where="currency = 'CNY'").value == 40


def test_a_column_of_codes_that_nobody_calls_a_currency_is_told(shop: Shop) -> None:
    shop.has("orders", rows("CNY", "USD", "CNY")).says(as_of="2026-03-31")
    assert shop.value("paid_amount", "2026-03").value == 60
    assert notes(shop) == [
        "orders: cur holds several currencies, and amounts are added up: CNY (2), USD (1); "
        'write currency_column = "cur" in [tables.orders], or currency where all are in one'
    ]
    assert notes(shop, "paid_orders") == []
    shop.says_of("orders", currency_column="cur")
    assert shop.value("paid_amount", "2026-03").value is None


def test_one_currency_or_other_words_are_not(shop: Shop) -> None:
    shop.has("orders", rows("CNY", "CNY", "")).says(as_of="2026-03-31")
    assert notes(shop) == []
    shop.has("orders", rows("CNY", "USD", "APP"))
    assert notes(shop) == []
    shop.has("orders", rows("CNY", "USD", "CNY"), currency="CNY")
    assert notes(shop) == []
