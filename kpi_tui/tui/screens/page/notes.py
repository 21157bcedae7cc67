"""What a page says beside its numbers: findings, things to mind, notes under its tables, tables that are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual.content import Content

from kpi_tui.render.drawn import drawn, tone
from kpi_tui.text.clean import clean
from kpi_tui.text.phrase import Word
from kpi_tui.tui.overlays.overlay import TextOverlay
from kpi_tui.tui.widgets.view_content import STYLES, both, content
from kpi_tui.views.view import Row, Sheet, View, pairs


class PageNotes(TextOverlay):
    """The texts of a page to read through."""

    def __init__(self, page: View, texts: Iterable[str]) -> None:
        super().__init__()
        self._page, self._texts = page, frozenset(texts)

    def heading(self) -> str:
        """Which page."""
        return both(self._page.title)

    def text(self) -> Content:
        """Findings and texts, then the notes by the title of their table."""
        return content(replace(self.view_shown(), title=""))

    def view_shown(self) -> View:
        """The same under the page's title."""
        texts = [sheet for sheet in self._page.sheets if sheet.key in self._texts]
        noted = [_notes(sheet) for sheet in self._page.sheets if sheet.notes]
        return View(self._page.title, sheets=(*texts, *noted))


def finding_line(row: Row) -> Content:
    """A finding in a line; only what speaks against is coloured."""
    text = " ".join(clean(drawn(cell)) for cell in row.cells[:2])
    return Content.styled(text, STYLES["weak"] if tone(row.cells[1]) == "weak" else "")


def _notes(sheet: Sheet) -> Sheet:
    blank: Word = ""
    return pairs(sheet.title, [(blank, note.word, note.tone) for note in sheet.notes])
