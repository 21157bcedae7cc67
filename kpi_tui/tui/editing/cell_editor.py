"""Typing into the cell under a sheet's cursor: its value as text, and what is typed as one step of the sitting."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from typing import Protocol

from kpi_tui.definitions.issue import KpiError
from kpi_tui.text.typed_amounts import AmountError, edit_text
from kpi_tui.tui.editing.cell_value import CellValue
from kpi_tui.tui.host import Host


class EditingScreen(Protocol):
    """The screen whose cells they are."""

    @property
    def kpi(self) -> Host:
        """The app."""

    def say(self, text: str, kind: str = "info") -> None:
        """A sentence in the status line."""


@dataclass(frozen=True, slots=True)
class EditedCell:
    """A cell: `key` tells it from others, `value` (in `unit`) stands in it.

    `keep` puts another value there, None empties it; it is a step in `folder` (targets or actuals). AmountError when
    such a value cannot stand there.
    """

    key: str
    folder: str
    unit: str
    value: float | None
    keep: Callable[[float | None], object]


class CellEditor:
    """Owns what is typed into a sheet; `cell` is the one under its cursor, None where nothing can be typed."""

    def __init__(self, screen: EditingScreen, cell: Callable[[], EditedCell | None]) -> None:
        self._screen, self._cell = screen, cell
        self._value = CellValue()

    def cell_text(self) -> str | None:
        """The value under the cursor as text to edit."""
        cell = self._cell()
        return None if cell is None else edit_text(cell.value, cell.unit)

    def commit(self, text: str, pressed: float = inf) -> bool:
        """Keep what was typed, by a key pressed then; False keeps the cell open, with a sentence."""
        cell = self._cell()
        if cell is None or text.strip() == edit_text(cell.value, cell.unit):
            return True
        try:
            self.keep(cell, self._value.read(cell.key, text, cell.unit, cell.value, pressed))
        except (AmountError, KpiError) as error:
            self._screen.say(str(error), "error")
            return False
        return True

    def keep_typed(self, text: str) -> None:
        """The app ends: what was typed and not entered is unsaved too, if it is an amount. Draws and asks nothing."""
        cell = self._cell()
        if cell is not None and text.strip() not in ("", edit_text(cell.value, cell.unit)):
            with suppress(AmountError, KpiError):
                cell.keep(self._value.typed(text, cell.unit, cell.value))

    def keep(self, cell: EditedCell, value: float | None) -> None:
        """One step that undo takes back; what was said about the cell is over."""
        self._screen.say("")
        self._screen.kpi.session.edit(cell.folder, lambda: cell.keep(value))

    def forget(self) -> None:
        """The cell was left: what is far off is asked about again."""
        self._value.forget()
