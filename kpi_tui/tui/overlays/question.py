"""A question with a few answers. Nothing is typed: a key pressed too early can neither filter nor answer it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.overlay import Overlay


class QuestionScreen(Overlay[str]):
    """Answers the key of the row taken with Enter, None when left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "close", ""),
        ("j", "move(1)", ""),
        ("k", "move(-1)", ""),
    ]
    AUTO_FOCUS = "OptionList"
    PATIENT = True

    def __init__(self, title: str, choices: Sequence[Choice], escape: str) -> None:
        """`escape`: what leaving the question means."""
        super().__init__()
        self._title, self._choices, self._escape = title, list(choices), escape

    def compose(self) -> ComposeResult:
        """Title, answers, keys."""
        yield Static(Content(clean(self._title)), id="title")
        yield OptionList(*(Option(Content(clean(f" {choice.label}"))) for choice in self._choices), markup=False)
        keys = _("↑↓ choose   Enter take   Esc {meaning}", meaning=self._escape)
        yield Static(Content(clean(keys)), id="foot")

    def on_mount(self) -> None:
        """The first answer is the safe one."""
        self.query_one(OptionList).highlighted = 0

    def action_move(self, step: int) -> None:
        """Move the highlight."""
        rows = self.query_one(OptionList)
        (rows.action_cursor_down if step > 0 else rows.action_cursor_up)()

    def action_go(self, _mode: str) -> None:
        """A screen's digit typed while the workspace was being read: the question stays until it is answered."""

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index].key)
