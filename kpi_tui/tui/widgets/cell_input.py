"""The editor laid over one cell of a sheet: commit, commit and move, or leave the cell as it was."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input


class CellInput(Input):
    """One line over a cell. It never changes anything itself: it says what was typed and where to go next."""

    DEFAULT_CSS = """
    CellInput { display: none; position: absolute; layer: over; height: 1; padding: 0; border: none; }
    CellInput:focus { border: none; background-tint: transparent; }
    CellInput.-open { display: block; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter,down", "commit('down')", show=False),
        Binding("up", "commit('up')", show=False),
        Binding("tab", "commit('next')", show=False),
        Binding("shift+tab", "commit('previous')", show=False),
        Binding("escape", "leave", show=False),
    ]

    class Committed(Message):
        """The text stands; `towards`: down, up, next, previous."""

        def __init__(self, text: str, towards: str) -> None:
            super().__init__()
            self.text, self.towards = text, towards

    class Left(Message):
        """Escape: the cell keeps the value it had."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False, max_length=400)

    def open(self, region: Region, text: str, replace: bool) -> None:
        """Lay the editor over `region` of the parent; `replace` types `text` anew instead of editing it."""
        self.styles.offset = (region.x, region.y)
        self.styles.width = region.width
        self.cursor_blink = self.app.animation_level != "none"
        self.value = text
        self.cursor_position = len(text)
        if not replace and text:
            self.action_select_all()
        self.add_class("-open")
        self.focus()

    def close(self) -> None:
        """Take the editor away."""
        self.remove_class("-open")

    @property
    def is_open(self) -> bool:
        """True while a cell is being edited."""
        return self.has_class("-open")

    def action_commit(self, towards: str) -> None:
        """Say what was typed."""
        self.post_message(self.Committed(self.value, towards))

    def action_leave(self) -> None:
        """Leave the cell alone."""
        self.post_message(self.Left())
