"""The odds of the period to come: errors of the basis on the periods before, worked out on paper."""

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


def test_the_odds_are_those_of_past_errors_of_the_basis(tmp_path: Path) -> None:
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


def test_a_fixed_target_that_the_past_mostly_met_says_less_than_the_errors_of_its_basis(tmp_path: Path) -> None:
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


def test_a_mean_is_tried_with_the_periods_known_then(tmp_path: Path) -> None:
    """Means of three of 10, 20, 30, 40, 50, 60, 70, 80: February of 10 alone, March of 15, then 20, 30, 40, 50, 60.

    The mean of June, July and August is 70. Errors 2, 2, 2, 5/3, 3/2, 7/5, 4/3: all seven met it, yet the odds are
    between 7/8 and 8/8. Lowest 70 × 4/3, highest 140.
    """
    found = proposal(tmp_path / "ws", (10, 20, 30, 40, 50, 60, 70, 80), "2026-09", Basis.MEAN, periods=3)
    assert found.value == 70
    assert (found.odds.known, found.odds.met, found.odds.share) == (7, 7, pytest.approx(15 / 16))
    assert (found.odds.low, found.odds.high) == (93.33, 140)


def test_with_few_periods_the_odds_are_not_told_and_why(tmp_path: Path) -> None:
    """Six months are five errors."""
    odds = proposal(tmp_path / "ws", PAID[:6], "2026-07").odds
    assert (odds.share, odds.low, odds.known) == (None, None, 5)
    assert odds.why == "odds need 6 past periods that the basis can be tried on, 5 are known"


def test_the_beginning_of_the_data_is_no_miss(tmp_path: Path) -> None:
    """Who bought before January is not known: 30 of its 100 are a repurchase, and of every later month all.

    Eight months of 100 are proposed 100 and met 8 of 8; January counts neither as a miss nor for the odds, whose
    seven errors (February is the first month with one before it) are 1.
    """
    found = proposal(tmp_path / "ws", (30, *[100] * 8), "2026-10")
    assert found.value == 100
    assert [one.met for one in found.past if one.actual is not None] == [None, *[True] * 8]
    assert (found.met, found.known) == (8, 8)
    assert (found.odds.known, found.odds.met, found.odds.low, found.odds.high) == (7, 7, 100, 100)


def test_a_shop_that_grows_has_no_beginning_to_leave_out(tmp_path: Path) -> None:
    """10, 20 … 80: the first is as far from the others as they are from each other."""
    assert proposal(tmp_path / "ws", (10, 20, 30, 40, 50, 60, 70, 80), "2026-09").known == 8
