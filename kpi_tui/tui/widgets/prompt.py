"""A question asked in one line at the foot of a screen: label, answer, Enter or Escape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from unicodedata import category

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from kpi_tui.definitions.issue import KpiError
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.text.typed_amounts import AmountError

LONGEST = 4000
"""Letters of an answer: as many as a text of a definition may have."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and who takes the answer.

    `answer(text)` returns why it is refused, empty when it is taken (AmountError and KpiError say it too);
    `turn` gives another label on Tab; `text` stands there to begin with: the first typed character replaces it.
    """

    label: str
    answer: Callable[[str], str]
    text: str = ""
    turn: Callable[[], str] | None = None


class Answer(Input):
    """The line that is typed: several pasted lines become one, and what is too long for it is said, not swallowed."""

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        line = "".join(char for char in " ".join(event.text.split()) if category(char) not in ("Cc", "Cs"))
        if self.selection.is_empty:
            self.insert_text_at_cursor(line)
        else:
            self.replace(line, *self.selection)

    def restricted(self) -> None:
        """More letters than there may be: nothing of it was taken."""
        self.post_message(Prompt.Refused(_("At most {most} letters: nothing of it was taken.", most=LONGEST)))


class Prompt(Horizontal):
    """Hidden until asked; gives the focus back to where it came from."""

    DEFAULT_CSS = """
    Prompt { display: none; height: 1; padding: 0 1; background: $panel; }
    Prompt.-open { display: block; }
    Prompt Static { width: auto; max-width: 75%; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Prompt Input { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
    Prompt Input:focus { border: none; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "leave", show=False),
        Binding("tab", "next_place", show=False),
        Binding("shift+tab", "next_place", show=False),
    ]

    class Refused(Message):
        """The answer was not taken; `why` is the sentence to say."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    class Toggled(Message):
        """The prompt was opened or closed."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._question: Question | None = None
        self.pressed = 0.0  # when the last key was (`Key.time`)
        self.before: Widget | None = None  # what had the focus when it was opened

    def compose(self) -> ComposeResult:
        """Label and answer."""
        yield Static(markup=False)
        yield Answer(compact=True, select_on_focus=False, max_length=LONGEST)

    def ask(self, question: Question) -> None:
        """Show the question and take the keys."""
        if self._question is None:
            self.before = self.screen.focused
        self._question = question
        self._label(question.label)
        answer = self.query_one(Input)
        answer.can_focus = True
        answer.cursor_blink = self.app.animation_level != "none"
        answer.value = question.text
        answer.select_all()
        self.add_class("-open")
        self.screen.set_focus(answer)  # at once: the next key may be there already
        self.post_message(self.Toggled())

    def _label(self, text: str) -> None:
        self.query_one(Static).update(Content(clean(text) + " "))

    @property
    def is_open(self) -> bool:
        """True while an answer is awaited."""
        return self._question is not None

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        asked = self._question
        if asked is None:
            return
        try:
            refused = asked.answer(event.value)
        except (AmountError, KpiError) as error:
            refused = str(error)
        if refused:
            self.post_message(self.Refused(refused))
        elif self._question is asked:  # the answer may have asked the next question
            self.action_leave()

    def on_key(self, event: events.Key) -> None:
        """Enter is on its way to be the answer: an asker may want to know when it was pressed."""
        self.pressed = event.time

    def action_leave(self) -> None:
        """No answer, or none any more."""
        self.remove_class("-open")
        self._question = None
        if self.before is not None and self.before.is_attached:
            self.before.focus()
        self.post_message(self.Toggled())

    def action_next_place(self) -> None:
        """Tab: the asker may offer another choice."""
        if self._question is not None and self._question.turn is not None:
            self._question = replace(self._question, label=self._question.turn())
            self._label(self._question.label)
