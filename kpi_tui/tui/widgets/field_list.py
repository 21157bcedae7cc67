"""A title and labelled texts below it, wrapped to the width at hand with hanging lines; plain text only."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from kpi_tui.render.drawn import drawn, tone
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import fit, width
from kpi_tui.text.phrase import translate
from kpi_tui.tui.widgets.places import put_in_pane
from kpi_tui.tui.widgets.view_content import STYLES, both
from kpi_tui.views.view import Row, View

_STYLES = {**STYLES, "weak": "$text-error"}  # a text among many is not bold
LABEL = 12  # cells of the left column at least, where its labels are no longer
Field = tuple[str, str] | tuple[str, str, str]
"""Label, text, and perhaps the style of the text."""


class FieldList(Static):
    """Lays itself out anew when its width changes."""

    DEFAULT_CSS = "FieldList { height: auto; width: 1fr; }"

    def __init__(self, title: str = "", fields: Sequence[Field] = (), id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._title, self._fields, self._subtitle = title, tuple(fields), ""
        self._width = 0

    def show(self, title: str, fields: Sequence[Field], subtitle: str = "") -> None:
        """Show other fields, `subtitle` below the title; those with an empty text are left out."""
        self._title, self._fields, self._subtitle = title, tuple(fields), subtitle
        self._lay_out()

    def show_view(self, view: View | None) -> None:
        """Title, sentences and labelled lines of a View; None: nothing."""
        if view is None:
            self.show("", ())
        else:
            subtitle = "  ".join(clean(translate(sentence.word)) for sentence in view.sentences)
            self.show(both(view.title), fields_of(view), subtitle)

    def on_resize(self) -> None:
        """Wrap anew."""
        if self.size.width != self._width:
            self._lay_out()

    def _lay_out(self) -> None:
        self._width = self.size.width
        if self._width:
            put_in_pane(self, laid_out(self._title, self._fields, self._width, self._subtitle))


def fields_of(view: View) -> list[Field]:
    """The lines of all sheets of a View, a label each."""
    return [_field_of(row) for sheet in view.sheets for row in sheet.rows]


def _field_of(row: Row) -> Field:
    label, *cells = row.cells
    told = "  ".join(text for cell in cells if (text := clean(drawn(cell, brief=True))))
    return clean(drawn(label, brief=True)), told, _STYLES.get(tone(cells[0]), "") if cells else ""


def laid_out(title: str, fields: Sequence[Field], room: int, subtitle: str = "") -> Content:
    """The whole text in `room` cells; where that is narrow, labels stand above their texts."""
    parts = [(f"{line}\n", "bold") for line in _wrapped(title, room)]
    parts += [(f"{fit(subtitle, room)}\n\n", "dim")] if subtitle else [("\n", "")]
    side = _label_room(fields, room) if room >= 30 else 0
    for label, text, *style in fields:
        if text:
            parts += _field(label, text, room, side, *style)
    return Content.assemble(*parts)


def _label_room(fields: Sequence[Field], room: int) -> int:
    """Cells of the labels: a quarter of a wide screen at most."""
    widest = max((width(clean(label)) + 1 for label, text, *_style in fields if text), default=0)
    return max(LABEL, min(widest, room // 4))


def _field(label: str, text: str, room: int, side: int, style: str = "") -> list[tuple[str, str]]:
    fits = side and width(label) < side
    parts = [] if fits or not label else [(f"{clean(label)}\n", "dim")]
    for index, line in enumerate(_wrapped(text, room - side)):
        head = fit(label, side) if fits and index == 0 else " " * side
        parts += [(head, "dim"), (f"{line}\n", style)]
    return parts


def _wrapped(text: str, room: int) -> list[str]:
    return [line.plain.rstrip() for line in Content(clean(text)).wrap(max(room, 4))] or [""]
