"""Rows and columns drawn line by line: virtual, plain text only; the line of the cursor is repainted alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kpi_tui.render.columns import Slot, without_room
from kpi_tui.render.drawn import drawn
from kpi_tui.render.tails import missing, tails
from kpi_tui.text.clean import clean
from kpi_tui.text.phrase import translate
from kpi_tui.tui.terminal.theme_styles import ThemeStyles
from kpi_tui.tui.widgets.cells import GUTTER, Cursor, cut_strip, header_strip, heading_strip, row_strip
from kpi_tui.tui.widgets.row_order import RowOrder, marked
from kpi_tui.tui.widgets.section_places import SectionPlaces
from kpi_tui.views.cells import Cell, NumberCell, TextCell
from kpi_tui.views.view import Column, Row

SHORTEST = 3
"""Lines of a sheet too short to keep one for a heading."""


class SheetLines(ScrollView, can_focus=True):
    """What a sheet looks like; the cursor is moved in `SheetTable`."""

    auto_links = False  # links make Textual repaint on every mouse move
    COMPONENT_CLASSES: ClassVar[set[str]] = {"sheet--cell"}  # a style sheet may change it
    WORDS: ClassVar[dict[str, str]] = {
        "header": "dim",
        "heading": "bold $primary",
        "muted": "dim",
        "strong": "bold",
        "good": "$text-success",
        "near": "$text-warning",
        "weak": "bold $text-error",
        "changed": "bold $text-accent",
        "cursor": "bold",
        **{f"shade-{dark}": f"on $primary {percent}%" for dark, percent in enumerate((10, 20, 32, 46, 62), 1)},
    }
    DEFAULT_CSS = """
    SheetLines {
        height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size: 1 1;
        background: $background; color: $foreground;
        & > .sheet--cell { text-style: bold reverse; }
    }
    """
    cursor: reactive[int] = reactive(0, repaint=False)
    column: reactive[int] = reactive(0, repaint=False)

    def __init__(
        self,
        columns: Iterable[Column] = (),
        rows: Iterable[Row] = (),
        *,
        by_cell: bool = False,
        header: bool = True,
        by_section: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.by_cell = by_cell
        self.header = header
        self.columns: tuple[Column, ...] = tuple(columns)
        self.rows: tuple[Row, ...] = tuple(rows)
        self.order: RowOrder | None = None  # None: the rows as they came
        self._by_section = by_section
        self._places = SectionPlaces(by_section)
        self._styles = ThemeStyles(self.WORDS)

    def update_row(self, row: Row) -> None:
        """One row anew: repaints its line only, unless a text outgrew its column."""
        for index, old in enumerate(self.rows):
            if old.key == row.key:
                if old != row:
                    self.rows = (*self.rows[:index], row, *self.rows[index + 1 :])
                    self._refresh_row(index)
                    self._widen(row, index)
                return

    def _widen(self, row: Row, index: int) -> None:
        """Lay the columns out anew when a number would be cut, or is the first with a mark."""
        slots = [
            slot for slot in self.slots_at(index) if slot.index < len(row.cells) and not self.columns[slot.index].flex
        ]
        new = tails([row], self.columns)
        more = any(cell_len(new[slot.index]) > cell_len(slot.tail) for slot in slots)
        if more or any(self._needs(row.cells[slot.index], slot) > slot.width for slot in slots):
            self._places.forget()
            self.refresh()

    @property
    def room(self) -> Size:
        """Cells to draw in: without border, padding and scrollbar."""
        return self.scrollable_content_region.size

    # --- layout -----------------------------------------------------------------------------
    @property
    def slots(self) -> tuple[Slot, ...]:
        """Columns as placed at the present width, in the section of the cursor."""
        return self.slots_at(self.cursor)

    def slots_at(self, index: int) -> tuple[Slot, ...]:
        """Columns as placed in the section of a row."""
        return self._places.at(index, self.rows, self.columns, self.order, self.room.width - GUTTER)

    def unseen(self) -> str:
        """What the row under the cursor says in words that are cut, or find no room, with the heading of their column.

        Empty: all of them are seen.
        """
        if not 0 <= self.cursor < len(self.rows) or self.rows[self.cursor].kind == "heading":
            return ""
        wide = {slot.index: slot.width for slot in self.slots}
        gone = without_room(self.columns, wide)
        heads = {index: clean(translate(self.columns[index].title)) for index in gone}
        words = [
            f"{heads.get(index, '')} {clean(drawn(cell, brief=True))}".strip()
            for index, cell in enumerate(self.rows[self.cursor].cells)
            if isinstance(cell, TextCell if index in gone else TextCell | NumberCell)
            and (index in wide or index in gone)
            and cell_len(clean(drawn(cell, brief=True))) > wide.get(index, 0)
        ]
        return " · ".join(words)

    def _needs(self, cell: Cell, slot: Slot) -> int:
        """Cells of a text of a column, and of the marks it leaves room for."""
        return cell_len(clean(drawn(cell, slot.width, brief=True))) + missing(cell, slot.tail)

    def _measure(self) -> None:
        self.virtual_size = Size(0, len(self.rows) + self.header)

    def _refresh_row(self, index: int) -> None:
        y = index + self.header - int(self.scroll_offset.y)
        if self.header <= y < self.room.height:
            self.refresh(Region(0, y, self.room.width, 1))

    def row_at(self, y: int) -> int:
        """The row drawn on a line of the widget, also past the last one: in the first line of a long section its
        heading stays, so that figures never stand below another name, or none."""
        top = int(self.scroll_offset.y)
        return self.stuck(top) if y == self.header and self.stuck(top) >= 0 else y - self.header + top

    def stuck(self, top: int) -> int:
        """The heading that stands in place of the row `top` when it is the first; -1: the row itself stands there."""
        some = self.room.height > SHORTEST and top + 1 < len(self.rows)
        below = self._places.heading_of(top + 1, self.rows) if some else None
        return below if below is not None and below < top and self.rows[top].kind != "heading" else -1

    # --- drawing ----------------------------------------------------------------------------
    def render_line(self, y: int) -> Strip:
        """One line of the widget as a strip of plain segments."""
        width = self.room.width
        base = self.rich_style
        if y < self.header:
            style = self._paint("header", base)
            strip = header_strip(self.columns, self.slots, style, self.order).adjust_cell_length(width, style)
            return cut_strip(strip, style) if self._places.is_cut(self.cursor, self.rows) else strip
        index = self.row_at(y)
        if index >= len(self.rows):
            return Strip.blank(width, base)
        row = self.rows[index]
        if row.told and row.cells:  # the note of the row above goes on
            strip = row_strip(row, self.columns, self.slots_at(index), None, self._paint, base)
            return strip.adjust_cell_length(width, base)
        if row.kind == "heading" and row.cells:  # the figures below it are named in its own line
            style, named = self._paint("heading", base), marked(row, self.columns, self.order)
            strip = row_strip(named, self.columns, self.slots_at(index), None, self._paint, style)
            strip = strip.adjust_cell_length(width, style)
            return cut_strip(strip, style) if self._places.is_cut(index, self.rows) else strip
        if row.kind == "heading":
            style = base if row.told else self._paint("heading", base)
            return heading_strip(row, width, style).adjust_cell_length(width, base)
        cursor = Cursor(self.column if self.by_cell else -1, self.has_focus) if index == self.cursor else None
        return row_strip(row, self.columns, self.slots_at(index), cursor, self._paint, base).adjust_cell_length(
            width, base
        )

    def _paint(self, name: str, base: Style) -> Style:
        """The style of a name laid over `base`; names without a style leave it as it is."""
        if name == "cell":
            return base + self.get_component_rich_style("sheet--cell", partial=True)
        return self._styles.over(base, name, self) if name in self._styles else base

    def notify_style_update(self) -> None:
        """The theme may be another."""
        super().notify_style_update()
        if self._styles.renew(self.app):
            self.refresh()
