"""2.000 is two thousand where another cell of its column writes 1.234.567: it is never read as 2 in silence."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.answers.value import Reason, Value
from tests.workspaces import Shop, orders


def sold(shop: Shop, *cells: str, **source: object) -> Value:
    rows = orders(*((f"o{n}", "ann", f"2026-03-{n:02d} 10:00:00", 0.0) for n in range(1, len(cells) + 1)))
    made = [{**row, "paid_amount": cell} for row, cell in zip(rows, cells, strict=True)]
    shop.has("orders", made, complete_until="2026-03-31", **source).says(as_of="2026-03-31")
    return shop.value("paid_amount", "2026-03")


@pytest.mark.parametrize("evidence", ["1.234.567", "1.234,50", "12,50"])
def test_a_cell_of_three_digits_behind_a_point_is_rejected_beside_points_between_thousands(
    evidence: str, shop: Shop
) -> None:
    """7 is 7 in every style; 2.000 and the cell that shows the style are not read, and are told."""
    found = sold(shop, "7", "2.000", evidence)
    assert (found.value, found.left_out) == (7, {"orders": 2})


def test_the_mapping_that_is_proposed_reads_both(shop: Shop) -> None:
    sql = "replace(replace(paid_amount, '.', ''), ',', '.')"
    found = sold(shop, "7", "2.000", "1.234.567", "12,50", columns={"paid_amount": sql})
    assert (found.value, found.left_out) == (7 + 2000 + 1_234_567 + 12.5, {})


def test_where_no_cell_can_be_read_the_line_to_write_reads_all(shop: Shop) -> None:
    found = sold(shop, *["2.000"] * 5, *["1.234.567"] * 5)
    assert (found.value, found.reason) == (None, Reason.NO_TABLE)
    assert "replace(paid_amount, '.', '')" in " ".join(str(one.hint) for one in shop.book().data.check())


@pytest.mark.parametrize(("cells", "number"), [(("2.000", "1.5"), 3.5), (("2.000", "3.250"), 5.25)])
def test_points_are_decimal_where_nothing_says_otherwise(cells: tuple[str, ...], number: float, shop: Shop) -> None:
    assert sold(shop, *cells).value == number


def test_commas_between_thousands_leave_points_decimal(shop: Shop) -> None:
    found = sold(shop, "2.000", "1,234.50")
    assert (found.value, found.left_out) == (2, {"orders": 1})
