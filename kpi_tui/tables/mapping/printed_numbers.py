"""Numbers as people print them: `¥1,234.50`, `1.234,50 €`, `3.5%`; the SQL that makes plain numbers of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from kpi_tui.definitions.written.currencies import SIGNS, YEN_OR_YUAN, YENS
from kpi_tui.tables.source.numeric_columns import PLAIN_NUMBER
from kpi_tui.tables.source.text_cells import tidy

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
    signs = _signs_in(text, (*SIGNS, *_BLANKS, "%"))
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
    codes = {SIGNS[sign] for sign in _signs_in(text, SIGNS)}
    return codes - {YEN_OR_YUAN} if codes & YENS else codes


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


def _signs_in(text: pl.Series, signs: Iterable[str]) -> list[str]:
    """Those signs that stand in a cell, each but inside one before it; digits are no part of one."""
    left = "\n".join(text.drop_nulls().str.replace_all(r"[\d.,+-]+", "0").unique())
    found = []
    for sign in signs:
        if sign in left:
            found.append(sign)
            left = left.replace(sign, "\n")
    return found


def _fits(text: pl.Series, style: str) -> int:
    """How many cells a style reads; plain numbers are read by every one but `1.5`, which is no thousands sign."""
    point = text.str.contains(PLAIN_NUMBER) if style == _GROUPED else text.str.contains(r"^[+-]?\d+$")
    return int((text.str.contains(style) | point).sum())


def _replaced(sql: str, text: pl.Series, old: str, new: str) -> tuple[str, pl.Series]:
    return f"replace({sql}, '{old}', '{new}')", text.str.replace_all(old, new, literal=True)
