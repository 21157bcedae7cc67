"""On the demo every metric has a number, or a reason that is correct, at each of its grains."""

from __future__ import annotations

import json
import math
import re
from datetime import date
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import GRAINS, Grain, Period

ROOT = Path(__file__).resolve().parents[3]
# What the shop's own story leaves without a number in the last full period, and why that is right.
# Each was looked up in the rows of the day (2026-10-31) and the week (W43).
WITHOUT = {
    ("day", "data_accuracy_rate"): Reason.ZERO_DENOMINATOR,  # no figure was checked, none forecast
    ("day", "forecast_accuracy"): Reason.NO_ROWS,
    ("day", "mystery_shopper_score"): Reason.NO_ROWS,  # the last visit was on 10-21
    ("day", "negative_review_rate"): Reason.ZERO_DENOMINATOR,  # ratings and surveys, no written review
    ("day", "purchase_depth"): Reason.ZERO_DENOMINATOR,  # nothing was bought in
    ("day", "milestone_completion_rate"): Reason.ZERO_DENOMINATOR,  # no milestone, project or task was due
    ("day", "milestone_on_time_rate"): Reason.ZERO_DENOMINATOR,
    ("day", "project_on_time_rate"): Reason.ZERO_DENOMINATOR,
    ("day", "task_on_time_rate"): Reason.ZERO_DENOMINATOR,
    ("week", "project_on_time_rate"): Reason.ZERO_DENOMINATOR,  # the next project was due on 10-26
    ("week", "topup_redemption_rate"): Reason.ZERO_DENOMINATOR,  # nobody topped up
    ("year", "annual_purchase_retention"): Reason.NO_DATA,  # the tables begin in September 2025
}
PER_PART = re.compile(r"has a value per (\w+)[^;]* only; ask --by (\w+)")  # a pair of goods, a step of a funnel


@pytest.fixture(scope="module")
def values(demo: Book) -> dict[tuple[str, str], Value]:
    """(grain, metric) -> the value of the last full period, for every grain the metric supports."""
    found = {}
    for grain in GRAINS:
        ids = [metric.id for metric in demo.workspace.metrics.values() if grain in metric.grains]
        period = last_full(grain, demo.as_of())
        found |= {(grain.value, value.metric): value for value in demo.numbers.values(ids, period)} if ids else {}
    return found


def last_full(grain: Grain, as_of: date) -> Period:
    """The last period of a grain that is over."""
    period = Period.containing(as_of, grain)
    return period if period.last_day <= as_of else period.previous()


def test_every_metric_is_live_and_asked_at_each_of_its_grains(demo: Book, values: dict[tuple[str, str], Value]) -> None:
    assert demo.data.coverage().live == demo.data.coverage().metrics
    assert {metric for _, metric in values} == set(demo.workspace.metrics)


def test_no_value_is_infinite_not_a_number_or_an_error(values: dict[tuple[str, str], Value]) -> None:
    for asked, value in values.items():
        assert value.reason is not Reason.ERROR, (asked, value.detail)
        assert (value.value is None) == (value.reason is not None), asked
        assert value.value is None or math.isfinite(value.value), asked


def test_a_metric_without_a_number_waits_for_days_to_come_or_the_story_says_why(
    demo: Book, values: dict[tuple[str, str], Value]
) -> None:
    reasons = {asked: value.reason for asked, value in values.items() if value.value is None}
    waiting = {asked for asked, why in reasons.items() if why is Reason.PENDING}
    parts = {asked for asked in reasons if PER_PART.match(values[asked].detail)}
    assert {asked: why for asked, why in reasons.items() if asked not in waiting | parts} == WITHOUT
    for asked in waiting:
        known_on = re.search(r"\d{4}-\d\d-\d\d", values[asked].detail)
        assert known_on is not None, asked
        assert date.fromisoformat(known_on[0]) > demo.as_of(), asked


def test_what_waits_today_has_a_number_for_a_period_long_enough_ago(
    demo: Book, values: dict[tuple[str, str], Value]
) -> None:
    waiting = {metric for (_, metric), value in values.items() if value.reason is Reason.PENDING}
    assert waiting
    for value in demo.numbers.values(
        [m for m in waiting if Grain.MONTH in demo.library.metric(m).grains], Period.parse("2026-07")
    ):
        assert value.value is not None, (value.metric, value.detail)


def test_what_has_a_value_per_part_only_has_one_for_its_parts(demo: Book, values: dict[tuple[str, str], Value]) -> None:
    parts = {asked: found[1] for asked, value in values.items() if (found := PER_PART.match(value.detail))}
    assert parts
    for (grain, metric), column in parts.items():
        segments = demo.numbers.values([metric], last_full(Grain(grain), demo.as_of()), by=column)
        assert any(segment.value is not None for segment in segments), (grain, metric)


@pytest.mark.usefixtures("demo_of_run")
def test_metrics_as_json_lists_every_id_once(demo: Book, capsys) -> None:
    from kpi_tui.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["-w", str(ROOT / "config"), "metrics", "--format", "json"])
    assert not ended.value.code
    listed = [entry["id"] for entry in json.loads(capsys.readouterr().out)]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(demo.workspace.metrics)
