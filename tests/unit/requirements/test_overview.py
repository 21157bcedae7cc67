"""What every operator knows stands on every scorecard (R040)."""

from __future__ import annotations

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period

FOUR = ["payback_roi", "uv", "paid_amount", "visit_to_order_rate"]


def test_r040_roi_visitors_sales_and_conversion_stand_on_every_scorecard(demo: Book) -> None:
    month = Period.parse("2026-10")
    values = demo.numbers.values(FOUR, month)
    for holder in [*demo.workspace.roles, *demo.workspace.people]:
        card = demo.scores.scorecard(holder, month)
        assert [value.metric for value in card.overview] == FOUR, holder
        assert list(card.overview) == values
    assert demo.scores.rescore(card).overview == card.overview, "an edit of a target leaves it as it is"
