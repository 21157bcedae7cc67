"""A question asked in one line at the foot of a screen: label, answer, Enter or Escape."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from kpi_tui.text.clean import clean


class Prompt(Horizontal):
    """Hidden until asked; the answer comes as a message with the name of the question."""

    DEFAULT_CSS = """
    Prompt { display: none; height: 1; padding: 0 1; background: $panel; }
    Prompt.-open { display: block; }
    Prompt Static { width: auto; max-width: 75%; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Prompt Input { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
    Prompt Input:focus { border: none; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "leave", show=False),
        Binding("tab", "turn", show=False),
        Binding("shift+tab", "turn", show=False),
    ]

    class Answered(Message):
        """Enter: `question` is the name given to `ask`."""

        def __init__(self, question: str, text: str) -> None:
            super().__init__()
            self.question, self.text = question, text

    class Left(Message):
        """Escape: nothing was answered."""

    class Turned(Message):
        """Tab: the asker may offer another choice."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._question = ""

    def compose(self) -> ComposeResult:
        """Label and answer."""
        yield Static(markup=False)
        yield Input(compact=True, select_on_focus=False, max_length=200)

    def ask(self, question: str, label: str, text: str = "") -> None:
        """Show the question and take the keys."""
        self._question = question
        self.label(label)
        answer = self.query_one(Input)
        answer.cursor_blink = self.app.animation_level != "none"
        answer.value = text
        answer.cursor_position = len(text)
        self.add_class("-open")
        answer.focus()

    def label(self, text: str) -> None:
        """Change the label."""
        self.query_one(Static).update(Content(clean(text) + " "))

    def close(self) -> None:
        """Hide the question."""
        self.remove_class("-open")
        self._question = ""

    @property
    def is_open(self) -> bool:
        """True while an answer is awaited."""
        return self.has_class("-open")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Answered(self._question, event.value))

    def action_leave(self) -> None:
        """No answer."""
        self.post_message(self.Left())

    def action_turn(self) -> None:
        """Tab."""
        self.post_message(self.Turned(self._question))
