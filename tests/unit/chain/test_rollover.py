"""Next week's targets: the printed numbers, and what must hold for any numbers (R043–R057)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chain_vector import CHAIN, LINKS, MAY, WEEKS, agreed, counts, material
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.definitions.answers.chain_card import WeekCell
from kpi_tui.definitions.answers.chain_inputs import ChainInputs, Count
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.library.chain import GROWTH
from kpi_tui.definitions.period import Period
from kpi_tui.scoring.chain_score import score_month

JUNE = Period.parse("2026-06")
PEOPLE = st.integers(1, 10**6)
GROWTHS = st.floats(0.001, 0.5)


def cells(link: str, given_: ChainInputs | None = None, month: Period = MAY) -> tuple[WeekCell, ...]:
    """The weeks of a link in the scored month."""
    card = score_month(given_ or material(), month).link(link)
    assert card is not None
    return card.weeks


def one_week(first: dict[str, float], **week: float) -> ChainInputs:
    """A chain whose first week has these numbers; its second week is what the rules make of them."""
    said = {(name, WEEKS[0]): Count(value) for name, value in week.items()}
    return ChainInputs(CHAIN, said, {(WEEKS[0], key): value for key, value in first.items()})


def test_r043_visitor_targets_run_on_targets_whatever_the_actuals_are() -> None:
    assert [cell.target for cell in cells("B")] == [1000, 1030, 1061, 1093]
    assert [cell.actual for cell in cells("B")] == [2000, 1500, 3000, 1200]


def test_r003_targets_agreed_as_whole_numbers_do_not_bend_the_exact_chain() -> None:
    rolled = material(agreed=agreed() | {(WEEKS[1], "B"): 1030, (WEEKS[2], "B"): 1061})
    assert [cell.target for cell in cells("B", rolled)] == [1000, 1030, 1061, 1093]


def test_a_target_changed_by_hand_starts_the_chain_anew() -> None:
    changed = material(agreed=agreed() | {(WEEKS[2], "B"): 2000})
    assert [cell.target for cell in cells("B", changed)] == [1000, 1030, 2000, 2060]


def test_r044_r045_inquiries_carry_what_growth_adds_over_the_visitor_target() -> None:
    week = cells("C")[1]
    assert week.target == pytest.approx(0.198835, abs=5e-7)
    assert week.goal == pytest.approx(204.8)
    assert [cell.target for cell in cells("C")] == pytest.approx([0.08, 0.198835, 0.173468, 0.281336], abs=5e-7)
    assert [cell.goal for cell in cells("C")] == pytest.approx([80, 204.8, 184.05, 307.5])


def test_r046_deals_over_the_target_inquiries() -> None:
    assert cells("D")[1].target == pytest.approx(0.25)
    assert [cell.target for cell in cells("D")] == pytest.approx([0.25, 0.25, 0.25, 0.28])


@given(new=PEOPLE, everybody=PEOPLE, asked=PEOPLE, deals=PEOPLE, first=PEOPLE, growth=GROWTHS)
def test_r047_the_target_of_d_is_always_this_weeks_own_rate(
    new: int, everybody: int, asked: int, deals: int, first: int, growth: float
) -> None:
    chain = one_week({"B": first, "C": 0.1, "D": 0.2}, new=new, all=everybody, asked=asked, deals=deals)
    target = cells("D", replace(chain, chain=replace(CHAIN, growth=growth)))[1].uncapped
    assert target == pytest.approx(deals / asked, rel=1e-12)


def test_r048_r049_satisfaction_before_and_after_the_sale() -> None:
    pre, after = cells("E")[1], cells("F")[1]
    assert (pre.goal, pre.target) == (pytest.approx(30.9), pytest.approx(0.75))
    assert (after.goal, after.target) == (pytest.approx(16.48), pytest.approx(0.80))
    assert [cell.target for cell in cells("E")] == pytest.approx([0.75, 0.75, 0.75, 0.80])
    assert [cell.target for cell in cells("F")] == pytest.approx([0.80, 0.80, 0.833333, 0.80], abs=5e-7)


@given(people=PEOPLE, share=st.floats(0, 1), growth=GROWTHS)
def test_r050_the_targets_of_e_and_f_are_always_this_weeks_own_rate(people: int, share: float, growth: float) -> None:
    happy = round(people * share)
    chain = one_week({"B": 100, "E": 0.5, "F": 0.5}, pre=people, pre_ok=happy, after=people, after_ok=happy)
    grown = replace(chain, chain=replace(CHAIN, growth=growth))
    for link in "EF":
        assert cells(link, grown)[1].uncapped == pytest.approx(happy / people, rel=1e-12)


def test_r051_a_rate_above_one_is_held_at_one_and_shown_as_it_came() -> None:
    chain = one_week({"B": 1000, "C": 0.4}, new=2000, all=2500, asked=1200)
    chain = replace(chain, counts={**chain.counts, ("asked", WEEKS[1]): Count(500), ("all", WEEKS[1]): Count(1000)})
    week = cells("C", chain)[1]
    assert (week.target, week.capped) == (1.0, True)
    assert week.uncapped == pytest.approx(1.193, abs=5e-4)
    assert week.goal == pytest.approx(1200 + 2000 * 0.03 * 0.48)  # the target number of inquiries is not capped


def test_r051_more_deals_than_inquiries_is_a_real_rate_and_is_left() -> None:
    chain = one_week({"B": 1000, "C": 0.4, "D": 3}, new=2000, all=2500, asked=100, deals=300)
    chain = replace(chain, counts={**chain.counts, ("asked", WEEKS[1]): Count(50), ("deals", WEEKS[1]): Count(100)})
    assert cells("D", chain)[1].target == pytest.approx(3.0)


def test_r052_the_first_week_takes_the_rate_of_the_month_before_unless_set_by_hand() -> None:
    april = {("asked", "2026-04"): 70.0, ("all", "2026-04"): 1000.0}
    unset = {cell: value for cell, value in agreed().items() if cell[1] != "C"}
    by_default = cells("C", material(counts=counts(april), agreed=unset))
    assert by_default[0].target == pytest.approx(0.07)
    assert cells("C", material(counts=counts(april)))[0].target == 0.08
    assert cells("C", material(agreed=unset))[0].target is None


@pytest.mark.parametrize(("setting", "growth"), [("this_month", 0.03), ("next_month", 0.201)])
def test_r053_the_growth_that_leads_into_a_new_month_is_a_setting(setting: str, growth: float) -> None:
    first = Period.parse("2026-W23").id
    chain = replace(CHAIN, boundary_growth=setting)
    june = agreed() | {(first, "B"): 2402, (JUNE.id, GROWTH): 0.201}
    given_ = material(chain, agreed=june, counts=counts({("asked", first): 100.0, ("all", first): 2000.0}))
    expected = (120 + 1200 * growth * 120 / 1700) / 2402  # the last week of May: N 1200, T 1700, I 120
    assert cells("C", given_, JUNE)[0].target == pytest.approx(expected)


def test_r054_repeat_deals_are_scaled_from_the_same_period_of_history() -> None:
    (cell,) = cells("G")
    assert (cell.period.id, cell.actual) == ("2026-05", 40)
    assert cell.target == pytest.approx(38.5)


def test_r055_new_vips_are_scaled_from_the_preceding_period() -> None:
    (cell,) = cells("H")
    assert (cell.actual, cell.target) == (22, pytest.approx(22))


def test_r055_without_a_preceding_period_there_is_no_target_and_a_reason() -> None:
    (cell,) = cells("H", material(counts=counts({("vips", "2026-04"): None})))
    assert (cell.target, cell.known) == (None, False)
    assert "2026-04" in cell.detail


@pytest.mark.parametrize("days", [30, 60, 90])
def test_r056_history_can_be_read_over_thirty_days_and_more(days: int) -> None:
    link = replace(LINKS[5], period=f"{days}d")
    (cell,) = cells("G", material(replace(CHAIN, links=(link,))))
    span = cell.period
    assert (span.days, span.last_day) == (days, MAY.last_day)


@pytest.mark.parametrize("days", [14, 30])
def test_r057_vips_can_be_compared_over_14_and_30_days(days: int) -> None:
    link = replace(LINKS[6], period=f"{days}d")
    now = cells("H", material(replace(CHAIN, links=(link,))))[0].period
    said = {("vips", now.id): 9.0, ("new", now.id): 300.0}
    said |= {("vips", now.previous().id): 5.0, ("new", now.previous().id): 200.0}
    (cell,) = cells("H", material(replace(CHAIN, links=(link,)), counts=counts(said)))
    assert (now.days, cell.target) == (days, pytest.approx(7.5))


def test_a_week_without_a_first_target_says_what_to_do() -> None:
    card = score_month(material(agreed={}), MAY).link("B")
    assert card is not None
    assert (card.score, card.reason) == (None, Reason.NOT_APPLICABLE)
    assert "roll over" in card.detail


def test_a_week_nobody_came_gives_no_rate_and_no_target_after_it() -> None:
    quiet = counts({("asked", WEEKS[1]): 0.0, ("all", WEEKS[1]): 0.0, ("new", WEEKS[1]): 0.0})
    weeks = cells("C", material(counts=quiet))
    assert (weeks[1].actual, weeks[1].reason) == (None, Reason.ZERO_DENOMINATOR)
    assert weeks[2].target is None
