"""Days of festivals and weekdays beside those of last year, on two years of orders summed by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.analyses.festivals import YearPair
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from kpi_tui.render.drawn import drawn
from kpi_tui.text.phrase import translate
from kpi_tui.views.analyses.festivals import festival_sheet
from kpi_tui.views.page.one_sheet import one_sheet
from kpi_tui.views.page.page import page
from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

PAID = [
    ("2024-01-05", "u1", 5),
    ("2024-02-10", "u1", 60),  # the day of 春节 2024
    ("2024-11-01", "u1", 100),
    ("2024-11-02", "u1", 200),
    ("2024-11-03", "u1", 150),
    ("2024-11-03", "u2", 250),
    ("2024-11-04", "u1", 100),
    ("2024-11-06", "u2", 70),
    ("2025-01-29", "u1", 90),  # the day of 春节 2025
    ("2025-11-01", "u1", 150),
    ("2025-11-02", "u1", 100),
    ("2025-11-03", "u1", 300),
    ("2025-11-04", "u2", 80),
]
OWN = '[festivals.fair]\nname = { en = "Fair", zh = "展会" }\ndays = ["2025-03-04"]\nlast = 1\n'


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [(f"o{number}", user, f"{day} 10:00:00", float(paid)) for number, (day, user, paid) in enumerate(PAID)]
    made = Shop(tmp_path_factory.mktemp("festivals") / "shop").says(as_of="2025-11-04")
    made.has("orders", orders(*rows)).defines("festivals.toml", OWN)
    made.book()
    return made.root


@pytest.fixture(scope="module")
def book(shop: Path) -> Book:
    return Book.open(shop, draft=False)


def numbers(pair: YearPair) -> tuple[float | None, float | None, float | None]:
    return None if pair.to_come else pair.now.value, pair.before.value if pair.before else None, pair.ratio


def test_day_n_of_double_11_stands_beside_day_n_of_last_year(book: Book) -> None:
    """150 of 100, 100 of 200, 300 of 150 + 250, 80 of 100; then days to come, of which last year's are known."""
    found = book.festivals.of("double11", ["paid_amount"])
    (paid,) = found.metrics
    assert (found.period.days_said, found.before and found.before.days_said) == (
        "2025-11-01/2025-11-12",
        "2024-11-01/2024-11-12",
    )
    assert [numbers(pair) for pair in paid.pairs[:4]] == [
        (150, 100, 1.5),
        (100, 200, 0.5),
        (300, 400, 0.75),
        (80, 100, 0.8),
    ]
    assert [pair.to_come for pair in paid.pairs] == [False] * 4 + [True] * 8
    assert numbers(paid.pairs[5]) == (None, 70, None)


def test_so_far_is_the_sum_of_the_days_done_and_of_as_many_last_year(book: Book) -> None:
    """150 + 100 + 300 + 80 = 630 of 100 + 200 + 400 + 100 = 800; the 70 of the sixth day does not count yet."""
    (paid,) = book.festivals.of("double11", ["paid_amount"]).metrics
    assert paid.total is not None and numbers(paid.total) == (630, 800, 0.7875)
    assert paid.total.now.period.days_said == "2025-11-01/2025-11-04"


def test_people_do_not_add_up_over_days_and_count_once_over_all_of_them(book: Book) -> None:
    """u2 alone bought on day 4 this year, u1 last year; two people on day 3 of last year. Together they are u1 and u2
    in either year, where the days sum to 4 and 5. A mean order has no total."""
    (buyers,) = book.festivals.of("double11", ["buyers"]).metrics
    assert [numbers(pair)[:2] for pair in buyers.pairs[:4]] == [(1, 1), (1, 1), (1, 2), (1, 1)]
    assert buyers.total is not None and numbers(buyers.total) == (2, 2, 1.0)
    assert buyers.why == "who comes on several days counts once"
    (mean,) = book.festivals.of("double11", ["aov"]).metrics
    assert mean.total is None and mean.why


def test_a_festival_that_moves_is_compared_by_its_day_not_its_date(book: Book) -> None:
    """29 January 2025 and 10 February 2024 are day 8 of 春节: 90 of 60."""
    (paid,) = book.festivals.of("spring_festival", ["paid_amount"]).metrics
    day = paid.pairs[7]
    assert (day.number, day.now.period.id, day.before and day.before.period.id) == (8, "2025-01-29", "2024-02-10")
    assert numbers(day) == (90, 60, 1.5)


def test_days_before_the_data_are_unknown_never_0_and_so_is_their_total(book: Book) -> None:
    (paid,) = book.festivals.of("double11", ["paid_amount"], 2024).metrics
    assert [numbers(pair) for pair in paid.pairs[:2]] == [(100, None, None), (200, None, None)]
    before = paid.total and paid.total.before
    assert before and before.value is None and before.reason is Reason.NO_DATA and "2023-11-01" in before.detail


def test_a_year_that_is_not_listed_is_named(book: Book) -> None:
    found = book.festivals.of("fair", ["paid_amount"], 2025)
    assert found.before is None and "2024" in found.lack
    assert [numbers(pair) for pair in found.metrics[0].pairs] == [(0, None, None), (0, None, None)]
    with pytest.raises(UsageError, match="fair in 2026 is not listed"):
        book.festivals.of("fair", ["paid_amount"], 2026)


def test_days_of_a_week_stand_beside_the_same_weekdays_364_days_before(book: Book) -> None:
    """Monday 3 November 2025 and Monday 4 November 2024: 300 of 100; Tuesday: 80, and nothing last year."""
    (paid,) = book.festivals.weekdays(["paid_amount"], Period.parse("2025-W45")).metrics
    assert [pair.before and pair.before.period.id for pair in paid.pairs[:2]] == ["2024-11-04", "2024-11-05"]
    assert [numbers(pair) for pair in paid.pairs[:2]] == [(300, 100, 3), (80, 0, None)]
    assert paid.total is not None and numbers(paid.total) == (380, 100, 3.8)


def test_weeks_of_a_quarter_stand_beside_those_52_weeks_before_and_the_running_one_is_cut_on_both_sides(
    book: Book,
) -> None:
    """W44 is 27 October to 2 November: 250; a year of weeks before, 28 October to 3 November 2024: 700.

    W45 has run for Monday and Tuesday: 380 beside the 100 of 4 and 5 November 2024, without the 70 of the 6th. The
    quarter so far: 630 of 800.
    """
    for row in book.festivals.weekdays(["paid_amount", "paid_amount"], Period.parse("2025-Q4")).metrics:
        weeks = {pair.now.period.start.isoformat(): numbers(pair)[:2] for pair in row.pairs}
        assert weeks["2025-10-27"] == (250, 700) and weeks["2025-11-03"] == (380, 100)
        assert row.total is not None and numbers(row.total) == (630, 800, 0.7875)


def test_the_festival_of_a_period_is_the_one_with_most_days_in_it_else_the_last_before(book: Book) -> None:
    assert book.festivals.in_period(Period.parse("2025-11")) == ("double11", 2025)
    assert book.festivals.in_period(Period.parse("2025-01")) == ("new_year_goods", 2025)
    assert book.festivals.in_period(Period.parse("2025-07-10")) == ("shopping618", 2025)


def test_the_sentence_says_day_share_and_so_far(book: Book) -> None:
    sheet = festival_sheet(book.festivals.of("double11", ["paid_amount"]), book.workspace)
    told = [translate(note.word) for note in sheet.notes]
    assert told[0] == "Double 11 day 4: Paid amount at 80.0 % of last year's day 4; so far 78.8 %"


def test_the_command_lists_dates_and_compares(run: Run, shop: Path) -> None:
    dates = {row["festival"]: row for row in run("-w", shop, "festival", "--year", "2025").json}
    assert (dates["spring_festival"]["day"], dates["spring_festival"]["last_day"]) == ("2025-01-29", "2024-02-10")
    assert dates["fair"]["last_day"] is None
    out = run("-w", shop, "festival", "double11", "paid_amount", "--format", "csv").out.splitlines()
    assert out[4] == "paid_amount,3,2025-11-03,300.0,400.0,0.75,,2024-11-03"
    assert out[6].endswith(",to_come,2024-11-05") and out[1].startswith("paid_amount,so_far,2025-11-01/2025-11-04")
    assert run("-w", shop, "festival", "weekday", "paid_amount", "--period", "2025-W45").json["festival"] == "weekday"
    wrong = run("-w", shop, "festival", "dubble11", "paid_amount")
    assert wrong.code == 2 and "double11" in wrong.err
    assert run("-w", shop, "festival", "double11").code == 2
    assert run("-w", shop, "festival", "double11", "no_such_metric").code == 2


def test_the_page_has_the_festival_of_its_period_the_weekdays_and_all_dates(run: Run, shop: Path) -> None:
    found = json.loads(run("-w", shop, "page", "festivals", "--period", "2025-11", "--format", "json").out)
    parts = {one["id"]: one["data"] for one in found["sections"]}
    assert parts["festival"]["festival"] == "double11" and parts["weekday"]["festival"] == "weekday"
    assert parts["festival"]["metrics"][0]["so_far"]["ratio"] == 0.7875
    assert {row["festival"] for row in parts["dates"]} > {"double11", "fair", "easter"}


def test_the_page_stands_on_a_screen_with_a_line_a_day_and_what_it_comes_to(book: Book) -> None:
    answer = book.pages.of("festivals", Period.parse("2025-11"))
    rows = one_sheet(page(answer, book.workspace)).rows
    told = [" ".join(drawn(cell) for cell in row.cells) or translate(row.heading) for row in rows]
    assert any(all(word in line for word in ("Double 11 · Paid amount", "78.8 %", "so far")) for line in told)
    assert any("2025-11-03  3" in line and "75.0 %" in line for line in told)
    assert any("at 80.0 % of last year's day 4; so far 78.8 %" in line for line in told)
    assert any("Chinese New Year" in line and "2025-01-29" in line and "2024-02-10" in line for line in told)
