"""The five principles and the choice of key figures, R022–R034, as `kpi-tui check` and the book tell them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from tests.unit.requirements.conftest import Run, Written
from tests.unit.requirements.posts import ANSWERED, post
from tests.workspaces import Shop, orders

OCTOBER = Period.parse("2026-10")
THREE = {"paid_amount": 40, "aov": 30, "repurchase_rate_window": 30}


def told(shop: Shop, code: str, lines: Mapping[str, float], **more: str) -> list[Issue]:
    """What a check says under `code` about a role with these lines."""
    shop.defines("roles/own.toml", post("sales", lines, **more))
    return [issue for issue in shop.book(draft=False).data.check() if issue.code == code]


def even(*metrics: str) -> dict[str, float]:
    """Metrics with equal weights that sum to 100."""
    return {metric: 100 / len(metrics) for metric in metrics}


@pytest.mark.parametrize("metric", ["yoy_month_retention", "last_month_new_retention", "hot_product_retention"])
def test_r022_the_over_complex_figures_of_the_document_are_warned_about_with_a_simple_one(
    shop: Shop, demo: Book, metric: str
) -> None:
    (issue,) = told(shop, "R022", even(metric, "paid_amount"))
    assert issue.severity is Severity.WARNING
    assert metric in issue.message
    proposed = issue.hint.split(": ")[1].split(" …")[0].split(", ")
    assert proposed
    for other in proposed:
        assert demo.library.metric(other).complexity == "simple"
        assert demo.library.metric(other).category == demo.library.metric(metric).category


def test_r022_repurchase_rate_and_amount_are_enough(shop: Shop) -> None:
    assert told(shop, "R022", even("repurchase_rate_window", "repurchase_amount")) == []


def test_r023_the_library_has_no_size_limit_but_a_scorecard_has(shop: Shop, demo: Book) -> None:
    assert len(demo.workspace.metrics) > 250
    five = even("paid_amount", "aov", "arppu", "gmv", "repurchase_rate_window")
    (issue,) = told(shop, "R029", five)
    assert issue.severity is Severity.WARNING
    assert "more than 4" in issue.message


def test_r024_the_plan_records_the_aim_and_marks_metrics_of_another_stage(
    shop: Shop, written: Written, run: Run
) -> None:
    head = 'aim = "revenue"\nduty = "sells"\n' + ANSWERED
    (issue,) = told(shop, "R024", even("new_users", "paid_amount"), head=head)
    assert "new_users is off-focus: it serves acquisition, the role aims at revenue" in issue.message
    matrix = {row["metric"]: row["off_focus"] for row in run("-w", written().root, "role", "allocation").json}
    assert matrix == {"new_users": ["sales"], "paid_amount": []}
    text = run("-w", shop.root, "role", "allocation", "--format", "table").out
    assert "50 ≠" in next(line for line in text.splitlines() if line.startswith("new_users"))
    assert "sales: revenue" in text, "the aim is recorded"


def test_r025_a_role_has_a_duty_text_and_a_type(shop: Shop, written: Written, run: Run) -> None:
    head = 'type = "strategy"\nduty = { en = "decides the range", zh = "定选品" }\n' + ANSWERED
    shop.defines("roles/own.toml", post("buyer", even("paid_amount", "aov"), head))
    (role,) = run("-w", written().root, "role", "list").json
    assert (role["type"], role["duty"]) == ("strategy", {"en": "decides the range", "zh": "定选品"})
    shop.defines("roles/own.toml", post("buyer", even("paid_amount", "aov"), head.replace("strategy", "boss")))
    (issue,) = [issue for issue in shop.book().issues if issue.key.endswith("type")]
    assert issue.severity is Severity.ERROR
    assert "strategy" in issue.message + issue.hint


def test_r026_every_metric_can_be_cut_by_each_of_its_dims(demo: Book) -> None:
    dims = {dim for metric in demo.workspace.metrics.values() for dim in metric.dims}
    assert len(dims) > 20
    for dim in sorted(dims):
        metrics = [metric.id for metric in demo.workspace.metrics.values() if dim in metric.dims]
        answered = {value.metric for value in demo.numbers.values(metrics, OCTOBER, by=dim) if value.segment is None}
        assert answered == set(metrics), dim


def test_r027_a_formula_of_more_than_four_names_raises_the_complexity_hint(shop: Shop) -> None:
    five = "paid_amount_sum / paid_order_count + aov + arppu + gmv"
    shop.defines(
        "metrics/own.toml",
        f'[metrics.wild]\nname = "Wild"\ncategory = "revenue"\nkind = "ratio"\nformula = "{five}"\n'
        'unit = "ratio"\nbetter = "higher"\ngrain = "month"\ngrains = ["month"]\n',
    )
    (issue,) = told(shop, "R027", even("wild", "paid_amount"))
    assert issue.severity is Severity.HINT
    assert "5 names" in issue.message
    assert told(shop, "R027", even("aov", "paid_amount")) == []


def test_r028_figures_that_cost_hand_work_are_hinted_at_with_easy_ones_of_the_category(shop: Shop, demo: Book) -> None:
    (issue,) = told(shop, "R028", even("mystery_shopper_score", "paid_amount"))
    assert issue.severity is Severity.HINT
    easy = issue.hint.split(": ")[1].split(" …")[0].split(", ")
    assert {demo.library.metric(other).data_ease for other in easy} == {"easy"}
    assert {demo.library.metric(other).category for other in easy} == {"feedback"}


@pytest.mark.parametrize(("count", "warned"), [(1, True), (2, False), (4, False), (5, True)])
def test_r029_two_to_four_key_metrics_per_post_the_north_star_not_counted(shop: Shop, count: int, warned: bool) -> None:
    chosen = ("aov", "arppu", "paid_amount", "repurchase_rate_window", "refund_rate")[:count]
    lines = {**dict.fromkeys(chosen, 60 / count), "user_payment_amount": 40}
    issues = told(shop, "R029", lines)
    assert [issue.severity for issue in issues] == [Severity.WARNING] * warned


def test_r029_the_shipped_roles_pass(demo: Book) -> None:
    assert [issue.message for issue in demo.data.check() if issue.code == "R029"] == []


def test_r030_two_or_three_are_mostly_enough_is_a_hint_and_no_warning(shop: Shop) -> None:
    four = even("aov", "arppu", "paid_amount", "repurchase_rate_window")
    assert [issue.severity for issue in told(shop, "R030", four)] == [Severity.HINT]
    assert told(shop, "R029", four) == []
    assert told(shop, "R030", even("aov", "arppu", "paid_amount")) == []


def test_r031_overlap_above_one_half_is_warned_about_the_north_star_exempt(shop: Shop) -> None:
    shop.defines("roles/other.toml", post("other", even("aov", "paid_amount", "gmv")))
    (issue,) = told(shop, "R031", even("aov", "paid_amount", "refund_rate", "user_payment_amount"))
    assert issue.severity is Severity.WARNING
    assert "shares 2 of 3" in issue.message
    assert told(shop, "R031", even("aov", "refund_rate", "user_payment_amount")) == []  # 1 of 2 is not more than half


def test_r032_the_north_star_is_on_every_scorecard_and_cannot_be_removed(shop: Shop, demo: Book) -> None:
    for role in demo.workspace.roles:
        stars = [line.metric for line in demo.scores.scorecard(role, OCTOBER).lines if line.north_star]
        assert stars == ["user_payment_amount"], role
    shop.has("orders", orders(("o1", "ann", "2026-10-01 10:00:00", 5)), complete_until="2026-10-31")
    shop.says(as_of="2026-10-31").defines("roles/own.toml", post("sales", even("aov", "paid_amount")))
    book = shop.book()
    assert "user_payment_amount" not in {line.metric for line in book.workspace.roles["sales"].lines}
    (star,) = [line for line in book.scores.scorecard("sales", OCTOBER).lines if line.north_star]
    assert (star.metric, star.weight, star.points) == ("user_payment_amount", 0, None)


def test_r033_several_posts_of_one_person_join_each_metric_once_at_100_percent(shop: Shop) -> None:
    """a 60, b 40 and b 50, c 50: b weighs 90 of 200. Attainments 1, 0.5 and 2 give 30 + 22.5 + 50 points."""
    shop.has("orders", orders(("o1", "ann", "2026-10-01 10:00:00", 100)), complete_until="2026-10-31")
    shop.says(as_of="2026-10-31", north_star="paid_amount")
    shop.defines("roles/one.toml", post("one", {"paid_amount": 60, "aov": 40}))
    shop.defines("roles/two.toml", post("two", {"aov": 50, "arppu": 50}))
    shop.defines("people.toml", '[people.ann]\nname = "Ann 安"\nroles = ["one", "two"]\n')
    book = shop.book()
    for role, metric, target in (("one", "paid_amount", 100), ("one", "aov", 200), ("two", "arppu", 50)):
        book.targets.set(TargetKey(role, metric), OCTOBER, target, "agreed")
    card = book.scores.scorecard("ann", OCTOBER)
    assert {line.metric: line.weight for line in card.lines} == {"paid_amount": 30, "aov": 45, "arppu": 25}
    assert card.possible == 100
    assert card.score == pytest.approx(30 + 22.5 + 50)


def test_r034_no_repurchase_metric_is_named_without_its_basis_and_help_says_which(demo: Book) -> None:
    family = [m for m in demo.workspace.metrics.values() if m.id.startswith(("buyback_rate", "repurchase_rate"))]
    assert len(family) == 7
    plain = {"repurchase rate", "buy-back rate", "复购率", "回购率"}
    for metric in demo.workspace.metrics.values():
        assert not {metric.name.en.lower(), metric.name.zh} & plain, metric.id
    assert len({metric.definition.en for metric in family}) == 7
    assert len({metric.definition.zh for metric in family}) == 7
    assert all("回购率" in m.name.zh for m in family if m.id.startswith("buyback"))
