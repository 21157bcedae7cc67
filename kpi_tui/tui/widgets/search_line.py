"""A line above a list: how many were found, and the text that finds them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static


class SearchLine(Horizontal):
    """Posts Input.Changed while it is typed into, Input.Submitted on Enter."""

    DEFAULT_CSS = """
    SearchLine { height: 1; padding: 0 1; }
    SearchLine Static { width: auto; min-width: 22; text-style: dim; }
    SearchLine Input { width: 1fr; height: 1; border: none; padding: 0; background: $background; }
    SearchLine Input:focus { border: none; background: $surface; }
    """

    def compose(self) -> ComposeResult:
        """Count and text."""
        yield Static(markup=False)
        yield Input(compact=True, select_on_focus=False, max_length=80)

    def on_mount(self) -> None:
        """A blinking cursor is a movement, too."""
        self.input.cursor_blink = self.app.animation_level != "none"

    def show(self, found: str, hint: str) -> None:
        """How many were found; `hint` stands where nothing is typed."""
        self.query_one(Static).update(Content(f"{found}   "))
        self.input.placeholder = hint

    @property
    def input(self) -> Input:
        """Where the text is typed."""
        return self.query_one(Input)

    @property
    def text(self) -> str:
        """What is looked for; empty: everything."""
        return self.input.value.strip()

    @property
    def in_use(self) -> bool:
        """Whether it is, or was, typed into."""
        return self.input.has_focus or bool(self.input.value)

    def clear(self) -> None:
        """Look for nothing, without a word."""
        with self.prevent(Input.Changed):
            self.input.value = ""
