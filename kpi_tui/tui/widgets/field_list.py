"""A title and labelled texts below it, wrapped to the width at hand with hanging lines; plain text only."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from kpi_tui.render.drawn import drawn
from kpi_tui.text.clean import clean, fit, width
from kpi_tui.views.view import Sheet

LABEL = 12  # cells of the left column
Field = tuple[str, str]


def fields_of(sheet: Sheet) -> list[Field]:
    """Labels and texts of a sheet of two columns."""
    return [(drawn(label, brief=True), drawn(text, brief=True)) for label, text in (row.cells for row in sheet.rows)]


class FieldList(Static):
    """Lays itself out anew when its width changes."""

    DEFAULT_CSS = "FieldList { height: auto; width: 1fr; }"

    def __init__(self, title: str = "", fields: Sequence[Field] = (), id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._title, self._fields = title, tuple(fields)
        self._width = 0

    def show(self, title: str, fields: Sequence[Field]) -> None:
        """Show other fields; those with an empty text are left out."""
        self._title, self._fields = title, tuple(fields)
        self._lay_out()

    def on_resize(self) -> None:
        """Wrap anew."""
        if self.size.width != self._width:
            self._lay_out()

    def _lay_out(self) -> None:
        self._width = self.size.width
        if self._width:
            self.update(laid_out(self._title, self._fields, self._width))


def laid_out(title: str, fields: Sequence[Field], room: int) -> Content:
    """The whole text in `room` cells; where that is narrow, labels stand above their texts."""
    parts = [(f"{line}\n", "bold") for line in _wrapped(title, room)] + [("\n", "")]
    side = LABEL if room >= 30 else 0
    for label, text in fields:
        if text:
            parts += _field(label, text, room, side)
    return Content.assemble(*parts)


def _field(label: str, text: str, room: int, side: int) -> list[tuple[str, str]]:
    fits = side and width(label) < side
    parts = [] if fits or not label else [(f"{clean(label)}\n", "dim")]
    for index, line in enumerate(_wrapped(text, room - side)):
        head = fit(label, side) if fits and index == 0 else " " * side
        parts += [(head, "dim"), (f"{line}\n", "")]
    return parts


def _wrapped(text: str, room: int) -> list[str]:
    return [line.plain.rstrip() for line in Content(clean(text)).wrap(max(room, 4))] or [""]
