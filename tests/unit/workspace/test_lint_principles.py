"""The five principles and the balance of a scorecard, checked before any number (R012-R032, R073, R074, R109)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpi_tui.definitions.issue import Issue, Place, Severity
from kpi_tui.definitions.library.metric import Better, Kind, Metric
from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.role import Line, Role
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.check.lint import lint
from kpi_tui.workspace.load import load

STAR = "user_payment_amount"
ANSWERS = {key: Text("yes") for key in ("life_cycle", "post", "read", "understood", "easy")}


def metric(key: str, kind: Kind = Kind.RATIO, **other: object) -> Metric:
    base = Metric(key, Text(key), "revenue", kind, "a / b", "percent", Better.HIGHER, Grain.DAY)
    return replace(base, **{"aarrr": "revenue", **other})  # type: ignore[arg-type]


def role(key: str, *metrics: str, **other: object) -> Role:
    weight = 100 / max(1, len(metrics))
    lines = tuple(Line(name, weight, place=Place("roles/x.toml", 9, "lines")) for name in metrics)
    return replace(Role(key, Text(key), lines, Text("duty"), principles=ANSWERS), **other)  # type: ignore[arg-type]


LIBRARY = (
    metric(STAR, Kind.ABSOLUTE, dimension="aarrr"),
    metric("amount", Kind.ABSOLUTE, dimension="life_cycle"),
    metric("rate", dimension="feedback"),
    metric("other_rate", dimension="work"),
    metric("visitors", Kind.ABSOLUTE, dimension="growth"),
    metric("deep", complexity="complex"),
    metric("slow", data_ease="manual"),
    metric("long", formula="a + b + c + d + e"),
    metric("calls", Kind.ABSOLUTE, aarrr="acquisition"),
    metric("context", better=Better.NEUTRAL),
    metric("channel_reach", Kind.ABSOLUTE),
)


def lint_of(*roles: Role, library: tuple[Metric, ...] = LIBRARY) -> list[Issue]:
    workspace = Workspace(
        Path(), Path(), Text("x"), "", "UTC", "", None, STAR, {}, {}, {}, {}, {}, {},
        metrics={one.id: one for one in library},
        roles={one.id: one for one in roles},
    )  # fmt: skip
    return lint(workspace)


def codes(*roles: Role) -> set[str]:
    return {issue.code for issue in lint_of(*roles)}


def the(code: str, *roles: Role) -> Issue:
    return next(issue for issue in lint_of(*roles) if issue.code == code)


def test_a_balanced_role_of_three_metrics_passes_every_principle():
    assert lint_of(role("sales", "amount", "rate", "visitors", aim="revenue")) == []


@pytest.mark.parametrize(("count", "passes"), [(1, False), (2, True), (4, True), (5, False)])
def test_r029_r023_two_to_four_weighted_metrics(count, passes):
    metrics = ("amount", "rate", "visitors", "other_rate", "long")[:count]
    assert ("R029" not in codes(role("sales", *metrics))) is passes


def test_r029_the_north_star_and_lines_without_weight_are_not_counted():
    five = role("sales", "amount", "rate", STAR)
    assert "R029" not in codes(replace(five, lines=(*five.lines, Line("visitors", 0), Line("long", 0))))
    assert the("R029", role("sales", "amount", STAR)).severity is Severity.WARNING


def test_r030_four_metrics_give_a_hint_only():
    assert the("R030", role("sales", "amount", "rate", "visitors", "other_rate")).severity is Severity.HINT


def test_r014_a_role_without_duty_or_with_an_unanswered_principle_is_incomplete():
    assert "no duty" in the("R014", role("sales", "amount", "rate", duty=Text())).message
    unanswered = role("sales", "amount", "rate", principles={**ANSWERS, "read": Text(" ")})
    issue = the("R014", unanswered)
    assert "incomplete" in issue.message and "'read'" in issue.message


def test_r022_a_complex_metric_is_warned_about_with_a_simple_one_of_its_category():
    issue = the("R022", role("sales", "deep", "amount"))
    assert issue.severity is Severity.WARNING and "other_rate" in issue.hint and issue.line == 9


def test_r024_a_metric_of_another_stage_than_the_aim_is_off_focus():
    assert "calls is off-focus" in the("R024", role("sales", "calls", "rate", aim="revenue")).message
    assert "R024" not in codes(role("sales", "calls", "rate"))


def test_r024_a_stage_of_life_without_its_three_texts_gets_a_hint(tmp_path: Path):
    head = 'name = "Shop"\nextends = "standard"\n'
    (tmp_path / "workspace.toml").write_text(head, encoding="utf-8")
    (tmp_path / "stages.toml").write_text('[stages.silent]\nkey_point = "resting"\naim = " "\n', encoding="utf-8")
    loaded = load(tmp_path)
    assert loaded.workspace is not None
    assert list(loaded.workspace.stages) == [
        "active",
        "silent",
        "sleeping",
        "churned",
        "dead",
    ]  # the others are shipped
    told = [issue for issue in lint(loaded.workspace) if issue.key.startswith("stages.")]
    assert [issue.message for issue in told] == ["stage silent: nothing is said of interaction, aim"]


def test_r024_a_stage_that_no_life_has_is_refused(tmp_path: Path):
    (tmp_path / "workspace.toml").write_text('name = "Shop"\nextends = "standard"\n', encoding="utf-8")
    (tmp_path / "stages.toml").write_text('[stages.sleepy]\naim = "wake"\n', encoding="utf-8")
    (issue,) = [issue for issue in load(tmp_path).issues if issue.file == "stages.toml"]
    assert "sleepy" in issue.message and "sleeping" in issue.hint


def test_r027_a_formula_of_more_than_four_names_gives_a_hint():
    assert "5 names" in the("R027", role("sales", "long", "amount")).message


def test_r028_data_that_is_hard_to_get_gives_a_hint_with_easy_metrics():
    issue = the("R028", role("sales", "slow", "amount"))
    assert issue.severity is Severity.HINT and "rate" in issue.hint


def test_r031_overlap_is_shared_ids_over_the_smaller_set():
    half = (role("one", "amount", "rate"), role("two", "amount", "visitors"))
    assert "R031" not in codes(*half)
    more = (role("one", "amount", "rate", "visitors"), role("two", "amount", "rate", "long"))
    assert "amount, rate" in the("R031", *more).message  # 2 of 3


def test_r031_the_north_star_is_exempt_from_overlap():
    assert "R031" not in codes(role("one", STAR, "rate"), role("two", STAR, "visitors"))


def test_r032_a_role_without_any_revenue_figure_gets_a_hint():
    issue = the("R032", role("help", "calls"))
    assert issue.severity is Severity.HINT and "no revenue figure" in issue.message
    kept = role("help", "calls")
    assert "R032" not in codes(replace(kept, lines=(*kept.lines, Line("amount", 0))))


def test_r032_a_library_without_the_north_star_is_an_error():
    issue = next(issue for issue in lint_of(library=LIBRARY[1:]) if issue.code == "R032")
    assert issue.severity is Severity.ERROR and issue.key == "north_star"
    assert "R032" not in codes(role("sales", "amount", "rate"))  # it need not stand in the role


def test_r012_an_empty_planning_dimension_is_reported():
    assert lint_of() == []
    empty = [issue for issue in lint_of(library=LIBRARY[:3]) if issue.code == "R012"]
    assert [issue.message.split()[-1] for issue in empty] == ["'work'", "'growth'"]


def test_r073_only_ratios_and_r074_only_amounts_are_out_of_balance():
    assert "ratio-only" in the("R073", role("sales", "rate", "other_rate")).message
    assert "absolute-only" in the("R074", role("sales", "amount", "visitors")).message
    assert not {"R073", "R074"} & codes(role("sales", "amount", "rate"))


def test_r073_the_north_star_does_not_hide_a_ratio_only_scorecard():
    assert "R073" in codes(role("sales", "rate", "other_rate", STAR))


def test_r109_reach_may_not_be_the_only_weighted_metric():
    assert the("R109", role("sales", "channel_reach", STAR)).severity is Severity.WARNING
    assert "R109" not in codes(role("sales", "channel_reach", "rate"))


def test_r037_a_metric_without_a_good_direction_needs_a_method():
    assert "context" in the("R037", role("sales", "context", "amount")).message


def test_every_issue_carries_a_requirement_as_its_code():
    bad = role("sales", "deep", "slow", "long", "context", "calls", duty=Text(), principles={}, aim="revenue")
    assert all(issue.code.startswith("R") and issue.message and issue.hint for issue in lint_of(bad))
