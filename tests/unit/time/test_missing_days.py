"""Single days without rows in a table that has many on every other day: they count as 0, and are told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders, views

AWAY = ("2026-10-03", "2026-10-07", "2026-10-08", "2026-10-09", "2026-10-20")


def days(first: str, last: str, without: Collection[str] = ()) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    found = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return [day for day in found if day.isoformat() not in without]


def of(on: list[date], each: int) -> list[Row]:
    """So many orders of 10 on every day."""
    return orders(*((f"o{day}-{n}", f"u{n}", f"{day} {9 + n}:00:00", 10.0) for day in on for n in range(each)))


def notes(shop: Shop, period: str, metric: str = "paid_amount") -> list[str]:
    return [str(note) for note in shop.value(metric, period).notes if "no rows" in note]


def test_five_missing_days_of_a_busy_month_are_told(shop: Shop) -> None:
    """Six orders of 10 on 26 of October's days: 1,560. A Saturday, three days in a row, a Tuesday are not there."""
    shop.has("orders", of(days("2026-08-01", "2026-10-31", AWAY), 6))
    said = "orders: no rows on 5 of 31 days, counted as 0: 2026-10-03, 2026-10-07 … 2026-10-09, 2026-10-20"
    assert shop.value("paid_amount", "2026-10").value == 1560
    assert notes(shop, "2026-10") == [said]
    assert notes(shop, "2026-09") == []
    assert notes(shop, "2026-10-03") == ["orders: no rows on 1 of 1 day, counted as 0: 2026-10-03"]
    (issue,) = (issue for issue in shop.book().data.check() if issue.code == "missing-days")
    assert issue.message == said.replace("31 days", "92 days")


def test_one_missing_day_is_told_where_no_other_has_few_rows(shop: Shop) -> None:
    shop.has("orders", of(days("2026-08-01", "2026-10-31", {"2026-10-13"}), 6))
    assert notes(shop, "2026-10") == ["orders: no rows on 1 of 31 days, counted as 0: 2026-10-13"]
    assert notes(shop, "2026-Q3") == []


def test_what_is_missing_does_not_make_a_rhythm(shop: Shop) -> None:
    """Five silences of three days in 92: 77 days with rows are each day's, not 77 of 92. After the last row nothing
    is known: 29 and 30 October have no number, where three silent days had been usual."""
    away = {
        f"2026-{month:02}-{day:02}"
        for month, day in ((8, 5), (8, 21), (9, 2), (9, 22), (10, 14))
        for day in (day, day + 1, day + 2)
    }
    shop.has("orders", of(days("2026-08-01", "2026-10-28", away), 6)).says(as_of="2026-10-30")
    assert shop.value("paid_amount", "2026-10-29").value is None
    october = shop.value("paid_amount", "2026-10")
    assert (october.value, october.partial, october.until) == (25 * 60, True, "2026-10-28")
    assert notes(shop, "2026-10")[1:] == ["orders: no rows on 3 of 31 days, counted as 0: 2026-10-14 … 2026-10-16"]


def test_a_shop_closed_on_sundays_and_holidays_is_not_asked(shop: Shop) -> None:
    """Six orders a day from 1 October to 31 January but on Sundays, Christmas and New Year."""
    open_ = [day for day in days("2025-10-02", "2026-01-31", {"2025-12-25", "2026-01-01"}) if day.weekday() != 6]
    shop.has("orders", of(open_, 6))
    assert [notes(shop, month) for month in ("2025-10", "2025-12", "2026-01")] == [[], [], []]
    assert not any(issue.code in {"missing-days", "hole"} for issue in shop.book().data.check())


def test_a_shop_closed_on_sundays_is_asked_about_a_wednesday(shop: Shop) -> None:
    open_ = [day for day in days("2026-08-01", "2026-10-31", {"2026-10-14"}) if day.weekday() != 6]
    shop.has("orders", of(open_, 6))
    assert notes(shop, "2026-10") == ["orders: no rows on 1 of 31 days, counted as 0: 2026-10-14"]


def test_a_day_that_is_silent_every_year_is_a_holiday(shop: Shop) -> None:
    """Three years without 15 August."""
    shop.has("orders", of(days("2023-08-01", "2025-08-31", {f"{y}-08-15" for y in (2023, 2024, 2025)}), 6))
    assert notes(shop, "2025-08") == []


def test_own_rest_days_are_not_asked(shop: Shop) -> None:
    shop.has("orders", of(days("2026-08-01", "2026-10-31", AWAY), 6)).says(settings={"rest_days": " ".join(AWAY[:4])})
    assert notes(shop, "2026-10") == ["orders: no rows on 1 of 31 days, counted as 0: 2026-10-20"]


WHOLE = "counted as 0 because complete_until says they are whole"


def test_what_a_person_declared_whole_is_told_as_that(shop: Shop) -> None:
    """The 0 of five days inside, and of three behind the last row, is that of `complete_until`, not of the rows."""
    shop.has("orders", of(days("2026-08-01", "2026-10-28", AWAY), 6), complete_until="2026-10-31")
    said = f"orders: no rows on 8 of 31 days, {WHOLE}: 2026-10-03, 2026-10-07 … 2026-10-09, 2026-10-20, 2026-10-29"
    october = shop.value("paid_amount", "2026-10")
    assert (october.value, october.partial) == (23 * 60, False)
    assert notes(shop, "2026-10") == [f"{said} … 2026-10-31"] and notes(shop, "2026-09") == []
    found = [issue for issue in shop.book().data.check() if issue.code in {"declared-days", "missing-days", "hole"}]
    assert [(one.severity, str(one.message)) for one in found] == [
        (Severity.HINT, f"{said.replace('31 days', '92 days')} … 2026-10-31")
    ]
    shop.says_of("orders", complete_until="2026-10-08")
    assert notes(shop, "2026-10") == [
        "orders: no rows on 2 of 31 days, counted as 0: 2026-10-09, 2026-10-20",
        f"orders: no rows on 3 of 31 days, {WHOLE}: 2026-10-03, 2026-10-07 … 2026-10-08",
    ]


def test_a_thin_table_declared_whole_rests_by_its_own_rhythm(shop: Shop) -> None:
    """A row every third day; three silent days at the end, or 20, are nothing to tell, 60 are."""
    rare = days("2026-06-01", "2026-08-31")[::3]
    for until, told in (("2026-09-03", 0), ("2026-09-18", 0), ("2026-10-31", 1)):
        Shop.says(shop, as_of=until).has("orders", of(rare, 1), complete_until=until)
        assert len(notes(shop, until[:7])) == told


def test_a_small_shop_has_days_without_an_order_by_chance(shop: Shop) -> None:
    """One to four orders a day, in turn, and seven days of 92 without any."""
    away = {f"2026-{month:02}-{day:02}" for month in (8, 9, 10) for day in (4, 19)} | {"2026-10-30"}
    on = days("2026-08-01", "2026-10-31", away)
    rows = orders(
        *((f"o{day}-{n}", "u", f"{day} {9 + n}:00:00", 10.0) for day in on for n in range(1 + day.toordinal() % 4))
    )
    shop.has("orders", rows)
    assert notes(shop, "2026-10") == []


def test_one_row_a_day_and_many_days_without_one(shop: Shop) -> None:
    """A table of one row a day: five of 92 days are more than an ordinary shop rests, two are not."""
    shop.has("orders", of(days("2026-08-01", "2026-10-31", AWAY), 1))
    assert [note.split(":")[1] for note in notes(shop, "2026-10")] == [" no rows on 5 of 31 days, counted as 0"]
    shop.has("orders", of(days("2026-08-01", "2026-10-31", AWAY[:2]), 1))
    assert notes(shop, "2026-10") == []


def test_a_mean_of_days_says_which_days_it_counts_as_nothing(shop: Shop) -> None:
    """A segment of a missing day has the note too, and a week without one has none."""
    shop.has("orders", of(days("2026-08-01", "2026-10-31", AWAY), 6))
    book = shop.book()
    found = book.numbers.values(["paid_amount"], Period.parse("2026-W41"), by="domain")
    assert all(any("on 3 of 7 days" in note for note in value.notes) for value in found)


def test_a_day_whose_rows_could_not_be_read_is_not_said_to_have_none(shop: Shop) -> None:
    """The six orders of 20 October have amounts that are no numbers: they are left out, and that is what is said."""
    rows = of(days("2026-08-01", "2026-10-31", {"2026-10-03"}), 6)
    broken = [row | {"paid_amount": "ten"} if row["paid_at"].startswith("2026-10-20") else row for row in rows]
    shop.has("orders", broken)
    value = shop.value("paid_amount", "2026-10")
    assert (value.value, value.left_out) == (29 * 60, {"orders": 6})
    assert notes(shop, "2026-10") == ["orders: no rows on 1 of 31 days, counted as 0: 2026-10-03"]


def test_a_mean_of_days_names_its_missing_days_in_one_sentence(shop: Shop) -> None:
    """Six visitors on 28 of October's days: 168 / 31 a day."""
    away = {"2026-10-07", "2026-10-08", "2026-10-20"}
    seen = days("2026-08-01", "2026-10-31", away)
    shop.has("events", views(*((f"v{n}", f"{day} 1{n}:00:00", "p") for day in seen for n in range(6))))
    value = shop.value("dau", "2026-10")
    assert value.value == 28 * 6 / 31
    assert [str(note) for note in value.notes] == [
        "events: no rows on 3 of 31 days, counted as 0: 2026-10-07 … 2026-10-08, 2026-10-20"
    ]
