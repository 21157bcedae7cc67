"""A keyboard table drawn line by line: virtual, plain text only, two lines repainted per arrow key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kpi_tui.text.clean import clean
from kpi_tui.tui.commands import TABLE, local_bindings
from kpi_tui.tui.typeahead import TypeAhead
from kpi_tui.tui.widgets.cells import GUTTER, Cursor, Row, header_strip, heading_strip, row_strip
from kpi_tui.tui.widgets.columns import Column, Slot, place


class Sheet(ScrollView, can_focus=True):
    """Rows and columns with a cursor; `by_cell` lets the cursor stand on single cells."""

    auto_links = False  # links make Textual repaint on every mouse move
    STYLES: ClassVar[tuple[str, ...]] = ("muted", "strong", "good", "near", "weak", "changed")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"sheet--{name}" for name in STYLES),
        "sheet--header",
        "sheet--heading",
        "sheet--cursor",
        "sheet--cell",
    }
    DEFAULT_CSS = """
    Sheet {
        height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size: 1 1;
        background: $background; color: $foreground;
        & > .sheet--header { text-style: dim; }
        & > .sheet--heading { text-style: bold; color: $primary; }
        & > .sheet--muted { text-style: dim; }
        & > .sheet--strong { text-style: bold; }
        & > .sheet--good { color: $text-success; }
        & > .sheet--near { color: $text-warning; }
        & > .sheet--weak { color: $text-error; text-style: bold; }
        & > .sheet--changed { color: $text-accent; text-style: bold; }
        & > .sheet--cursor { text-style: bold; }
        & > .sheet--cell { text-style: bold reverse; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*local_bindings(TABLE)]

    cursor: reactive[int] = reactive(0, repaint=False)
    column: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor stands on another row or cell."""

        def __init__(self, sheet: Sheet) -> None:
            super().__init__()
            self.sheet = sheet

        @property
        def control(self) -> Sheet:
            """The sheet, for `@on(Sheet.Moved, "#id")`."""
            return self.sheet

    class Selected(Moved):
        """Enter or a click on the row under the cursor."""

    class Stepped(Message):
        """Left (-1) or right (1) on a sheet whose cursor is a row: the screen may change panes."""

        def __init__(self, sheet: Sheet, by: int) -> None:
            super().__init__()
            self.sheet, self.by = sheet, by

    def __init__(
        self,
        columns: Iterable[Column] = (),
        rows: Iterable[Row] = (),
        *,
        by_cell: bool = False,
        header: bool = True,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.by_cell = by_cell
        self.header = header
        self.columns: tuple[Column, ...] = tuple(columns)
        self.rows: tuple[Row, ...] = tuple(rows)
        self._natural: list[int] | None = None
        self._slots: tuple[int, tuple[Slot, ...]] | None = None

    # --- what it shows ----------------------------------------------------------------------
    def show(self, rows: Iterable[Row], columns: Iterable[Column] | None = None, keep: bool = True) -> None:
        """New rows (and columns); with `keep` the cursor stays on the same row key."""
        key = self.row_key if keep else ""
        if columns is not None:
            self.columns = tuple(columns)
        self.rows = tuple(rows)
        self._natural = self._slots = None
        self._measure()
        place_of_key = next((i for i, row in enumerate(self.rows) if row.key == key and not row.heading), None)
        self.set_reactive(
            Sheet.cursor, self._nearest(self.cursor if keep else 0, 1) if place_of_key is None else place_of_key
        )
        self._scroll_to_cursor()
        self.refresh()
        self.post_message(self.Moved(self))

    def update_row(self, row: Row) -> None:
        """One row anew: repaints its line only, unless a text outgrew its column."""
        for index, old in enumerate(self.rows):
            if old.key == row.key:
                if old != row:
                    self.rows = (*self.rows[:index], row, *self.rows[index + 1 :])
                    self._refresh_row(index)
                    self._widen(row)
                return

    def _widen(self, row: Row) -> None:
        """Lay the columns out anew when a number would be cut."""
        slots = (slot for slot in self.slots if slot.index < len(row.cells) and not self.columns[slot.index].flex)
        if any(cell_len(clean(row.cells[slot.index].text)) > slot.width for slot in slots):
            self._natural = self._slots = None
            self.refresh()

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return (
            self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) and not self.rows[self.cursor].heading else None
        )

    @property
    def row_key(self) -> str:
        """Key of the row under the cursor, "" when there is none."""
        return self.row.key if self.row else ""

    @property
    def column_key(self) -> str:
        """Key of the column under the cursor."""
        return self.columns[self.column].key if self.column < len(self.columns) else ""

    def go(self, row_key: str, column_key: str = "") -> None:
        """Put the cursor on a row (and column) by key; unknown keys change nothing."""
        for index, column in enumerate(self.columns):
            if column.key == column_key:
                self.column = index
        for index, row in enumerate(self.rows):
            if row.key == row_key and not row.heading:
                self.cursor = index

    def cell_region(self, row_key: str, column_key: str) -> Region | None:
        """Where a cell stands inside this widget, for an editor laid over it; None when out of sight."""
        index = next((i for i, row in enumerate(self.rows) if row.key == row_key), None)
        slot = next((s for s in self.slots if self.columns[s.index].key == column_key), None)
        if index is None or slot is None:
            return None
        y = index + self.header - int(self.scroll_offset.y)
        return Region(GUTTER + slot.x, y, slot.width, 1) if self.header <= y < self.room.height else None

    @property
    def room(self) -> Size:
        """Cells to draw in: without border, padding and scrollbar."""
        return self.scrollable_content_region.size

    # --- layout -----------------------------------------------------------------------------
    @property
    def slots(self) -> tuple[Slot, ...]:
        """Columns as placed at the present width."""
        width = self.room.width
        if self._slots is None or self._slots[0] != width:
            if self._natural is None:
                self._natural = [self._widest(index) for index in range(len(self.columns))]
            self._slots = (width, place(self.columns, self._natural, width - GUTTER))
        return self._slots[1]

    def _widest(self, index: int) -> int:
        """Cells of the widest text of a column, its title included."""
        column = self.columns[index]
        if column.width or column.flex:
            return 0
        texts = (row.cells[index].text for row in self.rows if index < len(row.cells))
        return max((cell_len(clean(text)) for text in (column.title, *texts)), default=0)

    def _measure(self) -> None:
        self.virtual_size = Size(0, len(self.rows) + self.header)

    def on_mount(self) -> None:
        """Know the height from the start, and put the cursor on the first row that is no heading."""
        super().on_mount()  # type: ignore[no-untyped-call]
        self._measure()
        self.set_reactive(Sheet.cursor, self._nearest(0, 1))

    # --- cursor -----------------------------------------------------------------------------
    def _nearest(self, index: int, direction: int) -> int:
        """The row at `index`, or the next one in `direction` (else the other way) that is no heading."""
        ahead = range(index, len(self.rows)) if direction > 0 else range(index, -1, -1)
        behind = range(index, -1, -1) if direction > 0 else range(index, len(self.rows))
        return next((i for i in (*ahead, *behind) if 0 <= i < len(self.rows) and not self.rows[i].heading), 0)

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the line left and the line entered, nothing else."""
        self._refresh_row(old)
        self._refresh_row(new)
        self._scroll_to_cursor()
        self.post_message(self.Moved(self))

    def watch_column(self) -> None:
        """Repaint the cursor's line."""
        self._refresh_row(self.cursor)
        self.post_message(self.Moved(self))

    def _refresh_row(self, index: int) -> None:
        y = index + self.header - int(self.scroll_offset.y)
        if self.header <= y < self.room.height:
            self.refresh(Region(0, y, self.room.width, 1))

    def _scroll_to_cursor(self) -> None:
        """Jump by a third of a page, so that a long walk costs few whole repaints."""
        page = self.room.height - self.header
        top = int(self.scroll_offset.y)
        if page <= 0 or top <= self.cursor < top + page:
            return
        if self.cursor < top:
            first = self._nearest(0, 1)
            target = 0 if self.cursor <= first else max(self.cursor - page // 3, 0)
        else:
            target = self.cursor - page + 1 + page // 3
        self.scroll_to(y=target, animate=False, immediate=True)

    def action_move(self, by: int) -> None:
        """Move the cursor by rows, headings skipped."""
        if self.rows:
            wanted = min(max(self.cursor + by, 0), len(self.rows) - 1)
            self.cursor = self._nearest(wanted, by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages."""
        self.action_move(by * max(self.room.height - self.header - 1, 1))

    def action_step(self, by: int) -> None:
        """Move the cursor by visible columns (only `by_cell`)."""
        if not self.by_cell:
            self.post_message(self.Stepped(self, by))
        elif self.slots:
            shown = [slot.index for slot in self.slots]
            at = shown.index(self.column) if self.column in shown else 0
            self.column = shown[min(max(at + by, 0), len(shown) - 1)]

    def action_select(self) -> None:
        """Tell that the row under the cursor was chosen."""
        if self.row:
            self.post_message(self.Selected(self))

    def on_key(self, event: events.Key) -> None:
        """What is typed right behind the key of the search is meant for it."""
        if event.character == "/" and isinstance(self.app, TypeAhead):
            self.app.hold_keys(event)

    async def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a click on the cursor's row chooses it."""
        index = event.y - self.header + int(self.scroll_offset.y)
        if event.y < self.header or not 0 <= index < len(self.rows) or self.rows[index].heading:
            return
        again = index == self.cursor
        if self.by_cell:
            self.column = next((s.index for s in self.slots if event.x - GUTTER < s.x + s.width), self.column)
        self.cursor = index
        if again:
            self.action_select()

    # --- drawing ----------------------------------------------------------------------------
    def render_line(self, y: int) -> Strip:
        """One line of the widget as a strip of plain segments."""
        width = self.room.width
        base = self.rich_style
        index = y - self.header + int(self.scroll_offset.y)
        if y < self.header:
            style = self._paint("header", base)
            return header_strip(self.columns, self.slots, style).adjust_cell_length(width, style)
        if index >= len(self.rows):
            return Strip.blank(width, base)
        row = self.rows[index]
        if row.heading and row.cells:  # the figures below it are named in its own line
            style = self._paint("heading", base)
            return row_strip(row, self.columns, self.slots, None, self._paint, style).adjust_cell_length(width, style)
        if row.heading:
            return heading_strip(row, width, self._paint("heading", base)).adjust_cell_length(width, base)
        cursor = Cursor(self.column if self.by_cell else -1, self.has_focus) if index == self.cursor else None
        return row_strip(row, self.columns, self.slots, cursor, self._paint, base).adjust_cell_length(width, base)

    def _paint(self, name: str, base: Style) -> Style:
        """The style of a name laid over `base`; names without a style leave it as it is."""
        if f"sheet--{name}" not in self.COMPONENT_CLASSES:
            return base
        return base + self.get_component_rich_style(f"sheet--{name}", partial=True)
