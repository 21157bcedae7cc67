"""The pace of a running period stands on the scorecard; ends worked out by hand (R089)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.score import Scorecard
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.views.scores.scorecard import lines_sheet
from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

ROLE = """
[roles.ops]
name = { en = "Ops", zh = "运营" }
[[roles.ops.lines]]
metric = "paid_amount"
weight = 60
[[roles.ops.lines]]
metric = "aov"
weight = 40
"""


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """Ten paid every day from July to the 15th of October."""
    shop = Shop(tmp_path / "sales")
    days = [date(2026, 7, 1) + timedelta(days=n) for n in range((date(2026, 10, 15) - date(2026, 7, 1)).days + 1)]
    rows = [(f"o{day}", f"u{day}", f"{day} 10:00:00", 10.0) for day in days]
    shop.has("orders", orders(*rows), complete_until="2026-10-15").says(as_of="2026-10-15")
    shop.defines("roles/ops.toml", ROLE)
    shop.book()
    shop.defines("targets/2026-10.toml", "[targets.ops]\npaid_amount = { value = 400 }\naov = { value = 10 }\n")
    return shop.root


def test_a_running_month_says_what_share_of_the_target_it_is_on_the_way_to(run: Run, sales: Path) -> None:
    """15 of 31 days of July and August and 15 of 30 of September were usual: 150 ends between 300 and 310 of 400."""
    out = run("-w", sales, "score", "ops", "--period", "2026-10", "--format", "table").out
    line = next(line for line in out.splitlines() if "Paid amount" in line)
    assert "75–78 %" in line  # 300/400 and 310/400
    mean = next(line for line in out.splitlines() if "Average order value" in line)
    assert "–" not in mean, "a mean is on no way to anywhere"


def test_json_has_the_numbers_and_null_where_there_is_no_pace(run: Run, sales: Path) -> None:
    (card,) = run("-w", sales, "score", "ops", "--period", "2026-10").json
    paces = {line["metric"]: line["pace"] for line in card["lines"]}
    assert (round(paces["paid_amount"]["low"]), round(paces["paid_amount"]["high"])) == (300, 310)
    assert (paces["paid_amount"]["day"], paces["paid_amount"]["days"]) == (15, 31)
    assert paces["aov"] is None


def test_a_month_that_is_over_has_no_column_of_paces(run: Run, sales: Path) -> None:
    out = run("-w", sales, "score", "ops", "--period", "2026-09", "--format", "table").out
    assert "On pace" not in out


def test_a_running_period_without_a_target_has_no_column_of_paces_either(sales: Path) -> None:
    """The week has its pace, 10 a day, and no target that it could be a share of; the month has one."""
    book = Book.open(sales)
    cards = {one: book.scores.scorecard("ops", book.period(one)) for one in ("2026-W42", "2026-10")}
    assert cards["2026-W42"].pace("paid_amount") is not None
    hidden = {one: _pace_is_hidden(card, book.workspace) for one, card in cards.items()}
    book.close()
    assert hidden == {"2026-W42": True, "2026-10": False}


def _pace_is_hidden(card: Scorecard, space: Workspace) -> bool:
    return next(column.hidden for column in lines_sheet(card, space).columns if column.key == "pace")
