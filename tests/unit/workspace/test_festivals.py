"""festivals.toml: the shipped days found again by other ways, own ones laid over them, and what may not stand there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from math import radians, sin
from pathlib import Path

import pytest

from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.library.festival import Festival
from kpi_tui.workspace.find import shipped_config
from kpi_tui.workspace.load import load
from tests.workspaces import Shop

YEARS = range(2015, 2036)
BEIJING = timezone(timedelta(hours=8))
NEW_YEARS = """
2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10
2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03
"""  # the table of the Hong Kong Observatory


@pytest.fixture(scope="module")
def shipped() -> dict[str, Festival]:
    found = load(shipped_config(), validate=False).workspace
    assert found is not None
    return dict(found.festivals)


def day(shipped: dict[str, Festival], id_: str, year: int) -> date:
    found = shipped[id_].day_in(year)
    assert found is not None, (id_, year)
    return found


def easter(year: int) -> date:
    """The Gregorian computus of Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, before = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, before + 1)


def test_easter_is_that_of_the_gregorian_computus(shipped: dict[str, Festival]) -> None:
    assert easter(2000) == date(2000, 4, 23) and easter(2024) == date(2024, 3, 31)  # as everybody knows them
    assert [day(shipped, "easter", year) for year in YEARS] == [easter(year) for year in YEARS]


def test_black_friday_follows_the_fourth_thursday_of_november_and_cyber_monday_follows_it(
    shipped: dict[str, Festival],
) -> None:
    for year in YEARS:
        november = [date(year, 11, number) for number in range(1, 31)]
        thanksgiving = [one for one in november if one.weekday() == 3][3]
        assert day(shipped, "black_friday", year) == thanksgiving + timedelta(days=1)
        assert day(shipped, "cyber_monday", year) == thanksgiving + timedelta(days=4)


# --- the Chinese calendar: days of the moon ---------------------------------------------------------------
def new_moon(k: int) -> datetime:
    """New moon number k since 2000-01-06 (the series of Meeus, its larger terms)."""
    t = k / 1236.85
    moment = 2451550.09766 + 29.530588861 * k + 0.00015437 * t**2
    sun = radians(2.5534 + 29.10535670 * k)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t**2)
    f = radians(160.7108 + 390.67050284 * k - 0.0016118 * t**2)
    node = radians(124.7746 - 1.56375588 * k)
    e = 1 - 0.002516 * t
    moment += -0.40720 * sin(moon) + 0.17241 * e * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * f)
    moment += 0.00739 * e * sin(moon - sun) - 0.00514 * e * sin(moon + sun) + 0.00208 * e * e * sin(2 * sun)
    moment += -0.00111 * sin(moon - 2 * f) - 0.00057 * sin(moon + 2 * f) + 0.00056 * e * sin(2 * moon + sun)
    moment += -0.00042 * sin(3 * moon) + 0.00042 * e * sin(sun + 2 * f) + 0.00038 * e * sin(sun - 2 * f)
    moment += -0.00024 * e * sin(2 * moon - sun) - 0.00017 * sin(node)
    terrestrial = datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(days=moment - 2451545.0)
    return terrestrial - timedelta(seconds=70)


MOONS = sorted({new_moon(k).astimezone(BEIJING).date() for k in range(180, 450)})
"""First days of months, 2014 to 2036."""


@pytest.mark.parametrize(
    ("id_", "from_day", "number"),
    [
        ("spring_festival", (1, 21), 1),
        ("new_year_goods", (1, 21), 1),
        ("dragon_boat", (5, 24), 5),
        ("qixi", (7, 26), 7),
        ("mid_autumn", (8, 24), 15),
    ],
)
def test_lunar_festivals_are_days_of_months_that_begin_with_a_new_moon_in_beijing(
    shipped: dict[str, Festival], id_: str, from_day: tuple[int, int], number: int
) -> None:
    """In all these years months 1, 5, 7 and 8 begin with the first new moon from that day of the year on."""
    for year in YEARS:
        first = next(moon for moon in MOONS if moon >= date(year, *from_day))
        assert day(shipped, id_, year) == first + timedelta(days=number - 1), (id_, year)


def test_new_years_are_the_published_ones(shipped: dict[str, Festival]) -> None:
    published = [date.fromisoformat(one) for one in NEW_YEARS.split()]
    assert [day(shipped, "spring_festival", one.year) for one in published] == published


def test_fixed_days_and_spans(shipped: dict[str, Festival]) -> None:
    spans = {id_: span.days_said for id_, one in shipped.items() if (span := one.span_in(2025))}
    assert spans["double11"] == "2025-11-01/2025-11-12"
    assert spans["shopping618"] == "2025-06-01/2025-06-20"
    assert spans["national_day"] == "2025-10-01/2025-10-07"
    assert spans["double12"].endswith("2025-12-12") and spans["christmas"] == "2025-12-01/2025-12-26"
    assert spans["valentine"].endswith("2025-02-14") and spans["labour_day"].startswith("2025-05-01")


# --- own ones ---------------------------------------------------------------------------------------------
def test_own_festivals_are_laid_over_the_shipped_ones(tmp_path: Path) -> None:
    own = '[festivals.double11]\nname = "双十一"\nday = "11-11"\nfirst = -20\n'
    own += '[festivals.fair]\nname = "Fair"\ndays = [2025-03-04, "2024-03-05"]\n'
    space = Shop(tmp_path / "ws").defines("festivals.toml", own).book().workspace
    span = space.festivals["double11"].span_in(2025)
    assert span is not None and span.days_said == "2025-10-22/2025-11-11"
    assert space.festivals["fair"].days == (date(2024, 3, 5), date(2025, 3, 4))
    assert "spring_festival" in space.festivals


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('day = "11-31"', "day = '11-31' is no day of every year"),
        ('day = "02-29"', "day = '02-29' is no day of every year"),
        ('days = ["2025-02-30"]', "days: '2025-02-30' is no day"),
        ('days = ["2025-02-01", "2025-03-01"]', "days: 2025-02-01 and 2025-03-01 lie in one year"),
        ('day = "11-11"\nfirst = 2\nlast = 1', "first = 2 lies after last = 1"),
        ('day = "11-11"\nfirst = -1000', "'first' must be a whole number of days from -180 to 180"),
        ('day = "11-11"\nlasts = 1', "unknown key 'lasts'"),
        ("first = -1", "a festival has either the same day every year or a list of days, one a year"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(tmp_path: Path, written: str, said: str) -> None:
    shop = Shop(tmp_path / "ws").defines("festivals.toml", f'[festivals.fair]\nname = "Fair"\n{written}\n')
    book = shop.book()
    errors = [str(issue.message) for issue in book.issues if issue.severity is Severity.ERROR]
    assert errors == [said] and "fair" not in book.workspace.festivals


def test_a_page_that_names_an_unknown_festival_is_told(tmp_path: Path) -> None:
    page = '[pages.own]\nname = "Own"\n[[pages.own.sections]]\nkind = "festival"\nof = "dubble11"\n'
    shop = Shop(tmp_path / "ws").defines("pages/own.toml", page + 'metrics = ["paid_amount"]\n')
    issues = [issue for issue in shop.book().issues if issue.severity is Severity.ERROR]
    assert [issue.file for issue in issues] == ["pages/own.toml"] and "dubble11" in issues[0].message
