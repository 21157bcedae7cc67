"""A year's targets as they are shown: lines across its months, a line about the cell under the cursor."""

from __future__ import annotations

from textual.app import ComposeResult

from kpi_tui.definitions.answers.targets.year_sheet import YearActuals, YearCell, YearLine, YearSheet
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.fit import fit
from kpi_tui.text.i18n import _, told
from kpi_tui.text.phrase import translate
from kpi_tui.text.typed_amounts import hint
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.targets.questions import YearQuestion
from kpi_tui.tui.widgets.period_cells import PeriodCells
from kpi_tui.tui.widgets.places import put
from kpi_tui.tui.widgets.target_sheet import CellOwner, TargetSheet
from kpi_tui.views.edits.edited_cell import cell_at, cell_unit
from kpi_tui.views.targets.year import year_cell_sentence, year_sheet

ACROSS = (Grain.MONTH, Grain.QUARTER, Grain.WEEK)
"""The lengths of the parts that `c` goes through."""


class YearDisplay:
    """Asks what was in the year's parts, and fills the year sheet of the Targets screen."""

    def __init__(self, screen: KpiScreen) -> None:
        self._screen = screen
        self._grain = Grain.MONTH
        self._known: YearActuals | None = None
        self._asked: tuple[Period, Grain] | None = None
        self._found: YearSheet | None = None
        self._shown: tuple[object, ...] = ()  # period, grain, language, whether the actuals are there
        self.cells = PeriodCells(("total",))

    def compose(self, owner: CellOwner) -> ComposeResult:
        """The sheet; `owner` edits its cells. What stands above and below it belongs to the screen."""
        yield TargetSheet(self.cells, owner, id="year")

    # --- showing -------------------------------------------------------------------------------
    def follow(self) -> None:
        """Period, language, targets or data are new."""
        asked = (self._screen.period, self._grain)
        if self._asked != asked:
            self._known, self._asked = None, asked
            self._screen.answers.ask(YearQuestion(*asked), self._arrived, self._without)
        self.show()

    def forget(self) -> None:
        """Ask again what was."""
        self._asked, self._shown = None, ()

    def turn(self) -> None:
        """Parts of another length."""
        self._grain = ACROSS[(ACROSS.index(self._grain) + 1) % len(ACROSS)]
        self.follow()

    @property
    def grain(self) -> Grain:
        """The length of the parts."""
        return self._grain

    def _arrived(self, known: YearActuals) -> None:
        self._known = known
        if self._is_in_view:
            self.show()

    def _without(self, sentence: str) -> None:
        """Targets can be edited without numbers, too."""
        if self._is_in_view:
            self.show()
            self._screen.say(sentence, "error")

    @property
    def _is_in_view(self) -> bool:
        """Whether the person still looks at what was asked: meanwhile a month may stand there."""
        return self._asked == (self._screen.period, self._grain)

    def show(self) -> None:
        """The lines; only those that an edit changed are drawn anew where nothing else is new."""
        book, period = self._screen.open_book, self._screen.period
        try:
            found = self._found = book.year_sheets.sheet(period, self._grain, (), self._known)
        except KpiError as error:
            self._found = self._screen.shown = None
            self._screen.kpi.say_error(error)
            return
        view = self._screen.shown = year_sheet(found, book.workspace.at(period))
        rows, columns = view.sheets[0].rows, view.sheets[0].columns
        shown = (period, self._grain, self._screen.kpi.language, found.is_known)
        if shown != self._shown:
            self._shown = shown
            over = sum(book.targets.is_locked(part) for part in found.parts)
            self.sheet.leave()
            self.cells.show(self.sheet, rows, columns, [part.id for part in found.parts], over)
            self._screen.call_after_refresh(self.fit)  # its width is known once it has been laid out
        else:
            for row in rows:
                self.cells.update(self.sheet, row)
        self._head()
        self.show_cell()

    def fit(self) -> None:
        """The screen is wider or narrower."""
        self.cells.fit(self.sheet)
        self._head()

    def _head(self) -> None:
        """The line above, and how many periods stand outside the window."""
        view = self._screen.shown
        if view is None:
            return
        before, after = self.cells.unseen
        more = (f"◂ {before}" if before else "", f"{after} ▸" if after else "")
        put(self._screen, "when", "   ".join((translate(view.sentences[0].word), *filter(None, more))))

    def show_cell(self) -> None:
        """The line about the cell under the cursor."""
        key, line, cell, text = self.key, self.line, self.cell, ""
        if key is not None and line is not None and cell is not None:
            about = f"{hint(cell_unit(self._screen.kpi.workspace, key))} · " + _("Enter sets it, Esc leaves it")
            text = about if self.sheet.editing else self._told(key, line, cell)
        put(self._screen, "said", fit(text, max(self._screen.size.width - 2, 10)), layout=False)
        self._head()

    def _told(self, key: TargetKey, line: YearLine, cell: YearCell) -> str:
        book = self._screen.open_book
        try:
            target = book.targets.of(cell.period).get(key)
        except KpiError as error:
            return told(str(error))
        return translate(year_cell_sentence(line, cell, target, book.workspace))

    # --- what is under the cursor ----------------------------------------------------------------
    @property
    def sheet(self) -> TargetSheet:
        """The year sheet."""
        return self._screen.query_one("#year", TargetSheet)

    @property
    def line(self) -> YearLine | None:
        """The line under the cursor."""
        lines = self._found.lines if self._found else ()
        return next((line for line in lines if line.key == cell_at(self.sheet.row_key)), None)

    @property
    def cell(self) -> YearCell | None:
        """The cell under the cursor, of the whole or of a part."""
        line = self.line
        return line.cell(self.cells.column(self.sheet)) if line is not None else None

    @property
    def key(self) -> TargetKey | None:
        """Whose target of what stands under the cursor."""
        return self.line.key if self.line is not None and self.cell is not None else None

    @property
    def period(self) -> Period:
        """The period of the cell under the cursor."""
        return self.cell.period if self.cell is not None else self._screen.period

    @property
    def across(self) -> tuple[Period, ...]:
        """The periods that a block pasted at the cursor fills, from left to right."""
        calendar = self.period.calendar
        return tuple(Period.parse(one, calendar) for one in self.cells.following(self.sheet))

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods whose targets are shown."""
        return (self._found.period, *self._found.parts) if self._found else ()

    def go(self, row: str, period: Period) -> None:
        """To a cell."""
        self.cells.go(self.sheet, row, period.id)

    def next_place(self, step: int) -> None:
        """To the next cell."""
        self.cells.go_on(self.sheet, step)
