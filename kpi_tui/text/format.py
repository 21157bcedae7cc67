"""Numbers for people: by unit, short, as change, as bar, as spark; and "no number" with its reason (R001–R003)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.change import POINTS
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.text.i18n import N_, _, language
from kpi_tui.text.marks_behind_numbers import marks_of
from kpi_tui.text.number_form import number_form

AMOUNT = "amount"
"""The unit of an amount beside another, or beside a unit in words: written as `currency` is, without the sign."""
DASH = "—"
MINUS = "−"  # before every number below zero that a person reads; csv and JSON keep "-"
UP, DOWN, FLAT = "▲", "▼", "▬"
TRACK = "┈"
SCORE_DIGITS = 2
"""Decimals of points and scores (R003), in sentences and the head of a screen too; only cells of a row are briefer."""
_EIGHTHS = " ▏▎▍▌▋▊▉"
_STEPS = {"en": ((1e12, "t"), (1e9, "b"), (1e6, "m"), (1e3, "k")), "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))}

UNITS = {
    "count": N_("count"),
    "currency": N_("currency"),
    "percent": N_("percent"),
    "ratio": N_("ratio"),
    "days": N_("days"),
    "seconds": N_("seconds"),
    "score": N_("score"),
    POINTS: N_("percentage points"),
}


def number(value: float | None, unit: str) -> str:
    """A value in full, e.g. `28.4 %`, `1,161,817`, `480.87`, `3.2 d`; `—` for None (and for inf, NaN)."""
    if value is None or not isfinite(value):
        return DASH
    if unit == "percent":
        return f"{decimals(value * 100, _percent_digits(value))} %"
    if unit == POINTS:
        return _points(decimals(value * 100, 1))
    if unit == "seconds":
        return _seconds(value)
    if unit == "weight":
        return plain(value)
    if unit == "attainment":
        return attained(value)
    if unit == "days":
        return _("{number} d", number=decimals(value, 0 if float(value).is_integer() else 1))
    text = decimals(value, _digits(value, unit))
    return number_form().money(text) if unit == "currency" else text


def quantity(wanted: Quantity, brief: bool = False) -> str:
    """A number with its unit, as its sign, digits and limit ask for; `brief`: a screen's few cells.

    Scores have two decimals (R003); points of a scorecard, which have a limit, one where they are told briefly, and
    more where rounding would pass that limit. A score that is itself a metric (4.55 of 5) keeps both.
    """
    value, unit = wanted.value, wanted.unit
    if value is None or not isfinite(value):
        return DASH
    size = abs(value) if wanted.signed else value
    if unit == "score" and (brief or wanted.below is not None):
        short = brief and (wanted.below is not None or size >= 10)
        digits = wanted.digits if wanted.digits is not None else 1 if short else SCORE_DIGITS
        text = honest(size, size if wanted.below is None else wanted.below, digits)
    elif unit == "effect":
        text = f"{decimals(size * 100, 0 if brief and (size * 100).is_integer() else 1)} %"
    elif wanted.digits is not None:
        text = _in_digits(size, unit, wanted.digits)
    else:
        text = number(size, unit)
    return text if not wanted.signed else (MINUS if value < 0 else "+" if value > 0 else "±") + text


def _in_digits(size: float, unit: str, digits: int) -> str:
    if unit == "percent":
        return f"{decimals(size * 100, digits)} %"
    if unit == POINTS:
        return _points(decimals(size * 100, digits))
    return number_form().money(decimals(size, digits)) if unit == "currency" else decimals(size, digits)


def _points(number: str) -> str:
    return _("{number} pp", number=number)


def honest(value: float, limit: float, digits: int = 1) -> str:
    """A rounded number; more digits where rounding would lift a value below `limit` up to it, or a gain to nothing."""
    for more in range(digits, 4):
        text = decimals(value, more)
        rounded = _read(text)
        if (value >= limit or rounded < limit) and (rounded or not value):
            return text
    return decimals(value, digits)


def plain(value: float) -> str:
    """A weight or a limit without needless decimals."""
    return decimals(value, 0 if float(value).is_integer() else 1)


def attained(share: float | None, digits: int = 0) -> str:
    """Attainment in percent, `digits` decimals and as many more as keep a miss from reading as met: 99.96 %."""
    if share is None or not isfinite(share):
        return DASH
    for more in range(digits, 7):
        text = decimals(share * 100, more)
        if share >= 1 or _read(text) < 100:
            break
    return f"{text}%" if digits == 0 else f"{text} %"


def short(value: float | None, unit: str = "count") -> str:
    """A value in few cells: `1.2k`, `3.4m`; in Chinese `1.2万`, `3.4亿`. Percent and scores as in `number`."""
    if value is None or not isfinite(value) or unit in ("percent", "score", "seconds", "days"):
        return number(value, unit)
    steps = _STEPS[language()]
    for (step, letter), lower in zip(steps, [*(step for step, _letter in steps[1:]), 1.0], strict=True):
        if _reaches(abs(value) / lower, step / lower, 0 if lower > 1 else _digits(value, unit)):
            scaled = value / step
            text = decimals(scaled, 0 if _reaches(abs(scaled), 100, 1) else 1) + letter
            return number_form().money(text) if unit == "currency" else text
    return number(value, unit)


def decimals(value: float, digits: int) -> str:
    """Rounded half up, thousands separated, below zero with `−`, never `−0`; beyond 10¹⁵ as `1.23e+18`."""
    if not isfinite(value):
        return DASH
    if abs(value) >= 1e15:
        return number_form().written(f"{value:.2e}".replace("-", MINUS))
    rounded = _rounded(value, digits)
    return number_form().written(MINUS + f"{-rounded:,}" if rounded < 0 else f"{abs(rounded):,}")


def _read(text: str) -> float:
    """The number that `decimals` wrote."""
    return float(number_form().unwritten(text).replace(MINUS, "-"))


def _rounded(value: float, digits: int) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _reaches(size: float, limit: float, digits: int) -> bool:
    """Whether a size is at a limit, or would be once it is rounded: 9,999.999 must not read as 10,000.00."""
    return size >= limit or float(_rounded(size, digits)) >= limit


def in_full(value: float) -> str:
    """A number with all the digits it needs to reproduce the value."""
    text = f"{int(value):,}" if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
    return number_form().written(text.replace("-", MINUS, 1) if value < 0 else text)


def shown(value: Value, *, compact: bool = False) -> str:
    """A value with its partial mark; `—` when there is none."""
    text = short(value.value, value.unit) if compact else number(value.value, value.unit)
    return f"{text} {marks_of(value)}".rstrip()


def unit_name(unit: str, currency: str = "") -> str:
    """The unit in words; a currency by its own code when known."""
    if unit == "currency" and currency:
        return currency
    return _(UNITS[unit]) if unit in UNITS else unit


def change(fraction: float | None, unit: str = "percent", brief: bool = False) -> str:
    """A change: `▲ 3.1 %`, `▼ 12.0 %`, `▬ 0.0 %`; of a rate `▼ 12.0 pp` (briefly so in Chinese too); `—` unknown."""
    if fraction is None or not isfinite(fraction):
        return DASH
    text = decimals(abs(fraction) * 100, 1)
    arrow = FLAT if text == "0.0" else UP if fraction > 0 else DOWN
    if unit != POINTS:
        return f"{arrow} {text} %"
    return f"{arrow} {text} pp" if brief else f"{arrow} {_points(text)}"


def difference(points: float | None, digits: int = 1) -> str:
    """An absolute change of points: `▲ 3.1`; `—` when unknown."""
    if points is None or not isfinite(points):
        return DASH
    text = decimals(abs(points), digits)
    arrow = FLAT if _read(text) == 0 else UP if points > 0 else DOWN
    return f"{arrow} {text}"


def signed(value: float, unit: str) -> str:
    """A difference with its sign: `+1,200`, `−3.1 %`."""
    text = number(abs(value), unit)
    return (MINUS if value < 0 else "+") + text


def bar(fraction: float | None, cells: int, *, track: str = " ") -> str:
    """A bar of `cells` cells in eighth blocks; above 1 it is full, unknown is an empty track."""
    if fraction is None or not isfinite(fraction):
        return track * cells
    eighths = round(min(max(fraction, 0.0), 1.0) * cells * 8)
    whole, rest = divmod(eighths, 8)
    text = "█" * whole + (_EIGHTHS[rest] if rest else "")
    return text + track * (cells - len(text))


def rule(fraction: float | None, cells: int) -> str:
    """A bar of `cells` cells as a thin line in half cells, so that bars of neighbouring rows stay apart: `━━━━╸┈┈`.

    Above 1 it is full; only 1 and more is: a near miss leaves half a cell open. Unknown is an empty track.
    """
    if fraction is None or not isfinite(fraction):
        return TRACK * cells
    share = min(max(fraction, 0.0), 1.0)
    halves = cells * 2 if share == 1 else min(round(share * cells * 2), max(cells * 2 - 1, 0))
    whole, rest = divmod(halves, 2)
    return ("━" * whole + "╸" * rest).ljust(cells, TRACK)


def _percent_digits(value: float) -> int:
    """One decimal; more where it would show a small share as zero."""
    return 1 if value == 0 or abs(value) >= 0.0005 else 2 if abs(value) >= 0.00005 else 4


def _digits(value: float, unit: str) -> int:
    size = abs(value)
    if unit == "score":
        return 2
    if unit in ("currency", AMOUNT):
        return 0 if _reaches(size, 10_000, 2) else 2
    if unit == "ratio":
        return 2 if _reaches(size, 0.1, 4) or size == 0 else 4
    whole = abs(value - round(value)) <= 1e-9 * max(size, 1)  # 53.0000000001 is a sum of shares, not a half person
    return 0 if whole or _reaches(size, 1_000, 1) else 1 if _reaches(size, 10, 2) else 2


def _seconds(value: float) -> str:
    if not _reaches(abs(value), 60, 1):
        return _("{number} s", number=decimals(value, 0 if float(value).is_integer() else 1))
    minutes, seconds = divmod(int(abs(value) + 0.5), 60)
    sign = MINUS if value < 0 else ""
    if minutes < 60:
        return sign + _("{minutes} min {seconds:02d} s", minutes=minutes, seconds=seconds)
    return sign + _("{hours} h {minutes:02d} min", hours=minutes // 60, minutes=minutes % 60)
