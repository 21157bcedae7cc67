"""R008: the settings in force stand beside every value they touch, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders, users

ASK = ("--period", "2026-10")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop that calls users churned after 45 days instead of the shipped 90, over the standard library."""
    built = Shop(tmp_path / "shop").says(settings={"churn_days": 45})
    built.has("orders", orders(("1", "ann", "2026-10-05 10:00:00", 10.0)), complete_until="2026-10-31")
    built.has("users", users(("ann", "2026-01-01"))).book(draft=False)
    return built.root


def test_r008_values_say_the_settings_that_touch_them_as_the_workspace_sets_them(shop: Path, run: Run) -> None:
    churned, paid = run("-w", shop, "values", "churned_buyers", "paid_amount", *ASK).json
    assert churned["settings"]["churn_days"] == 45
    assert paid["settings"] == {}
    table = run("-w", shop, "values", "churned_buyers", *ASK, "--format", "table").out
    assert "Settings in force: " in table
    assert "churn_days = 45" in table
    assert "Settings in force" not in run("-w", shop, "values", "paid_amount", *ASK, "--format", "table").out


def test_r008_the_growth_form_is_touched_by_the_same_settings(shop: Path, run: Run) -> None:
    (value,) = run("-w", shop, "values", "churned_buyers.growth", *ASK).json
    assert value["settings"]["churn_days"] == 45


def test_r008_the_library_lists_them(shop: Path, run: Run) -> None:
    settings = {entry["id"]: entry["settings"] for entry in run("-w", shop, "metrics").json}
    assert settings["churned_buyers"]["churn_days"] == 45
    assert settings["paid_amount"] == {}
    assert sum("churn_days" in own for own in settings.values()) >= 5


def test_r008_the_explanation_shows_them(shop: Path, run: Run) -> None:
    assert run("-w", shop, "explain", "churned_buyers", *ASK).json["settings"]["churn_days"] == 45
    assert "churn_days" in run("-w", shop, "explain", "churned_buyers", *ASK, "--format", "table").out
