"""A factor that is an amount has its currency, as the total that it moves: of a metric, of a column, of one like it."""

from __future__ import annotations

import pytest

from kpi_tui.book import Book
from kpi_tui.views.causes.drivers import factor_cells
from kpi_tui.views.cells import NumberCell
from kpi_tui.views.names import factor_unit


@pytest.mark.parametrize(
    ("measure", "unit"),
    [
        ("paid_amount_sum", "currency"),  # nothing else is Paid amount
        ("balance_spent_sum", "currency"),  # orders.paid_from_balance is money
        ("refund_of_paid_sum", "currency"),  # the same column of a fact as the refund amount
        ("points_delta_sum", "count"),
        ("ad_action_sum", "count"),
        ("hours_cpt_sum", "count"),  # a float that is no money
        ("rating_mean", "score"),
        ("new_user_count", "count"),
        ("churn_sum", "count"),
        ("new_users", "count"),
        ("aov", "currency"),
    ],
)
def test_a_measure_has_the_unit_of_what_it_adds_up(demo: Book, measure: str, unit: str) -> None:
    assert factor_unit(demo.workspace, measure) == unit


def test_the_factors_of_an_amount_stand_in_its_currency(demo: Book) -> None:
    """170,704 really paid, less 5,345 of it from balances, and 8,900 topped up make the 174,259 of September."""
    answer = demo.drivers.of("user_payment_amount", demo.period("2026-10"))
    found = {one.factor: factor_cells(one, answer, demo.workspace) for one in answer.drivers}
    cell = found["paid_amount_sum"]["before"]
    assert isinstance(cell, NumberCell)
    assert (cell.unit, round(cell.value or 0)) == ("currency", 170704)
