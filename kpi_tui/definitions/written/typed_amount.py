"""Numbers as people type them into a target: `1,234`, `28%`, `1.5k`, `3万`, `+5%`, `*1.1` (R038).

On a percent metric `28%`, `28` and `0.28` are all 28 %: a bare number below 1 is a fraction, above 2 a
percentage. Between 1 and 2 nobody can tell 1.5 % from 150 %, so the sign is asked for. A sign in front
changes the present value (`-3%` lowers it by three percent of itself); `=-5` sets a negative number.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from math import isfinite

from kpi_tui.definitions.message import say
from kpi_tui.definitions.rounding import whole

MOST_SHARE = 10.0
"""From this share on (1,000 %) a rate is asked about."""
MAX_LENGTH = 400  # the largest float has 309 digits
_SCALES = {
    "": 0,
    "k": 3,
    "千": 3,
    "万": 4,
    "w": 4,
    "m": 6,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "b": 9,
    "bn": 9,
    "t": 12,
    "万亿": 12,
}
_PLAIN = re.compile(
    r"[¥$€£]?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(k|千|万亿|万|w|m|百万|千万|亿|bn|b|t)?(%)?", re.ASCII
)
_CHANGE = re.compile(r"([+-])(\d+(?:\.\d*)?|\.\d+)%", re.ASCII)
_TIMES = re.compile(r"\*(\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME = _FULL_WIDTH | str.maketrans({"−": "-", "–": "-", "×": "*", "￥": "¥", "。": ".", "億": "亿", "萬": "万"})


class AmountError(ValueError):
    """The typed text is no amount; the message is one sentence that says what to write."""


def parse_amount(text: str, unit: str, current: float | None = None) -> float:
    """The value meant by `text` for a metric of `unit` whose present target is `current`.

    Percent is a fraction; a count changed by a share becomes whole again (R003).
    AmountError when it is no number, or could be read in two ways.
    """
    typed = _normal(text)
    if typed.startswith("="):
        sign, typed = (-1, typed[2:]) if typed[1:2] == "-" else (1, typed[1:])
        return sign * _absolute(typed, unit, text)
    if typed[:1] in ("+", "-", "*"):
        changed = _changed(_factor(typed, text), current)
        return whole(changed) if unit == "count" else changed
    return _absolute(typed, unit, text)


def possible(value: float, unit: str) -> float:
    """A value that a metric of `unit` can have, typed, pasted, imported or set by command. AmountError for another."""
    if value < 0 and unit in _NEVER_BELOW_ZERO:
        raise AmountError(_NEVER_BELOW_ZERO[unit])
    return value


_NEVER_BELOW_ZERO = {
    "count": say("a count cannot be negative"),
    "days": say("a number of days cannot be negative"),
    "seconds": say("a time cannot be negative"),
    "score": say("a score cannot be negative"),
}
"""Amounts, rates and ratios can be: a loss, a fall."""


def is_doubtful(text: str, value: float, unit: str) -> bool:
    """Whether a value that was understood is to be asked about: a rate of 1,000 % and more, or one with 万 or k."""
    if unit != "percent":
        return False
    found = _PLAIN.fullmatch(_normal(text).removeprefix("="))
    return abs(value) >= MOST_SHARE or bool(found and found[2])


def says_percent(text: str) -> bool:
    """Whether the text has a percent sign, or only multiplies: nothing is to be said about how it was read."""
    typed = _normal(text)
    return "%" in typed or typed.startswith("*")


def parse_factor(text: str) -> float:
    """The factor of a raise: `5`, `5%` and `+5%` are 1.05, `-3%` is 0.97, `*1.1` is 1.1."""
    typed = _normal(text)
    if typed[:1] not in ("+", "-", "*"):
        typed = "+" + typed
    if typed[0] != "*" and not typed.endswith("%"):
        typed += "%"
    return float(_factor(typed, text))


def _normal(text: str) -> str:
    """Full-width characters made ASCII, spaces dropped, small letters."""
    if len(text) > MAX_LENGTH:
        raise AmountError(say("That is too long for a number."))
    typed = "".join(text.translate(_SAME).split()).casefold()
    if not typed:
        raise AmountError(say("Type a number, or press Delete for no target."))
    return typed


def _absolute(typed: str, unit: str, text: str) -> float:
    found = _PLAIN.fullmatch(typed)
    if not found:
        raise AmountError(_no_number(text, typed))
    digits, scale, percent = found[1], found[2] or "", bool(found[3])
    with localcontext(prec=MAX_LENGTH):
        amount = Decimal(digits.replace(",", "")).scaleb(_SCALES[scale])
        if percent and unit not in ("percent", "ratio"):
            raise AmountError(say("“{text}”: this metric is no percentage.", text=text))
        if percent or (unit == "percent" and _is_percentage(amount, text)):
            amount /= 100
        return _finite(amount)


def _is_percentage(number: Decimal, text: str) -> bool:
    """Whether a bare number on a percent metric counts percents (28) or is a fraction (0.28)."""
    if 1 <= number <= 2:
        raise AmountError(either_percent(text, number))
    return number > 2


def either_percent(text: str, number: Decimal) -> str:
    """Why a bare number on a percent metric is not taken: it may count percents, or be a fraction."""
    large = _bare(number * 100)
    return say("“{text}” could be {small}% or {large}%; write the % sign.", text=text, small=number, large=large)


def _bare(number: Decimal) -> str:
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _factor(typed: str, text: str) -> Decimal:
    if found := _TIMES.fullmatch(typed):
        return Decimal(found[1])
    if found := _CHANGE.fullmatch(typed):
        share = Decimal(found[2]) / 100
        if found[1] == "-" and share > 1:
            raise AmountError(say("“{text}” would make the target negative.", text=text))
        return 1 + share if found[1] == "+" else 1 - share
    if re.fullmatch(r"[+-][\d.,]+\D*", typed):
        raise AmountError(say("“{text}”: +5% or −3% changes the target, =-5 is negative.", text=text))
    raise AmountError(_no_number(text, typed))


def _changed(factor: Decimal, current: float | None) -> float:
    if current is None:
        raise AmountError(say("There is no target yet to change; type the number itself."))
    with localcontext(prec=MAX_LENGTH):
        return _finite(Decimal(repr(current)) * factor)


def _finite(number: Decimal) -> float:
    value = float(number)
    if not isfinite(value):
        raise AmountError(say("That number is too large."))
    return value


def _no_number(text: str, typed: str) -> str:
    shown = text if len(text) <= 20 else text[:19] + "…"
    if re.fullmatch(r"[\d,.]+\D*", typed):
        return say("“{text}” is no number; write 1234.5 or 1,234.5.", text=shown)
    return say("“{text}” is no number; write like 1234, 28%, 1.5k, 3万 or +5%.", text=shown)
