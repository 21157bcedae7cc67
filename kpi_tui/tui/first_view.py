"""The first question to a book: which role and which period to show."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpi_tui.book.asked_period import DEFAULT
from kpi_tui.book.person.personal_settings import PersonalSettings
from kpi_tui.definitions.issue import KpiError, Severity
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.personal_setting import BOARD, OWN, WORST
from kpi_tui.text.i18n import _, n_
from kpi_tui.tui.computing.computer import Computer

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress


@dataclass(frozen=True, slots=True)
class Start:
    """An open book, where to begin, what to warn of, and how many edits a former session left."""

    book: Book
    role: str
    period: Period
    drafts: int = 0
    warnings: tuple[str, ...] = ()
    as_of: date | None = None  # the last day that has data
    settings: PersonalSettings | None = None

    @property
    def screen(self) -> str:
        """The screen to go to; "" for the scorecard. Where nobody is scored yet, that where posts are made."""
        board = self.settings is not None and self.settings.value("open_on") == BOARD and self.settings.value(BOARD)
        return "page" if board else "" if self.role else "design"


@dataclass(frozen=True, slots=True)
class FirstView:
    """A role and a period to begin with, the last day that has data, and why there is none."""

    role: str
    period: Period
    as_of: date | None
    no_data: str = ""


@dataclass(frozen=True, slots=True)
class FirstViewQuestion:
    """Where to begin, by the data and the settings of who sits there."""

    def ask(self, book: Book, _progress: Progress, /) -> FirstView:
        """The period that holds the as-of day, and a role in it."""
        settings = PersonalSettings(os.environ, book.workspace.root)
        grain = Grain(str(settings.value("grain")))
        try:
            period, as_of, no_data = book.period(DEFAULT, grain), book.as_of(), ""
        except KpiError as error:  # no data yet: the screens say so, and this month is as good as any
            period, as_of = Period.containing(date.today(), grain, book.workspace.calendar), None
            no_data = str(error)
        return FirstView(_first_role(book, period, settings), period, as_of, no_data)


def start(open_book: Callable[[], Book], computer: Computer, progress: Progress) -> Start:
    """Open the book and find where to begin (runs on the computing thread)."""
    progress(_("reading the workspace"), 0, 0)
    book = open_book()
    book.files.changed()  # what they are like now is what later looks are compared with
    found = computer.answer(FirstViewQuestion(), book, progress)
    warnings = (*filter(None, (found.no_data, book.read_only)), *_errors(book))
    drafts = sum(edits.draft_found() for edits in (book.targets, book.actuals, book.definitions))
    settings = PersonalSettings(os.environ, book.workspace.root)
    return Start(book, found.role, found.period, drafts, warnings, found.as_of, settings)


def _first_role(book: Book, period: Period, settings: PersonalSettings) -> str:
    """The one looked at last; who opens the book, if a person of the workspace; else the role with the lowest score.

    By the setting `open_on`: the person first, or the role with the lowest score even where one was looked at.
    """
    space, kept, first = book.workspace.at(period), str(settings.value("role") or ""), settings.value("open_on")
    if first == WORST and (worst := _worst(book, period)):
        return worst
    if first == OWN and book.who in space.people:
        return book.who
    if kept in space.roles or kept in space.people:
        return kept
    if book.who in space.people:
        return book.who
    return _worst(book, period) or next(iter(space.roles), "") or next(iter(space.people), "")


def _worst(book: Book, period: Period) -> str:
    """The role that reached least of what it could; "" where none has a score, or no data tell."""
    try:
        cards = book.scores.everyone("roles", period)
    except KpiError:
        return ""
    known = [card for card in cards if card.score is not None and card.possible]
    return min(known, key=lambda card: (card.score or 0.0) / card.possible).role if known else ""


def _errors(book: Book) -> tuple[str, ...]:
    count = sum(issue.severity is Severity.ERROR for issue in book.issues)
    if not count:
        return ()
    return (
        n_(
            "{count} error in the workspace; `kpi-tui check` shows it.",
            "{count} errors in the workspace; `kpi-tui check` lists them.",
            count,
        ),
    )
