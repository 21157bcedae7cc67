"""Where a number comes from, and what the metric means, to scroll through (R172)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.answers.value import Explanation
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.overlays.overlay import TextOverlay
from kpi_tui.tui.rows_wanted import RowsWanted
from kpi_tui.tui.widgets.view_content import Part, both, content, parts_of
from kpi_tui.views.library.explanation import explanation_page, source_page
from kpi_tui.views.library.values import shown
from kpi_tui.views.view import Sheet, View

if TYPE_CHECKING:
    from kpi_tui.tui.host import Host

INDENT = "  "
"""Before what is told of a base number, below its name."""


class ExplainScreen(TextOverlay):
    """An explanation to scroll through."""

    BINDINGS: ClassVar[list[BindingType]] = [("Q", "queries", "")]

    def __init__(
        self,
        explanation: Explanation,
        space: Workspace,
        behind: RowsWanted | None = None,
        scored: Sheet | None = None,
    ) -> None:
        """`behind`: whose rows R shows; `scored`: how a scorecard reads the number."""
        super().__init__()
        self._behind, self._queries = behind, False
        self._found, self._space = explanation, space
        self._scored = (scored,) if scored is not None else ()
        self._value, self._page = explanation.value, self._told(queries=True)

    def heading(self) -> str:
        """Metric, period and value."""
        return f"{both(self._page.title)}  {translate(self._value.period.said)}  {translate(shown(self._value))}"

    def text(self) -> Content:
        """The explanation below its title; its SQL where that is asked for."""
        return content(replace(self._told(queries=self._queries), title=""), INDENT)

    def _told(self, *, queries: bool) -> View:
        page = explanation_page(self._found, self._space, queries=queries)
        return replace(page, sheets=(*self._scored, *page.sheets))

    def action_queries(self) -> None:
        """With the SQL that read the numbers, or without."""
        self._queries = not self._queries
        self.query_one("#text", Static).update(self.text())

    def keys_told(self) -> str:
        """R too, where there are rows."""
        return _("↑↓ scroll   R rows   Q SQL   Esc back") if self._behind else _("↑↓ scroll   Q SQL   Esc back")

    def action_rows(self) -> None:
        """The rows that it was counted from."""
        if self._behind is not None:
            cast("Host", self.app).show_rows(self._behind)

    def view_shown(self) -> View:
        """The same under the whole title."""
        return replace(self._page, title=self.heading())


def explain_parts(explanation: Explanation, space: Workspace, *, queries: bool) -> list[Part]:
    """The same without the metric's meaning, for a page that has said it."""
    return parts_of(replace(source_page(explanation, space, queries=queries), title=""), INDENT)
