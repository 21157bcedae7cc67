"""Year to date, the last 7 and 28 days: asked for, compared, looked at and never agreed; counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.analyses.comparison import Comparison
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.calendar import Calendar
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.render.formats import render
from kpi_tui.views.analyses.comparisons import comparisons
from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

# as of Sunday 15 March 2026
PAID = [
    ("2025-01-01", "ann", 10),
    ("2025-03-09", "cat", 4),
    ("2025-03-15", "ann", 30),
    ("2025-03-16", "bob", 500),  # after the day of last year
    ("2025-12-31", "bob", 700),
    ("2026-01-01", "ann", 50),
    ("2026-02-16", "dan", 5),  # the first of the last 28 days
    ("2026-03-02", "ann", 1),
    ("2026-03-08", "bob", 8),  # the last day of the 7 before
    ("2026-03-09", "ann", 20),
    ("2026-03-15", "ann", 40),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with a role, complete up to 15 March 2026."""
    root = tmp_path_factory.mktemp("days") / "shop"
    rows = orders(*((f"o{place}", who, f"{day} 12:00:00", paid) for place, (day, who, paid) in enumerate(PAID)))
    lines = 'lines = [{ metric = "paid_amount", weight = 100, method = "ratio" }]'
    shop = Shop(root).has("orders", rows, complete_until=date(2026, 3, 15))
    shop.defines("roles/sales.toml", f'[roles.sales]\nname = "Sales"\n{lines}\n').book().close()
    return root


def test_people_are_counted_once_over_the_span_and_never_summed(run: Run, root: Path) -> None:
    """Ann, Bob and Dan bought in 2026, Ann on four days of it; in the last 7 days Ann alone, twice."""
    asked = ("values", "active_trading_users", "paid_amount", "--period")
    for period, id_, users, paid in (
        ("ytd", "ytd-2026-03-15", 3, 124),
        ("7d", "7d-2026-03-15", 1, 60),
        ("28d", "28d-2026-03-15", 3, 74),
        ("ytd-2026-02-16", "ytd-2026-02-16", 2, 55),
    ):
        found = run("-w", root, *asked, period).json
        assert [(one["period"], one["value"], one["partial"]) for one in found] == [
            (id_, users, False),
            (id_, paid, False),
        ]
    found = run("-w", root, "values", "paid_amount", "--period", "7d", "--last", "2").json
    assert [(one["period"], one["value"]) for one in found] == [("7d-2026-03-08", 9), ("7d-2026-03-15", 60)]
    (previous,) = run("-w", root, "values", "paid_amount", "--grain", "28d", "--period", "previous").json
    assert (previous["period"], previous["value"]) == ("28d-2026-02-15", 0)


def test_compared_with_the_days_before_and_those_of_last_year(run: Run, root: Path) -> None:
    """A year to date stands beside last year's to the same day: 124 beside 44. The last 7 days: 60 beside 9 (2 to 8
    March) and 34 (9 to 15 March 2025)."""
    (year,) = run("-w", root, "compare", "paid_amount", "--period", "ytd").json
    assert (year["value"], year["before"]) == (124, None)
    assert year["last_year"] == {
        "period": "ytd-2025-03-15",
        "value": 44,
        "reason": None,
        "change": pytest.approx(80 / 44),
    }
    (week,) = run("-w", root, "compare", "paid_amount", "--period", "7d").json
    assert week["before"]["value"] == 9 and week["before"]["change"] == pytest.approx(60 / 9 - 1)
    assert (week["last_year"]["period"], week["last_year"]["value"]) == ("7d-2025-03-15", 34)
    shown = run("-w", root, "compare", "paid_amount", "--period", "ytd", "--format", "table").out
    assert "2026-01-01 … 2026-03-15" in shown and "last year: year to 2025-03-15" in shown and "181.8 %" in shown


def test_days_long_over_whose_data_begin_inside_them_are_not_called_unfinished(root: Path) -> None:
    """The data begin on 2025-09-01: the year to 31 October 2025 lacks eight months, and it ended a year ago."""
    year = Period.parse("ytd-2025-10-31")
    value = Value("paid_amount", year, 65578.0, partial=True, late=True, unit="currency")
    now = replace(value, period=Period.parse("ytd-2026-10-31"), value=1107898.0, partial=False, late=False)
    book = Book.open(root, draft=False)
    shown = render(comparisons([Comparison(now, None, value)], book.workspace), "table")
    book.close()
    assert "the data begin inside year to 2025-10-31" in shown and "is not over" not in shown


def test_a_month_that_is_not_over_is_not_compared_and_says_so(run: Run, root: Path) -> None:
    (march,) = run("-w", root, "compare", "paid_amount", "--period", "2026-03").json
    assert (march["value"], march["partial"]) == (69, True)
    assert (march["before"]["value"], march["before"]["change"]) == (5, None)
    assert (
        "2026-03 is not over"
        in run("-w", root, "compare", "paid_amount", "--period", "2026-03", "--format", "table").out
    )


def test_days_up_to_a_day_are_looked_at_and_have_no_targets(run: Run, root: Path) -> None:
    refused = run("-w", root, "target", "set", "sales", "paid_amount", "100", "--period", "ytd", "--why", "plan")
    assert refused.code == 2
    assert "ytd-2026-03-15 is looked at only; agree days, weeks, months, quarters and years" in refused.err
    (card,) = run("-w", root, "score", "sales", "--period", "28d").json
    assert (card["lines"][0]["actual"], card["lines"][0]["previous"], card["score"]) == (74, 0, None)
    shown = run("-w", root, "score", "sales", "--period", "28d", "--format", "table").out
    assert "28 days to 2026-03-15 is looked at, not scored" in shown
    wrong = run("-w", root, "values", "paid_amount", "--period", "14d")
    assert (wrong.code, "ytd, 7d or 28d" in wrong.err) == (2, True)


@pytest.mark.parametrize(
    ("text", "own", "days", "earlier"),
    [
        ("ytd-2024-02-29", Calendar(), "2024-01-01/2024-02-29", "2023-01-01/2023-02-28"),
        ("7d-2024-03-02", Calendar(), "2024-02-25/2024-03-02", "2023-02-24/2023-03-02"),
        ("ytd-2026-05-10", Calendar(fiscal_year="april"), "2026-04-01/2026-05-10", "2025-04-01/2025-05-10"),
        # After the 53 weeks of FY2023 the same weekdays of the restated year.
        (
            "ytd-2024-02-11",
            Calendar("sunday", "february", "start", "4-5-4"),
            "2024-02-04/2024-02-11",
            "2023-02-05/2023-02-12",
        ),
    ],
)
def test_the_days_and_those_of_last_year(text: str, own: Calendar, days: str, earlier: str) -> None:
    period = Period.parse(text, own)
    assert (period.days_said, period.a_year_earlier().days_said) == (days, earlier)
    assert (period.id, Period.parse(period.id, own)) == (text, period)
    assert period.previous(3).next(3).start == period.start
    assert period.called_in(Calendar(fiscal_year="july")).last_day == period.last_day


def test_a_year_to_date_goes_back_by_years_and_days_by_their_length() -> None:
    assert Period.parse("ytd-2026-03-15").previous().id == "ytd-2025-03-15"
    assert Period.parse("28d-2026-03-15").previous().id == "28d-2026-02-15"
    assert Period.containing(date(2026, 3, 15), Grain.LAST_7).days_said == "2026-03-09/2026-03-15"
