"""Where a period's name does not say its days, they stand beside it."""

from __future__ import annotations

from datetime import date

import pytest

from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.period import Period
from kpi_tui.text.i18n import set_language
from kpi_tui.text.phrase import translate
from kpi_tui.tui.widgets.headline import when_words
from kpi_tui.views.reasons import period_kind

OWN = Calendar(week_start="sunday", fiscal_year="april")


@pytest.mark.parametrize(
    ("period", "calendar", "said"),
    [
        ("2026-W45", ISO, "week"),
        ("2026", ISO, "year"),
        ("2026-11", OWN, "month"),
        ("2026-11-08", OWN, "day"),
        ("2026-W45", OWN, "week 2026-11-08 … 2026-11-14"),
        ("FY2027", OWN, "year 2026-04-01 … 2027-03-31"),
        ("FY2027-Q4", OWN, "quarter 2027-01-01 … 2027-03-31"),
        ("2026-W45", Calendar(fiscal_year="april"), "week"),
    ],
)
def test_the_days_of_a_period(period: str, calendar: Calendar, said: str) -> None:
    set_language("en")
    assert translate(period_kind(Period.parse(period, calendar))) == said


def test_the_head_keeps_them_where_there_is_little_room() -> None:
    set_language("en")
    full, brief = when_words(Period.parse("FY2027-Q3", OWN), date(2026, 11, 14))
    assert full == "‹ FY2027-Q3 ›  quarter 2026-10-01 … 2026-12-31 · 45 of 92 days ◔ partial"
    assert brief == "‹ FY2027-Q3 › 2026-10-01 … 2026-12-31 ◔"
    assert when_words(Period.parse("2026-10"), date(2026, 11, 14))[1] == "‹ 2026-10 ›"
