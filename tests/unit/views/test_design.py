"""The four steps of the method as they are laid out: what is given, shared, answered, advised (R012-R036)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpi_tui.definitions.answers.design.state import DesignFacts, DesignState, TargetsMet
from kpi_tui.definitions.library.metric import Better, Category, Kind, Metric
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.role import LifeStage, Line, Person, Role
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.render.drawn import drawn
from kpi_tui.text.phrase import translate
from kpi_tui.views.design.allocation import SUM, allocation, line_advice, role_advice
from kpi_tui.views.design.candidates import Shown, candidates
from kpi_tui.views.design.plan import plan
from kpi_tui.views.design.posts import posts
from kpi_tui.views.design.steps import is_done, overview
from kpi_tui.views.view import METRIC, View
from kpi_tui.workspace.check.lint import advice

ANSWERS = {key: Text("yes") for key in ("life_cycle", "post", "read", "understood", "easy")}
PERIOD = Period.parse("2026-10")


def metric(key: str, name: str, kind: Kind = Kind.ABSOLUTE, **other: object) -> Metric:
    base = Metric(key, Text(name), "revenue", kind, "a / b", "count", Better.HIGHER, Grain.DAY)
    return replace(base, **{"aarrr": "acquisition", "dimension": "aarrr", **other})  # type: ignore[arg-type]


LIBRARY = (
    metric("star", "The star", unit="currency", aarrr="revenue"),
    metric("sales", "Sales", unit="currency", aarrr="revenue"),
    metric("visits", "Visits"),
    metric("rate", "Rate", Kind.RATIO, category="feedback", dimension="feedback"),
    metric("deep", "Deep figure", Kind.RATIO, complexity="complex", data_ease="hard"),
)


def test_a_line_that_half_the_firm_holds_names_three_of_them_and_counts_the_rest() -> None:
    made = space(SELLER, *(role(f"r{n}", {"rate": 100}) for n in range(5)))
    state = DesignState(DesignFacts(PERIOD, {}), ())
    said = [translate(one.word) for one in line_advice("seller", "rate", made, state)]
    assert "○ also on the scorecard of R0, R1, R2 and 2 more" in said


def role(key: str, weights: dict[str, float], **other: object) -> Role:
    lines = tuple(Line(name, weight) for name, weight in weights.items())
    made = Role(key, Text(key.title()), lines, Text("sells"), principles=ANSWERS, aim="acquisition")
    return replace(made, **other)  # type: ignore[arg-type]


SELLER = role("seller", {"sales": 60, "rate": 40}, aim="")
CALLER = role("caller", {"visits": 45, "rate": 25})  # 30 points are not given yet


def space(*roles: Role, **other: object) -> Workspace:
    made = Workspace(
        Path(), Path(), Text("x"), "", "UTC", "", None, "star", {}, {}, {}, {}, {},
        {id_: Category(id_, Text(id_.title()), True) for id_ in ("revenue", "feedback")},
        metrics={one.id: one for one in LIBRARY},
        roles={one.id: one for one in roles},
        people={"ann": Person("ann", Text("Ann"), ("seller", "caller"))},
    )  # fmt: skip
    return replace(made, **other)  # type: ignore[arg-type]


def state(workspace: Workspace, **lacks: str) -> DesignState:
    known = dict.fromkeys(workspace.metrics, "") | lacks
    return DesignState(DesignFacts(PERIOD, known), tuple(advice(workspace)))


def texts(view: View) -> dict[str, list[str]]:
    """Row key -> what its cells say."""
    return {row.key: [drawn(cell) for cell in row.cells] for row in view.sheets[0].rows}


def said(view: View) -> list[str]:
    return [translate(sentence.word) for sentence in view.sentences]


def test_points_that_are_not_given_yet_are_told_and_the_post_is_not_done() -> None:
    """45 and 25 are 70 of 100 (R036)."""
    workspace = space(SELLER, CALLER)
    now = state(workspace)
    assert [is_done(one, now) for one in (SELLER, CALLER)] == [True, False]
    view = allocation(workspace, now)
    columns = [column.key for column in view.sheets[0].columns]
    sums = dict(zip(columns, texts(view)[SUM], strict=True))
    assert (sums["seller"], sums["caller"]) == ("100", "70 !")
    judged = dict(zip(columns, texts(view)["revenue"], strict=True))
    assert (judged["seller"], judged["caller"]) == ("●", "○"), "sales is money, visits and a rate are none"
    assert dict(zip(columns, texts(view)["kinds"], strict=True))["caller"] == "1 · 1"
    assert said(view)[0] == "1 of 2 posts done"
    assert "! Caller: 30 points are not given yet: → gives more to a line." in said(view)
    over = role("over", {"sales": 80, "rate": 40})
    assert translate(role_advice(over, space(over), state(space(over)))[0].word).startswith(
        "! Over: 20 points too many"
    )


def test_a_metric_of_two_posts_names_the_other_and_the_north_star_does_not() -> None:
    """R031, R032: the star stands on every scorecard and is no overlap."""
    workspace = space(replace(SELLER, lines=(*SELLER.lines, Line("star", 0))), CALLER)
    view = allocation(workspace, state(workspace), "seller")
    columns = [column.key for column in view.sheets[0].columns]
    cell = {
        row: dict(zip(columns, cells, strict=True)) for row, cells in texts(view).items() if len(cells) == len(columns)
    }
    assert cell[f"{METRIC}rate"]["shared"] == "Caller"
    assert cell[f"{METRIC}sales"]["shared"] == ""
    assert cell[f"{METRIC}star"]["shared"] == ""
    assert (cell[f"{METRIC}rate"]["seller"], cell[f"{METRIC}rate"]["caller"]) == ("‹40›", "25")
    assert list(cell)[-1] != f"{METRIC}sales" and cell[f"{METRIC}star"]["metric"] == "The star ★"


def test_a_post_without_a_revenue_figure_is_told_with_names_and_not_with_ids() -> None:
    workspace = space(SELLER, CALLER)
    told = [translate(one.word) for one in role_advice(CALLER, workspace, state(workspace))]
    assert any(one.startswith("○ Caller: no revenue figure") for one in told)
    deep = role("deep", {"deep": 50, "visits": 50})
    workspace = space(deep)
    told = [translate(one.word) for one in line_advice("deep", "deep", workspace, state(workspace))]
    assert told[0].startswith("! Deep: Deep figure is complex")
    assert told[0].endswith("simple ones of its category: The star, Sales, Visits")
    assert any("○ Deep: the data of Deep figure is hard to get" in one for one in told)


@pytest.mark.parametrize(("met", "known", "word"), [(4, 12, "○ hard"), (12, 12, "○ easy"), (7, 12, ""), (1, 2, "")])
def test_a_target_that_is_hardly_or_always_met_is_told_at_its_line(met: int, known: int, word: str) -> None:
    workspace = space(SELLER)
    now = replace(state(workspace), met={TargetKey("seller", "sales"): TargetsMet(met, known)})
    told = [translate(one.word) for one in line_advice("seller", "sales", workspace, now)]
    assert [one for one in told if one.startswith(("○ hard", "○ easy"))] == [
        one for one in told if word and word in one
    ]
    assert bool(word) == any("its target would have been met" in one for one in told)
    view = allocation(workspace, now, "seller")
    place = [column.key for column in view.sheets[0].columns].index("met")
    assert texts(view)[f"{METRIC}sales"][place] == f"{met} of {known}"


def test_an_unanswered_principle_and_a_blank_duty_are_marked_where_they_are_written() -> None:
    """R014: a role without a duty text or with an unanswered principle is incomplete."""
    blank = replace(SELLER, duty=Text(), principles={key: one for key, one in ANSWERS.items() if key != "easy"})
    workspace = space(blank)
    view = posts(workspace, state(workspace))
    cells = texts(view)
    assert cells["role seller duty"] == ["!", "Duty", "not written yet"]
    assert cells["role seller principles.easy"] == ["!", "Is the data easy to get?", "not written yet"]
    assert cells["role seller principles.read"] == ["", "Can it read the data?", "yes"]
    assert cells["role seller lines"][2] == "2 lines · 100 of 100 points given · held by Ann"
    assert cells["person ann"][1:] == ["Ann", "Seller, caller"]
    assert said(view) == ["0 of 1 post done"]


def test_a_plan_counts_live_metrics_per_dimension_stage_and_module() -> None:
    """R012, R017, R024: five dimensions (three of them empty here), five stages of a life, each with three texts."""
    stages = {"active": LifeStage("active", Text("buys"), Text("letters"), Text("buy again"))}
    workspace = space(SELLER, CALLER, stages=stages)
    view = plan(workspace, state(workspace, visits="table visits"))
    cells = texts(view)
    assert cells["dimension aarrr"] == ["", "AARRR model", "", "3 of 4", "2"]
    assert cells["dimension growth"] == ["○", "Employee growth", "", "0 of 0", ""]
    assert cells["aarrr acquisition"][1:4] == ["Acquisition", "aim of Caller", "2 of 3"]
    assert cells["life active key_point"][2] == "buys"
    assert cells["life dead aim"][:3] == ["○", "Aim", "not written yet"]
    assert cells["module revenue"] == ["✓", "Revenue", "", "3 of 4", "2"]
    data = view.data
    assert isinstance(data, dict)
    assert data["life"][0] == {
        "stage": "active",
        "key_point": {"en": "buys", "zh": ""},
        "interaction": {"en": "letters", "zh": ""},
        "aim": {"en": "buy again", "zh": ""},
    }
    assert sum(row.startswith("life ") for row in cells) == 15


def test_a_module_that_is_off_is_listed_as_such_and_its_metrics_are_no_candidates() -> None:
    on = space(SELLER)
    off = {"feedback": on.categories["feedback"]}
    workspace = replace(
        on, modules_off=frozenset(off), categories={"revenue": on.categories["revenue"]}, switched_off=off
    )
    cells = texts(plan(workspace, state(workspace)))
    assert cells["module feedback"][2] == "switched off: not shown in the library"
    assert "rate" not in texts(candidates(workspace, state(workspace)))


def test_the_library_tells_what_is_chosen_used_complex_and_lacking() -> None:
    workspace = space(SELLER, candidates=("visits",))
    now = state(workspace, deep="table orders")
    view = candidates(workspace, now)
    columns = [column.key for column in view.sheets[0].columns]
    cells = {key: dict(zip(columns, row, strict=True)) for key, row in texts(view).items() if row}
    assert [key for key, row in cells.items() if row["chosen"]] == ["visits"]
    assert (cells["sales"]["roles"], cells["visits"]["roles"]) == ("Seller", "")
    assert [cells["deep"][key] for key in ("complexity", "ease", "lacks", "live")] == [
        "complex",
        "hard",
        "table orders",
        "○",
    ]
    assert said(view) == ["1 chosen · 2 in use · 4 of 5 live"]
    assert set(texts(candidates(workspace, now, Shown.CHOSEN))) >= {"visits", "sales", "rate"}
    assert "deep" not in texts(candidates(workspace, now, Shown.CHOSEN))
    assert "deep" not in texts(candidates(workspace, now, Shown.LIVE))


def test_the_overview_says_how_far_each_step_is() -> None:
    workspace = space(SELLER, CALLER)
    cells = texts(overview(workspace, state(workspace)))
    assert cells["plan"][2].startswith("0 of 5 life-cycle stages written")
    assert cells["posts"] == ["●", "Posts", "2 of 2 posts have their duty and all five answers"]
    assert cells["allocation"] == ["◐", "Allocation", "1 of 2 posts give all 100 points"]
