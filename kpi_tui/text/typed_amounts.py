"""What is said of numbers people type (`definitions/written/typed_amount.py` reads them): doubts, hints, exact text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, localcontext

from kpi_tui.definitions.written import typed_amount
from kpi_tui.definitions.written.typed_amount import MAX_LENGTH, AmountError, is_doubtful, says_percent
from kpi_tui.text.clean import clean
from kpi_tui.text.format import number
from kpi_tui.text.i18n import _, told
from kpi_tui.text.number_form import number_form

__all__ = ["AmountError", "doubt", "edit_text", "hint", "parse_amount", "parse_factor", "possible", "read_as"]


def parse_amount(text: str, unit: str, current: float | None = None) -> float:
    """As `typed_amount.parse_amount`, typed as the workspace writes numbers; an AmountError in the language in force.

    A command asks inside `plain_numbers`: what it is given means the same in every workspace.
    """
    with _told():
        return typed_amount.parse_amount(number_form().read(text), unit, current)


def possible(value: float, unit: str) -> float:
    """As `typed_amount.possible`, told likewise."""
    with _told():
        return typed_amount.possible(value, unit)


def parse_factor(text: str) -> float:
    """As `typed_amount.parse_factor`, told likewise."""
    with _told():
        return typed_amount.parse_factor(number_form().read(text))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except AmountError as error:
        raise AmountError(clean(told(str(error)))) from None


def doubt(text: str, value: float, unit: str) -> str:
    """What is to be asked about a value that was understood: a rate of 1,000 % and more, or one with 万 or k."""
    if not is_doubtful(text, value, unit):
        return ""
    return _("“{text}” on a rate means {share}", text=clean(text), share=number(value, unit))


def read_as(text: str, value: float, unit: str) -> str:
    """How a bare number on a rate was read: `“28” was read as 28.0 %`; "" where the sign was typed."""
    if unit != "percent" or says_percent(text):
        return ""
    return _("“{text}” was read as {share}.", text=clean(text), share=number(value, unit))


def edit_text(value: float | None, unit: str) -> str:
    """A value as text to edit, exactly: `parse_amount(edit_text(v, unit), unit) == v`."""
    if value is None:
        return ""
    with localcontext(prec=MAX_LENGTH):
        exact = Decimal(repr(value))
        digits = format(exact * 100 if unit == "percent" else exact, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    digits = digits.replace(".", number_form().point)
    sign = "=" if digits.startswith("-") else ""
    return f"{sign}{digits}%" if unit == "percent" else f"{sign}{digits}"


def hint(unit: str) -> str:
    """What may be typed for this unit, in a few words."""
    if unit == "percent":
        return _("28% or 28 or 0.28 · +5% −3% *1.1 change it")
    return _("1234 1.5k 2m 3万 1.2亿 · +5% −3% *1.1 change it")
