"""Which columns of a file a recipe means by its header words, and the currency that a header says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kpi_tui.definitions.written.currencies import CODES, WORDS
from kpi_tui.tables.propose.synonyms import plain

JOINED = " + "  # in a header word: `Date + Time` is both columns, a blank between their cells
_UNITS = (*CODES, *WORDS, *"UTC US$ $ € £ ¥ ￥ 万元 次 个 件 人 单 笔 秒".split())
_UNIT = re.compile(rf"(.*\S)\s*[(（\[]\s*({'|'.join(map(re.escape, _UNITS))})\s*[)）\]]")


def columns_meant(names: Mapping[str, tuple[str, ...]], headers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Name of the recipe -> the columns of the file behind the first of its header words that the file has.

    A word without a unit means a header with one too: `Amount spent` is `Amount spent (USD)`.
    """
    found = list(headers)
    by_name = {close(without_unit(header)): header for header in reversed(found)}
    by_name |= {close(header): header for header in reversed(found)}
    meant = {}
    for name, words in names.items():
        ways = (tuple(by_name.get(close(part), "") for part in word.split(JOINED)) for word in words)
        if columns := next(filter(all, ways), ()):
            meant[name] = columns
    return meant


def close(header: str) -> str:
    """A header word as recipes compare it: `Item Price` is `item price`, and not `item-price` or `item_price`.

    How a platform joins words tells its exports from files that anybody wrote; Chinese words have no such sign.
    """
    return re.sub(r"[^\w/-]+", "", header.casefold()) if header.isascii() else plain(header)


def currencies_said(headers: Iterable[str]) -> set[str]:
    """Codes of currencies in the units of headers."""
    units = set(map(_unit, headers))
    return {WORDS.get(unit, unit) for unit in units if unit in CODES or unit in WORDS}


def without_unit(header: str) -> str:
    """A header without the unit behind it: 金额(元) is 金额; not one in 万元, whose numbers are others."""
    found = _UNIT.fullmatch(header.strip())
    return found[1] if found and found[2] != "万元" else header


def _unit(header: str) -> str:
    found = _UNIT.fullmatch(header.strip())
    return found[2] if found else ""
