"""The number taken apart by a column: which one, the way into its segments and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from kpi_tui.definitions.answers.segments import Segment
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.period import Period
from kpi_tui.text.i18n import N_, _
from kpi_tui.tui.host import Host
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.screens.drivers.questions import SegmentsQuestion
from kpi_tui.tui.screens.drivers.way_in import WayIn
from kpi_tui.views.causes.segments import segment_of
from kpi_tui.views.named_ids import owned_column

if TYPE_CHECKING:
    from kpi_tui.book import Book

THE_WHOLE = N_("This is the number being taken apart.")


class TakesApart(Protocol):
    """The screen, as far as its columns know it."""

    @property
    def kpi(self) -> Host:
        """The app."""

    @property
    def open_book(self) -> Book:
        """The book, which is open."""

    @property
    def subject(self) -> str:
        """The number in view."""

    @property
    def row_key(self) -> str:
        """The key of the row under the cursor."""

    def say(self, text: str, kind: str = "info") -> None:
        """A sentence in the status line."""

    def compute_again(self) -> None:
        """Ask anew."""


class ByColumn:
    """Asks by which column, and remembers the segments gone into; without a column the screen shows factors."""

    def __init__(self, screen: TakesApart) -> None:
        self._screen = screen
        self._measure = ""  # a base measure that is taken apart instead of the number in view
        self.way = WayIn()
        self.segments: tuple[Segment, ...] = ()  # those in view, which know their names

    @property
    def subject(self) -> str:
        """What is taken apart: a base measure, else the number in view."""
        return self._measure or self._screen.subject

    def question(self, period: Period) -> SegmentsQuestion:
        """What is asked of the book."""
        return SegmentsQuestion(self.subject, period, self.way, self._screen.kpi.view.within)

    @property
    def here(self) -> tuple[str, str]:
        """The number under the cursor: of what, and the condition that keeps its rows."""
        segment = segment_of(self._screen.row_key)
        path = self.way.path if segment is None else (*self.way.path, (self.way.by, segment))
        return self.subject, self._screen.open_book.segments.condition(path, self.kept)

    @property
    def kept(self) -> str:
        """The condition on the rows that all is about: of one value of a role, else "" for all."""
        view, book = self._screen.kpi.view, self._screen.open_book
        return book.scores.rows_of(view.within, view.period) if view.period else ""

    @property
    def is_on(self) -> bool:
        """Whether segments are shown, not factors."""
        return bool(self.way.by)

    def begin(self, measure: str = "") -> None:
        """Take the whole number apart by a column, or a base measure below it."""
        self._ask(measure or self.subject, WayIn(), None)

    def go_in(self) -> None:
        """Take the segment under the cursor apart by another column."""
        segment = segment_of(self._screen.row_key)
        named = next((one.name for one in self.segments if one.name == segment), segment)
        self._ask(self.subject, self.way, named)

    def go_back(self) -> None:
        """One level up, at last to the factors."""
        self.way = self.way.back()
        if not self.is_on:
            self._measure = ""
        self._screen.compute_again()

    def leave(self) -> None:
        """Factors again: another number is in view."""
        self.way, self._measure = WayIn(), ""

    def why_not(self, command: str) -> str:
        """Why a command cannot run where segments are shown."""
        if command in ("drivers.method", "drivers.expand"):
            return _("These are segments: Backspace leads back to the factors.")
        if command == "drivers.drill" and segment_of(self._screen.row_key) is None:
            return _(THE_WHOLE)
        return ""

    def _ask(self, subject: str, way: WayIn, segment: str | None) -> None:
        try:
            columns = way.left(self._screen.open_book.segments.columns(subject))
        except KpiError as error:
            self._screen.say(str(error), "warning")
            return
        if not columns:
            self._screen.say(_("No further column is known to take it apart by; a metric names its own in `dims`."))
            return
        title = _("Which segments moved it? By column:")
        screen = ChoiceScreen(title, list(map(self._choice, columns)))
        self._screen.kpi.push_screen(screen, partial(self._chosen, subject, segment))
        screen.call_after_refresh(self._screen.kpi.release_keys)

    def _choice(self, column: str) -> Choice:
        """By its name; the id, by which it is found too, beside it."""
        name = owned_column(self._screen.kpi.workspace, column)
        label = name.get(self._screen.kpi.language)
        aside = "" if label == column else column
        return Choice(column, label, aside, f"{column} {name.en} {name.zh}", told=True)

    def _chosen(self, subject: str, segment: str | None, column: str | None) -> None:
        if column is not None:
            self._measure = subject if subject != self._screen.subject else ""
            self.way = WayIn(column) if segment is None else self.way.into(segment, column)
            self._screen.compute_again()
