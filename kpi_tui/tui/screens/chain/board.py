"""A chain in a month as it is shown: links, the weeks of the one under the cursor, what the findings say."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard, WeekCell
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.text.clean import clean, fit
from kpi_tui.text.i18n import _, told
from kpi_tui.tui.keys import CHAIN, bindings
from kpi_tui.tui.screens.chain import words as chain_words
from kpi_tui.tui.screens.chain.questions import ChainMonth, ChainQuestion
from kpi_tui.tui.screens.chain.rows import (
    ChainView,
    changeable,
    columns,
    link_rows,
    names_of,
    week_columns,
    week_rows,
)
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.widgets.headline import Head, Headline, when_words
from kpi_tui.tui.widgets.sheet import Sheet
from kpi_tui.tui.widgets.target_sheet import CellOwner, TargetSheet
from kpi_tui.tui.widgets.week_sheet import WeekSheet


def month_of(period: Period) -> Period:
    """The month a period is shown in: a week where its Monday lies, anything longer where it ends."""
    day = period.start if period.grain in (Grain.WEEK, Grain.DAY) else period.last_day
    return Period.containing(day, Grain.MONTH)


class ChainBoard(KpiScreen):
    """Shows the chain and follows book and period; what is done with it comes in ChainScreen."""

    SCOPE = CHAIN
    BINDINGS: ClassVar[list[Any]] = bindings(CHAIN)
    AUTO_FOCUS = "#links"
    DEFAULT_CSS = """
    ChainBoard #advice { height: auto; max-height: 3; padding: 0 1; }
    ChainBoard #card { width: 1fr; }
    ChainBoard #links { height: auto; max-height: 60%; }
    ChainBoard #weeks { margin: 1 0 0 0; }
    ChainBoard #said { height: 1; padding: 0 1; text-style: dim; }
    ChainBoard #told { height: 1fr; padding: 0 1; }
    ChainBoard #side { width: 38; display: none; margin: 0 0 0 1; padding: 0 1; border-left: solid $panel; }
    ChainBoard #side Static { height: auto; }
    ChainBoard.-asking #said { display: none; }
    ChainBoard.-wide #side { display: block; }
    ChainBoard.-wide #told { display: none; }
    ChainBoard.-low #weeks, ChainBoard.-low #said, ChainBoard.-low #told, ChainBoard.-mid #told { display: none; }
    ChainBoard.-low #links { max-height: 100%; }
    ChainBoard.-mid #weeks { height: 1fr; }
    ChainBoard.-nothing #links, ChainBoard.-nothing #weeks, ChainBoard.-nothing #side { display: none; }
    /* Bars must not be turned inside out under the cursor: ▸, bold and a tint mark the row. */
    ChainBoard #links > .sheet--cell { text-style: bold; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._chain = ""
        self._answer: ChainMonth | None = None

    @property
    def week_editor(self) -> CellOwner:
        """Who edits the cell of the week table under the cursor."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """Head, sentence, links, weeks, findings; those at the right of a wide terminal."""
        yield Headline()
        yield Static(id="advice", markup=False)
        with Horizontal():
            with Vertical(id="card"):
                yield Sheet(id="links")
                yield WeekSheet(self.week_editor, id="weeks")
                yield Static(id="said", markup=False)
                yield Static(id="told", markup=False)
            with VerticalScroll(id="side", can_focus=False):
                yield Static(id="findings", markup=False)

    # --- following the book ------------------------------------------------------------------
    def refresh_view(self) -> None:
        """Period, language, targets or typed numbers are new."""
        book, month = self.book, self.month
        if book is None or month is None:
            return
        if not book.workspace.chains:
            self._show_nothing()
            return
        chain = book.chains.find(self._chain).id
        if self._answer is not None and self._answer.card.period == month:
            self._show()
        self.compute("chain", ChainQuestion(chain, month))

    def _show_nothing(self) -> None:
        self.add_class("-nothing")
        text = _('No chain in this workspace: write chains/*.toml, or extends = "standard" in workspace.toml;')
        self.query_one("#advice", Static).update(Content(f"{text} " + _("`kpi-tui check` tells what is read.")))

    def computed(self, key: str, result: Any) -> None:
        """The chain has been read."""
        if key == "chain":
            first = self._answer is None or self._answer.card.chain.id != result.card.chain.id
            self._answer = result
            self._show()
            if first:
                self.query_one("#links", Sheet).go(result.card.weak.named)

    def failed(self, key: str, error: BaseException) -> None:
        """Without numbers the sentence stands where they would."""
        if key == "chain" and isinstance(error, KpiError):
            self.query_one("#advice", Static).update(Content(clean(told(str(error)))))
            return
        super().failed(key, error)

    # --- showing -----------------------------------------------------------------------------
    def _show(self) -> None:
        """Everything from the card at hand, unsaved edits laid over it."""
        if self._answer is None or self.book is None:
            return
        card, space = self._answer.card, self.book.workspace
        self._show_head()
        advice, weak = chain_words.advice(card, space)
        self.query_one("#advice", Static).update(Content.assemble((clean(advice), "bold $text-error" if weak else "")))
        told = "\n".join(clean(line) for line in chain_words.told(card, space))
        self.query_one("#findings", Static).update(Content(told))
        self.query_one("#told", Static).update(Content(told))
        self.query_one("#links", Sheet).show(link_rows(card), columns(card, self.size.width))
        self._show_weeks()

    def _show_head(self) -> None:
        assert self._answer is not None
        card, as_of = self._answer.card, self._answer.as_of
        unsaved = chain_words.unsaved_words(self._unsaved)
        score = f"{chain_words.score_words(card)}  {unsaved}".rstrip()
        when, brief = when_words(card.period, as_of)
        share = card.total / card.possible if card.total is not None and card.possible else None
        self.query_one(Headline).head = Head(names_of(card), when, brief, score, share)

    @on(Sheet.Moved, "#links")
    def _show_weeks(self) -> None:
        """The weeks of the link under the cursor."""
        view, link = self.view_now, self.link
        if view is None or link is None:
            return
        sheet = self.weeks
        if not sheet.editing:
            room = self.query_one("#card").size.width
            sheet.show_weeks(week_rows(view, link), week_columns(view, link, room), changeable(link))
        self.show_cell()

    @on(Sheet.Moved, "#weeks")
    @on(TargetSheet.Turned)
    def show_cell(self) -> None:
        """A line about the cell under the cursor, or what the marks mean."""
        self.query_one("#said", Static).update(Content(fit(self._cell_words(), max(self.size.width - 2, 10))))

    def _cell_words(self) -> str:
        link, cell, book = self.link, self.cell, self.book
        if self._answer is None or link is None or book is None:
            return ""
        if cell is None or not self.weeks.has_focus or not self.weeks.on_cell:
            return chain_words.legend(link)
        view = self.view_now
        assert view is not None
        agreed = book.targets.of(Period.parse(cell.period)).get(view.target_key(link.link.id))
        return chain_words.cell_words(self.weeks.row_key, cell, link, agreed, book.workspace)

    # --- what is under the cursor ------------------------------------------------------------
    @property
    def month(self) -> Period | None:
        """The month in view."""
        return month_of(self.view.period) if self.view.period else None

    @property
    def card(self) -> ChainCard | None:
        """The chain in view, unsaved edits laid over it."""
        return self._answer.card if self._answer else None

    @property
    def weeks(self) -> WeekSheet:
        """The table of weeks."""
        return self.query_one(WeekSheet)

    @property
    def link(self) -> LinkCard | None:
        """The link under the cursor."""
        return self._answer.card.link(self.query_one("#links", Sheet).row_key) if self._answer else None

    @property
    def cell(self) -> WeekCell | None:
        """The week under the cursor of the week table."""
        link = self.link
        return next((cell for cell in link.weeks if cell.period == self.weeks.column_key), None) if link else None

    @property
    def _unsaved(self) -> int:
        return self.kpi.session.unsaved if self.book else 0

    @property
    def view_now(self) -> ChainView | None:
        """What the screen draws."""
        book = self.book
        if book is None or self._answer is None:
            return None
        return ChainView(self._answer.card, book.workspace, book.targets.pending(), book.actuals.pending())
