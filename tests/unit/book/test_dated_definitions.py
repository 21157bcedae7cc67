"""Definitions have a date: a period is scored by what counted in it, whatever changed later (R009, R033, R010).

October 2026: 100 paid in 3 orders; November: 150 in 2. Targets of both months: 200 paid, 4 orders.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.answers.targets.target_proposal import Basis
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from tests.workspaces import Shop, orders

OCTOBER, NOVEMBER, DECEMBER = Period.parse("2026-10"), Period.parse("2026-11"), Period.parse("2026-12")
MONEY, ORDERS = "paid_amount", "paid_orders"
ROWS = orders(
    ("o1", "ann", "2026-10-01 10:00:00", 50),
    ("o2", "bea", "2026-10-06 10:00:00", 25),
    ("o3", "cem", "2026-10-07 10:00:00", 25),
    ("n1", "ann", "2026-11-05 10:00:00", 100),
    ("n2", "bea", "2026-11-06 10:00:00", 50),
)
FIRST = """
[roles.sales]
name = "Sales"
aim = "revenue"
[[roles.sales.lines]]
metric = "paid_amount"
weight = 80
[[roles.sales.lines]]
metric = "paid_orders"
weight = 20
"""
SINCE_NOVEMBER = """
[[roles.sales.versions]]
from = "2026-11"
[[roles.sales.versions.lines]]
metric = "paid_amount"
weight = 40
[[roles.sales.versions.lines]]
metric = "paid_orders"
weight = 60
"""
BONUS = {
    "mode": "deduct",
    "steps": [{"attainment": 0.0, "effect": -0.1}, {"attainment": 0.5, "effect": 0.05}],
    "versions": [
        {"from": "2026-11", "steps": [{"attainment": 0.0, "effect": -0.2}, {"attainment": 0.9, "effect": 0.2}]}
    ],
}


def opened(shop: Shop, *texts: str, **head):
    shop.has("orders", ROWS, complete_until="2026-11-30").says(as_of="2026-11-30", **{"north_star": MONEY, **head})
    shop.defines("roles/sales.toml", "".join(texts))
    for month in ("2026-10", "2026-11"):
        targets = f'period = "{month}"\n[targets.sales]\npaid_amount.value = 200\npaid_orders.value = 4\n'
        shop.defines(f"targets/{month}.toml", targets)
    return shop.book()


def test_each_month_is_scored_by_the_weights_that_counted_in_it_r009(shop: Shop) -> None:
    """October: 100 of 200 and 3 of 4 by 80/20: 40 + 15 = 55. November: 150 of 200 and 2 of 4 by 40/60: 30 + 30 = 60."""
    scores = opened(shop, FIRST, SINCE_NOVEMBER).scores
    october, november = scores.scorecard("sales", OCTOBER), scores.scorecard("sales", NOVEMBER)
    assert (october.score, november.score) == (pytest.approx(55), pytest.approx(60))
    assert november.previous_score == pytest.approx(55), "the month before, by its own weights"
    assert [line.weight for line in october.lines] == [80, 20]
    assert scores.rescore(october).score == pytest.approx(55)
    assert scores.rescore(november, saved=True).score == pytest.approx(60)


def test_a_change_of_today_moves_no_score_of_a_period_before(shop: Shop, tmp_path: Path) -> None:
    before = opened(shop, FIRST).scores.scorecard("sales", OCTOBER)
    after = opened(Shop(tmp_path / "later"), FIRST, SINCE_NOVEMBER).scores.scorecard("sales", OCTOBER)
    assert (before.score, before.bonus, before.weakest) == (after.score, after.bonus, after.weakest)


def test_a_shorter_period_follows_its_first_day(shop: Shop) -> None:
    """W44 begins on 26 October, W45 on 2 November; the fourth quarter and the year begin before November."""
    space = opened(shop, FIRST, SINCE_NOVEMBER).workspace

    def weight(period: str) -> float:
        return space.at(Period.parse(period)).roles["sales"].lines[0].weight

    found = {
        period: weight(period) for period in ("2026-W44", "2026-W45", "2026-10-31", "2026-11-01", "2026-Q4", "2026")
    }
    assert found == {
        "2026-W44": 80, "2026-W45": 40, "2026-10-31": 80, "2026-11-01": 40, "2026-Q4": 80, "2026": 80
    }  # fmt: skip
    assert weight("2027") == 40


def test_what_a_form_does_not_say_is_as_in_the_form_before(shop: Shop) -> None:
    december = '[[roles.sales.versions]]\nfrom = "2026-12"\naim = "retention"\n'
    space = opened(shop, FIRST, december, SINCE_NOVEMBER).workspace  # in any order
    role = space.at(DECEMBER).roles["sales"]
    assert (role.aim, role.name.en, [line.weight for line in role.lines]) == ("retention", "Sales", [40, 60])
    assert space.at(NOVEMBER).roles["sales"].aim == "revenue"


def test_the_bonus_has_a_date_too_r010(shop: Shop) -> None:
    """55 is beyond 0.5: +5 %; by the steps since November 60 is below 0.9: −20 %."""
    scores = opened(shop, FIRST, SINCE_NOVEMBER, bonus=BONUS).scores
    assert scores.scorecard("sales", OCTOBER).bonus.effect == pytest.approx(0.05)
    assert scores.scorecard("sales", NOVEMBER).bonus.effect == pytest.approx(-0.2)


def test_a_closed_period_keeps_the_north_star_it_had_r032(shop: Shop) -> None:
    """aov since November: October's card, its trend and its neighbour show paid_amount, November's aov (150 / 2)."""
    star = {"metric": MONEY, "versions": [{"from": "2026-11", "metric": "aov"}]}
    book = opened(shop, FIRST, north_star=star)
    stars = {}
    for month in (OCTOBER, NOVEMBER):
        card = book.scores.scorecard("sales", month)
        stars[month] = {line.metric: line.actual.value for line in card.lines if line.north_star}
    assert stars == {OCTOBER: {MONEY: 100}, NOVEMBER: {"aov": 75}}
    assert book.workspace.north_star == "aov", "lists that ask for no period show the latest"


def test_a_new_north_star_begins_with_the_period_in_view_and_undo_writes_the_plain_key_again(shop: Shop) -> None:
    shop.root.mkdir(parents=True, exist_ok=True)
    book = opened(shop, FIRST)
    head = shop.root / "workspace.toml"
    before = head.read_text()
    since = book.definitions.since_for(("north_star",), DECEMBER)
    assert since == DECEMBER, "October and November are over, and somebody was scored in them"
    book.definitions.set(("north_star",), "aov", since)
    book.definitions.save()
    assert (
        'north_star = { metric = "paid_amount", versions = [{ from = "2026-12", metric = "aov" }] }' in head.read_text()
    )
    assert book.definitions.value(("north_star",), NOVEMBER) == MONEY
    assert book.definitions.value(("north_star",), DECEMBER) == "aov"
    book.definitions.set(("north_star",), "aov", OCTOBER)
    with pytest.raises(UsageError, match="needs a reason"):
        book.definitions.save()
    book.definitions.discard()
    book.definitions.undo()
    assert head.read_text() == before


@pytest.mark.parametrize(("base", "money"), [(8000, 400.0), (1234.5, 61.725)])
def test_a_bonus_base_makes_money_of_the_effect_r010(shop: Shop, base: float, money: float) -> None:
    """October scores 55, which is +5 % by the steps: 5 % of 8,000 are 400, of 1,234.50 they are 61.725."""
    role = FIRST.replace('aim = "revenue"', f"bonus_base = {base}")
    bonus = opened(shop, role, bonus=BONUS).scores.scorecard("sales", OCTOBER).bonus
    assert (bonus.base, bonus.money, bonus.why) == (base, pytest.approx(money), "")


def test_money_that_cannot_be_known_is_none_with_its_reason(shop: Shop) -> None:
    """A base of a month says nothing of a week; without a target no score is complete; without a base no money."""
    role = FIRST.replace('aim = "revenue"', "bonus_base = 8000")
    scores = opened(shop, role, bonus=BONUS).scores
    week = scores.scorecard("sales", Period.parse("2026-W41")).bonus
    assert (week.base, week.money, week.why) == (8000, None, "the bonus base is for a month")
    december = scores.scorecard("sales", DECEMBER).bonus
    assert (december.money, december.why) == (None, "the score is not complete")


def test_a_bonus_base_has_a_date_and_a_person_goes_before_the_roles(shop: Shop, tmp_path: Path) -> None:
    role = FIRST.replace('aim = "revenue"', "bonus_base = 8000")
    shop.defines(
        "people.toml",
        '[people.ann]\nname = "Ann"\nroles = ["sales"]\n[[people.ann.versions]]\nfrom = "2026-11"\nbonus_base = 500\n',
    )
    scores = opened(shop, role, bonus=BONUS).scores
    assert scores.scorecard("ann", OCTOBER).bonus.base == 8000, "her role's"
    november = scores.scorecard("ann", NOVEMBER).bonus
    assert (november.base, november.money) == (500, pytest.approx(-100)), "by the steps since November −20 %"


def test_a_role_begins_and_ends_and_people_change_theirs_r033(shop: Shop) -> None:
    shop.defines(
        "roles/new.toml",
        '[roles.new]\nname = "New"\nfrom = "2026-11"\n[[roles.new.lines]]\nmetric = "paid_orders"\nweight = 100\n'
        '[[roles.new.versions]]\nfrom = "2026-12"\ngone = true\n',
    )
    shop.defines(
        "people.toml",
        '[people.ann]\nname = "Ann"\nroles = ["sales"]\n[[people.ann.versions]]\nfrom = "2026-11"\nroles = ["new"]\n',
    )
    book = opened(shop, FIRST)
    roles = {str(month): list(book.workspace.at(month).roles) for month in (OCTOBER, NOVEMBER, DECEMBER)}
    assert roles == {"2026-10": ["sales"], "2026-11": ["new", "sales"], "2026-12": ["sales"]}
    book.targets.set(TargetKey("new", ORDERS), NOVEMBER, 2)
    assert book.scores.scorecard("ann", OCTOBER).score == pytest.approx(55)
    assert book.scores.scorecard("ann", NOVEMBER).score == pytest.approx(100)
    with pytest.raises(UsageError, match="'new' does not count in 2026-12; known: sales, ann"):
        book.scores.scorecard("new", DECEMBER)
    card = book.scores.scorecard("new", NOVEMBER)
    assert card.previous_score is None
    assert book.library.roles_of(ORDERS) == ("sales",), "of the roles that last"
    assert book.bulk_targets.copy(DECEMBER, NOVEMBER) == 2, "the targets of sales alone"


def test_a_backtest_takes_the_weights_of_the_coming_period(shop: Shop) -> None:
    """Targets as November was, 150 and 2: November makes 100, October 100/150 of 40 and 3/2 of 60."""
    proposals = opened(shop, FIRST, SINCE_NOVEMBER).target_proposals
    found = proposals.of("sales", DECEMBER, [Basis.LAST])
    assert [line.weight for line in found.lines] == [40, 60]
    assert found.scores[-1].score == pytest.approx(100)
    assert found.scores[-2].score == pytest.approx(40 * 100 / 150 + 60 * 1.5)


def test_the_pace_of_a_role_is_that_of_its_lines_in_the_period(shop: Shop) -> None:
    only_money = '[[roles.sales.versions]]\nfrom = "2026-11"\nlines = [{ metric = "paid_amount", weight = 100 }]\n'
    paces = opened(shop, FIRST, only_money).paces
    assert [pace.metric for pace in paces.of("sales", OCTOBER)] == [MONEY, ORDERS]
    assert [pace.metric for pace in paces.of("sales", NOVEMBER)] == [MONEY]


def test_the_digest_of_a_closed_period_stays_when_a_later_form_is_added(shop: Shop, tmp_path: Path) -> None:
    plain = opened(shop, FIRST).provenance
    changed = opened(Shop(tmp_path / "later"), "# a word\n", FIRST, SINCE_NOVEMBER).provenance
    digests = [one.of(OCTOBER).digests.definitions for one in (plain, changed)]
    assert digests[0] == digests[1]
    assert plain.of(NOVEMBER).digests.definitions != changed.of(NOVEMBER).digests.definitions


@pytest.mark.parametrize(
    ("said", "line", "message"),
    [
        ('from = "2026-13"\naim = "revenue"', 12, "'2026-13' is not a period"),
        ('aim = "revenue"', 11, "'from' is missing"),
        ('from = "2026-11"\nweights = 3', 13, "unknown key 'weights'"),
        ('from = "2026-11"\nlines = [{ metric = "paid_amount", weight = 90 }]', 11, "the weights sum to 90, not 100"),
        (
            'from = "2026-11"\naim = "revenue"\n[[roles.sales.versions]]\nfrom = "2026-11-01"\naim = "retention"',
            15,
            "two forms begin with 2026-11-01",
        ),
    ],
)
def test_a_form_that_is_wrong_is_told_with_file_and_line(shop: Shop, said: str, line: int, message: str) -> None:
    book = opened(shop, FIRST, f"[[roles.sales.versions]]\n{said}\n")
    (issue,) = [one for one in book.issues if one.severity == "error"]
    assert (issue.file, issue.line) == ("roles/sales.toml", line)
    assert message in issue.message
    assert not book.workspace.roles
