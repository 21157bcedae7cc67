"""What is typed into a cell becomes its value: read as an amount, and doubted once when it is far from what stood."""

from __future__ import annotations

from math import inf

from kpi_tui.text.i18n import _
from kpi_tui.text.typed_amounts import AmountError, doubt, edit_text, parse_amount, possible
from kpi_tui.tui.terminal.confirmation import Confirmation

FAR = 10
"""A change by more than this factor is asked about: the usual slip is a missing % or 万."""


class CellValue:
    """Reads typed text; remembers what it has asked about, so that the same Enter again sets it."""

    def __init__(self) -> None:
        self._confirmed = Confirmation()

    def read(self, cell: str, text: str, unit: str, current: float | None, pressed: float = inf) -> float | None:
        """The value meant, None for an empty text (R038).

        AmountError when it is no amount, or when it is more than tenfold off, or a rate that hardly is one, and this
        was not asked about yet, or only after the key that says it was `pressed` (`Key.time`).
        """
        if not text.strip():
            return None
        value = self.typed(text, unit, current)
        question = _question(text, value, unit, current)
        if question and not self._confirmed.given((cell, value), pressed):
            raise AmountError(question)
        self._confirmed.forget()
        return value

    @staticmethod
    def typed(text: str, unit: str, current: float | None) -> float:
        """The amount, however far off. AmountError when it is none."""
        return possible(parse_amount(text, unit, current), unit)

    def forget(self) -> None:
        """The cell was left: the next far value is asked about again."""
        self._confirmed.forget()


def _question(text: str, value: float, unit: str, current: float | None) -> str:
    """What is asked about a value before it is set; empty for most."""
    if doubtful := doubt(text, value, unit):
        return _("{doubt}; Enter sets it, Esc leaves it.", doubt=doubtful)
    if _is_far(value, current):
        old, new = edit_text(current, unit), edit_text(value, unit)
        return _("{old} → {new}: more than tenfold; Enter sets it, Esc leaves it.", old=old, new=new)
    return ""


def _is_far(value: float, current: float | None) -> bool:
    """More than tenfold up or down; from nothing, or from 0, nothing is far."""
    if not current:
        return False
    return abs(value) > abs(current) * FAR or abs(value) * FAR < abs(current)
