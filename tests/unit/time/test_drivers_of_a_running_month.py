"""What moved a number of a month that is not over is not told: no change, and every number of it is marked."""

from __future__ import annotations

from typing import Any

from kpi_tui.definitions.period import Period
from kpi_tui.render.formats import render
from kpi_tui.views.causes.drivers import drivers as drivers_view
from kpi_tui.views.causes.drivers import drivers_data
from tests.workspaces import Shop, orders

MARCH = Period.parse("2026-03")


def sold(shop: Shop, until: str) -> Any:
    """200 of two orders in February; 90 of one in March, as far as the data reach."""
    february = [("o1", "ann", "2026-02-01 10:00:00", 120.0), ("o2", "bob", "2026-02-20 10:00:00", 80.0)]
    shop.has("orders", orders(*february, ("o3", "ann", "2026-03-02 10:00:00", 90.0)), complete_until=until)
    return shop.says(as_of=until).book()


def test_a_month_that_is_over_has_a_change(shop: Shop) -> None:
    """90 − 100 an order: one order fewer, of 90 instead of 100."""
    data = drivers_data(sold(shop, "2026-03-31").drivers.of("aov", MARCH))
    assert (data["change"], data["partial"]) == (-10, False)


def test_a_month_that_is_not_over_has_none(shop: Shop) -> None:
    book = sold(shop, "2026-03-10")
    found = book.drivers.of("aov", MARCH)
    data = drivers_data(found)
    assert (data["before"], data["after"], data["change"], data["partial"]) == (100, 90, None, True)
    assert {one["contribution"] for one in data["drivers"]} == {None}
    shown = render(drivers_view(found, book.workspace), "table", width=120).splitlines()
    factors = shown[: next(place for place, line in enumerate(shown) if line.startswith("◌"))]
    assert [line.count("◔") for line in factors[3:]] == [0, 1, 1, 1]  # February, two factors, March
