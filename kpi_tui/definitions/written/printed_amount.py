"""Numbers as sheets print them: `¥1,234.50`, `12 %`, `(12.00)`, `1.234,5 €`, `3万`; else as people type (R038)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kpi_tui.definitions.message import say
from kpi_tui.definitions.written.currencies import SIGN
from kpi_tui.definitions.written.typed_amount import parse_amount

_CURRENCY = re.compile(f"(?i){SIGN}")
_SIGNS = {"-": -1, "−": -1, "–": -1, "－": -1, "+": 1, "＋": 1}
_EITHER = re.compile(r"\d{1,3}[,，]\d{3}")  # 1,234: a thousand, or one and a bit
_COMMA = re.compile(r"\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})")
_POINT = re.compile(r"\d{1,3}(,\d{3})+\.\d*|\d{1,3}(,\d{3}){2,}|\d*\.(\d{1,2}|\d{4,})")


def printed_amount(text: str, unit: str, *, decimal_comma: bool = False) -> float:
    """The number of a cell, percent as a fraction. A sign in front is the number's own: it changes nothing else.

    AmountError when it is no number, or could be read in two ways.
    """
    bare, sign = _bare(text)
    if decimal_comma:
        bare = bare.replace(".", "").replace(",", ".")
    return sign * parse_amount(bare, unit)


def uses_decimal_comma(texts: Iterable[str]) -> bool | None:
    """Whether the numbers of a file are written 1.234,5; None where both kinds stand in it, or nothing tells."""
    bares = [_bare(text)[0].rstrip("%") for text in texts]
    comma = any(_COMMA.fullmatch(bare) for bare in bares)
    point = any(_POINT.fullmatch(bare) for bare in bares)
    return comma if comma != point else None


def either_way(text: str) -> str:
    """Why a cell cannot be read where nothing tells which sign divides decimals; empty for most."""
    bare = _bare(text)[0].rstrip("%")
    if not _EITHER.fullmatch(bare):
        return ""
    return say(
        "{text} could be {large} or {small}: write it without thousands signs",
        text=text,
        large=bare.replace(",", ""),
        small=bare.replace(",", "."),
    )


def _bare(text: str) -> tuple[str, int]:
    """Without currency, blanks, brackets and sign; and the sign."""
    bare = "".join(_CURRENCY.sub("", text).split())
    if len(bare) > 2 and bare[0] in "(（" and bare[-1] in ")）":
        return bare[1:-1], -1
    sign = _SIGNS.get(bare[:1])
    return (bare[1:], sign) if sign else (bare, 1)
