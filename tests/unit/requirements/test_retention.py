"""Retention, churn and life cycle: R127–R136, on rows written down here."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.render.drawn import drawn
from kpi_tui.render.drawn import tone as tone_of
from kpi_tui.tui.widgets.field_list import fields_of, laid_out
from kpi_tui.views.library.explanation import explanation
from kpi_tui.views.library.metric_list import MetricFacts
from kpi_tui.views.library.metric_page import metric_page
from tests.unit.library.example_shops import (
    annual_purchase_retention,
    bought,
    looked,
    nobody_bought,
    people,
    retention,
    two_months,
)
from tests.unit.requirements.conftest import Run, Written
from tests.workspaces import Shop, users, views

DAY = "2026-04-01"


def test_r126_350_of_1000_come_on_the_next_day_and_100_on_day_7_and_days_6_and_8_do_not_count(shop: Shop) -> None:
    """35 % and 10 %; fifty others are there on day 6 and on day 8 only."""
    everybody = people(1000)
    shop.has("users", users(*((who, f"{DAY} 09:00:00") for who in everybody)), complete_until="2026-04-30")
    seen = (("2026-04-02", everybody[:350]), ("2026-04-08", everybody[:100]))
    around = (("2026-04-07", everybody[500:550]), ("2026-04-09", everybody[500:550]))
    looked(shop, (DAY, everybody), *seen, *around, until="2026-04-30")
    nobody_bought(shop, DAY, "2026-04-30")
    values = shop.book().numbers.values(["d1_retention", "d7_retention"], Period.parse(DAY))
    assert [value.value for value in values] == [0.35, 0.1]


@pytest.mark.parametrize(("again", "verdict", "tone"), [(400, True, "good"), (399, False, "weak")])
def test_r127_a_value_stands_beside_its_benchmark_in_the_colour_of_reached_or_missed(
    shop: Shop, again: int, verdict: bool, tone: str
) -> None:
    """40-20-10: 40 % on the next day is reached, 39.9 % is missed."""
    retention(1)(shop, {"cohort_size": 1000, "cohort_active_1": again})
    book = shop.book()
    metric, found = book.library.metric("d1_retention"), book.numbers.explain("d1_retention", Period.parse(DAY))
    view = explanation(found, book.workspace)
    assert isinstance(view.data, dict)
    assert [(mark["value"], mark["reached"]) for mark in view.data["benchmarks"]] == [(0.4, verdict)]
    (line,) = [row.cells for row in view.sheets[0].rows if drawn(row.cells[0]) == "Benchmark"]
    assert tone_of(line[1]) == tone
    assert ("reached" if verdict else "missed") in drawn(line[1])
    shown = laid_out("", fields_of(metric_page(metric, MetricFacts(values=[found.value]), book.workspace)), 80)
    colours = {str(span.style) for span in shown.spans if "40-20-10" in shown.plain[span.start : span.end]}
    assert colours == {"$text-success" if verdict else "$text-error"}


@pytest.mark.parametrize(("metric", "limit"), [("d1_retention", 0.4), ("d7_retention", 0.2), ("d30_retention", 0.1)])
def test_r127_the_rule_40_20_10_is_shipped(shop: Shop, metric: str, limit: float) -> None:
    assert [mark.value for mark in shop.book().library.metric(metric).benchmarks] == [limit]


def test_r128_of_10000_buyers_won_in_2019_a_tenth_buys_in_2020(shop: Shop) -> None:
    asked = annual_purchase_retention(shop, {"year_cohort_size": 10_000, "year_cohort_bought": 1000})
    assert shop.value("annual_purchase_retention", asked.period).value == 0.1


def test_r129_cells_of_the_cohort_table_beyond_the_end_of_the_data_are_empty_not_zero(
    written: Written, shop: Shop, run: Run
) -> None:
    """Two join on each of three days; the data end on the third."""
    days = ["2026-04-01", "2026-04-02", "2026-04-03"]
    shop.has("users", users(*((f"{day}{n}", f"{day} 09:00:00") for day in days for n in "ab")), complete_until=days[-1])
    seen = [("2026-04-01a", "2026-04-02 09:00:00", "/"), ("2026-04-02b", "2026-04-03 09:00:00", "/")]
    start = [("2026-04-01a", "2026-04-01 10:00:00", "/")]
    shop.has("events", views(*start, *seen), complete_until=days[-1]).says(as_of=days[-1])
    nobody_bought(shop, days[0], days[-1])
    written()
    table = run("-w", shop.root, "cohort", "--period", "2026-04-01/2026-04-03", "--days", "2").json
    assert [(row["cohort"], row["size"], row["kept"]) for row in table] == [
        ("2026-04-01", 2, [1.0, 0.5, 0.0]),
        ("2026-04-02", 2, [1.0, 0.5, None]),
        ("2026-04-03", 2, [1.0, None, None]),
    ]
    shown = run("-w", shop.root, "cohort", "--period", "2026-04-01/2026-04-03", "--days", "2", "--format", "csv").out
    assert shown.splitlines()[3].startswith("2026-04-03,2,1.0,,")


def test_r129_a_cohort_of_a_week_is_known_when_its_last_day_is(shop: Shop) -> None:
    """Who came on Monday has a second day in the data, who came on Sunday has none."""
    shop.has("users", users(("a", "2026-04-06 09:00:00"), ("b", "2026-04-12 09:00:00")), complete_until="2026-04-12")
    looked(shop, ("2026-04-06", ["a"]), ("2026-04-07", ["a"]), until="2026-04-12")
    nobody_bought(shop, "2026-04-06", "2026-04-12")
    (week,) = shop.book().cohorts.table(Period.parse("2026-W15"), Period.parse("2026-W15").grain, days=1).rows
    assert (week.size, week.kept) == (2, (1.0, None))


def test_r130_retained_and_churned_are_one_together(shop: Shop) -> None:
    """30 of 100 come again: 70 % churned."""
    two_months(shop, 100, 30)
    (churned,) = shop.book().numbers.values(["churn_rate"], Period.parse("2026-04"))
    kept = (churned.measures["active_both_count"] or 0) / (churned.measures["active_prev_count"] or 1)
    assert (kept, churned.value) == (0.3, 0.7)
    assert kept + (churned.value or 0) == 1


def test_r131_a_churn_of_20_percent_a_month_is_a_life_of_5_months(shop: Shop) -> None:
    two_months(shop, 1000, 800)
    lifetime = shop.value("customer_lifetime", "2026-04")
    assert (lifetime.value, lifetime.unit) == (pytest.approx(5 * 30), "days")


def test_r132_100000_users_at_20_percent_by_both_curves(written: Written, shop: Shop, run: Run) -> None:
    """Linear 80,000 … 0 after five months; compounding leaves 32,768, and is labelled as ours."""
    two_months(shop, 1000, 800)
    written()
    asked = ("-w", shop.root, "projection", "churn", "--period", "2026-04", "--users", "100000")
    found = run(*asked).json
    assert [row["linear"] for row in found["rows"]] == [100_000, 80_000, 60_000, 40_000, 20_000, 0]
    assert found["rows"][5]["compounding"] == pytest.approx(32_768)
    table = run(*asked, "--format", "table").out
    assert "Linear: the rule of thumb" in table
    assert "Compounding (ours)" in table
    assert "32,768" in table


def test_r132_a_churn_that_is_not_known_gives_a_reason_and_no_curve(written: Written, shop: Shop, run: Run) -> None:
    two_months(shop, 100, 30)
    written()
    found = run("-w", shop.root, "projection", "churn", "--period", "2027-01").json
    assert (found["rows"], found["rate"]["reason"]) == ([], "no_data")
    assert found["detail"]


def test_r133_churn_is_judged_by_the_target_of_a_product_and_by_nothing_else(shop: Shop) -> None:
    """70 % churn: half the wedding planner's target, far above the newspaper's; the library has no verdict."""
    two_months(shop, 100, 30)
    shop.defines(
        "roles/roles.toml",
        '[roles.wedding]\nname = "Wedding"\nlines = [{ metric = "churn_rate", weight = 100 }]\n'
        '[roles.news]\nname = "News"\nlines = [{ metric = "churn_rate", weight = 100 }]\n',
    )
    book, april = shop.book(), Period.parse("2026-04")
    assert (book.library.metric("churn_rate").benchmarks, book.library.metric("churn_rate").signals) == ((), ())
    book.targets.set(TargetKey("wedding", "churn_rate"), april, 0.84)
    book.targets.set(TargetKey("news", "churn_rate"), april, 0.35)
    lines = {role: book.scores.scorecard(role, april).lines for role in ("wedding", "news")}
    attained = {role: next(x.attainment for x in found if x.metric == "churn_rate") for role, found in lines.items()}
    assert attained == {"wedding": pytest.approx(1.2), "news": pytest.approx(0.5)}


def test_r134_every_user_stands_in_one_relation_and_it_is_a_dimension(shop: Shop) -> None:
    """Potential, interested, new, regular and lost on the last day of April."""
    who = ["potential", "interested", "new", "regular", "lost"]
    shop.has("users", users(*((name, "2025-11-01 09:00:00") for name in who)), complete_until="2026-04-30")
    bought(
        shop,
        ("2025-12-01", ["lost"]),
        ("2026-03-20", ["regular"]),
        ("2026-04-02", ["regular", "new"]),
        since="2025-11-01",
        until="2026-04-30",
    )
    rows = views(("interested", "2026-03-01 09:00:00", ""), event="like")
    rows += views(("potential", "2026-03-01 09:00:00", "/")) + views(("stranger", "2025-11-01 09:00:00", "/"))
    shop.has("events", [{**row, "event_id": n} for n, row in enumerate(rows)], complete_until="2026-04-30")
    values = shop.book().numbers.values(["churned_user_share"], Period.parse("2026-04"), by="relation")
    assert {v.segment: v.measures["state_user_count"] for v in values if v.segment} == dict.fromkeys(who, 1)
    assert values[0].measures["state_user_count"] == len(who)


def test_r134_the_window_of_a_users_own_life_is_an_attribute_a_workspace_may_add(shop: Shop) -> None:
    joined = [
        {**row, "pregnancy_month": month}
        for row, month in zip(users(*((who, f"{DAY} 09:00:00") for who in "abc")), ("3", "3", ""), strict=True)
    ]
    shop.has("users", joined, complete_until=DAY, columns={"life_window": "pregnancy_month"}).says(as_of=DAY)
    values = shop.book().numbers.values(["new_users"], Period.parse(DAY), by="life_window")
    assert {value.segment: value.value for value in values} == {None: 3, "3": 2, "(none)": 1}


def test_r135_ltv_says_that_the_model_does_not_apply_where_a_workspace_says_so(shop: Shop) -> None:
    two_months(shop, 100, 50)
    april = Period.parse("2026-04")
    (before,) = shop.book().numbers.values(["ltv"], april)
    assert before.value is not None
    (value,) = shop.says(settings={"ltv_applies": False}).book().numbers.values(["ltv"], april)
    assert (value.value, value.reason) == (None, "not_applicable")
    assert "model not applicable" in value.detail


@pytest.mark.parametrize(("s", "index"), [(0, 0), (1, 0.5), (2, 0.6667), (10, 0.9091), (100, 0.9901)])
def test_r136_a_window_with_s_purchases_counts_s_over_s_plus_1(shop: Shop, s: int, index: float) -> None:
    """One window; the buyer of s = 0 bought before it."""
    bought(shop, ("2026-03-10", ["ann"]), ("2026-04-10", ["ann"] * s), since="2026-03-01", until="2026-04-30")
    shop.says(settings={"loyalty_windows": 1})
    assert shop.value("loyalty_index", "2026-04").value == pytest.approx(index, abs=5e-5)


def test_r136_recent_windows_weigh_more_when_a_setting_says_so_and_the_weights_sum_to_1(shop: Shop) -> None:
    """Decay 0.5 over three months: weights 4/7, 2/7, 1/7. One purchase in each gives 1/2 by any weights."""
    recent, old, steady = ["recent"], ["old"], ["steady"]
    bought(shop, ("2026-02-10", old + steady), ("2026-03-10", steady), ("2026-04-10", recent + steady),
           since="2026-01-01", until="2026-04-30")  # fmt: skip
    shop.says(settings={"loyalty_windows": 3, "loyalty_decay": 0.5})
    found = shop.book().numbers.values(["loyalty_index"], Period.parse("2026-04"), by="user_id")
    ours = {value.segment: value.value for value in found if value.segment}
    assert ours == {"recent": pytest.approx(4 / 7 / 2), "old": pytest.approx(1 / 7 / 2), "steady": pytest.approx(0.5)}
    assert all(0 <= (index or 0) < 1 for index in ours.values())


def test_r136_recent_purchases_weigh_more_by_default(shop: Shop) -> None:
    """Six months at 0.8 a month back: the newest weighs 1 of 3.68928, the oldest 0.32768 of it."""
    bought(shop, ("2026-02-10", ["old"]), ("2026-07-10", ["recent"]), since="2026-01-01", until="2026-07-31")
    found = shop.book().numbers.values(["loyalty_index"], Period.parse("2026-07"), by="user_id")
    ours = {value.segment: value.value for value in found if value.segment}
    assert ours == {"recent": pytest.approx(0.5 / 3.68928), "old": pytest.approx(0.5 * 0.32768 / 3.68928)}


def test_r136_the_index_stays_below_1_however_much_is_bought(shop: Shop) -> None:
    months = [f"2026-{month:02d}-10" for month in range(1, 7)]
    bought(shop, *((day, ["ann"] * 200) for day in months), since="2026-01-01", until="2026-06-30")
    index = shop.value("loyalty_index", "2026-06").value
    assert index is not None
    assert 0.99 < index < 1


def test_r132_whoever_is_active_is_projected_unless_a_number_is_named(shop: Shop) -> None:
    """1000 in March, 800 of them and 12 others in April."""
    two_months(shop, 1000, 800)
    found = shop.book().projections.of("churn", Period.parse("2026-04"))
    assert found.users == 812
