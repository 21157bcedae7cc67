"""Bands of usual values and the pace of running periods (R089)."""

from __future__ import annotations

import json
import statistics
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.analysis.baseline import baseline, mean_band, robust_band
from kpi_tui.book import Book
from kpi_tui.book.causes.baselines import baselines
from kpi_tui.cli import main
from kpi_tui.definitions.answers.baseline import Band
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.metric import Better, Kind, Metric
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.text import Text
from kpi_tui.render.formats import render
from kpi_tui.views.causes.pace import pace
from tests.unit.analysis.day_shop import day_shop, every_day
from tests.workspaces import Shop


def value(number: float | None, period: str, partial: bool = False) -> Value:
    return Value("m", Period.parse(period), number, None if number is not None else Reason.NO_DATA, partial=partial)


def months(*numbers: float | None) -> list[Value]:
    return [value(number, f"2026-{month:02d}") for month, number in enumerate(numbers, 1)]


def test_robust_band_is_median_and_scaled_mad_as_pandas_counts_them() -> None:
    values = [10.0, 12.0, 11.0, 13.0, 9.0, 11.5]
    series = pd.Series(values)
    mad = (series - series.median()).abs().median()
    band = robust_band(values, 2.5)
    assert band.centre == series.median()
    assert (band.low, band.high) == (
        pytest.approx(series.median() - 2.5 * 1.4826 * mad),
        pytest.approx(series.median() + 2.5 * 1.4826 * mad),
    )


@pytest.mark.parametrize(
    ("metric", "values", "low"),
    [
        ("weekly_users", [100.0, 200, 300, 400, 500, 600], 0.0),  # median 350, MAD 150: it would begin at −206
        ("net_users", [100.0, 200, 300, 400, 500, 600], 350 - 2.5 * 1.4826 * 150),  # who left is taken off
        ("weekly_users", [-100.0, 200, 300, 400, 500, 600], 350 - 2.5 * 1.4826 * 150),  # it has been below 0
    ],
)
def test_a_band_of_what_cannot_be_below_0_ends_there(metric: str, values: list[float], low: float) -> None:
    formulas = {"weekly_users": "user_count", "net_users": "new_count - gone_count"}
    known = {
        id_: Metric(id_, Text(id_), "users", Kind.ABSOLUTE, formula, "count", Better.HIGHER, Grain.DAY)
        for id_, formula in formulas.items()
    }
    past = [replace(one, metric=metric) for one in [*months(*values), value(350.0, "2026-07")]]
    (found,) = baselines(past, Period.parse("2026-07"), 2.5, known)
    assert found.band is not None and found.band.low == pytest.approx(low) and found.state == "inside"


@given(st.lists(st.floats(90, 110), min_size=6, max_size=6), st.floats(-1e6, 1e6), st.integers(0, 5))
def test_one_outlier_of_six_moves_the_band_no_further_than_the_others_spread(
    values: list[float], outlier: float, place: int
) -> None:
    spoilt = [*values]
    spoilt[place] = outlier
    band = robust_band(spoilt, 2.5)
    assert 90 <= band.centre <= 110
    assert band.high - band.low <= 2 * 2.5 * 1.4826 * 20 + 1e-6 or statistics.median(
        abs(v - band.centre) for v in spoilt
    ) == pytest.approx(0, abs=1e-9)


def test_equal_values_but_one_still_leave_a_band() -> None:
    band = robust_band([5, 5, 5, 5, 5, 11], 2.5)  # MAD 0; mean deviation 1
    assert (band.centre, band.high) == (5, pytest.approx(5 + 2.5 * 1.2533))
    assert robust_band([5, 5, 5], 2.5) == Band(5, 5, 5, 3)


@pytest.mark.parametrize(("number", "state"), [(11.0, "inside"), (30.0, "above"), (1.0, "below"), (None, None)])
def test_a_value_is_placed_against_its_band(number: float | None, state: str | None) -> None:
    found = baseline(value(number, "2026-07"), months(10, 12, 11, 13, 9, 11.5), lambda v: robust_band(v, 2.5))
    assert found.state == state


def test_r089_mean_of_the_last_periods_and_ten_percent() -> None:
    history = months(0.5, 0.6, 0.7, 0.6, 0.5, 0.7)
    low = baseline(value(0.53, "2026-07"), history, lambda v: mean_band(v, 0.10))
    assert low.band is not None
    assert (low.band.centre, low.state) == (pytest.approx(0.6), "below")
    assert baseline(value(0.55, "2026-07"), history, lambda v: mean_band(v, 0.10)).state == "inside"


def test_r089_fewer_than_three_complete_periods_are_no_baseline_yet() -> None:
    history = [*months(0.5, None, 0.6), value(0.7, "2026-04", partial=True)]
    found = baseline(value(0.5, "2026-05"), history, lambda v: mean_band(v, 0.10))
    assert (found.band, found.state, found.reason) == (None, None, Reason.NO_DATA)
    assert "no baseline yet: 2 complete periods" in found.detail


def test_a_period_that_is_not_over_is_not_judged() -> None:
    found = baseline(value(3.0, "2026-07", partial=True), months(10, 12, 11), lambda v: robust_band(v, 2.5))
    assert (found.state, found.reason) == (None, Reason.PENDING)
    assert found.band is not None


@pytest.fixture
def even(shop: Shop) -> Book:
    """Ten a day from January; on the 15th of May five days have twice as much."""
    days = [(d, v, o, 20.0 if d >= "2026-05-11" else p) for d, v, o, p in every_day("2026-01-01", "2026-05-15")]
    return day_shop(shop, days, as_of="2026-05-15").book()


def test_baseline_of_a_metric_from_rows_leaves_the_running_month_out(even: Book) -> None:
    (april,) = even.baselines.of("paid", Period.parse("2026-04"))
    assert [past.value for past in april.history] == [310, 280, 310]  # January, February, March
    assert (april.value.value, april.state) == (300, "inside")
    (june,) = even.baselines.of("paid", Period.parse("2026-05"))
    assert (june.state, june.reason) == (None, Reason.PENDING)


def test_pace_projects_by_the_shape_of_the_past_months(even: Book) -> None:
    """15 of 31 days of even months are 15/31, 15/30 … of the whole; 10 × 10 + 5 × 20 = 200 so far."""
    even.targets.set(TargetKey("boss", "paid"), Period.parse("2026-05"), 500)
    (found,) = even.paces.of("paid", Period.parse("2026-05"))
    shares = [15 / 31, 14 / 28, 15 / 31, 15 / 30]  # half of February is 14 days (15/31 of 28 = 13.5)
    assert (found.basis, found.periods, found.value.value) == ("shape", 4, 200)
    assert found.share == pytest.approx(statistics.median(shares))
    assert found.projected == pytest.approx(200 / statistics.median(shares))
    assert (found.low, found.high) == (pytest.approx(200 / max(shares)), pytest.approx(200 / min(shares)))
    assert (found.target, found.due) == (500, pytest.approx(500 * statistics.median(shares)))
    assert found.state == "behind"


@pytest.mark.parametrize(("target", "state"), [(300, "ahead"), (405, "within"), (500, "behind")])
def test_pace_places_the_target_against_the_range(even: Book, target: float, state: str) -> None:
    even.targets.set(TargetKey("boss", "paid"), Period.parse("2026-05"), target)
    assert even.paces.of("paid", Period.parse("2026-05"))[0].state == state


LOSS = """
[metrics.loss]
name = "Loss"
category = "own"
kind = "absolute"
formula = "paid_sum"
unit = "currency"
better = "lower"
grain = "day"
grains = ["day", "month"]
"""


@pytest.mark.parametrize(
    ("target", "state", "said"),
    [
        (300, "behind", "Loss: at least 400.00 is usual from here, the target is 300.00 at most."),
        (405, "within", "Loss: the target 405.00 lies within what is usual from here."),
        (500, "ahead", "Loss: at most 413.33 is usual from here, below the target 500.00."),
    ],
)
def test_pace_of_what_is_better_low_has_a_target_as_a_most(
    even: Book, shop: Shop, target: float, state: str, said: str
) -> None:
    """200 by the 15th end at 200 / (15/30) = 400 to 200 / (15/31) = 413 and a third: 500 is kept, 300 is broken."""
    book = shop.defines("metrics/loss.toml", LOSS).book()
    book.targets.set(TargetKey("boss", "loss"), Period.parse("2026-05"), target)
    found = book.paces.of("loss", Period.parse("2026-05"))
    assert found[0].state == state
    assert said in render(pace(found, book.workspace), "table", width=200)


def test_pace_learns_a_shape_that_is_not_even(shop: Shop) -> None:
    """All sales of a month fall on its last day: nothing is due by the 15th, and nothing can be projected from 0."""
    days = [
        (day, v, o, 300.0 if day[8:] in ("28", "30", "31") and day[:7] != "2026-05" else 0.0)
        for day, v, o, _ in every_day("2026-01-01", "2026-05-15")
    ]
    (found,) = day_shop(shop, days, as_of="2026-05-15").book().paces.of("paid", Period.parse("2026-05"))
    assert (found.basis, found.share, found.projected) == ("shape", 0, None)
    assert "nothing yet" in found.detail


def test_pace_without_a_past_goes_by_days_and_claims_no_range(shop: Shop) -> None:
    book = day_shop(shop, every_day("2026-05-01", "2026-05-10"), as_of="2026-05-10").book()
    (found,) = book.paces.of("paid", Period.parse("2026-05"))
    assert (found.basis, found.day, found.days) == ("days", 10, 31)
    assert found.projected == pytest.approx(310)
    assert (found.low, found.high, found.state) == (None, None, None)
    assert "0 complete periods" in found.detail


def test_pace_of_a_ratio_is_its_value_beside_its_band(even: Book) -> None:
    (found,) = even.paces.of("value", Period.parse("2026-05"))
    assert (found.projected, found.reason) == (None, Reason.NOT_APPLICABLE)
    assert found.band == Band(2, 2, 2, 4)
    assert found.value.value == pytest.approx(200 / 75)


def test_pace_of_a_period_that_is_over_or_has_not_begun_says_so(even: Book) -> None:
    (over,) = even.paces.of("paid", Period.parse("2026-04"))
    assert (over.projected, over.reason) == (None, Reason.NOT_APPLICABLE)
    assert "is over" in over.detail
    (ahead,) = even.paces.of("paid", Period.parse("2026-09"))
    assert (ahead.value.value, ahead.reason, ahead.day) == (None, Reason.NO_DATA, 0)


def test_pace_of_an_unknown_subject_is_refused(even: Book) -> None:
    with pytest.raises(UsageError, match="there is no metric 'nobody'"):
        even.paces.of("nobody", Period.parse("2026-05"))


def test_commands_give_json_and_tables(even: Book, shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    def ask(*words: str) -> str:
        capsys.readouterr()
        with pytest.raises(SystemExit):
            main(["-w", str(shop.root), *words])
        return capsys.readouterr().out

    (found,) = json.loads(ask("baseline", "paid", "--period", "2026-04"))
    assert (found["state"], found["band"]["centre"], found["band"]["periods"]) == ("inside", 310, 3)
    assert "as usual" in ask("baseline", "paid", "--period", "2026-04", "--format", "table")
    (running,) = json.loads(ask("pace", "paid", "--period", "2026-05"))
    assert (running["basis"], running["day"], running["days"]) == ("shape", 15, 31)
    assert "day 15 of 31" in ask("pace", "paid", "--period", "2026-05", "--format", "table")
