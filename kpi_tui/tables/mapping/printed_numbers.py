"""Numbers as people print them: `¥1,234.50`, `1.234,50 €`, `3.5%`; the SQL that makes plain numbers of them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from kpi_tui.tables.source.numeric_columns import PLAIN_NUMBER
from kpi_tui.tables.source.text_cells import tidy

# longest first: US$ before $. Signs that change the size (万, k) are no currency and stay unread.
_CURRENCIES = ("US$", "R$", "CNY", "RMB", "USD", "EUR", "GBP", "JPY", "¥", "￥", "$", "€", "£", "₹", "₽", "元")
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
    """Take currency, blanks, percent and thousands signs away; with nothing to take away `sql` is the column."""
    text = tidy(cells)
    signs = [sign for sign in (*_CURRENCIES, *_BLANKS, "%") if _holds(text, sign)]
    sql = quoted
    for sign in signs:
        sql, text = _replaced(sql, text, sign, "")
    if bool(text.str.contains(_IN_BRACKETS).any()):
        sql, text = _replaced(sql, text, "(", "-")
        sql, text = _replaced(sql, text, ")", "")
    if _fits(text, _GROUPED) >= _fits(text, _DECIMAL_COMMA):
        sql, text = _replaced(sql, text, ",", "") if _holds(text, ",") else (sql, text)
    else:
        sql, text = _replaced(sql, text, ".", "") if _holds(text, ".") else (sql, text)
        sql, text = _replaced(sql, text, ",", ".")
    return NumberStyle(f"{sql} / 100.0" if "%" in signs else sql, text)


def _holds(text: pl.Series, sign: str) -> bool:
    return bool(text.str.contains(sign, literal=True).any())


def _fits(text: pl.Series, style: str) -> int:
    """How many cells a style reads; plain numbers are read by every one but `1.5`, which is no thousands sign."""
    point = text.str.contains(PLAIN_NUMBER) if style == _GROUPED else text.str.contains(r"^[+-]?\d+$")
    return int((text.str.contains(style) | point).sum())


def _replaced(sql: str, text: pl.Series, old: str, new: str) -> tuple[str, pl.Series]:
    return f"replace({sql}, '{old}', '{new}')", text.str.replace_all(old, new, literal=True)
