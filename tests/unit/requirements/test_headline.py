"""The sentence at the head of a scorecard: one function for app, command and report (R032, R037, R168)."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.answers.baseline import Pace
from kpi_tui.definitions.answers.score import Balance, Bonus, Scorecard, ScoreLine
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.scoring.scorecard import paced
from kpi_tui.text.phrase import translate
from kpi_tui.tui.app import KpiApp
from kpi_tui.views.cells import StateCell
from kpi_tui.views.scores.score_sentences import advice, balance, bonus
from kpi_tui.views.scores.scorecard import lines_sheet
from tests.tui.driving import CALM, lines, press, settled, text
from tests.unit.requirements.conftest import Run
from tests.workspaces import Shop, orders

OCTOBER = Period.parse("2026-10")
ROLE = """
[roles.sales]
name = { en = "Sales", zh = "销售岗" }
[[roles.sales.lines]]
metric = "paid_amount"
weight = 60
[[roles.sales.lines]]
metric = "aov"
weight = 40
"""


@pytest.fixture
def starry(shop: Shop) -> Shop:
    """The weakest line of the only role is the north star: 100 paid of a target of 400; the other line is met."""
    shop.has("orders", orders(("o1", "ann", "2026-10-01 10:00:00", 100)), complete_until="2026-10-31")
    shop.says(as_of="2026-10-31", north_star="paid_amount").defines("roles/own.toml", ROLE)
    book = shop.book()
    book.targets.set(TargetKey("sales", "paid_amount"), OCTOBER, 400.0, "agreed")
    book.targets.set(TargetKey("sales", "aov"), OCTOBER, 100.0, "agreed")
    book.targets.save("agreed")
    return shop


async def test_a_weakest_line_that_is_the_north_star_is_the_weak_line_in_app_and_command(
    starry: Shop, run: Run
) -> None:
    told = "is the weak line by gain: meeting its target adds 45.00 points."
    (card,) = run("-w", starry.root, "score", "--period", "2026-10", "--format", "json").json
    assert (card["weakest"], card["lines"][0]["weight"]) == ("paid_amount", 60)
    table = run("-w", starry.root, "score", "--period", "2026-10", "--format", "table").out
    assert f"○ Paid amount {told}" in table
    app = KpiApp(starry.book, options=CALM)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert f"○ Paid amount {told}" in text(pilot) and "north star" not in text(pilot)
        row = next(line for line in lines(pilot)[4:] if "Paid amount" in line)
        assert " 60 " in row and " 15.0" in row, "it keeps its weight and its points"
        await press(pilot, "e")
        assert app.current_mode == "targets"
        row = next(line for line in lines(pilot) if "Paid amount" in line)
        assert "100" in row and "400" in row, "Targets shows its actual"


def line(
    metric: str, actual: float | None, target: float | None, weight: float = 50.0, star: bool = False
) -> ScoreLine:
    attained = actual / target if actual is not None and target else None
    value = Value(metric, OCTOBER, actual, None if actual is not None else Reason.NO_ROWS)
    goal = Target(target) if target else None
    gain = weight * max(1 - attained, 0.0) if attained is not None else None
    points = weight * attained if attained is not None else None
    why = None if attained is not None else Reason.NOT_APPLICABLE
    return ScoreLine(metric, "sales", value, goal, attained, "ratio", weight, points, why, "", gain, None, (), star)


def said(shop: Shop, *found: ScoreLine) -> str:
    behind = [one for one in found if one.gain_if_met]
    weakest = max(behind, key=lambda one: one.gain_if_met or 0.0).metric if behind else None
    card = Scorecard("sales", OCTOBER, found, 1.0, 100.0, weakest, Bonus("deduct", None), Balance(1, 1))
    return translate(advice(card, shop.book().workspace).word)


@pytest.mark.parametrize(
    ("found", "told", "untold"),
    [
        ([line("paid_amount", 2, 1), line("aov", 3, 3)], "Every line meets its target.", "north star"),
        ([line("paid_amount", 2, 1), line("aov", 3, None)], "No target for Average order value.", "Every line"),
        ([line("paid_amount", 2, 1), line("aov", None, 3)], "No number yet for 1 of 2 lines.", "Every line"),
        ([line("paid_amount", 1, 2), line("aov", 3, None)], "is the weak line by gain", "Every line"),
        ([line("paid_amount", 1, 2), line("aov", 3, None)], "No target for Average order value.", "Every line"),
        ([line("paid_amount", 2, 1, 0.0)], "No line has a weight", "Every line"),
        (
            [line("aov", 2, 1), line("paid_amount", 9, 10, 0.0, star=True)],
            "Every line meets its target. The north star, Paid amount, is at 90.0 % of its target.",
            "weak",
        ),
        (
            [line("aov", 2, 1), line("paid_amount", 9, None, 0.0, star=True)],
            "Every line meets its target. The north star, Paid amount, has no target.",
            "weak",
        ),
    ],
)
def test_that_all_is_well_is_said_only_when_every_weighted_line_has_a_target_and_meets_it(
    starry: Shop, found: list[ScoreLine], told: str, untold: str
) -> None:
    assert told in said(starry, *found) and untold not in said(starry, *found)


def ends(metric: str, low: float, high: float) -> Pace:
    return Pace(metric, OCTOBER, Value(metric, OCTOBER, 1.0, partial=True), 9, 31, low=low, high=high)


@pytest.mark.parametrize(
    ("found", "paces", "weakest", "told"),
    [
        (  # 47 of 100 lack 26.5 points, but will end at 151–199: 98 of 100, short by 1, is the weak line
            [line("paid_amount", 47, 100), line("aov", 98, 100)],
            [ends("paid_amount", 151, 199)],
            "aov",
            "○ Average order value is the weak line by gain: meeting its target adds 1.00 points."
            " On pace, of the target: Paid amount 151–199 %.",
        ),
        (
            [line("paid_amount", 47, 100), line("aov", 3, 3)],
            [ends("paid_amount", 151, 199)],
            None,
            "● Every line meets its target or is on pace for it. On pace, of the target: Paid amount 151–199 %.",
        ),
        (
            [line("paid_amount", 47, 100), line("aov", 3, 3)],
            [ends("paid_amount", 96, 104)],
            None,
            "◐ Every line meets its target or is on pace for it. On pace, of the target: Paid amount 96–104 %.",
        ),
        (
            [line("paid_amount", 47, 100), line("aov", 3, None)],
            [ends("paid_amount", 151, 199)],
            None,
            "◌ On pace, of the target: Paid amount 151–199 %. No target for Average order value.",
        ),
        (
            [line("paid_amount", 20, 100), line("aov", 3, 3)],
            [ends("paid_amount", 70, 90)],
            "paid_amount",
            "○ Paid amount is the weak line by gain: meeting its target adds 40.00 points.",
        ),
    ],
)
def test_a_line_of_a_running_period_that_is_on_pace_is_no_weak_line(
    starry: Shop, found: list[ScoreLine], paces: list[Pace], weakest: str | None, told: str
) -> None:
    space = starry.book().workspace
    card = Scorecard("sales", OCTOBER, tuple(found), 1.0, 100.0, "paid_amount", Bonus("deduct", None), Balance(1, 1))
    card = paced(card, paces, space.metrics)
    assert (card.weakest, translate(advice(card, space).word)) == (weakest, told)
    states = [cell.state for row in lines_sheet(card, space).rows for cell in row.cells if isinstance(cell, StateCell)]
    assert states[0] == {151: "on_target", 96: "near", 70: "weak"}[int(paces[0].low or 0)]


@pytest.mark.parametrize(("low", "high", "said"), [(90, 99, "ahead"), (90, 110, "within"), (101, 110, "behind")])
def test_of_what_is_better_low_the_target_is_a_most(low: float, high: float, said: str) -> None:
    assert ends("refund_rate", low, high).against(100, Better.LOWER) == said
    assert ends("refund_rate", low, high).against(100, Better.HIGHER) == {"ahead": "behind", "behind": "ahead"}.get(
        said, said
    )


def test_the_gain_of_the_weak_line_has_the_same_digits_in_the_app_and_in_what_a_command_says(starry: Shop) -> None:
    """By hand: 95 of 100 at a weight of 50 lack 50 × 0.05 = 2.50 points."""
    card = Scorecard("sales", OCTOBER, (line("aov", 95, 100),), 47.5, 50.0, "aov", Bonus("deduct", None), Balance(1, 1))
    word = advice(card, starry.book().workspace).word
    assert "adds 2.50 points" in translate(word) and translate(word, brief=True) == translate(word)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            [line("paid_amount", 2, 1), line("aov", None, 3), line("gmv", 1, None)],
            "Bonus —  (no points for 2 of 3 lines, all are needed)",
        ),
        ([line("paid_amount", None, 1)], "Bonus —  (no points for the only line)"),
        ([line("paid_amount", 2, 1, 0.0)], "Bonus —  (no line has a weight)"),
    ],
)
def test_a_bonus_that_is_not_known_says_why(starry: Shop, found: list[ScoreLine], said: str) -> None:
    card = Scorecard("sales", OCTOBER, tuple(found), 50.0, 50.0, None, Bonus("deduct", None), Balance(1, 1))
    assert translate(bonus(card, starry.book().workspace)) == said


@pytest.mark.parametrize(
    ("absolute", "ratio", "said"),
    [
        (62.5, 37.5, "62.5 % absolute · 37.5 % ratio"),
        (60, 40, "60 % absolute · 40 % ratio"),
        (2, 1, "66.7 % absolute · 33.3 % ratio"),
        (5, 3, "62.5 % absolute · 37.5 % ratio"),
        (1251, 749, " % absolute · "),  # 62.55 and 37.45
    ],
)
def test_the_two_shares_of_the_balance_sum_to_the_whole(absolute: float, ratio: float, said: str) -> None:
    card = Scorecard("sales", OCTOBER, (), 1.0, 1.0, None, Bonus("deduct", None), Balance(1, 1, absolute, ratio))
    told = translate(balance(card))
    shares = [float(word) for word in told.split() if word[0].isdigit()]
    assert said in told and sum(shares) == pytest.approx(100)


@pytest.mark.parametrize(
    ("cap", "target", "said"),
    [
        ("", 50.0, "(100 reached; a line counts up to 200 %)"),
        ("options = { cap = 1.5 }\n", 50.0, "(100 reached; a line counts up to 150 %)"),
        ("", 100.0, "(100 reached)"),
    ],
)
def test_a_score_above_all_points_says_up_to_where_a_line_counts(
    shop: Shop, cap: str, target: float, said: str
) -> None:
    """100 paid of a target of 50 are 200 points, or 150 where the line is held there (R037)."""
    role = '[roles.sales]\nname = "Sales"\n[[roles.sales.lines]]\nmetric = "paid_amount"\nweight = 100\n'
    shop.has("orders", orders(("o1", "ann", "2026-10-01 10:00:00", 100)), complete_until="2026-10-31")
    shop.says(as_of="2026-10-31").defines("roles/own.toml", role + cap)
    book = shop.book(draft=False)
    book.targets.set(TargetKey("sales", "paid_amount"), OCTOBER, target, "agreed")
    told = translate(bonus(book.scores.scorecard("sales", OCTOBER), book.workspace))
    assert told.endswith(said)
