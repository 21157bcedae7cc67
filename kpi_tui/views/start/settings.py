"""What a new workspace is called, where it lies, whose days and money it counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kpi_tui.definitions.calendar import END, MONTHS, NEAREST, WEEKDAYS, Calendar
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.paths import shown_path
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.text.terms import MONTH_NAMES, WEEKDAY_NAMES
from kpi_tui.views.cells import text
from kpi_tui.views.reasons import term
from kpi_tui.views.start.files import LIST
from kpi_tui.views.view import Column, Row, Sentence, View, sheet


def settings(space: Workspace, folder: Path, *, adds: bool, guessed: bool = False) -> View:
    """The settings with their values; of a workspace that is there they stand in its workspace.toml.

    `guessed`: nobody says the currency, neither a file nor a person.
    """
    calendar = space.calendar
    rows: list[tuple[str, Word, Word]] = [
        ("name", phrase("Name"), space.name.get("")),
        ("folder", phrase("Folder"), shown_path(folder)),
        ("timezone", phrase("Time zone"), space.timezone),
        (
            "currency",
            phrase("Currency"),
            phrase("{code}: a guess, for the files do not say it", code=space.currency)
            if guessed and not adds
            else space.currency,
        ),
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
    lines = [Row(key, (text(label), text(value, "muted" if key in fixed else ""))) for key, label, value in rows]
    said = phrase("Days begin and end in this zone; amounts are in this currency. e changes a line.")
    if adds:
        said = phrase("The workspace is there: its settings stay as they are.")
    return View(phrase("Settings"), (Sentence(said, key="advice"),), (sheet(columns, lines, key=LIST),))


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
