"""Which thousand of the rows, in which order, which of them: asked for by keys."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from kpi_tui.definitions.answers.rows.counted_rows import FIRST_ROWS, PAGE_ROWS, CountedRows, RowColumn, RowsWish
from kpi_tui.definitions.answers.rows.refused_rows import RefusedRows
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.host import Host
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.widgets.prompt import Prompt, Question
from kpi_tui.views.counted_rows import title
from kpi_tui.views.names import column_name


class ShowsRows(Protocol):
    """The screen, as far as its pages know it."""

    @property
    def kpi(self) -> Host:
        """The app."""

    @property
    def answer(self) -> CountedRows | RefusedRows | None:
        """The rows as they are shown."""

    @property
    def prompt(self) -> Prompt:
        """Where a question is asked in a line."""

    def say(self, text: str, kind: str = "info") -> None:
        """A sentence in the status line."""

    def compute_again(self) -> None:
        """Ask anew."""


class RowsPaging:
    """What is wished for of the rows; a new wish is asked at once."""

    def __init__(self, screen: ShowsRows) -> None:
        self._screen = screen
        self.wish = FIRST_ROWS

    def action_sort(self) -> None:
        """By a column; pressed again the other way round, then by time."""
        wish = self.wish
        if wish.sort:
            self._ask(RowsWish(only=wish.only) if wish.descending else replace(wish, descending=True, first=0))
            return
        columns = self._screen.answer.columns if self._screen.answer is not None else ()
        choices = [self._choice(one) for one in columns if one.sorts]
        self._screen.kpi.push_screen(ChoiceScreen(_("Sort by which column?"), choices), self._sorted_by)

    def _choice(self, column: RowColumn) -> Choice:
        """By its name; beside it what stands above the column, its id and what the file calls it."""
        name, head = column_name(self._screen.kpi.workspace, column.name), clean(translate(title(column)))
        label = head if name.en == column.name else name.get(self._screen.kpi.language)
        return Choice(column.name, label, "" if label == head else head, f"{head} {name.en} {name.zh}", told=True)

    def _sorted_by(self, column: str | None) -> None:
        if column:
            self._ask(replace(self.wish, sort=column, descending=False, first=0))

    def action_filter(self) -> None:
        """Ask for a text or a condition; nothing: every row."""
        self._screen.prompt.ask(
            Question(_("Only rows with (a text, or a condition: amount > 100)"), self._only, self.wish.only)
        )

    def _only(self, typed: str) -> str:
        self._ask(replace(self.wish, only=typed.strip(), first=0))
        return ""

    def action_thousand(self, step: int) -> None:
        """The next thousand rows, or those before."""
        first = self.wish.first + step * PAGE_ROWS
        if self._screen.answer is not None and 0 <= first < self._screen.answer.total:
            self._ask(replace(self.wish, first=first))
        else:
            self._screen.say(_("There are no further rows that way."))

    def _ask(self, wish: RowsWish) -> None:
        self.wish = wish
        self._screen.compute_again()
