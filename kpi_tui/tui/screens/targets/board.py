"""The sheet of a period's targets as it is shown: every role's lines, scored with and without the unsaved edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.answers.score import Scorecard
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.amounts import hint
from kpi_tui.text.clean import fit
from kpi_tui.text.i18n import _, told
from kpi_tui.tui.key_registry import TARGETS, bindings
from kpi_tui.tui.overlays.explain import ExplainScreen
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.targets.rows import TARGET, TargetView, cell_of, columns, row_key, rows
from kpi_tui.tui.screens.targets.words import cell_words, head_words
from kpi_tui.tui.shown import View
from kpi_tui.tui.widgets.prompt import Prompt
from kpi_tui.tui.widgets.sheet import Sheet
from kpi_tui.tui.widgets.target_sheet import TargetSheet

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress


@dataclass(frozen=True, slots=True)
class Answer:
    """The cards of every role in a period, and whether it is over."""

    period: Period
    cards: Mapping[str, Scorecard]
    locked: bool


def answer(book: Book, period: Period, progress: Progress) -> Answer:
    """The long part, run on the computing thread."""
    cards = {role: book.scores.scorecard(role, period, progress=progress) for role in book.workspace.roles}
    return Answer(period, cards, book.targets.is_locked(period))


class TargetBoard(KpiScreen):
    """Shows the sheet and follows book, role and period; what is done with it comes in TargetsScreen."""

    SCOPE = TARGETS
    BINDINGS: ClassVar[list[Any]] = bindings(TARGETS)
    AUTO_FOCUS = "#targets"
    DEFAULT_CSS = """
    TargetBoard #when { height: 1; padding: 0 1; text-style: bold; }
    TargetBoard #said { height: 1; padding: 0 1; text-style: dim; }
    TargetBoard.-asking #said { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._answer: Answer | None = None
        self._computing = False
        self._view = View()

    def commit(self, text: str) -> bool:
        """Set the cell under the cursor to what was typed; False keeps its editor open."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """Period, sheet with the editor over it, a line about the cell, a question when one is asked."""
        yield Static(id="when", markup=False)
        yield TargetSheet(TARGET, self.commit, id="targets")
        yield Static(id="said", markup=False)
        yield Prompt()

    # --- showing -------------------------------------------------------------------------------
    def refresh_view(self) -> None:
        """Role, period, language, targets or data are new."""
        book, period = self.book, self.view.period
        if book is None or period is None:
            return
        self._sheet.leave()
        if self._answer is None or self._answer.period != period:
            self._answer, self._computing = None, True
            self.compute("sheet", lambda progress: answer(book, period, progress))
        self._show()
        self._go_to_view()

    def computed(self, key: str, result: Any) -> None:
        """The cards, or an explanation."""
        if key == "sheet":
            self._answer, self._computing = result, False
            self._show()
        elif self.book is not None:
            self.app.push_screen(ExplainScreen(result, self.book.workspace, self.kpi.language))

    def failed(self, key: str, error: BaseException) -> None:
        """Targets can be edited without numbers, too."""
        if key == "sheet":
            self._computing = False
            self._show()
        super().failed(key, error)

    def _look(self) -> TargetView | None:
        """What the sheet shall show, the cards scored again; None (and a sentence) when it cannot be read."""
        book, period = self.book, self.view.period
        if book is None or period is None:
            return None
        cards = self._answer.cards if self._answer and self._answer.period == period else {}
        try:
            return TargetView(
                book.workspace,
                period,
                book.targets.of(period),
                book.targets.of(period.previous()),
                book.targets.pending(),
                {role: book.scores.rescore(card) for role, card in cards.items()},
                {role: book.scores.rescore(card, saved=True) for role, card in cards.items()},
                self._computing,
            )
        except KpiError as error:
            self.kpi.say_error(error)
            return None

    def _show(self) -> None:
        """The whole sheet anew."""
        view = self._look()
        if view is None:
            return
        sheet = self._sheet
        first = not sheet.rows
        sheet.show(rows(view), columns(self.size.width))
        if first:
            sheet.go("", TARGET)
        if not sheet.rows:
            self.say(_("No roles yet: write roles/*.toml, or start from a preset with `kpi-tui init`."), "warning")
        self._show_words()

    def _show_edits(self) -> None:
        """Only the lines that an edit changed."""
        self.kpi.revision += 1
        self._seen = (self.view, self.kpi.language, self.kpi.revision)  # other screens follow, this one is up to date
        view = self._look()
        for row in rows(view) if view else ():
            self._sheet.update_row(row)
        self._show_words()

    def _show_words(self) -> None:
        book, period = self.book, self.view.period
        if book is None or period is None:
            return
        locked = self._answer.locked if self._answer and self._answer.period == period else None
        self.query_one("#when", Static).update(Content(head_words(period, locked, book.targets.pending())))
        self._show_cell()

    @on(Sheet.Moved, "#targets")
    @on(TargetSheet.Turned)
    def _show_cell(self) -> None:
        """The line about the cell under the cursor."""
        key, book, period = self._key, self.book, self.view.period
        text = ""
        if key is not None and book is not None and period is not None:
            metric = book.workspace.metrics.get(key.metric)
            name = metric.name.both(self.kpi.language) if metric else key.metric
            text = (
                f"{hint(self._unit)} · " + _("Enter sets it, Esc leaves it")
                if self._sheet.editing
                else f"{name} · {self._cell_words(book, period, key)}"
            )
        self.query_one("#said", Static).update(Content(fit(text, max(self.size.width - 2, 10))), layout=False)

    def _cell_words(self, book: Book, period: Period, key: TargetKey) -> str:
        try:
            target = book.targets.of(period).get(key)
        except KpiError as error:
            return told(str(error))
        return cell_words(target, book.workspace.metrics.get(key.metric), self._unit)

    def _go_to_view(self) -> None:
        """Follow a role or a metric chosen elsewhere."""
        new, self._view = self.view, self._view
        changed = (new.role, new.metric) != (self._view.role, self._view.metric)
        self._view = new
        if not changed or self.book is None:
            return
        people = self.book.workspace.people
        roles = people[new.role].roles if new.role in people else (new.role,)
        cells = [key for row in self._sheet.rows if (key := cell_of(row.key)) and key.role in roles]
        best = next((key for key in cells if key.metric == new.metric), cells[0] if cells else None)
        if best is not None:
            self._sheet.go(row_key(best), TARGET)

    # --- what is under the cursor ----------------------------------------------------------------
    @property
    def _sheet(self) -> TargetSheet:
        return self.query_one(TargetSheet)

    @property
    def _key(self) -> TargetKey | None:
        return cell_of(self._sheet.row_key)

    @property
    def _unit(self) -> str:
        metric = self.book.workspace.metrics.get(self._key.metric) if self.book and self._key else None
        return metric.unit if metric else "count"

    def _value(self) -> float | None:
        """The target under the cursor, unsaved edits included."""
        assert self.book is not None and self.view.period is not None and self._key is not None
        target = self.book.targets.of(self.view.period).get(self._key)
        return target.value if target else None

    def on_resize(self) -> None:
        """Keep the columns fitting."""
        super().on_resize()
        if self._sheet.rows:
            self._sheet.show(self._sheet.rows, columns(self.size.width))

    def action_reload(self) -> None:
        """Compute again, not only score again."""
        self._answer = None
        super().action_reload()
