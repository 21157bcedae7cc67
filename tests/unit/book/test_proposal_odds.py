"""The odds of the period to come: the changes from one period to the next, worked out on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.answers.targets.target_proposal import Basis, LineProposal
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders

ROLE = '[roles.sales]\nname = "Sales"\nlines = [{ metric = "paid_amount", weight = 100 }]\n'
PAID = (100, 120, 90, 99, 99, 198, 99, 108.9, 98.01, 196.02)  # January to October


def proposal(
    root: Path, months: tuple[float, ...], period: str, basis: Basis = Basis.LAST, **asked: float
) -> LineProposal:
    """What is proposed where one order a month was paid from January on; the last day that is known is October's."""
    rows = [(f"o{month}", "ann", f"2026-{month:02}-01 10:00:00", paid) for month, paid in enumerate(months, 1)]
    last = f"2026-{len(months):02}-{31 if len(months) in (1, 3, 5, 7, 8, 10) else 30}"
    shop = Shop(root).has("orders", orders(*rows), complete_until=last).says(as_of=last)
    book = shop.defines("roles/sales.toml", ROLE).book(draft=False)
    (line,) = book.target_proposals.of("sales", Period.parse(period), [basis], **asked).lines  # type: ignore[arg-type]
    return line


def test_the_odds_are_those_of_past_changes(tmp_path: Path) -> None:
    """Each month of the one before: 1.2, .75, 1.1, 1, 2, .5, 1.1, .9, 2. Six of nine met it: between 6/10 and 7/10.

    Sorted .5 .75 .9 1 1.1 1.1 1.2 2 2: a tenth of ten places is the first, nine tenths the ninth. Of October's 196.02
    these are 98.01 and 392.04.
    """
    found = proposal(tmp_path / "ws", PAID, "2026-11")
    odds = found.odds
    assert found.value == 196.02
    assert (odds.known, odds.met) == (9, 6)
    assert (odds.least, odds.share, odds.most) == pytest.approx((0.6, 0.65, 0.7))
    assert (odds.low, odds.high) == pytest.approx((98.01, 392.04))


def test_a_fixed_target_that_the_past_rarely_met_says_less_than_the_changes(tmp_path: Path) -> None:
    """The backtest asks how often 196.02 was reached: in June and October."""
    found = proposal(tmp_path / "ws", PAID, "2026-11")
    assert (found.met, found.known) == (2, 10)


def test_two_months_ahead_is_tried_two_months_ahead(tmp_path: Path) -> None:
    """December while November is not known: each month of the one two before: .9, .825, 1.1, 2, 1, .55, .99, 1.8.

    Four of eight met it: 4/9 to 5/9. A tenth of nine places lies below the first: .55; nine tenths, 8.1, above the
    last: 2.
    """
    odds = proposal(tmp_path / "ws", PAID, "2026-12").odds
    assert (odds.known, odds.met, odds.share) == (8, 4, pytest.approx(0.5))
    assert (odds.low, odds.high) == (107.81, 392.04)


def test_targets_of_every_basis_are_held_against_one_forecast(tmp_path: Path) -> None:
    """10, 20 … 80, the mean of the last three is 70. Changes 2, 3/2, 4/3, 5/4, 6/5, 7/6, 8/7: of 80 each is above 70
    and above 80, and none meets three times 80 = 240. Lowest 80 × 8/7, highest 160, whatever the target.
    """
    months = (10, 20, 30, 40, 50, 60, 70, 80)
    mean = proposal(tmp_path / "mean", months, "2026-09", Basis.MEAN, periods=3)
    assert mean.value == 70
    raised = proposal(tmp_path / "growth", months, "2026-09", Basis.GROWTH, growth=2.0)
    assert raised.value == 240
    for one, met in ((mean, 7), (raised, 0)):
        assert (one.odds.known, one.odds.met, one.odds.share) == (7, met, pytest.approx((met + 0.5) / 8))
        assert (one.odds.low, one.odds.high) == (91.43, 160)


@pytest.mark.parametrize("months", [PAID, PAID[::-1], (5, 900, 40, 7, 300, 300, 2, 80, 81, 79)])
def test_a_harder_target_never_has_the_better_odds(tmp_path: Path, months: tuple[float, ...]) -> None:
    found = [
        proposal(tmp_path / f"{basis}", months, "2026-11", basis) for basis in (Basis.LAST, Basis.MEAN, Basis.MEDIAN)
    ]
    found += [proposal(tmp_path / f"{x}", months, "2026-11", Basis.GROWTH, growth=x) for x in (-0.9, -0.3, 0.4, 3.0)]
    by_target = [one.odds.share for one in sorted(found, key=lambda one: one.value or 0)]
    assert by_target == sorted((share for share in by_target if share is not None), reverse=True)
    assert by_target[0] != by_target[-1]


def test_with_few_periods_the_odds_are_not_told_and_why(tmp_path: Path) -> None:
    """Six months are five changes."""
    odds = proposal(tmp_path / "ws", PAID[:6], "2026-07").odds
    assert (odds.share, odds.low, odds.known) == (None, None, 5)
    assert odds.why == "odds need 6 past changes from one period to the next, 5 are known"


def test_the_beginning_of_the_data_is_no_miss(tmp_path: Path) -> None:
    """Who bought before January is not known: 30 of its 100 are a repurchase, and of every later month all.

    Eight months of 100 are proposed 100 and met 8 of 8; January counts neither as a miss nor for the odds, whose
    seven changes (February is the first month with one before it) are 1.
    """
    found = proposal(tmp_path / "ws", (30, *[100] * 8), "2026-10")
    assert found.value == 100
    assert [one.met for one in found.past if one.actual is not None] == [None, *[True] * 8]
    assert (found.met, found.known) == (8, 8)
    assert (found.odds.known, found.odds.met, found.odds.low, found.odds.high) == (7, 7, 100, 100)


def test_a_shop_that_grows_has_no_beginning_to_leave_out(tmp_path: Path) -> None:
    """10, 20 … 80: the first is as far from the others as they are from each other."""
    assert proposal(tmp_path / "ws", (10, 20, 30, 40, 50, 60, 70, 80), "2026-09").known == 8
