"""What is typed into a cell becomes its value: read as an amount, and doubted once when it is far from what stood."""

from __future__ import annotations

from kpi_tui.text.i18n import _
from kpi_tui.text.typed_amounts import AmountError, doubt, edit_text, parse_amount

FAR = 10
"""A change by more than this factor is asked about: the usual slip is a missing % or 万."""


class CellValue:
    """Reads typed text; remembers what it has asked about, so that the same Enter again sets it."""

    def __init__(self) -> None:
        self._asked: tuple[str, float] | None = None

    def read(self, cell: str, text: str, unit: str, current: float | None) -> float | None:
        """The value meant, None for an empty text (R038).

        AmountError when it is no amount, or when it is more than tenfold off, or a rate that hardly is one, and this
        was not asked about yet.
        """
        if not text.strip():
            return None
        value = parse_amount(text, unit, current)
        asked, self._asked = self._asked == (cell, value), (cell, value)
        if not asked and (doubtful := doubt(text, value, unit)):
            raise AmountError(_("{doubt}; Enter sets it, Esc leaves it.", doubt=doubtful))
        if not asked and _is_far(value, current):
            old, new = edit_text(current, unit), edit_text(value, unit)
            raise AmountError(_("{old} → {new}: more than tenfold; Enter sets it, Esc leaves it.", old=old, new=new))
        self._asked = None
        return value

    def forget(self) -> None:
        """The cell was left: the next far value is asked about again."""
        self._asked = None


def _is_far(value: float, current: float | None) -> bool:
    """More than tenfold up or down; from nothing, or from 0, nothing is far."""
    if not current:
        return False
    return abs(value) > abs(current) * FAR or abs(value) * FAR < abs(current)
