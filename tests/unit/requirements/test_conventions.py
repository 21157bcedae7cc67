"""The conventions, R001–R008, on the demo and on shops made of a few rows."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import polars as pl
import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.library.metric import Kind
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from tests.conftest import PROJECT
from tests.unit.library.example_shops import BUILDERS
from tests.unit.requirements.conftest import Run, Written
from tests.workspaces import Shop, orders, users, views

OCTOBER = Period.parse("2026-10")
ROLE = """
[roles.promotion]
name = "Promotion"
duty = "brings users"
principles = { life_cycle = "a", post = "b", read = "c", understood = "d", easy = "e" }
lines = [{ metric = "new_users", weight = 50 }, { metric = "cac", weight = 50 }]
"""


def test_r001_350_of_1000_is_held_as_035_and_shown_as_35_percent(shop: Shop, written: Written, run: Run) -> None:
    BUILDERS["d1_retention"](shop, {"cohort_size": 1000, "cohort_active_1": 350})
    ask = ("-w", written().root, "values", "d1_retention", "--period", "2026-04-01", "--format")
    assert run(*ask, "json").json[0]["value"] == 0.35
    assert "35.0 %" in run(*ask, "table").out


@pytest.mark.parametrize("period", ["2025-08", "2026-10", "2026-W40", "2026"])
def test_r002_no_value_of_any_metric_is_inf_or_nan_and_each_unknown_one_has_its_reason(demo: Book, period: str) -> None:
    values = demo.numbers.values(list(demo.workspace.metrics), Period.parse(period))
    assert len(values) == len(demo.workspace.metrics)
    for value in values:
        assert (value.value is None) == (value.reason is not None), value
        assert value.value is None or math.isfinite(value.value), value
        assert value.reason is not Reason.ERROR, value


def test_r003_targets_that_are_counts_are_rounded_half_up_at_the_end(shop: Shop, written: Written, run: Run) -> None:
    """1000 × 1.03² = 1060.9 → 1061; money keeps its digits. (0.2016667 → 0.201 belongs to the chains, R059.)"""
    shop.has("users", users(("ann", "2026-10-01 08:00:00"))).defines("roles/own.toml", ROLE)
    root = written().root
    for metric, value in (("new_users", "1000"), ("cac", "50")):
        assert run("-w", root, "target", "set", "promotion", metric, value, "--period", "2026-11").code == 0
    for _step in range(2):
        assert run("-w", root, "target", "raise", "3%", "--period", "2026-11").code == 0
    targets = {t["metric"]: t["value"] for t in run("-w", root, "target", "list", "--period", "2026-11").json}
    assert targets == {"new_users": 1061, "cac": pytest.approx(50 * 1.0609, abs=1e-12)}
    (change,) = run("-w", root, "target", "set", "promotion", "new_users", "+0.05%", "--period", "2026-11").json
    assert change["to"] == 1062  # 1061.5305


def test_r003_scores_are_shown_with_two_decimals(shop: Shop, run: Run) -> None:
    shop.has("users", users(("ann", "2026-10-01 08:00:00")), complete_until="2026-10-31").says(as_of="2026-10-31")
    shop.defines("roles/own.toml", ROLE)
    book = shop.book()
    book.targets.set(TargetKey("promotion", "new_users"), OCTOBER, 3.0)
    book.targets.save()
    card = book.scores.scorecard("promotion", OCTOBER)
    assert card.score == pytest.approx(50 / 3, rel=1e-15)  # full precision until display
    text = run("-w", shop.root, "score", "promotion", "--period", "2026-10", "--format", "table").out
    assert "Score 16.67 of 50" in text


def test_r004_the_four_ways_to_read_a_longer_period(shop: Shop) -> None:
    looks = views(*(("ann", f"2026-03-{day:02d} 10:00:00", "/") for day in range(1, 21)))
    shop.has("events", looks, complete_until="2026-03-31")
    bought = [("o1", "ann", "2026-03-01 10:00:00", 1.0), ("o2", "ann", "2026-03-02 10:00:00", 1.0)]
    bought += [("o3", "bob", "2026-03-02 11:00:00", 1.0)]
    shop.has("orders", orders(*bought), complete_until="2026-03-31").says(as_of="2026-03-31")
    known = {"guide_id": "g", "touchpoint": "wecom"}
    shop.has(
        "guide_customers",
        [
            {**known, "user_id": "ann", "exposed_at": "2026-03-01 09:00:00", "added_at": "2026-03-01 09:00:00"},
            {**known, "user_id": "bob", "exposed_at": "2026-03-02 09:00:00", "added_at": "2026-03-02 09:00:00"}
            | {"deleted_at": "2026-03-20 09:00:00"},
        ],
        complete_until="2026-03-31",
    )
    metrics = ["uv", "dau", "buyback_rate_day", "guide_customer_assets"]
    found = {value.metric: value.value for value in shop.book().numbers.values(metrics, Period.parse("2026-03"))}
    assert found["uv"] == 1  # recompute: one visitor, seen on 20 days
    assert found["dau"] == pytest.approx((20 + 1) / 31)  # mean of the days; bob ordered on one of them
    assert found["buyback_rate_day"] == pytest.approx(1 / 3)  # pooled: 0 of 1, then 1 of 2
    assert found["guide_customer_assets"] == 1  # last: bob had left by the month end


def test_r005_every_absolute_metric_has_a_growth_form(demo: Book) -> None:
    absolute = [metric.id for metric in demo.workspace.metrics.values() if metric.kind is Kind.ABSOLUTE]
    now = {v.metric: v for v in demo.numbers.values(absolute, OCTOBER)}
    before = {v.metric: v for v in demo.numbers.values(absolute, OCTOBER.previous())}
    compared = 0
    for value in demo.numbers.values([f"{metric}.growth" for metric in absolute], OCTOBER):
        id_ = value.metric.removesuffix(".growth")
        whole = not (now[id_].partial or before[id_].partial)
        new, old = now[id_].value, before[id_].value
        if new is not None and old and whole:
            assert value.value == pytest.approx(new / old - 1), id_
            compared += 1
        else:
            assert value.value is None and value.reason is not None, id_
    assert compared > 80


def test_r007_removing_invalid_events_by_hand_changes_no_other_metric(demo: Book, tmp_path: Path) -> None:
    data = shutil.copytree(PROJECT / "sample_data", tmp_path / "data")
    events = pl.read_parquet(data / "events.parquet")
    kept = events.filter(pl.col("is_valid").fill_null(value=True))
    assert 0 < kept.height < events.height
    kept.write_parquet(data / "events.parquet")
    cleaned = Book.open(PROJECT / "config", data=data, draft=False)
    for period in (OCTOBER, Period.parse("2026-W40")):
        before, after = (book.numbers.values(list(book.workspace.metrics), period) for book in (demo, cleaned))
        changed = {
            old.metric
            for old, new in zip(before, after, strict=True)
            if old.reason != new.reason or (old.value or 0.0) != pytest.approx(new.value or 0.0, rel=1e-9, abs=1e-12)
        }
        assert changed == {"tracking_validity_rate"}


def test_r008_the_churn_limit_is_a_setting_in_force_beside_the_value(shop: Shop, written: Written, run: Run) -> None:
    """Ann was last active 75 days before the month end, Bob 100, Cat on the last day."""
    seen = [("ann", "2026-08-17 10:00:00"), ("bob", "2026-07-23 10:00:00"), ("cat", "2026-10-31 10:00:00")]
    shop.has("users", users(*((who, "2026-01-01 08:00:00") for who, _ in seen)), complete_until="2026-10-31")
    shop.has("events", views(("dan", "2026-01-01 08:00:00", "/"), *((*look, "/") for look in seen)))
    shop.has("orders", orders(("o1", "zed", "2026-01-01 10:00:00", 1.0)), complete_until="2026-10-31")
    shop.says(as_of="2026-10-31")

    def answer(**settings: int) -> tuple[float, str, str]:
        shop.says(settings=settings)
        ask = ("-w", written().root, "explain", "churned_users", "--period", "2026-10", "--format")
        found = run(*ask, "json").json
        return found["value"], str(found["settings"]["churn_days"]), run(*ask, "table").out

    value, setting, text = answer()
    assert (value, setting) == (1, "90")  # Bob's 90 days were over on 21 October, Ann's are not
    assert _line(text, "churn_days").endswith("90")
    value, setting, text = answer(churn_days=60)
    assert (value, setting) == (1, "60")  # Ann's 60 days were over on 16 October; Bob's in September
    assert _line(text, "churn_days").endswith("60")
    shop.says(settings={"churn_days": 60})
    assert shop.value("churned_users", "2026-09").value == 1
    shop.says(settings={"churn_days": 90})
    assert shop.value("churned_users", "2026-09").value == 0


def _line(text: str, word: str) -> str:
    return next(line.strip() for line in text.splitlines() if line.strip().startswith(word))


@pytest.mark.parametrize(("counting", "expected"), [("later_deals", 3), ("all_deals", 5), ("buyers", 2)])
def test_r008_what_counts_as_a_repeat_deal_is_a_setting(shop: Shop, counting: str, expected: int) -> None:
    """Ann 3 deals, cat 2, bob 1: deals number 2, 3 …; all deals of such buyers; or these buyers."""
    deals = [("ann", 3), ("cat", 2), ("bob", 1)]
    rows = [(f"{who}{n}", who, f"2026-10-0{n + 1} 10:00:00", 10.0) for who, many in deals for n in range(many)]
    shop.has("orders", orders(*rows), complete_until="2026-10-31")
    top_ups = [{"entry_id": "t", "user_id": "dan", "ts": "2026-10-01 10:00:00", "kind": "redeem", "amount": 1}]
    shop.has("topup_ledger", top_ups, complete_until="2026-10-31").says(settings={"repeat_counting": counting})
    assert shop.value("repeat_deals", "2026-10").value == expected
