"""Roles, weights, scorecards and their bonus: R035–R038 and R168."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from tests.conftest import PROJECT
from tests.unit.requirements.conftest import Run, Written
from tests.unit.requirements.posts import post
from tests.workspaces import Shop, orders

OCTOBER = Period.parse("2026-10")
# R035: slots separated by |, alternatives by /; the first of a slot has the weight.
TABLE = {
    "roles_000": {
        "promotion": "new_users/new_members|acquisition_roi|message_response_rate/message_sales|referral_new_users",
        "operations": "second_purchase_rate|buyback_rate_day|repurchase_amount|dau/wau",
        "content": "content_gmv|content_conversion_rate|content_readers/content_sharers/content_commenters",
        "service": "feedback_score|complaint_rate|mystery_shopper_score",
        "data": "report_timeliness_rate|data_accuracy_rate",
    },
    "roles_003": {
        "promotion": "new_users|acquisition_roi|referral_participation_rate",
        "operations": "repurchase_rate_buyers|repurchase_amount|stickiness/dau/mau|winback_rate",
        "content": "content_conversion_rate|content_sharers|content_gmv",
        "service": "feedback_score|complaint_rate|mystery_shopper_score",
        "data": "report_timeliness_rate|data_accuracy_rate",
    },
}


@pytest.mark.usefixtures("demo_of_run")
@pytest.mark.parametrize("preset", TABLE)
def test_r035_a_preset_creates_the_five_roles_of_its_document_and_they_score_on_the_demo(
    preset: str, run: Run, tmp_path: Path
) -> None:
    root = tmp_path / "own"
    assert run("init", root, "--preset", preset, "--name", "Own").code == 0
    shutil.copyfile(PROJECT / "config" / "tables.toml", root / "tables.toml")
    book = Book.open(root, data=PROJECT / "sample_data", draft=False)
    assert not [issue for issue in book.issues if issue.severity is Severity.ERROR]
    assert set(book.workspace.roles) == set(TABLE[preset])
    month = Period.parse("2026-08")  # cohorts of 30 days are complete
    for role, slots in TABLE[preset].items():
        lines = {line.metric: line.weight for line in book.workspace.roles[role].lines}
        named = dict.fromkeys(re.split(r"[|/]", slots), 0.0)
        first = [slot.split("/")[0] for slot in slots.split("|")]
        expected = named | {metric: 100 / len(first) for metric in first}
        lines.pop("user_payment_amount", None)
        assert lines == pytest.approx(expected, abs=0.01), role
        for metric in first:
            book.targets.set(TargetKey(role, metric), month, 1.0, "a target for every line")
        card = book.scores.scorecard(role, month)
        assert card.possible == pytest.approx(100), [line for line in card.lines if line.points is None]
        assert card.score is not None
        assert card.lines[-1].north_star or any(line.north_star for line in card.lines)


@pytest.mark.parametrize("weights", [(60, 30), (60, 50), (0, 0)])
def test_r036_weights_that_do_not_sum_to_100_are_refused(shop: Shop, weights: tuple[float, float]) -> None:
    shop.defines("roles/own.toml", post("sales", dict(zip(("aov", "gmv"), weights, strict=True))))
    book = shop.book()
    (issue,) = [issue for issue in book.issues if issue.severity is Severity.ERROR]
    assert issue.file == "roles/own.toml"
    assert "100" in issue.message + issue.hint
    assert "sales" not in book.workspace.roles


@pytest.fixture
def trading(shop: Shop) -> Shop:
    """October: one order of 120 by one buyer, no refund."""
    shop.has("orders", orders(("o1", "ann", "2026-10-01 10:00:00", 120)), complete_until="2026-10-31")
    refund = {"refund_id": "r", "order_id": "x", "user_id": "u", "refunded_at": "2026-09-01 10:00:00"}
    shop.has("refunds", [{**refund, "amount": 1, "qty": 0, "kind": "refund_only"}], complete_until="2026-10-31")
    return shop.says(as_of="2026-10-31", north_star="paid_amount")


def test_r037_r168_attainments_12_and_05_at_60_and_40_give_092_with_every_part_shown(
    trading: Shop, written: Written, run: Run
) -> None:
    trading.defines("roles/own.toml", post("sales", {"paid_amount": 60, "aov": 40}))
    root = written().root
    for metric, target in (("paid_amount", "100"), ("aov", "240")):
        run("-w", root, "target", "set", "sales", metric, target, "--period", "2026-10", "--why", "agreed")
    (card,) = run("-w", root, "score", "sales", "--period", "2026-10").json
    keys = ("metric", "weight", "actual", "target", "attainment", "points")
    assert [[line[key] for key in keys] for line in card["lines"]] == [
        ["paid_amount", 60, 120, 100, pytest.approx(1.2), pytest.approx(72)],
        ["aov", 40, 120, 240, pytest.approx(0.5), pytest.approx(20)],
    ]
    assert card["score"] == pytest.approx(92)
    assert card["weakest"] == "aov"
    nothing = {"base": None, "money": None, "why": ""}  # nobody says of what the bonus is reckoned
    assert card["bonus"] == {"mode": "deduct", "effect": -0.10, "review": False, **nothing}
    ask = ("-w", root, "score", "sales", "--period", "2026-10", "--format", "table", "--lang")
    english, chinese = run(*ask, "en").out, run(*ask, "zh").out
    for text in ("Average order value", "120.0 %", "50.0 %", "72.00", "20.00", "Score 92.00 of 100", "Bonus −10.0 %"):
        assert text in english
    for text in ("客单价(每单)", "120.0 %", "50.0 %", "72.00", "20.00", "92.00", "−10.0 %"):
        assert text in chinese


def test_r037_a_downward_metric_at_zero_gets_the_cap_of_2(trading: Shop) -> None:
    book = trading.defines("roles/own.toml", post("sales", {"refund_rate": 50, "aov": 50})).book()
    book.targets.set(TargetKey("sales", "refund_rate"), OCTOBER, 0.02, "agreed")
    line = next(line for line in book.scores.scorecard("sales", OCTOBER).lines if line.metric == "refund_rate")
    assert (line.actual.value, line.method, line.attainment, line.points) == (0, "inverse", 2.0, 100)


def test_r038_a_target_from_100_to_50_moves_the_attainment_from_1_to_2_at_once_and_into_toml(shop: Shop) -> None:
    shop.has("orders", orders(("o1", "ann", "2026-10-01 10:00:00", 100)), complete_until="2026-10-31")
    shop.says(as_of="2026-10-31", north_star="paid_amount")
    book = shop.defines("roles/own.toml", post("sales", {"paid_amount": 60, "aov": 40})).book()
    key = TargetKey("sales", "paid_amount")
    book.targets.set(key, OCTOBER, 100.0, "agreed")
    book.targets.save("agreed")
    card = book.scores.scorecard("sales", OCTOBER)
    assert card.lines[0].attainment == 1.0
    book.targets.set(key, OCTOBER, 50.0, "easier")
    card = book.scores.rescore(card)
    assert (card.lines[0].attainment, card.lines[0].points) == (2.0, 120)
    file = shop.root / "targets" / "2026-10.toml"
    assert tomllib.loads(file.read_text(encoding="utf-8"))["targets"]["sales"]["paid_amount"]["value"] == 100
    book.targets.save("easier")
    assert tomllib.loads(file.read_text(encoding="utf-8"))["targets"]["sales"]["paid_amount"]["value"] == 50
