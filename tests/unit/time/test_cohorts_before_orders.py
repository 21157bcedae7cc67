"""What a cohort has paid so far is not known where the orders begin after it; the reason names the table that lacks."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.answers.value import Reason
from tests.workspaces import Shop, orders, users

DONE = "2026-05-31"
ORDERS = "the data of orders cover 2026-03-05 … 2026-05-31"
USERS = "the data of users cover 2026-01-10 … 2026-01-20"


def shop_of(shop: Shop, **source: str) -> Shop:
    """Two users of January; 25 days of orders from 5 March on."""
    shop.has("users", users(("a", "2026-01-10 10:00"), ("b", "2026-01-20 10:00")), **source)
    sold = orders(*((f"o{n}", "ab"[n % 2], f"2026-03-{n:02d} 12:00", 10.0) for n in range(5, 30)))
    return shop.has("orders", sold, complete_until=DONE).says(as_of=DONE)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026-01-10", ORDERS),
        ("2026-W03", ORDERS),  # 12 to 18 January
        ("2026-01", f"{ORDERS}; {USERS}"),  # 31 January is after the last user, and before the first order
        ("2026-Q1", f"{ORDERS}; {USERS}"),
        ("2026-03", f"{ORDERS}; {USERS}"),  # 1 to 4 March is before the first order
        ("2026-04", USERS),
    ],
)
def test_the_reason_names_the_table_that_lacks_the_days(period: str, said: str, shop: Shop) -> None:
    found = shop_of(shop).value("ltv_to_date", period)
    told = "; ".join(sorted(set((found.detail or "").split("; "))))
    assert (found.value, found.reason, told) == (None, Reason.NO_DATA, said)


def test_no_cohort_since_the_orders_begin_says_of_which_days(shop: Shop) -> None:
    """Nobody registered from 5 March on; what the two of January paid before is not known."""
    found = shop_of(shop, complete_until=DONE).value("ltv_to_date", "2026-Q1")
    said = "the denominator is 0, of the days from 2026-03-05 on: the data begin later than the period"
    assert (found.value, found.detail) == (None, said)
