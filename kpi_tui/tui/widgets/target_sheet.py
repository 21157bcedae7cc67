"""The sheet of targets: its target cell is edited in place.

The editor is part of the sheet, not a widget laid over it: keys typed ahead (a burst over SSH) are handled
in one queue and in their order, so that `30⏎` can never become 3 or 0.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from kpi_tui.text.clean import clean, fit, width
from kpi_tui.tui.key_registry import GLOBAL, TARGETS, in_scope, keys_of
from kpi_tui.tui.widgets.cells import GUTTER
from kpi_tui.tui.widgets.edit_line import EditLine
from kpi_tui.tui.widgets.sheet import Sheet

BURST = 0.05
"""Seconds after a command key in which a digit belongs to what the command opens, not to a cell."""
_STARTS = frozenset("0123456789.+-*=−×¥￥$€£０１２３４５６７８９．＋－＊＝")
_ENDS = {"enter": 1, "tab": 1, "shift+tab": -1}
_IGNORED = frozenset(("up", "down", "pageup", "pagedown"))  # 3 meant for a screen, then an arrow: must not set a target


class TargetSheet(Sheet):
    """A sheet with a cell cursor; elsewhere than on the column `editable` digits keep their meaning as keys."""

    COMPONENT_CLASSES: ClassVar[set[str]] = Sheet.COMPONENT_CLASSES | {"sheet--edit", "sheet--caret"}
    DEFAULT_CSS = """
    TargetSheet {
        & > .sheet--edit { text-style: underline bold; }
        & > .sheet--caret { text-style: reverse; }
    }
    """

    class Turned(Message):
        """A cell begins or ceases to be edited, or asks to be left first."""

    def __init__(self, editable: str, commit: Callable[[str], bool], id: str | None = None) -> None:
        """`commit(text)` sets the cell under the cursor; False keeps the editor open."""
        super().__init__(by_cell=True, id=id)
        self.editable = editable
        self.line: EditLine | None = None
        self._commit = commit
        self._commands = _command_keys()
        self._command_at = 0.0

    # --- editing -------------------------------------------------------------------------------
    @property
    def editing(self) -> bool:
        """True while a cell is being edited."""
        return self.line is not None

    def edit(self, text: str) -> None:
        """Begin with `text`; a cell that is being edited already keeps what was typed."""
        if self.row and self.line is None:
            self.go("", self.editable)
            self._type(EditLine.of(text))

    def leave(self) -> None:
        """The cell keeps the value it had."""
        if self.line is not None:
            self._type(None)

    def _type(self, line: EditLine | None) -> None:
        turned = (line is None) is not (self.line is None)
        self.line = line
        self._refresh_row(self.cursor)
        if turned:
            self.post_message(self.Turned())

    def on_key(self, event: events.Key) -> None:
        """Typing comes before every command; a number on the target's cell begins an edit."""
        taken = self._edit_key(event) if self.line is not None else self._start_key(event)
        if taken:
            event.stop()
            event.prevent_default()

    def _start_key(self, event: events.Key) -> bool:
        if event.key in self._commands:
            self._command_at = monotonic()
        if event.character not in _STARTS or self.row is None or self.column_key != self.editable:
            return False
        if monotonic() - self._command_at >= BURST:
            self.edit(event.character or "")
        return True

    def _edit_key(self, event: events.Key) -> bool:
        assert self.line is not None
        if event.key in _ENDS:
            if self._commit(self.line.text):
                self._type(None)
                self.action_move(_ENDS[event.key])
        elif event.key == "escape":
            self.leave()
        elif event.key in _IGNORED:
            self.post_message(self.Turned())
        elif (line := self.line.press(event.key)) is not None:
            self._type(line)
        elif event.character and event.is_printable and not event.key.startswith("alt+"):
            self._type(self.line.insert(event.character))
        else:
            return False  # F1 and the like stay commands
        return True

    def on_paste(self, event: events.Paste) -> None:
        """The first pasted line is typed."""
        lines = event.text.strip().splitlines()
        if lines and self.row:
            event.stop()
            self.edit("")
            if self.line is not None:
                self._type(self.line.insert(lines[0]))

    # --- drawing -------------------------------------------------------------------------------
    def render_line(self, y: int) -> Strip:
        """The cell being edited shows its text and caret."""
        strip = super().render_line(y)
        slot = next((slot for slot in self.slots if self.columns[slot.index].key == self.editable), None)
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
        before, at, after = (clean(part) for part in (text[:caret], text[caret : caret + 1] or " ", text[caret + 1 :]))
        rest = fit(after, max(room - width(before) - width(at), 0))
        return Strip([Segment(before, style), Segment(at, self._paint("caret", style)), Segment(rest, style)])


def _command_keys() -> frozenset[str]:
    """Keys of the commands that may open something; not those that move or switch screens."""
    keys = {key for command in (*in_scope(TARGETS), *in_scope(GLOBAL)) for key in keys_of(command, {})}
    return frozenset(key for key in keys if not key.isdigit() and key not in _ENDS)
