"""Currencies: their codes, the signs and words that mean one, and which are offered where one is chosen."""

from __future__ import annotations

from collections.abc import Mapping

DEFAULT_CURRENCY = "CNY"
"""Of a new workspace whose files say none, or several."""
OFFERED = ("CNY", "USD", "EUR", "GBP", "HKD", "TWD", "JPY", "KRW", "SGD", "AUD", "CAD", "CHF", "INR", "THB", "VND")
"""To pick from; any other code can be written in workspace.toml."""
CODES = frozenset(
    """AED AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD IDR ILS INR JPY KRW MXN MYR NOK NZD PHP PLN RUB SAR SEK SGD THB TRY
    TWD USD VND ZAR""".split()
)
"""Codes that are known for such in the header of a column."""
WORDS: Mapping[str, str] = {"元": "CNY", "人民币": "CNY", "RMB": "CNY"}
YEN_OR_YUAN = "¥"
"""What the sign ¥ says: one of `YENS`, untold which."""
YENS = frozenset({"CNY", "JPY"})
SIGNS: Mapping[str, str] = {
    **{"US$": "USD", "R$": "BRL", "CNY": "CNY", "RMB": "CNY", "USD": "USD", "EUR": "EUR", "GBP": "GBP", "JPY": "JPY"},
    **{"¥": YEN_OR_YUAN, "￥": YEN_OR_YUAN, "$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "元": "CNY"},
}
"""What stands beside a printed amount -> its currency; longest first: US$ before $. 万 and k are no currency."""
