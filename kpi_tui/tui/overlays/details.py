"""Everything about the row under a list's cursor on an opaque screen, for terminals without room for a pane."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kpi_tui.text.i18n import _
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.widgets.field_list import FieldList
from kpi_tui.views.view import View


class DetailsScreen(Overlay[None]):
    """Reads from the list below: `page` tells about its row, `move` goes to another, `explain` says whence it comes.

    Who laid it over calls `show` when there is more to tell.
    """

    BINDINGS: ClassVar[list[Any]] = [
        ("escape,q", "close", ""),
        ("x", "explain", ""),
        ("enter", "enter", ""),
        ("j,down", "move(1)", ""),
        ("k,up", "move(-1)", ""),
        ("tab", "next_place(1)", ""),
        ("shift+tab", "next_place(-1)", ""),
    ]
    AUTO_FOCUS = "VerticalScroll"

    def __init__(
        self,
        title: str,
        page: Callable[[], View | None],
        move: Callable[[int], None],
        explain: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._page, self._move, self._explain = title, page, move, explain

    def compose(self) -> ComposeResult:
        """Title, details, keys."""
        yield Static(Content(self._title), id="title")
        with VerticalScroll():
            yield FieldList()
        keys = _("↑↓ scroll   Tab next   Esc back")
        if self._explain is not None:
            keys = _("Esc back   ↑↓ scroll   Tab next   x explain")
        yield Static(Content(keys), id="foot")

    def on_mount(self) -> None:
        """Show what is known by now."""
        self.show()

    def show(self) -> None:
        """The row anew."""
        for details in self.query(FieldList):  # none yet when an answer arrives before this screen stands
            details.show_view(self._page())

    def view_shown(self) -> View | None:
        """The page as it stands."""
        return self._page()

    def action_move(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_next_place(self, step: int) -> None:
        """The next row of the list below."""
        self._move(step)
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.show()

    def action_explain(self) -> None:
        """Where the number comes from."""
        if self._explain is not None:
            self._explain()

    def action_enter(self) -> None:
        """Explain, where there is something to explain; leaving is for Escape: a second Enter would open it anew."""
        self.action_explain()
