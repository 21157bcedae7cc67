"""A chain in a month as it is shown: links, the weeks of the one under the cursor, what the findings say."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard, WeekCell
from kpi_tui.text.phrase import joined, translate
from kpi_tui.text.wrap import fit_lines, line_ends
from kpi_tui.tui.screens.chain.link_trend import LinkTrend
from kpi_tui.tui.screens.chain.questions import ChainMonth
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.part_moved import PartMoved
from kpi_tui.tui.widgets.editable_cells import WeekCells
from kpi_tui.tui.widgets.headline import HeadlineBar, head_of
from kpi_tui.tui.widgets.places import put, put_in_pane
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.target_sheet import CellOwner, TargetSheet
from kpi_tui.tui.widgets.view_content import content, spoken
from kpi_tui.views.chain.card import chain_view
from kpi_tui.views.chain.weeks import (
    UnsavedWeeks,
    cell_sentence,
    changeable,
    first_targets,
    legend,
    link_weeks,
    target_key,
)
from kpi_tui.views.edits.unsaved import unsaved
from kpi_tui.views.names import metric_name
from kpi_tui.views.view import View

LAYOUT = """
ChainScreen #advice { height: auto; max-height: 3; padding: 0 1; }
ChainScreen #card { width: 1fr; }
ChainScreen #links { height: auto; max-height: 60%; }
ChainScreen #weeks { height: auto; margin: 1 0 0 0; }
ChainScreen #said { height: 1; padding: 0 1; text-style: dim; }
ChainScreen #told { height: 1fr; padding: 0 1; }
ChainScreen #side { width: 38; display: none; margin: 0 0 0 1; padding: 0 1; border-left: solid $panel; }
ChainScreen #side Static { height: auto; }
ChainScreen #detail { margin: 1 0 0 0; }
ChainScreen #past { width: 60; display: none; padding: 0 1; border-left: solid $panel; }
ChainScreen #past Static { height: auto; }
ChainScreen.-vast #past { display: block; }
ChainScreen.-asking #said { display: none; }
ChainScreen.-wide.-tall #said { height: 3; }
ChainScreen.-crowded #weeks { margin: 0; }
ChainScreen.-wide #side { display: block; }
ChainScreen.-wide #told { display: none; }
ChainScreen.-low #weeks, ChainScreen.-low #said, ChainScreen.-low #told, ChainScreen.-mid #told { display: none; }
ChainScreen.-low #links { max-height: 100%; }
ChainScreen.-mid #weeks { height: 1fr; }
ChainScreen.-nothing #links, ChainScreen.-nothing #weeks, ChainScreen.-nothing #side,
ChainScreen.-nothing #past { display: none; }
/* Bars must not be turned inside out under the cursor: ▸, bold and a tint mark the row. */
ChainScreen #links > .sheet--cell { text-style: bold; background: $panel; }
"""
"""How the widgets of `ChainDisplay.compose` share the screen at each size."""
ROOMY = 26
"""Lines of a screen from which a long advice leaves the first finding its place."""


class ChainDisplay:
    """Fills the widgets of the Chain screen from a ChainMonth, and tells what is under their cursors."""

    def __init__(self, screen: KpiScreen) -> None:
        self._screen = screen
        self._answer: ChainMonth | None = None
        self._part, self._trend = PartMoved(screen, self._show_part), LinkTrend(screen, self._show_trend)
        self.cells = WeekCells()

    def compose(self, owner: CellOwner) -> ComposeResult:
        """Head, sentence, links, weeks (`owner` edits their cells), findings; those at the right of a wide terminal."""
        yield HeadlineBar()
        yield Static(id="advice", markup=False)
        with Horizontal():
            with Vertical(id="card"):
                yield SheetTable(id="links")
                yield TargetSheet(self.cells, owner, id="weeks")
                yield Static(id="said", markup=False)
                yield Static(id="told", markup=False)
            with VerticalScroll(id="side", can_focus=False):
                yield Static(id="findings", markup=False)
                yield Static(id="detail", markup=False)
            with VerticalScroll(id="past", can_focus=False):
                yield Static(id="trend", markup=False)

    # --- showing -----------------------------------------------------------------------------
    def show(self, answer: ChainMonth) -> None:
        """A chain's month; another chain than before begins at its weak link."""
        first = self.card is None or self.card.chain.id != answer.card.chain.id
        self._answer = answer
        self.show_again()
        if first:
            self.links.go(answer.card.weak.named)

    def clear(self) -> None:
        """Forget the chain: another one is on its way."""
        self._answer = self._screen.shown = None

    def show_sentence(self, text: str) -> None:
        """A sentence where the numbers would stand."""
        put(self._screen, "advice", text)

    def show_again(self) -> None:
        """Everything from the card at hand, unsaved edits laid over it."""
        view = self._screen.shown = self._view()
        if view is None:
            return
        links = view.sheet("links")
        said = links.notes if links else ()
        first = [sentence for sentence in said if sentence.key == "advice"]
        style = "bold $text-error" if any(sentence.tone == "weak" for sentence in first) else ""
        self._show_head(view)
        advice = "\n".join(map(spoken, first))
        put(self._screen, "advice", Content.styled(advice, style))
        lines = len(line_ends(advice, max(self._screen.size.width - 2, 10))) + 1
        self._screen.set_class(lines > 2 and self._screen.size.height < ROOMY, "-crowded")
        rest = "\n".join(spoken(sentence) for sentence in said if sentence.key in ("finding", "missing", "next"))
        put(self._screen, "findings", rest)
        put(self._screen, "told", rest)
        self.links.show_sheet(links)
        self.show_weeks()

    def _show_head(self, view: View) -> None:
        head, edits = head_of(view.headline), self._screen.kpi.session.unsaved
        score = f"{head.score}  {translate(unsaved(edits)) if edits else ''}".rstrip()
        self._screen.query_one(HeadlineBar).head = replace(head, score=score)

    def show_weeks(self) -> None:
        """The weeks of the link under the cursor."""
        card, link = self.card, self.link
        if card is None or link is None:
            return
        if not self.weeks.editing:
            book = self._screen.open_book
            typed = UnsavedWeeks(book.targets.pending(), book.actuals.pending())
            shown = link_weeks(card, link, book.workspace, typed)
            self.cells.show(self.weeks, shown.rows, shown.columns, changeable(link))
        self.show_cell()
        self._show_part()
        self._show_trend()

    def _show_part(self) -> None:
        """Beside them which part moved the link's ratio most, where that has room."""
        metric, card, space = self._screen.metric_here(), self.card, self._screen.kpi.workspace
        if card is None or not self._screen.query_one("#side").display:
            return
        parts = self._part.of(metric, card.period) if metric else ()
        told = View(joined("", metric_name(space, metric)), sheets=parts) if parts else View()
        room = self._screen.query_one("#side").size.width - 4
        put_in_pane(self._screen.query_one("#detail", Static), content(told, room=room))

    def _show_trend(self) -> None:
        """And its course, where there is room for three."""
        metric, card, pane = self._screen.metric_here(), self.card, self._screen.query_one("#past")
        if card is None or not pane.display:
            return
        charts = self._trend.of(metric, card.period) if metric else ()
        told = content(View(charts=charts), room=pane.size.width - 2, ascii_only=self._screen.kpi.options.ascii_charts)
        put_in_pane(self._screen.query_one("#trend", Static), told)

    def show_cell(self) -> None:
        """A line about the cell under the cursor, or what the marks mean."""
        words, room = self._cell_words(), self._screen.query_one("#said").size
        put(self._screen, "said", fit_lines(words, max(room.width, 10), max(room.height, 1)))

    def _cell_words(self) -> str:
        card, link, cell = self.card, self.link, self.cell
        if card is None or link is None:
            return ""
        if cell is None or not self.weeks.has_focus or not self.on_cell:
            said = [*legend(link.weeks, self._screen.kpi.workspace), *first_targets([link])]
            return translate(joined(*said, between=" · "), brief=True)
        book = self._screen.open_book
        agreed = book.targets.of(cell.period).get(target_key(card, link.link.id))
        return translate(cell_sentence(self.weeks.row_key, cell, link, agreed, book.workspace), brief=True)

    def _view(self) -> View | None:
        """The chain laid out; None before it has been read."""
        if self._answer is None or self._screen.book is None:
            return None
        return chain_view(self._answer.card, self._screen.book.workspace, self._answer.as_of)

    # --- what is under the cursor ------------------------------------------------------------
    @property
    def card(self) -> ChainCard | None:
        """The chain in view, unsaved edits laid over it."""
        return self._answer.card if self._answer else None

    @property
    def links(self) -> SheetTable:
        """The table of links."""
        return self._screen.query_one("#links", SheetTable)

    @property
    def weeks(self) -> TargetSheet:
        """The table of weeks."""
        return self._screen.query_one(TargetSheet)

    @property
    def on_cell(self) -> bool:
        """Whether the cell under the cursor of the week table can be edited."""
        return bool(self.cells.column(self.weeks))

    @property
    def link(self) -> LinkCard | None:
        """The link under the cursor."""
        return self.card.link(self.links.row_key) if self.card else None

    @property
    def cell(self) -> WeekCell | None:
        """The week under the cursor of the week table."""
        link = self.link
        return next((cell for cell in link.weeks if cell.period.id == self.weeks.column_key), None) if link else None
