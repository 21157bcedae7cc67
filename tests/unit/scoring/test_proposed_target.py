"""Proposed targets and their backtest: numbers worked out in the docstrings (issue "own scorecard")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kpi_tui.definitions.answers.baseline import Band
from kpi_tui.definitions.answers.targets.target_proposal import Basis
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.bonus import BonusRule, BonusStep
from kpi_tui.definitions.library.metric import Benchmark, Better, Kind, Metric
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.role import Line, Role
from kpi_tui.definitions.text import Text
from kpi_tui.scoring.backtest import past_periods, past_scores
from kpi_tui.scoring.posts import post_of
from kpi_tui.scoring.proposed_target import Known, proposed
from kpi_tui.scoring.scorecard import Rules

NOVEMBER = Period.parse("2026-11")
SALES = Metric(
    "sales", Text("Sales"), "revenue", Kind.ABSOLUTE, "a", "currency", Better.HIGHER, Grain.MONTH, (Grain.MONTH,)
)
ORDERS = replace(SALES, id="orders", unit="count")
RATE = replace(SALES, id="rate", kind=Kind.RATIO, unit="percent")
COST = replace(SALES, id="cost", better=Better.LOWER)


def months(values: Mapping[str, float]) -> dict[Period, float]:
    """Whole months by id."""
    return {Period.parse(name): value for name, value in values.items()}


LATE = months({"2026-06": 90, "2026-07": 100, "2026-08": 80, "2026-09": 120, "2026-10": 110, "2025-11": 70})


@pytest.mark.parametrize(
    ("metric", "basis", "wanted"),
    [
        (SALES, Basis.LAST, 110),
        (SALES, Basis.YEAR, 70),
        (SALES, Basis.MEAN, 100),  # (90 + 100 + 80 + 120 + 110) / 5
        (SALES, Basis.MEDIAN, 100),  # 80 90 100 110 120
        (SALES, Basis.GROWTH, 115.5),  # 110 × 1.05
        (ORDERS, Basis.GROWTH, 116),  # a count is whole, half goes up
        (SALES, Basis.BAND, 95),
    ],
)
def test_a_target_from_what_is_known(metric: Metric, basis: Basis, wanted: float) -> None:
    said = "rests on 5 whole periods, 2026-06 to 2026-10" if basis in (Basis.MEAN, Basis.MEDIAN) else ""
    assert proposed(metric, NOVEMBER, basis, Known(LATE, Band(95, 80, 110, 6)), growth=0.05) == (wanted, said)


@pytest.mark.parametrize(
    ("metric", "value", "wanted"),
    [
        (RATE, 19 / 48, 0.3958),  # 39.583… %: as it is rounded anyway
        (RATE, 0.39578, 0.3957),  # 39.58 % would be more than there was
        (COST, 303.174, 303.18),  # of what should be low a cent more
        (SALES, 303.176, 303.17),
        (COST, 0.1 + 0.2, 0.3),  # no cent for the noise of a sum
        (SALES, 0.1 + 0.2, 0.3),
        (ORDERS, 1234.5, 1234),
        (replace(ORDERS, better=Better.LOWER), 1234.4, 1235),
    ],
)
@pytest.mark.parametrize("basis", [Basis.LAST, Basis.YEAR])
def test_a_target_from_one_period_is_one_that_this_period_met(
    basis: Basis, metric: Metric, value: float, wanted: float
) -> None:
    known = Known(months({"2026-10": value, "2025-11": value}))
    assert proposed(metric, NOVEMBER, basis, known) == (wanted, "")


def test_a_rate_that_was_0_is_no_target_and_a_target_of_0_that_somebody_set_is() -> None:
    """0.0 % of buyers came back last month: whatever comes is infinitely more; 0 returns as a count are a target."""
    zero, found = months({"2026-09": 0.2, "2026-10": 0.0}), "it rests on 0, and a rate of 0 is no mark"
    for basis, known in ((Basis.LAST, Known(zero)), (Basis.MEDIAN, Known(months({"2026-10": 0.0})))):
        value, why = proposed(RATE, NOVEMBER, basis, known)
        assert (value, why.startswith(found)) == (None, True)
    assert proposed(RATE, NOVEMBER, Basis.MEAN, Known(zero))[0] == 0.1
    assert proposed(ORDERS, NOVEMBER, Basis.LAST, Known(zero))[0] == 0
    assert proposed(RATE, NOVEMBER, Basis.PARENT, Known(zero, parent=(Period.parse("2026"), 0.0)))[0] == 0


THREE = months({"2026-08": 90, "2026-09": 120, "2026-10": 105})


@pytest.mark.parametrize(
    ("basis", "known", "wanted"),
    [
        (Basis.LAST, THREE, (105, "rests on 2026-10, the last whole one")),
        (Basis.GROWTH, THREE, (110.25, "rests on 2026-10, the last whole one")),  # 105 × 1.05
        (Basis.MEAN, THREE, (105, "rests on 3 whole periods, 2026-08 to 2026-10")),  # 315 / 3
        (Basis.MEDIAN, THREE, (105, "rests on 3 whole periods, 2026-08 to 2026-10")),
        (Basis.MEAN, months({"2026-10": 7}), (7, "rests on 1 whole period, 2026-10")),
        (Basis.MEAN, months({"2026-04": 8, "2026-10": 7}), (7.5, "rests on 2 whole periods, 2026-04 to 2026-10")),
        (Basis.MEAN, LATE, (102.5, "rests on 4 whole periods, 2026-07 to 2026-10")),  # (100 + 80 + 120 + 110) / 4, of 5
        (Basis.LAST, months({"2025-11": 7}), (None, "no whole value of 2026-11")),  # more than a year ago
    ],
)
def test_a_december_proposed_before_november_is_over_rests_on_what_is_known_and_says_so(
    basis: Basis, known: dict[Period, float], wanted: tuple[float | None, str]
) -> None:
    assert proposed(SALES, Period.parse("2026-12"), basis, Known(known), periods=5, growth=0.05) == wanted


@pytest.mark.parametrize(
    ("basis", "why"),
    [
        (Basis.LAST, "no whole value of 2026-10"),
        (Basis.YEAR, "no whole value of 2025-11"),
        (Basis.MEAN, "no whole period is known"),
        (Basis.BAND, "too few whole periods for a usual band"),
        (Basis.BENCHMARK, "the metric has no benchmark"),
        (Basis.PARENT, "no longer period with 2026-11 in it has a target"),
    ],
)
def test_what_is_not_known_is_no_target_and_says_why(basis: Basis, why: str) -> None:
    assert proposed(SALES, NOVEMBER, basis, Known({})) == (None, why)


def test_a_benchmark_is_its_mark_and_of_a_range_the_end_that_is_just_good_enough() -> None:
    mark = Benchmark("between", 0.2, 0.3)
    assert proposed(replace(RATE, benchmarks=(mark,)), NOVEMBER, Basis.BENCHMARK, Known({}))[0] == 0.2
    low = replace(RATE, better=Better.LOWER, benchmarks=(mark,))
    assert proposed(low, NOVEMBER, Basis.BENCHMARK, Known({}))[0] == 0.3
    told = replace(RATE, benchmarks=(replace(mark, describes=True),))
    assert proposed(told, NOVEMBER, Basis.BENCHMARK, Known({}))[0] is None


YEAR = (Period.parse("2026"), 1200.0)


def test_a_year_is_split_by_the_shape_of_last_year() -> None:
    """Last year 10 a month but 130 in November: 240 in all. November of 1,200 is 1200 × 130 / 240 = 650."""
    last = {f"2025-{month:02}": 10.0 for month in range(1, 13)} | {"2025-11": 130.0}
    assert proposed(SALES, NOVEMBER, Basis.PARENT, Known(months(last), parent=YEAR, adds_up=True)) == (650, "")


def test_without_last_year_a_year_is_split_by_days() -> None:
    """30 of 365 days: 1200 × 30 / 365 = 98.63."""
    assert proposed(SALES, NOVEMBER, Basis.PARENT, Known({}, parent=YEAR, adds_up=True)) == (98.63, "")


def test_a_rate_keeps_the_target_of_the_year_and_what_does_not_add_up_has_no_share() -> None:
    assert proposed(RATE, NOVEMBER, Basis.PARENT, Known({}, parent=(YEAR[0], 0.28))) == (0.28, "")
    value, why = proposed(SALES, NOVEMBER, Basis.PARENT, Known({}, parent=YEAR))
    assert (value, why) == (None, "periods of this metric do not add up to 2026")


# --- backtest ------------------------------------------------------------------------------------------
ROLE = Role("ops", Text("Operations"), (Line("sales", 60), Line("cost", 40)))
RULES = Rules(
    {metric.id: metric for metric in (SALES, COST)},
    bonus=BonusRule("deduct", (BonusStep(0.0, -0.1), BonusStep(1.0, 0.1))),
)


def row(metric: str, *values: float | None, partial: bool = False) -> list[Value]:
    """Values of August, September, October; `partial` marks the last one."""
    made = []
    for name, value in zip(("2026-08", "2026-09", "2026-10"), values, strict=True):
        reason = Reason.NO_DATA if value is None else None
        made.append(Value(metric, Period.parse(name), value, reason, partial=partial and name == "2026-10"))
    return made


def test_a_line_is_met_where_its_attainment_is_whole() -> None:
    """Target 100: 80 is 0.8, 120 is 1.2 and 100 is met; a cost of at most 50: 40 is 1.25, 60 is 50 / 60."""
    found = past_periods(post_of(ROLE), "sales", 100, row("sales", 80, 120, 100), RULES)
    assert [(one.attainment, one.met) for one in found] == [(0.8, False), (1.2, True), (1.0, True)]
    costs = past_periods(post_of(ROLE), "cost", 50, row("cost", 40, 60, 50), RULES)
    assert [one.met for one in costs] == [True, False, True]
    assert costs[1].attainment == pytest.approx(50 / 60)


def test_what_is_unknown_or_not_over_is_neither_met_nor_missed() -> None:
    found = past_periods(post_of(ROLE), "sales", 100, row("sales", None, 120, 150, partial=True), RULES)
    assert [one.met for one in found] == [None, True, None]


def test_scores_and_bonus_are_those_each_past_period_would_have_had() -> None:
    """August: 60 × 0.8 + 40 × 1.25 = 98, below 100: −10 %. September: 60 × 1.2 + 40 × 50/60 = 105.33: +10 %.

    October: the cost is not known, so neither score nor bonus is.
    """
    history = {"sales": row("sales", 80, 120, 100), "cost": row("cost", 40, 60, None)}
    found = past_scores(post_of(ROLE), {"sales": 100, "cost": 50}, history, RULES)
    assert [(one.period.id, one.score, one.effect) for one in found] == [
        ("2026-08", pytest.approx(98.0), -0.1),
        ("2026-09", pytest.approx(72 + 40 * 50 / 60), 0.1),
    ]


def test_without_a_target_for_a_weighted_line_there_is_no_score_of_the_past() -> None:
    history = {"sales": row("sales", 80, 120, 100), "cost": row("cost", 40, 60, 50)}
    assert past_scores(post_of(ROLE), {"sales": 100}, history, RULES) == ()


def test_a_small_average_of_a_count_keeps_its_decimals():
    """35 buyers on 31 days are 1.129 a day: as 1, 2.04 would be 204 % of it instead of 181 %; of 241.6 a day a mean is
    242, and what October would have met is 241."""
    october = Known(months({"2026-09": 1.9, "2026-10": 35 / 31}))
    assert proposed(ORDERS, NOVEMBER, Basis.LAST, october)[0] == 1.12  # what October had, and no hundredth more
    assert proposed(ORDERS, NOVEMBER, Basis.LAST, Known(months({"2026-10": 241.6})))[0] == 241
    assert proposed(ORDERS, NOVEMBER, Basis.MEAN, Known(months({"2026-10": 241.6})))[0] == 242
    assert proposed(ORDERS, NOVEMBER, Basis.MEAN, Known(months({"2026-08": 9, "2026-09": 10, "2026-10": 12})))[0] == 10
