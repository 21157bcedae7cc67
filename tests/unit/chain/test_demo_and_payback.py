"""The planted weak link of the demo, and what was promised to investors, read from tables (R077, R084)."""

from __future__ import annotations

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.text.phrase import translate
from kpi_tui.views.chain.findings import sentence
from tests.workspaces import Shop, orders, views


def test_the_demo_names_the_link_of_old_customers_in_the_silent_month(demo: Book) -> None:
    card = demo.chains.card(
        "site", Period.parse("2026-10")
    )  # nobody wrote to old customers (scripts/sample_shop/rhythm.py)
    assert (card.weak.named, card.weak.cause) == ("G", "rate")
    weak = next(finding for finding in card.findings if finding.code == "weak_rate")
    assert weak.owner == "operations"


@pytest.mark.parametrize("month", ["2026-05", "2026-08", "2026-09"])
def test_the_demo_claims_nothing_in_months_in_which_nothing_was_planted(demo: Book, month: str) -> None:
    assert demo.chains.card("site", Period.parse(month)).weak.named == ""


@pytest.mark.parametrize(
    ("month", "verdict", "roi"),
    [("2026-03", "projection", 0.2), ("2026-04", "missed", 0.3), ("2026-06", "missed", 0.3)],
)
def test_r084_roi_at_the_payback_date_is_a_projection_before_and_a_verdict_after(
    shop: Shop, month: str, verdict: str, roi: float
) -> None:
    shop.has("events", views(("v1", "2026-01-01 10:00:00", "p"), ("v2", "2026-06-30 10:00:00", "p")))
    shop.has("orders", orders(("o1", "u1", "2026-01-01 10:00:00", 1.0), ("o2", "u1", "2026-06-30 10:00:00", 1.0)))
    shop.has(
        "investments",
        [
            {
                "project_id": "P",
                "invested_on": "2026-02-01",
                "amount": 1000,
                "payback_due": "2026-04-30",
                "target_roi": 1.2,
            }
        ],
        complete_until="2026-06-30",
    )
    months = (("2026-02-28", 100), ("2026-03-31", 100), ("2026-04-30", 100), ("2026-05-31", 5000), ("2026-06-30", 0))
    shop.has(
        "finance_periodic",
        [
            {"day": day, "project_id": "P", "revenue": 0, "gross_profit": 0, "net_profit": profit}
            for day, profit in months
        ],
    )
    card = shop.book().chains.card("site", Period.parse(month))
    (found,) = card.verdicts
    assert (found.verdict, found.due) == (verdict, "2026-04-30")
    assert found.roi == pytest.approx(roi)
    assert card.findings[0].code == f"roi_{verdict}"
    if verdict == "projection":
        assert found.projected == pytest.approx(0.2 * 89 / 59)  # 59 of the 89 days from 1 February to 30 April
        said = translate(sentence(card.findings[0], card, shop.book().workspace))
        assert "ROI 0.20 so far" in said and "agreed 1.20" in said  # one unit beside the other, never 20 % beside 1.20
