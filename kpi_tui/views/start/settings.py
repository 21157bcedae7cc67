"""What a new workspace is called, where it lies, whose days and money it counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.definitions.answers.setup import SetupAnswers
from kpi_tui.definitions.calendar import END, MONTHS, NEAREST, WEEKDAYS, Calendar
from kpi_tui.definitions.message import both
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.paths import shown_path
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.text.terms import MONTH_NAMES, WEEKDAY_NAMES
from kpi_tui.views.cells import TextCell, Tone, text
from kpi_tui.views.reasons import term
from kpi_tui.views.start.files import LIST
from kpi_tui.views.view import Column, Row, Sentence, View, sheet

NO_GUESSES: Mapping[str, Word] = MappingProxyType({})


def settings(space: Workspace, folder: Path, *, adds: bool, guesses: Mapping[str, Word] = NO_GUESSES) -> View:
    """The settings with their values; of a workspace that is there they stand in its workspace.toml.

    `guesses`: of what the zone or the currency was guessed, where nobody said it.
    """
    calendar = space.calendar
    rows: list[tuple[str, Word, Word]] = [
        ("name", phrase("Name"), space.name.get("")),
        ("folder", phrase("Folder"), shown_path(folder)),
        ("timezone", phrase("Time zone"), space.timezone),
        ("currency", phrase("Currency"), space.currency),
        ("week_start", phrase("Weeks"), weeks_said(calendar)),
        ("fiscal_year", phrase("Years"), years_said(calendar)),
        ("kind", phrase("Months"), months_said(calendar)),
    ]
    if calendar.in_weeks:
        rows.append(("year_end", phrase("Year's end"), year_end_said(calendar)))
    if calendar.fiscal_year != MONTHS[0]:
        rows.append(("fiscal_year_name", phrase("Called by"), name_said(calendar)))
    columns = [Column("what", most=14), Column("value", flex=1)]
    fixed: tuple[str, ...] = tuple(key for key, _, _ in rows) if adds else ()
    lines = [
        Row(key, (text(label), _guessed(value, guesses[key]) if key in guesses else text(value, _tone(key in fixed))))
        for key, label, value in rows
    ]
    said = phrase("Days begin and end in this zone; amounts are in this currency. e changes a line.")
    if adds:
        said = phrase("The workspace is there: its settings stay as they are.")
    return View(phrase("Settings"), (Sentence(said, key="advice"),), (sheet(columns, lines, key=LIST),))


def guesses(found: Proposal, answers: SetupAnswers) -> dict[str, Word]:
    """Of what the zone and the currency were guessed, where no person said them and no file for sure."""
    said: dict[str, Word] = {}
    if found.zone_guess and not answers.timezone:
        said["timezone"] = found.zone_guess
    if answers.currency:
        return said
    if found.currencies:
        counts = both(f"{code} ({rows:,})" for code, rows in found.currencies.items())
        said["currency"] = phrase("a guess, that of most rows: {currencies}", currencies=counts)
    elif not found.currency:
        said["currency"] = phrase("a guess, for the files do not say it")
    return said


def _guessed(value: Word, guess: Word) -> TextCell:
    return text(phrase("{value}: {guess}; e changes it", value=value, guess=guess), "near")


def _tone(fixed: bool) -> Tone:
    return "muted" if fixed else ""


def weeks_said(calendar: Calendar) -> Word:
    """From which day to which a week goes, and how it is numbered."""
    first = WEEKDAYS.index(calendar.week_start)
    if not first:
        return phrase("from Monday to Sunday, numbered as ISO 8601 does")
    return phrase(
        "from {first} to {last}; a week is of the year that holds most of its days",
        first=term(WEEKDAY_NAMES, WEEKDAYS[first]),
        last=term(WEEKDAY_NAMES, WEEKDAYS[first - 1]),
    )


def years_said(calendar: Calendar) -> Word:
    """From which month to which a year goes."""
    first = MONTHS.index(calendar.fiscal_year)
    if not first:
        return phrase("from January to December")
    return phrase(
        "from {first} to {last}", first=term(MONTH_NAMES, MONTHS[first]), last=term(MONTH_NAMES, MONTHS[first - 1])
    )


def months_said(calendar: Calendar) -> Word:
    """Calendar months, or how many weeks the three months of a quarter have."""
    if not calendar.in_weeks:
        return phrase("calendar months")
    return phrase("of whole weeks, {kind} in every quarter", kind=calendar.kind)


def year_end_said(calendar: Calendar) -> Word:
    """Which last day of a week ends a year of weeks, with the first day of one."""
    weekday = term(WEEKDAY_NAMES, WEEKDAYS[WEEKDAYS.index(calendar.week_start) - 1])
    month = term(MONTH_NAMES, MONTHS[MONTHS.index(calendar.fiscal_year) - 1])
    if calendar.year_end == NEAREST:
        return phrase("on the {weekday} nearest to the end of {month}", weekday=weekday, month=month)
    return phrase("on the last {weekday} of {month}", weekday=weekday, month=month)


def name_said(calendar: Calendar) -> Word:
    """What a fiscal year is called by, with the one that begins in 2026."""
    first = calendar.year_around(date(2026, 12, 31))
    year, month = calendar.year_id(first), f"{first:%Y-%m}"
    if calendar.fiscal_year_name == END:
        return phrase("the year in which it ends: {id} begins in {month}", id=year, month=month)
    return phrase("the year in which it starts: {id} begins in {month}", id=year, month=month)
