"""A table that stopped is told, unless tables.toml says already that it is complete."""

from __future__ import annotations

import pytest

from tests.workspaces import Shop, orders


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ({}, ["orders: no row for the last 27 days"]),
        ({"complete_until": "2026-10-20"}, ["orders: no row for the last 27 days"]),
        ({"complete_until": "2026-10-31"}, []),
        ({"complete_until": "as_of"}, []),
    ],
)
def test_silence_is_told_where_nobody_said_it_is_complete(
    shop: Shop, declared: dict[str, str], told: list[str]
) -> None:
    """Four days of orders, then none from 5 to 31 October."""
    sold = orders(*((f"o{day}", "ann", f"2026-10-0{day} 10:00:00", 10) for day in (1, 2, 3, 4)))
    book = shop.has("orders", sold, **declared).says(as_of="2026-10-31").book()
    assert [str(issue.message) for issue in book.data.check() if issue.code == "stale"] == told
