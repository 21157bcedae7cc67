"""Everything about one metric on an opaque screen, for terminals without room for a pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kpi_tui.text.i18n import _
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.widgets.field_list import FieldList

if TYPE_CHECKING:
    from kpi_tui.tui.screens.library.screen import LibraryScreen


class MetricScreen(Overlay[None]):
    """Reads from the library screen below it, which also tells it when a number has arrived."""

    BINDINGS: ClassVar[list[Any]] = [
        ("escape,q", "close", ""),
        ("x,enter", "explain", ""),
        ("j,down", "scroll(1)", ""),
        ("k,up", "scroll(-1)", ""),
        ("n", "neighbour(1)", ""),
        ("p", "neighbour(-1)", ""),
    ]
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, library: LibraryScreen) -> None:
        super().__init__()
        self._library = library

    def compose(self) -> ComposeResult:
        """Title, details, keys."""
        yield Static(Content(_("Metric")), id="title")
        with VerticalScroll():
            yield FieldList()
        yield Static(Content(_("Esc back   ↑↓ scroll   n p next, previous   x explain")), id="foot")

    def on_mount(self) -> None:
        """Show what is known by now."""
        self.show()

    def show(self) -> None:
        """Show the library's metric anew."""
        page = self._library.page
        for details in (
            self.query(FieldList) if page else ()
        ):  # none yet when an answer arrives before this screen stands
            details.show_view(page)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_neighbour(self, step: int) -> None:
        """The next metric of the list below."""
        self._library.move(step)
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.show()

    def action_explain(self) -> None:
        """Where the number comes from."""
        self._library.action_explain()
