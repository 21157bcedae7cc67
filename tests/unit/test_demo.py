"""The shipped demo as a person meets it: five posts doing unevenly well, one weak link, dirty rows shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.period import Period

ROOT = Path(__file__).resolve().parents[2]
OCTOBER = Period.parse("2026-10")
POSTS = ["promotion", "operations", "content", "service", "data"]  # the order of both role tables (R035)


def test_the_demo_opens_without_an_error(demo: Book) -> None:
    assert [issue for issue in demo.data.check() if issue.severity is Severity.ERROR] == []


def test_five_posts_whose_weights_sum_to_100(demo: Book) -> None:
    assert list(demo.workspace.roles) == POSTS
    for role in demo.workspace.roles.values():
        assert sum(line.weight for line in role.lines) == 100, role.id
        assert 2 <= sum(line.weight > 0 for line in role.lines) <= 4, role.id  # R029


def test_every_weighted_line_of_the_last_month_is_known_and_has_a_target(demo: Book) -> None:
    for role in POSTS:
        for line in demo.scores.scorecard(role, OCTOBER).lines:
            if line.weight:
                assert line.actual.value is not None, (role, line.metric, line.actual.detail)
                assert line.target is not None, (role, line.metric)


def test_buy_back_is_the_weak_link_of_operations_in_the_last_month_only(demo: Book) -> None:
    october, september = (
        demo.scores.scorecard("operations", OCTOBER),
        demo.scores.scorecard("operations", OCTOBER.previous()),
    )
    assert october.weakest == "buyback_rate_day"
    (line,) = [line for line in october.lines if line.metric == "buyback_rate_day"]
    assert line.gain_if_met is not None
    assert line.gain_if_met > 8
    assert september.weakest is None


def test_the_posts_do_unevenly_well(demo: Book) -> None:
    scores = {role: demo.scores.scorecard(role, OCTOBER).score for role in POSTS}
    known = [score for score in scores.values() if score is not None]
    assert len(known) == 5
    assert min(scores, key=lambda role: scores[role] or 0) == "operations"
    assert max(known) - min(known) > 15


def test_one_person_holds_two_posts_and_her_scorecard_joins_them(demo: Book) -> None:
    assert demo.workspace.people["ann"].roles == ("operations", "content")
    joined = demo.scores.scorecard("ann", OCTOBER)
    assert sum(line.weight for line in joined.lines) == pytest.approx(100)
    assert {"buyback_rate_day", "content_gmv"} <= {line.metric for line in joined.lines}


def test_check_shows_the_dirty_rows(demo: Book) -> None:
    said = " ".join(f"{issue.file} {issue.message} {issue.hint}" for issue in demo.data.check())
    for trace in (
        "2026-13-45",
        "20261006120000009902",
        "no order_id",
        "repeats a key",
        "no user_id",
        "amount: no number",
    ):
        assert trace in said
    profiles = demo.data.profiles()
    assert profiles["channel_daily"].filtered == 1  # 合计
    assert profiles["order_items"].filtered == 1  # a negative quantity
    assert profiles["channel_daily"].encoding.lower().startswith("gb")


def test_every_kind_of_file_is_read_whole(demo: Book) -> None:
    profiles = demo.data.profiles()
    assert set(profiles) == set(demo.workspace.tables)
    assert profiles["events"].rows_kept >= 300_000
    assert profiles["mystery_shopper"].rows_kept == 112  # .xlsx, 14 months × 4 departments × 2 visits
    assert profiles["feedback"].rows_kept == profiles["feedback"].rows_read  # UTF-8 with a byte order mark


def test_second_purchases_of_the_last_month_are_pending_not_zero(demo: Book) -> None:
    (found,) = demo.numbers.values(["second_purchase_rate"], OCTOBER)
    assert (found.value, found.reason) == (None, "pending")


def test_targets_reach_from_the_second_month_to_the_next_one(demo: Book) -> None:
    assert len(demo.targets.of(Period.parse("2025-10"))) == len(demo.targets.of(Period.parse("2026-11"))) == 20
    assert demo.targets.of(Period.parse("2026-Q3"))
    raised = demo.targets.history(role="operations", metric="buyback_rate_day", period="2026-10")
    assert [(change.before, change.after) for change in raised] == [(None, 0.74), (0.74, 0.75)]
