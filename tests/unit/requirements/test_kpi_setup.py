"""What a KPI is and how it is set: R009–R021, through the book and the command line."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from tests.conftest import PROJECT
from tests.unit.requirements.conftest import Run, Written
from tests.unit.requirements.posts import ANSWERED, post
from tests.workspaces import Row, Shop, orders, users, views

OCTOBER = Period.parse("2026-10")
STAGES_OF_AARRR = {"acquisition", "activation", "retention", "revenue", "referral"}
MODULES = "acquisition engagement_retention revenue referral churn feedback data_analysis project_progress".split()


@pytest.fixture
def selling(shop: Shop) -> Shop:
    """October 2026 is over: two orders, 120 in all; the role weighs amount and order value."""
    rows = orders(("o1", "ann", "2026-09-30 10:00:00", 7), ("o2", "ann", "2026-10-05 10:00:00", 100))
    rows += orders(("o3", "bob", "2026-10-31 10:00:00", 20))
    shop.has("orders", rows).says(as_of="2026-11-10", north_star="paid_amount")
    return shop.defines("roles/own.toml", post("sales", {"paid_amount": 60, "aov": 40}))


def test_r009_a_target_is_agreed_before_the_period_and_locked_after_it(
    selling: Shop, written: Written, run: Run
) -> None:
    root = written().root
    agreed = run("-w", root, "target", "set", "sales", "aov", "75", "--period", "2026-12").json[0]
    assert (agreed["role"], agreed["metric"], agreed["period"], agreed["to"]) == ("sales", "aov", "2026-12", 75)
    assert agreed["late"] is False
    over = ("-w", root, "target", "set", "sales", "aov", "50", "--period", "2026-10")
    assert run(*over).code == 2, "locked: October is over"
    assert run(*over, "--why", "typo").json[0]["late"] is True
    told = run("-w", root, "target", "history", "--period", "2026-10").json
    assert [(line["who"], line["to"], line["why"], line["late"]) for line in told] == [("tester", 50, "typo", True)]


@pytest.mark.parametrize(("target", "effect"), [(120, 0.10), (121, -0.10)])
def test_r010_reaching_the_target_raises_the_bonus_and_missing_it_lowers_it(
    selling: Shop, target: float, effect: float
) -> None:
    book = selling.book()
    book.targets.set(TargetKey("sales", "paid_amount"), OCTOBER, target, "agreed")
    book.targets.set(TargetKey("sales", "aov"), OCTOBER, 60, "agreed")
    assert book.scores.scorecard("sales", OCTOBER).bonus.effect == effect


def test_r010_the_step_table_stands_in_toml(selling: Shop) -> None:
    steps = [
        {"attainment": 0.0, "effect": -0.05},
        {"attainment": 0.9, "effect": 0.0},
        {"attainment": 1.0, "effect": 0.2},
    ]
    book = selling.says(bonus={"mode": "deduct", "steps": steps}).book()
    for target, effect in ((120, 0.2), (125, 0.0), (400, -0.05)):
        book.targets.set(TargetKey("sales", "paid_amount"), OCTOBER, target, "agreed")
        book.targets.set(TargetKey("sales", "aov"), OCTOBER, target / 2, "agreed")
        assert book.scores.scorecard("sales", OCTOBER).bonus.effect == effect


def test_r011_in_adjust_mode_a_missed_target_is_marked_for_review_and_moves_no_money(selling: Shop) -> None:
    book = selling.says(bonus={"mode": "adjust"}).book()
    for metric, target in (("paid_amount", 240.0), ("aov", 60.0)):
        book.targets.set(TargetKey("sales", metric), OCTOBER, target, "agreed")
    missed = book.scores.scorecard("sales", OCTOBER).bonus
    assert (missed.effect, missed.review) == (None, True)
    book.targets.set(TargetKey("sales", "paid_amount"), OCTOBER, 120.0, "agreed")
    met = book.scores.scorecard("sales", OCTOBER).bonus
    assert (met.effect, met.review) == (0.10, False)


def test_r012_the_plan_lists_five_dimensions_with_their_metrics_and_reports_an_empty_one(
    shop: Shop, written: Written, run: Run
) -> None:
    plan = run("-w", written().root, "metrics", "--plan").json
    assert [part["dimension"] for part in plan] == ["aarrr", "life_cycle", "feedback", "work", "growth"]
    assert not any(part["empty"] for part in plan)
    placed = [metric["id"] for part in plan for metric in part["metrics"]]
    everything = [metric["id"] for metric in run("-w", shop.root, "metrics").json]
    assert sorted(placed) == sorted(everything), "every metric has one dimension"
    shop.says(modules={"off": ["employee_growth"]})
    assert {p["dimension"] for p in run("-w", written().root, "metrics", "--plan").json if p["empty"]} == {"growth"}
    assert "Without a metric: Employee growth" in run("-w", shop.root, "metrics", "--plan", "--format", "table").out


def test_r013_the_library_begins_with_the_eight_modules_in_their_order(demo: Book) -> None:
    assert list(demo.workspace.categories)[:8] == MODULES
    assert [shelf.id for shelf in demo.workspace.categories.values() if shelf.module] == MODULES
    shelves = list(dict.fromkeys(metric.category for metric in demo.library.search()))
    assert shelves == list(demo.workspace.categories), "no shelf is empty, none is out of order"
    for metric in demo.library.search():
        assert metric.name.en and metric.name.zh and metric.how and metric.unit, metric.id


@pytest.mark.parametrize(
    ("head", "said"),
    [(ANSWERED, "no duty text"), ('duty = "sells"\nprinciples = { life_cycle = "a" }', "'understood' is not answered")],
)
def test_r014_a_role_without_duty_or_with_an_unanswered_principle_is_incomplete(
    selling: Shop, written: Written, run: Run, head: str, said: str
) -> None:
    selling.defines("roles/own.toml", post("sales", {"paid_amount": 60, "aov": 40}, head))
    told = [i["message"] for i in run("-w", written().root, "check").json if i["code"] == "R014"]
    assert any("incomplete" in message and said in message for message in told)


def test_r015_the_allocation_view_shows_metric_by_role(selling: Shop, written: Written, run: Run) -> None:
    selling.defines("roles/more.toml", post("promo", {"new_users": 70, "aov": 30}))
    matrix = run("-w", written().root, "role", "allocation").json
    assert {row["metric"]: row["weights"] for row in matrix} == {
        "new_users": {"promo": 70},
        "aov": {"promo": 30, "sales": 40},
        "paid_amount": {"sales": 60},
    }
    header, *lines = run("-w", selling.root, "role", "allocation", "--format", "table").out.splitlines()
    assert header.split()[-2:] == ["promo", "sales"]
    assert next(line for line in lines if line.startswith("aov")).split()[-2:] == ["30", "40"]


def test_r016_a_target_carries_a_benchmark_with_its_source(selling: Shop, written: Written, run: Run) -> None:
    cell = '[targets.sales.aov]\nvalue = 75\nbenchmark = 80\nbenchmark_source = "job advertisement 2026"\n'
    selling.defines("targets/2026-12.toml", f'period = "2026-12"\nrevision = 1\n{cell}')
    root = written().root
    run("-w", root, "target", "set", "sales", "aov", "77", "--period", "2026-12")
    (target,) = run("-w", root, "target", "list", "--period", "2026-12").json
    assert (target["value"], target["benchmark"], target["benchmark_source"]) == (77, 80, "job advertisement 2026")
    shown = run("-w", root, "target", "list", "--period", "2026-12", "--format", "table").out
    assert "80.00 [job advertisement 2026]" in shown


@pytest.mark.usefixtures("demo_of_run")
def test_r016_the_benchmarks_of_a_metric_stand_beside_its_value(run: Run) -> None:
    """004: a day-1 retention of 40 % … is written in the catalogue with its source."""
    asked = ("-w", PROJECT / "config", "explain", "d1_retention", "--period", "2026-09", "--format", "table")
    lines = run(*asked).out.splitlines()
    value = next(place for place, line in enumerate(lines) if line.strip().startswith("Value"))
    below = [line.strip() for line in lines[value + 1 :]]
    benchmark = next(line for line in below if not line.startswith("⚠"))  # what was left out belongs to the value
    assert benchmark.startswith("Benchmark")
    assert "[004]" in benchmark


def test_r017_every_metric_has_a_stage_and_activation_shares_a_category_with_retention(demo: Book) -> None:
    stages: dict[str, set[str]] = {}
    for metric in demo.library.search():
        assert metric.aarrr in STAGES_OF_AARRR | {"churn", "none"}, metric.id  # the catalogue's words for "no stage"
        stages.setdefault(metric.category, set()).add(metric.aarrr)
    assert set().union(*stages.values()) >= STAGES_OF_AARRR
    assert {"activation", "retention"} <= stages["engagement_retention"]
    named = [shelf.name.en.lower() for shelf in demo.workspace.categories.values()]
    assert not {"activation", "retention"} & set(named), "no shelf of their own"


STAGES = """
[measures.people_by_stage]
table = "d_user_state"
agg = "count"
column = "user_id"
time = "period"
[metrics.people_by_stage]
name = "People by stage"
category = "churn"
kind = "absolute"
formula = "people_by_stage"
unit = "count"
better = "neutral"
grain = "day"
grains = ["day"]
"""


def test_r018_every_user_has_one_stage_a_day_and_enters_the_next_on_the_day_of_its_limit(shop: Shop) -> None:
    """Limits 30, 60, 90 and 180 days after the last activity, which is 2026-01-01 for Ann; Bob comes every day."""
    first, last = date(2026, 1, 1), date(2026, 7, 15)
    daily = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    shop.has("users", users(("ann", "2026-01-01 08:00:00"), ("bob", "2026-01-01 08:00:00")), complete_until=str(last))
    looks = [("ann", f"{first} 09:00:00", "/"), *(("bob", f"{day} 10:00:00", "/") for day in daily)]
    shop.has("events", views(*looks)).has(
        "orders", orders(("o1", "zed", "2026-01-01 10:00:00", 1)), complete_until=str(last)
    )
    book = shop.says(as_of=str(last)).defines("metrics/own.toml", STAGES).book()
    for stage, limit in (("silent", 30), ("sleeping", 60), ("churned", 90), ("dead", 180)):
        for step, seen in ((limit - 1, False), (limit, True)):
            day = Period.parse(str(first + timedelta(days=step)))
            values = {v.segment: v.value for v in book.numbers.values(["people_by_stage"], day, by="stage")}
            assert (stage in values) is seen, (stage, step, values)
            total = values.pop(None)
            assert sum(value or 0 for value in values.values()) == total == 2


def feedback(*rows: tuple[str, str, float, str]) -> list[Row]:
    """Answers as (kind, subject, score of 5, satisfied)."""
    return [
        {"feedback_id": f"f{n}", "user_id": "ann", "ts": "2026-10-05 10:00:00", "kind": kind, "stage": "after_sale"}
        | {"subject": subject, "score": score, "scale_max": 5, "satisfied": satisfied}
        for n, (kind, subject, score, satisfied) in enumerate(rows)
    ]


def test_r019_rating_review_survey_and_mystery_shopper_are_read_and_filtered_by_subject(shop: Shop) -> None:
    shop.has(
        "feedback",
        feedback(
            ("rating", "product", 5, "true"),
            ("rating", "service", 2, "true"),
            ("review", "product", 1, "true"),
            ("review", "logistics", 5, "true"),
            ("review", "logistics", 4, "true"),
            ("survey", "service", 4, "true"),
            ("survey", "logistics", 1, "false"),
        ),
        complete_until="2026-10-31",
    )
    visits = [("product", 60), ("service", 90), ("logistics", 30)]
    shop.has(
        "mystery_shopper",
        [
            {"visit_id": "v", "visited_on": "2026-10-06", "department": part, "score": score, "scale_max": 100}
            for part, score in visits
        ],
        complete_until="2026-10-31",
    ).says(as_of="2026-10-31")
    book = shop.book()

    def read(metric: str, column: str, subject: str) -> float | None:
        (value,) = book.numbers.values([metric], OCTOBER, where=f"{column} = '{subject}'")
        parts = {v.segment: v.value for v in book.numbers.values([metric], OCTOBER, by=column)}
        assert parts.get(subject) == value.value or not value.value
        return value.value

    assert read("feedback_score", "subject", "service") == 2
    assert read("review_count", "subject", "logistics") == 2
    assert read("review_count", "subject", "service") == 0
    assert read("negative_review_rate", "subject", "product") == 1
    assert (read("satisfaction_rate", "subject", "service"), read("satisfaction_rate", "subject", "logistics")) == (
        1,
        0,
    )
    assert read("mystery_shopper_score", "department", "service") == pytest.approx(0.9)


def test_r020_an_open_overdue_item_counts_as_late(shop: Shop) -> None:
    """Four tasks due in October: two in time, one 3 days late, one due on the 29th and open at the end of the 31st."""
    due = [("10", "09"), ("12", "12"), ("14", "17"), ("29", None)]
    rows: list[Row] = [
        {"item_id": f"t{n}", "kind": "task", "owner_id": "s", "due_on": f"2026-10-{day}"}
        | {"done_on": f"2026-10-{done}" if done else None}
        for n, (day, done) in enumerate(due)
    ]
    shop.has("work_items", rows, complete_until="2026-10-31").says(as_of="2026-10-31")
    values = shop.book().numbers.values(["task_on_time_rate", "late_items", "delay_days"], OCTOBER)
    assert [value.value for value in values] == [2 / 4, 2, 3 + 3]  # until 1 November, the period end of the catalogue


@pytest.mark.usefixtures("demo_of_run")
def test_r021_employee_growth_is_switched_off_without_affecting_scores(tmp_path: Path) -> None:
    root = tmp_path / "config"
    shutil.copytree(PROJECT / "config", root)
    grown = post("coach", {"training_hours": 50, "paid_amount": 50})  # even a role that is scored by the module
    (root / "roles" / "9-coach.toml").write_text(grown, encoding="utf-8")
    data = PROJECT / "sample_data"
    on = Book.open(root, data=data, draft=False)
    with (root / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write('\n[modules]\noff = ["employee_growth"]\n')
    off = Book.open(root, data=data, draft=False)
    assert "employee_growth" in on.workspace.categories
    assert "employee_growth" not in off.workspace.categories
    gone = {metric.id for metric in on.library.search()} - {metric.id for metric in off.library.search()}
    assert gone == {"training_hours", "courses_completed", "required_trainings_completed"}
    for role in on.workspace.roles:
        cards = [book.scores.scorecard(role, OCTOBER) for book in (on, off)]
        facts = [[(line.metric, line.weight, line.target, line.reason) for line in card.lines] for card in cards]
        points = [[line.points for line in card.lines] for card in cards]
        assert facts[0] == facts[1]
        assert points[0] == pytest.approx(points[1])
        assert cards[0].score == pytest.approx(cards[1].score)
        assert cards[0].bonus == cards[1].bonus


def test_r021_a_module_that_does_not_exist_is_named_with_its_nearest(shop: Shop) -> None:
    (issue,) = [i for i in shop.says(modules={"off": ["employe_growth"]}).book().issues if i.code == "R021"]
    assert (issue.file, issue.key) == ("workspace.toml", "modules.off")
    assert issue.line > 0
    assert "employee_growth" in issue.hint
