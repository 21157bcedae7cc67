"""Opaque screens that lie over a main one: a modal one would cost four times the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual._time import get_time
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _, told

if TYPE_CHECKING:
    from kpi_tui.views.view import View

Result = TypeVar("Result")


class Overlay(Screen[Result]):
    """Title above, one line of keys below; Escape closes and loses nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "close", "")]
    PATIENT: ClassVar[bool] = False
    """An Enter read before it stood on the screen does not answer it."""
    _answered = False
    _stood = 0.0

    def on_mount(self) -> None:
        """From now on it can be answered."""
        self._stood = get_time()

    def on_key(self, event: events.Key) -> None:
        """What was typed ahead cannot have been meant for a question that nobody has seen."""
        if self.PATIENT and event.key == "enter" and event.time <= self._stood:
            event.stop()

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Answer once: a second Enter or click of the same read finds the screen already leaving."""
        if self._answered or not self.is_current:
            return AwaitComplete()
        self._answered = True
        return super().dismiss(result)

    def action_close(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    async def recompose(self) -> None:
        """Anew in another language, with the keys where they were."""
        await super().recompose()
        if isinstance(self.AUTO_FOCUS, str):
            for wanted in self.query(self.AUTO_FOCUS):
                self.set_focus(wanted)
                break

    def view_shown(self) -> View | None:
        """What there is to read, for a file and the clipboard; None: only asked, or nothing."""
        return None

    def say(self, text: str, kind: str = "info") -> None:
        """A sentence above the keys, until the next one; of kind `lasting` it is seen on the next step too."""
        for said in self.query(".said"):
            said.remove()
        for foot in self.query("#foot"):
            self.mount(Static(Content(clean(told(text))), classes=f"said -{kind}"), before=foot)

    def hush(self, *, of_another: bool = True) -> None:
        """Take away what was said, where it is of another step."""
        for said in self.query(".said") if of_another else ():
            if said.has_class("-lasting"):
                said.remove_class("-lasting")
            else:
                said.remove()


class TextOverlay(Overlay[None]):
    """A text to scroll through; subclasses give `heading` and `text`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q", "close", ""),  # not Enter: pressed twice, it would open what lies below
        ("j", "move(1)", ""),
        ("k", "move(-1)", ""),
    ]
    AUTO_FOCUS = "VerticalScroll"

    def heading(self) -> str:
        """The title line."""
        return ""

    def text(self) -> Content:
        """What there is to read."""
        return Content("")

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        yield Static(Content(clean(self.heading())), id="title")
        with VerticalScroll():
            yield Static(self.text(), id="text")
        yield Static(Content(self.keys_told()), id="foot")

    def keys_told(self) -> str:
        """What can be pressed."""
        return _("↑↓ scroll   Esc back")

    def action_move(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
