"""A sheet whose cells are edited in place: Enter opens one, sets it and goes on; Escape leaves it.

The editor is part of the sheet, not a widget laid over it: keys typed ahead (a burst over SSH) are handled
in one queue and in their order, so that `⏎30⏎` can never become 3 or 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from rich.segment import Segment
from textual import events
from textual.actions import parse
from textual.message import Message
from textual.strip import Strip

from kpi_tui.text.clean import clean
from kpi_tui.text.fit import fit, width
from kpi_tui.tui.keys.action import TABLE
from kpi_tui.tui.keys.registry import in_scope, keys_of
from kpi_tui.tui.widgets.cells import GUTTER
from kpi_tui.tui.widgets.edit_line import EditLine
from kpi_tui.tui.widgets.editable_cells import EditableCells
from kpi_tui.tui.widgets.sheet import SheetTable

if TYPE_CHECKING:
    from kpi_tui.tui.host import Host

KEEP = "e"
"""The key that opens a cell; pressed again it keeps the text that stands there, to change a part of it."""
_ENDS = {"enter": 1, "tab": 1, "shift+tab": -1}
_WALKS = frozenset(("move", "step", "page"))
_IGNORED = frozenset(("up", "down", "pageup", "pagedown"))  # an arrow pressed by habit must not set a target


class CellOwner(Protocol):
    """Who knows what stands in the cell under the cursor, and what typing there does."""

    def cell_text(self) -> str | None:
        """The value as text to edit; None where there is nothing to edit."""

    def commit(self, text: str, pressed: float) -> bool:
        """Set the cell, by a key pressed then (`Key.time`); False keeps its editor open."""

    def keep_typed(self, text: str) -> None:
        """The app ends while this is being typed."""


class TargetSheet(SheetTable):
    """A sheet with a cell cursor; `cells` says which of them are edited in place, `owner` what stands in them."""

    WORDS: ClassVar[dict[str, str]] = SheetTable.WORDS | {"edit": "underline bold", "caret": "reverse"}

    class EditTurned(Message):
        """A cell begins or ceases to be edited, or asks to be left first."""

    class Pasted(Message):
        """A block of cells was pasted where nothing is being typed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, cells: EditableCells, owner: CellOwner, id: str | None = None) -> None:
        super().__init__(by_cell=True, id=id)
        self._cells = cells
        self.line: EditLine | None = None
        self._owner = owner

    # --- editing -------------------------------------------------------------------------------
    @property
    def editing(self) -> bool:
        """True while a cell is being edited."""
        return self.line is not None

    def open_cell(self) -> bool:
        """Begin to edit the cell under the cursor; False where there is nothing to edit."""
        text = self._owner.cell_text() if self.row and self.line is None else None
        if text is not None:
            self.edit(text)
        return self.editing

    def edit(self, text: str) -> None:
        """Begin with `text`, selected; a cell that is being edited already keeps what was typed."""
        column = self._cells.column(self)
        if self.row and self.line is None and column:
            self.go("", column)
            self._type(EditLine.of(text))

    def keep_typed(self) -> None:
        """The app ends: nobody will press Enter any more."""
        if self.line is not None:
            self._owner.keep_typed(self.line.text)

    def leave(self) -> None:
        """The cell keeps the value it had."""
        if self.line is not None:
            self._type(None)

    def _type(self, line: EditLine | None) -> None:
        turned = (line is None) is not (self.line is None)
        self.line = line
        self._refresh_row(self.cursor)
        if turned:
            self.post_message(self.EditTurned())

    def on_key(self, event: events.Key) -> None:
        """Typing comes before every command; Enter and e open the cell at once, before the next key is read.

        So do the keys that move the cursor: a command runs later, and `↓e30⏎` in one read would type into the line
        that the cursor was about to leave.
        """
        if self.line is not None:
            taken = self._edit_key(event)
        else:
            taken = (event.key in ("enter", KEEP) and self.open_cell()) or self._walk(event.key)
        if taken:
            event.stop()
            event.prevent_default()

    def _walk(self, key: str) -> bool:
        """Move the cursor, where the key does; False for any other key."""
        keymap = cast("Host", self.app).options.keymap
        command = next((one for one in in_scope(TABLE) if key in keys_of(one, keymap)), None)
        name, arguments = parse(command.action)[1:] if command is not None else ("", ())
        if name not in _WALKS:
            return False
        getattr(self, f"action_{name}")(*arguments)
        return True

    def _edit_key(self, event: events.Key) -> bool:
        assert self.line is not None
        if event.key in _ENDS:
            if self._owner.commit(self.line.text, event.time):
                self._type(None)
                self._cells.go_on(self, _ENDS[event.key])
        elif event.key == "escape":
            self.leave()
        elif event.key in _IGNORED:
            self.post_message(self.EditTurned())
        elif (line := self._changed(event)) is not None:
            self._type(line)
        else:
            return False  # F1 and the like stay commands
        return True

    def _changed(self, event: events.Key) -> EditLine | None:
        """The line after a key; None when the key edits nothing."""
        assert self.line is not None
        if self.line.selected and event.key == KEEP:
            return self.line.keep()
        if (line := self.line.press(event.key)) is not None:
            return line
        if event.character and event.is_printable and not event.key.startswith("alt+"):
            return self.line.insert(event.character)
        return None

    def action_step(self, by: int) -> None:
        """The column before or after, where it has cells to stand on."""
        if self._cells.may_step(self, by):
            super().action_step(by)

    def on_paste(self, event: events.Paste) -> None:
        """A block fills cells; a single number is typed, as is the first line where a cell is being edited."""
        lines = event.text.strip().splitlines()
        if not lines or not self.row:
            return
        event.stop()
        if self.line is None and (len(lines) > 1 or "\t" in lines[0]):
            self.post_message(self.Pasted(event.text))
        else:
            self.open_cell()
            if self.line is not None:
                self._type(self.line.insert(lines[0]))

    # --- drawing -------------------------------------------------------------------------------
    def render_line(self, y: int) -> Strip:
        """The cell being edited shows its text and caret."""
        strip = super().render_line(y)
        column = self._cells.column(self)
        slot = next((slot for slot in self.slots if self.columns[slot.index].key == column), None)
        index = y - self.header + int(self.scroll_offset.y)
        if self.line is None or slot is None or index != self.cursor or y < self.header:
            return strip
        x = GUTTER + slot.x
        cell = self._edit_strip(self.line, slot.width)
        return Strip.join([strip.crop(0, x), cell, strip.crop(x + slot.width, strip.cell_length)])

    def _edit_strip(self, line: EditLine, room: int) -> Strip:
        text, caret = line.window(room)
        while width(clean(text)) > room - (caret >= len(text)) and text:
            text, caret = (text[1:], caret - 1) if caret > 0 else (text[:-1], caret)
        style = self._paint("edit", self.rich_style)
        lit = self._paint("caret", style)
        before, at, after = (clean(part) for part in (text[:caret], text[caret : caret + 1] or " ", text[caret + 1 :]))
        rest = fit(after, max(room - width(before) - width(at), 0))
        return Strip([Segment(before, lit if line.selected else style), Segment(at, lit), Segment(rest, style)])
