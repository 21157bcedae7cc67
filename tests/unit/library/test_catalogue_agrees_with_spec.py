"""The shipped library says what the catalogue of the requirements says; every deviation is named here."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.period import GRAINS
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.load import load

Both = dict[str, tuple[Metric, dict[str, Any]]]

BETTER = {"up": "higher", "down": "lower", "neutral": "neutral"}

READ_OFF = """growth_baseline next_month_first_target visitor_score inquiry_score monetisation_score
    presale_satisfaction_score aftersale_satisfaction_score balance_total_score""".split()
"""Metrics without a formula: the chain has the weeks and the agreed targets (R058–R067)."""

OTHER_FORMULA = {
    "loyalty_index": "a list per user becomes a fact; the metric is the mean over all buyers",
    "forecast_accuracy": "the edge case asks for a floor of 0",
    "churn_index": "a setting chooses what it rests on: 1 - loyalty_index, or activity, or the regression (R137)",
    "value_index_pca": "lists of components per user become a fact by procedure; the metric is the mean over users",
    "churn_probability": "a fitted model per period becomes a fact by procedure; the metric is the mean over users",
    "price_elasticity": "the mean of the products' own elasticities by units (R162); the catalogue's is of one",
}
OTHER_GRAIN = {"annual_purchase_retention": "its windows are years"}

ADDED = """paid_orders buyers returning_buyers items_sold gross_profit gross_margin refund_orders new_buyer_amount
    returning_buyer_amount ad_revenue ad_roas registered_users user_amount user_amount_to_date active_users
    price_elasticity_left_out refund_amount average_item_price""".split()
"""Metrics that the catalogue does not name: what a shop's daily report begins with, and what the rules ask for."""

WIDENED = """acquisition_cost acquisition_roi aftersale_satisfaction_rate arppu arpu basket_confidence basket_lift
    basket_support buyback_rate_window cac cart_to_purchase_rate channel_new_user_share channel_roas channel_roi
    chat_rate churn_rate churn_warning_rate churn_warning_users churned_buyers churned_user_share churned_users
    complaint_rate content_conversion_rate content_gmv content_orders content_share_conversion_rate
    cost_per_new_payer cost_per_new_visitor coupon_redemption_rate courses_completed cumulative_sell_through
    customer_contribution customers_per_guide data_accuracy_rate dead_users deals delay_days dissatisfied_rate
    existing_user_activity_rate fan_add_rate fan_delete_rate feedback_score forecast_accuracy
    guide_customer_assets identity_link_rate inactive_users inquiries inquiry_rate interaction_rate
    inventory_days invite_conversion_rate items_per_customer late_items leadin_success_rate loyal_buyers
    ltv_cac_ratio ltv_to_date marketing_transmission_rate member_active_rate member_downgrades
    member_growth_rate member_retention_rate member_upgrades message_responders message_response_rate
    message_sales milestone_completion_rate milestone_on_time_rate monetisation_rate mystery_shopper_score
    negative_review_rate net_user_growth new_card_bindings new_members new_user_growth_rate new_vips
    new_visitors nps points_cost points_interactions points_issued points_participants points_pool_change
    points_redeemed points_rewards presale_backlog_per_agent presale_satisfaction_rate price_elasticity
    private_aov private_conversion_efficiency private_domain_sales private_interaction_rate
    private_new_customers private_public_efficiency_ratio private_sales_growth private_sales_share
    product_profit product_units_sold project_on_time_rate public_conversion_efficiency purchase_breadth
    purchase_depth purchase_width reach_to_purchase_rate referral_depth referral_participation_rate
    referral_sales report_timeliness_rate repurchase_amount repurchase_amount_share repurchase_rate_buyers
    repurchase_rate_kept repurchase_rate_n_day repurchase_rate_orders repurchase_rate_window
    required_trainings_completed return_rate review_count satisfaction_rate satisfaction_score
    scene_conversion_rate second_purchase_rate seed_spread_power seed_users seed_willingness sell_through_rate
    service_success_rate silent_users sleeping_users spend_per_customer step_conversion_rate
    step_converted_users step_roi stock_consumption survey_participants tag_coverage_rate task_on_time_rate
    third_purchase_rate top_n_revenue_share topup_amount topup_redeemed_users topup_redemption_rate topup_users
    training_hours user_assets user_payment_amount value_index_pca value_index_rfm vip_rate viral_cycle_days
    visit_to_order_rate visitor_conversion_rate wecom_monetisation_rate winback_buyers winback_rate
    winback_repurchase_rate winback_users""".split()
"""Metrics that may be read at shorter periods than the catalogue says, with the same roll-up."""

ROLE_METRICS = """new_users new_members acquisition_roi message_response_rate message_sales referral_new_users
    referral_participation_rate second_purchase_rate buyback_rate_day repurchase_amount dau wau mau stickiness
    repurchase_rate_buyers winback_rate content_gmv content_conversion_rate content_readers content_sharers
    content_commenters feedback_score complaint_rate mystery_shopper_score report_timeliness_rate
    data_accuracy_rate user_payment_amount""".split()


@pytest.fixture(scope="module")
def spec(shared: Path) -> dict[str, Any]:
    return tomllib.loads((shared / "spec" / "metrics.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shared() -> Path:
    folder = Path(__file__).resolve().parents[4] / "shared"
    if not (folder / "spec" / "metrics.toml").is_file():
        pytest.skip("../shared is absent: the catalogue of the documents is not part of the project")
    return folder


@pytest.fixture(scope="module")
def both(library: Workspace, spec: dict[str, Any]) -> Both:
    """Metrics of the catalogue, as they are shipped and as it says them."""
    return {name: (library.metrics[name], said) for name, said in spec["metrics"].items()}


def test_every_metric_of_the_catalogue_is_shipped_and_the_added_ones(library: Workspace, spec: dict[str, Any]) -> None:
    assert set(library.metrics) - set(spec["metrics"]) == set(ADDED)
    assert set(spec["metrics"]) <= set(library.metrics)
    assert spec["catalogue"]["metric_count"] == len(spec["metrics"]) == 285


def test_names_units_direction_and_sources_are_those_of_the_catalogue(both: Both) -> None:
    for name, (metric, theirs) in both.items():
        assert (metric.name.en, metric.name.zh) == (theirs["name_en"], theirs["name_zh"])
        mine = (metric.kind, metric.unit, metric.better, metric.category, metric.subcategory, metric.seeds)
        better = BETTER[theirs["direction"]]
        place = (theirs["category"], theirs.get("subcategory", ""), tuple(theirs["seeds"]))
        assert mine == (theirs["kind"], theirs["unit"], better, *place), name
        assert (metric.complexity, metric.data_ease) == (theirs["complexity"], theirs["data_ease"]), name
        assert metric.aarrr == theirs.get("aarrr", "none"), name


def test_grain_and_roll_up_are_those_of_the_catalogue_or_wider(both: Both) -> None:
    differ = {
        name
        for name, (metric, theirs) in both.items()
        if (metric.grain, list(metric.grains), metric.rollup)
        != tuple(theirs[key] for key in ("grain", "grains", "rollup"))
    }
    assert differ == {*OTHER_GRAIN, *WIDENED}
    for name in WIDENED:
        metric, theirs = both[name]
        assert set(metric.grains) > set(theirs["grains"]), name
        assert metric.grain == min(metric.grains, key=GRAINS.index), name
        assert metric.rollup == theirs["rollup"], name


def test_formulas_are_those_of_the_catalogue(both: Both) -> None:
    differ = {name for name, (metric, theirs) in both.items() if metric.formula != theirs["formula"]}
    assert differ == {*OTHER_FORMULA, *READ_OFF}
    assert {name for name, (metric, _) in both.items() if metric.chain} == set(READ_OFF)


def test_benchmarks_and_worked_examples_are_taken_over(both: Both) -> None:
    for name, (metric, theirs) in both.items():
        marks = [(mark["value"], mark.get("describes", False)) for mark in theirs.get("benchmarks", [])]
        assert [(mark.value, mark.describes) for mark in metric.benchmarks] == marks, name
        assert [e.expected for e in metric.examples] == [e["expected"] for e in theirs.get("examples", [])], name


def test_the_shelves_are_those_of_the_catalogue_in_its_order(library: Workspace, spec: dict[str, Any]) -> None:
    """R013: the eight modules first, in their order."""
    mine = [(c.id, c.name.en, c.name.zh, c.module) for c in library.categories.values()]
    theirs = [(k, c["name_en"], c["name_zh"], c["library_module"]) for k, c in spec["categories"].items()]
    assert mine == theirs
    assert [c.module for c in library.categories.values()] == [True] * 8 + [False] * 9


def test_every_metric_has_a_planning_dimension(library: Workspace) -> None:
    """R012: five dimensions, none of them empty."""
    found = {metric.dimension for metric in library.metrics.values()}
    assert found == {"aarrr", "life_cycle", "feedback", "work", "growth"}


def test_the_metrics_of_both_role_tables_are_shipped(library: Workspace) -> None:
    """R035."""
    assert set(ROLE_METRICS) <= set(library.metrics)


def test_the_raw_tables_are_those_of_chapter_7(library: Workspace, shared: Path) -> None:
    text = (shared / "spec" / "spec.md").read_text(encoding="utf-8")
    chapter = text.split("## 7. Raw tables")[1].split("### Derived tables")[0]
    theirs: dict[str, dict[str, tuple[str, bool]]] = {}
    for line in chapter.splitlines():
        if heading := re.match(r"#### `(\w+)`", line):
            theirs[heading[1]] = {}
        elif cells := re.match(r"\| (\w+) \| (str|int|float|bool|date|datetime)(\??) \|", line):
            theirs[list(theirs)[-1]][cells[1]] = (cells[2], bool(cells[3]))
    mine = {
        name: {column.name: (str(column.type), column.nullable) for column in schema.columns.values()}
        for name, schema in library.schemas.items()
    }
    assert len(mine) == 36
    assert mine == theirs


@pytest.mark.parametrize("preset", ["roles_000", "roles_003"])
def test_a_preset_has_five_roles_with_equal_weights_that_sum_to_100(project: Path, preset: str) -> None:
    """R029, R035, R036: two to four weighted metrics, the alternatives at weight 0."""
    shown = {}
    for path in sorted((project / "config" / "presets" / preset).glob("*.toml")):
        for name, role in tomllib.loads(path.read_text(encoding="utf-8"))["roles"].items():
            weights = [line["weight"] for line in role["lines"] if line["weight"]]
            assert 2 <= len(weights) <= 4
            assert len(set(weights)) == 1
            assert sum(weights) == pytest.approx(100, abs=1e-6)
            assert set(role["principles"]) == {"life_cycle", "post", "read", "understood", "easy"}
            shown[name] = [(line["metric"], bool(line["weight"])) for line in role["lines"]]
    assert set(shown) == {"promotion", "operations", "content", "service", "data"}
    first = "new_users" if preset == "roles_000" else "stickiness"
    assert any((first, True) in lines for lines in shown.values())
    assert ("wau" if preset == "roles_000" else "mau", False) in shown["operations"]


def test_the_shipped_library_loads_without_a_problem(project: Path) -> None:
    problems = [i for i in load(project / "config").issues if i.severity == "error" or i.file.startswith("metrics/")]
    assert problems == []
