"""The targets of a period as they are shown: the sheet with its scores, and a line about the cell under its cursor."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.fit import fit
from kpi_tui.text.i18n import _, told
from kpi_tui.text.phrase import translate
from kpi_tui.text.typed_amounts import hint
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.part_moved import PartMoved
from kpi_tui.tui.screens.targets.questions import CardsQuestion, PeriodCards, period_targets
from kpi_tui.tui.shown import InView
from kpi_tui.tui.widgets.editable_cells import OneColumn
from kpi_tui.tui.widgets.places import put, put_in_pane
from kpi_tui.tui.widgets.target_sheet import CellOwner, TargetSheet
from kpi_tui.tui.widgets.view_content import CHART_ROOM, content
from kpi_tui.views.edits.edited_cell import cell_at, cell_key, cell_unit
from kpi_tui.views.scores.scorecard_line import line_detail
from kpi_tui.views.targets.targets import TARGET, PeriodTargets, cell_sentence, targets_sheet
from kpi_tui.views.view import Row


class TargetsDisplay:
    """Asks for the scorecards of the period in view, and fills the widgets of the Targets screen with them."""

    def __init__(self, screen: KpiScreen) -> None:
        self._screen = screen
        self._cards: PeriodCards | None = None
        self._found: PeriodTargets | None = None
        self._part = PartMoved(screen, self._show_line)
        self._computing = False
        self._looked = (InView(), "")  # what was in view, and in which language, when the sheet was last shown whole

    def compose(self, owner: CellOwner) -> ComposeResult:
        """The sheet, and what is known of a line beside it; `owner` edits its cells. All else belongs to the screen."""
        with Horizontal(id="period"):
            yield TargetSheet(OneColumn(TARGET), owner, id="targets")
            with VerticalScroll(id="side", can_focus=False):
                yield Static(id="detail", markup=False)

    # --- showing -------------------------------------------------------------------------------
    def follow(self) -> None:
        """Role, period, language, targets or data are new."""
        period = self._screen.period
        if self._cards is None or self._cards.period != period:
            self._cards, self._computing = None, True
            self._screen.answers.ask(CardsQuestion(period), self._show_cards, self._without_cards)
        before, self._looked = self._looked, (self._screen.view, self._screen.kpi.language)
        if before != self._looked:
            self.sheet.leave()
            self._show()
            self._go_where_chosen(before[0])
        else:
            self._show_edits()

    def forget(self) -> None:
        """Compute again, not only score again."""
        self._cards = None
        self._looked = (self._looked[0], "")  # shown anew, with the cursor where it is

    def _show_cards(self, cards: PeriodCards | None) -> None:
        self._cards, self._computing = cards, False
        self._show()

    def _without_cards(self, sentence: str) -> None:
        """Targets can be edited without numbers, too."""
        self._show_cards(None)
        self._screen.say(sentence, "error")

    def _rows(self) -> tuple[Row, ...]:
        """Tell the line above the sheet; the sheet's rows, none (and a sentence) when they cannot be read."""
        book = self._screen.open_book
        try:
            found = self._found = period_targets(book, self._screen.period, self._cards, self._computing)
            view = self._screen.shown = targets_sheet(found, book.workspace)
        except KpiError as error:
            self._screen.shown = None
            self._screen.kpi.say_error(error)
            return ()
        put(self._screen, "when", translate(view.sentences[0].word))
        self.sheet.columns = view.sheets[0].columns
        return view.sheets[0].rows

    def _show(self) -> None:
        """The whole sheet anew."""
        sheet, rows = self.sheet, self._rows()
        first = not sheet.rows
        sheet.show(rows, sheet.columns)
        if first:
            sheet.go("", TARGET)
        if not rows and not self._screen.kpi.workspace.roles:
            none = _("No posts yet: O opens your files, 7 Design makes posts of a preset or of your own.")
            self._screen.say(none, "warning")
        self.show_cell()

    def _show_edits(self) -> None:
        """Only the lines that an edit changed: a repainted sheet costs a slow line a second."""
        for row in self._rows():
            self.sheet.update_row(row)
        self.show_cell()

    def show_cell(self) -> None:
        """The line about the cell under the cursor."""
        key, text = self.key, ""
        if key is not None and self._screen.book is not None:
            about = f"{hint(cell_unit(self._screen.kpi.workspace, key))} · " + _("Enter sets it, Esc leaves it")
            text = about if self.sheet.editing else self._told(key)
        put(self._screen, "said", fit(text, max(self._screen.size.width - 2, 10)), layout=False)
        self._show_line()

    def _show_line(self) -> None:
        """Beside the sheet what is known of the line under the cursor, where that has room."""
        side, key, found = self._screen.query_one("#side"), self.key, self._found
        if not side.display:
            return
        line = found.line(key) if found and key else None
        if found is None or line is None or key is None:
            put(self._screen, "detail", "", layout=False)
            return
        parts = self._part.of(line.metric, found.period, key.role)
        detail = line_detail(line, found.cards[key.role], self._screen.kpi.workspace, parts)
        room, ascii_only = max(side.size.width - 4, CHART_ROOM), self._screen.kpi.options.ascii_charts
        told = content(detail, room=room, ascii_only=ascii_only)
        put_in_pane(self._screen.query_one("#detail", Static), told)

    def _told(self, key: TargetKey) -> str:
        book = self._screen.open_book
        try:
            target = book.targets.of(self._screen.period).get(key)
        except KpiError as error:
            return told(str(error))
        return translate(cell_sentence(key, target, self._screen.period, book.workspace))

    def _go_where_chosen(self, before: InView) -> None:
        """Go to a role or a metric chosen elsewhere."""
        now, people = self._screen.view, self._screen.kpi.workspace.at(self._screen.period).people
        if (now.role, now.metric) == (before.role, before.metric):
            return
        roles = people[now.role].roles if now.role in people else (now.role,)
        cells = [key for row in self.sheet.rows if (key := cell_at(row.key)) and key.role in roles]
        best = next((key for key in cells if key.metric == now.metric), cells[0] if cells else None)
        if best is not None:
            self.sheet.go(cell_key(best), TARGET)

    # --- what is under the cursor ----------------------------------------------------------------
    @property
    def sheet(self) -> TargetSheet:
        """The sheet of targets."""
        return self._screen.query_one("#targets", TargetSheet)

    @property
    def key(self) -> TargetKey | None:
        """The cell under the cursor."""
        return cell_at(self.sheet.row_key)

    @property
    def period(self) -> Period:
        """The period of every cell."""
        return self._screen.period

    @property
    def across(self) -> tuple[Period, ...]:
        """The periods that a block pasted at the cursor fills: this one."""
        return (self._screen.period,)

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods whose targets are shown."""
        return (self._screen.period,)

    def go(self, row: str, _period: Period) -> None:
        """To a cell."""
        self.sheet.go(row, TARGET)

    def next_place(self, step: int) -> None:
        """To the target of the next line."""
        self.sheet.action_move(step)
        self.sheet.go("", TARGET)
