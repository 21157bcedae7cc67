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


# --- one value of a role -----------------------------------------------------------------------------
@pytest.fixture
def two_shops(tmp_path: Path) -> Path:
    """S1 takes ten a day from July to the 15th of October, S2 thirty; both are scored by their own target."""
    shop = Shop(tmp_path / "two")
    days = [date(2026, 7, 1) + timedelta(days=n) for n in range((date(2026, 10, 15) - date(2026, 7, 1)).days + 1)]
    rows = [
        {**row, "shop_id": where}
        for day in days
        for where, paid in (("S1", 10.0), ("S2", 30.0))
        for row in orders((f"{where}{day}", f"u{day}", f"{day} 10:00:00", paid))
    ]
    shop.has("orders", rows, complete_until="2026-10-15", types={"shop_id": "str"}).says(as_of="2026-10-15")
    shop.says_of("orders", columns={name: name for name in rows[0]})
    shop.defines("roles/ops.toml", ROLE.replace("[[roles", 'per = "shop_id"\n[[roles', 1))
    shop.defines("people.toml", '[people.all]\nname = "All"\nmembers = ["ops@S1", "ops@S2"]\n')
    shop.book()
    targets = '[targets."ops@S1"]\npaid_amount = { value = 400 }\n[targets."ops@S2"]\npaid_amount = { value = 930 }\n'
    shop.defines("targets/2026-10.toml", targets)
    return shop.root


def test_a_value_of_a_role_has_the_pace_of_its_own_rows_against_its_own_target(run: Run, two_shops: Path) -> None:
    """S1 ends between 300 and 310 of 400, S2 between 900 and 930 of 930."""
    cards = {one: run("-w", two_shops, "score", one, "--period", "2026-10").json[0] for one in ("ops@S1", "ops@S2")}
    paces = {one: card["lines"][0]["pace"] for one, card in cards.items()}
    assert [(round(one["low"]), round(one["high"])) for one in paces.values()] == [(300, 310), (900, 930)]
    asked = run("-w", two_shops, "pace", "ops@S1", "ops@S2", "--period", "2026-10").json
    found = {(one["role"], one["metric"]): (one["target"], one["state"]) for one in asked}
    assert found["ops@S1", "paid_amount"] == (400, "behind")
    assert found["ops@S2", "paid_amount"] == (930, "within")


def test_a_team_has_the_pace_of_each_member_and_a_metric_that_of_all_rows(run: Run, two_shops: Path) -> None:
    asked = run("-w", two_shops, "pace", "all", "paid_amount", "--period", "2026-10").json
    ends = [(one["role"], round(one["low"]), round(one["high"])) for one in asked if one["metric"] == "paid_amount"]
    assert ends == [("ops@S1", 300, 310), ("ops@S2", 900, 930), ("", 1200, 1240)]


def test_a_value_that_no_row_has_is_refused(run: Run, two_shops: Path) -> None:
    ran = run("-w", two_shops, "pace", "ops@S9", "--period", "2026-10")
    assert (ran.code, "shop_id 'S9'" in ran.err) == (2, True), ran.err
