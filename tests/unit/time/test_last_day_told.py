"""Sentences of a period that is not over name the last day whose rows count."""

from __future__ import annotations

from datetime import date, timedelta

from kpi_tui.definitions.period import Period
from kpi_tui.text.phrase import translate
from kpi_tui.views.doubts import doubts
from tests.workspaces import Row, Shop, orders, views


def until(last: date) -> list[Row]:
    """An order of 10 at ten on every day from 1 August 2026 to the last one."""
    days = (date(2026, 8, 1) + timedelta(days=n) for n in range((last - date(2026, 8, 1)).days + 1))
    return orders(*((f"o{day}", "u1", f"{day} 10:00:00", 10.0) for day in days))


def test_the_mark_of_an_unfinished_month_names_the_last_day(shop: Shop) -> None:
    """17 of October's days: 170, up to the 17th; nothing of the kind at September's 300."""
    shop.has("orders", until(date(2026, 10, 17)))
    october, september = shop.value("paid_amount", "2026-10"), shop.value("paid_amount", "2026-09")
    assert (october.value, october.partial, october.until) == (170, True, "2026-10-17")
    assert (september.value, september.until) == (300, "")
    (said,) = (translate(one.word) for one in doubts([october, september]))
    assert said == "◔ 1 value of a period that is not over: data up to 2026-10-17"


def test_values_that_end_on_several_days_name_the_first_and_the_last(shop: Shop) -> None:
    """Orders to the 17th, views to the 20th of October."""
    seen = ((date(2026, 8, 1) + timedelta(days=n)).isoformat() for n in range(81))
    shop.has("orders", until(date(2026, 10, 17)))
    shop.has("events", views(*(("v1", f"{day} 09:00:00", "p") for day in seen)))
    found = shop.book().numbers.values(["paid_amount", "pv"], Period.parse("2026-10"))
    assert [value.until for value in found] == ["2026-10-17", "2026-10-20"]
    assert translate(doubts(found)[0].word) == (
        "◔ 2 values of periods that are not over: data up to 2026-10-17 … 2026-10-20"
    )


def test_growth_and_drivers_of_an_unfinished_month_name_the_day(shop: Shop) -> None:
    shop.has("orders", until(date(2026, 10, 17)))
    said = "2026-10 is not over: data up to 2026-10-17"
    assert said in shop.value("paid_amount.growth", "2026-10").detail
    told = shop.book().drivers.of("paid_amount", Period.parse("2026-10"))
    assert told.detail.startswith(f"{said}; ")


def test_a_mean_of_days_names_the_last_day_of_its_mean(shop: Shop) -> None:
    """Views on every day to noon on 20 October, later on other days: that day is not over, the mean is of 19 days."""
    days = [date(2026, 8, 1) + timedelta(days=n) for n in range(81)]
    shop.has("events", views(*(("v1", f"{day} {'09' if day == days[-1] else '21'}:00:00", "p") for day in days)))
    value = shop.value("dau", "2026-10")
    assert (value.value, value.partial, value.until) == (1, True, "2026-10-19")
