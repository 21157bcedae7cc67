"""Cohorts by month where months are of weeks: calendar months on both sides, and it is said (R129)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kpi_tui.book import Book
from kpi_tui.definitions.library.analysis_parts import CohortPart
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.text.phrase import translate
from kpi_tui.views.causes.cohort import cohort_section
from tests.workspaces import Shop, orders

BOUGHT = [  # Ann first in September, again on 1 October and in the calendar's week of 28 September; Bob and Cat later
    ("o1", "ann", "2026-09-02 12:00:00", 10),
    ("o2", "ann", "2026-10-01 12:00:00", 10),
    ("o3", "bob", "2026-10-20 12:00:00", 10),
    ("o4", "cat", "2026-10-21 12:00:00", 10),
    ("o5", "bob", "2026-11-02 12:00:00", 10),
]
PART = CohortPart(metric="active_trading_users", by="first_paid_month", grain=Grain.MONTH, last=3)


def shop(root: Path, **calendar: str) -> Book:
    made = Shop(root).has("orders", orders(*BOUGHT), complete_until="as_of").says(as_of=date(2026, 11, 30))
    return made.says(calendar=calendar).book() if calendar else made.book()


def test_they_are_calendar_months_and_say_so(tmp_path: Path) -> None:
    """By hand, as pandas' to_period("M"): September 1 buyer, October 2; Ann came back in October, Bob in November."""
    book = shop(tmp_path / "weeks", kind="4-4-5", week_start="sunday")
    period = Period.containing(date(2026, 11, 15), Grain.MONTH, book.workspace.calendar)
    assert period.id != "2026-11"
    found = book.cohorts.of(PART, period)
    assert [(one.period.id, one.size, one.kept[:2]) for one in found.rows] == [
        ("2026-09", 1, (1.0, 1.0)), ("2026-10", 2, (1.0, 0.5)), ("2026-11", 0, (None, None)),
    ]  # fmt: skip
    for form in ("triangle", "curve"):
        said = [
            translate(note.word)
            for note in cohort_section(CohortPart(metric="x", form=form), found, book.workspace).notes
        ]
        assert any("calendar months here" in one for one in said), form


def test_where_months_are_those_of_the_calendar_nothing_is_said(tmp_path: Path) -> None:
    book = shop(tmp_path / "months")
    found = book.cohorts.of(PART, Period.parse("2026-11"))
    assert [(one.period.id, one.size) for one in found.rows] == [("2026-09", 1), ("2026-10", 2), ("2026-11", 0)]
    assert not any(
        "calendar months" in translate(note.word) for note in cohort_section(PART, found, book.workspace).notes
    )
