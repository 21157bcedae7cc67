"""Numbers as people print them: `¥1,234.50`, `1.234,50 €`, `3.5%`; the SQL that makes plain numbers of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from kpi_tui.tables.source.numeric_columns import PLAIN_NUMBER
from kpi_tui.tables.source.text_cells import tidy

# longest first: US$ before $. Signs that change the size (万, k) are no currency and stay unread.
_CURRENCIES = {"US$": "USD", "R$": "BRL", "CNY": "CNY", "RMB": "CNY", "USD": "USD", "EUR": "EUR", "GBP": "GBP"}
_CURRENCIES |= {
    "JPY": "JPY",
    "¥": "¥",
    "￥": "¥",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₽": "RUB",
    "元": "CNY",
}
_EITHER = frozenset({"CNY", "JPY"})  # what ¥ may be
SIGN = r"(US\$|HK\$|NT\$|R\$|CNY|RMB|USD|EUR|GBP|JPY|HKD|[¥￥$€£₹₽元])"
"""The first sign of a currency in a cell, in capitals."""
_DOLLARS = frozenset("USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP".split())
_MAY_BE = {"¥": _EITHER, "￥": _EITHER, "$": _DOLLARS, "HK$": {"HKD"}, "NT$": {"TWD"}, "HKD": {"HKD"}}
_MAY_BE |= {"元": frozenset({"CNY", "HKD", "TWD"})}
_BLANKS = (" ", "\u00a0", "\u202f")
_GROUPED = r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"
_IN_BRACKETS = r"^\([\d.,]+\)$"  # (12.00), as bookkeepers write -12.00
_DECIMAL_COMMA = r"^[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+$|^[+-]?\d{1,3}(\.\d{3})+$|^[+-]?\d+$"


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """`sql` over the column and what it makes of the cells, as text of plain numbers."""

    sql: str
    text: pl.Series


def unprinted(quoted: str, cells: pl.Series) -> NumberStyle:
    """Take currency, blanks, percent and thousands signs away; with nothing to take away `sql` is the column.

    Signs of several currencies stay: without them the amounts would be added up. So do cells of another style than
    most, which are unknown then: 1.234,56 among 1,234.56.
    """
    text = tidy(cells)
    if len(currencies_in(text)) > 1:
        return NumberStyle(quoted, text)
    signs = [sign for sign in (*_CURRENCIES, *_BLANKS, "%") if _holds(text, sign)]
    sql = quoted
    for sign in signs:
        sql, text = _replaced(sql, text, sign, "")
    if bool(text.str.contains(_IN_BRACKETS).any()):
        sql, text = _replaced(sql, text, "(", "-")
        sql, text = _replaced(sql, text, ")", "")
    if _fits(text, _GROUPED) >= _fits(text, _DECIMAL_COMMA):
        sql, text = _of_style(sql, text, _GROUPED, ((",", ""),))
    else:
        sql, text = _of_style(sql, text, _DECIMAL_COMMA, ((".", ""), (",", ".")))
    return NumberStyle(f"{sql} / 100.0" if "%" in signs else sql, text)


def currencies_in(text: pl.Series) -> set[str]:
    """Codes of the currencies whose signs stand in the cells; ¥ alone is one that is not told."""
    signs = {sign for sign in _CURRENCIES if _holds(text, sign)}
    if "US$" in signs or "R$" in signs:
        rest = text.str.replace_all("US$", "", literal=True).str.replace_all("R$", "", literal=True)
        signs -= set() if _holds(rest, "$") else {"$"}
    codes = {_CURRENCIES[sign] for sign in signs}
    return codes - {"¥"} if codes & _EITHER else codes


def codes_of_sign(sign: str) -> frozenset[str]:
    """The currencies that a sign may mean."""
    return frozenset(_MAY_BE.get(sign) or {_CURRENCIES[sign]})


def _of_style(sql: str, text: pl.Series, style: str, signs: Sequence[tuple[str, str]]) -> tuple[str, pl.Series]:
    """Signs of a style taken away, from cells of that style alone where others have the signs too."""
    held = [(old, new) for old, new in signs if _holds(text, old)]
    marked = text.filter(text.str.contains("[,]" if style == _GROUPED else "[.,]"))
    made, plain = sql, text
    for old, new in held:
        made, plain = _replaced(made, plain, old, new)
    if not held or bool(marked.str.contains(style).all()):
        return made, plain
    digits = r"^[+-]?\d+(\.\d+)?$" if style == _GROUPED else r"^[+-]?\d+$"
    fits = text.str.contains(style) | text.str.contains(digits)
    return f"case when regexp_like({sql}, '{style}|{digits}') then {made} end", plain.zip_with(fits, text)


def _holds(text: pl.Series, sign: str) -> bool:
    return bool(text.str.contains(sign, literal=True).any())


def _fits(text: pl.Series, style: str) -> int:
    """How many cells a style reads; plain numbers are read by every one but `1.5`, which is no thousands sign."""
    point = text.str.contains(PLAIN_NUMBER) if style == _GROUPED else text.str.contains(r"^[+-]?\d+$")
    return int((text.str.contains(style) | point).sum())


def _replaced(sql: str, text: pl.Series, old: str, new: str) -> tuple[str, pl.Series]:
    return f"replace({sql}, '{old}', '{new}')", text.str.replace_all(old, new, literal=True)
