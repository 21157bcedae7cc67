"""The conversation of `init` without a screen: what is said of money and days, answers, what is written.

The figures of the exports are worked out in their `right.toml`.
"""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.book.start.setup import Setup
from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.definitions.answers.setup import MoneyMonth, SetupAnswers, SetupTrial, part_id
from kpi_tui.definitions.issue import UsageError
from kpi_tui.tables.propose.sampled_file import LookedAt
from kpi_tui.text.phrase import translate
from kpi_tui.views.data.proposal import with_questions
from kpi_tui.views.start.money import in_words, money

EXPORTS = Path(__file__).parents[1] / "recipes" / "exports"
OWN = """订单号,下单时间,付款时间,用户ID,实付金额,订单金额
0001,2026-10-05 10:00:00,2026-10-05 10:05:00,u1,100,110
0002,2026-10-06 11:00:00,2026-10-06 11:05:00,u2,50,60
0003,2026-10-31 12:00:00,,u1,70,80
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and a state folder of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


def exports(folder: Path, *names: str) -> tuple[Path, ...]:
    """The export files of these recipes, called by them."""
    found = []
    for name in names:
        (file,) = (path for path in (EXPORTS / name).iterdir() if path.name != "right.toml")
        found.append(Path(shutil.copy(file, folder / f"{name}{file.suffix}")))
    return tuple(found)


def own(folder: Path) -> tuple[Path, ...]:
    file = folder / "orders.csv"
    file.write_text(OWN, encoding="utf-8")
    return (file,)


def begun(folder: Path, files: tuple[Path, ...]) -> tuple[Setup, SetupAnswers, Proposal]:
    setup = Setup(folder, with_questions)
    answers, _resumed = setup.begun(files)
    return setup, answers, setup.look(answers)


def tried(setup: Setup, found: Proposal, answers: SetupAnswers) -> SetupTrial:
    return setup.try_out(setup.plan(found, answers))


def test_money_by_month_and_source_as_the_mapping_makes_it(shop: Path) -> None:
    """JD: 4 paid, 1,230; 1,000 of one given back; one closed unpaid, one waits. Taobao: 4, 255.50; 80 back (R148)."""
    setup, answers, found = begun(shop, exports(shop, "taobao_orders", "jd_orders"))
    assert tried(setup, found, answers).months == (
        MoneyMonth(
            "2026-10", "jd", "CNY", 4, 1230, back=1, back_amount=1000, waiting=1, left_out=1, left_out_amount=50
        ),
        MoneyMonth(
            "2026-10", "taobao", "CNY", 4, 255.5, back=1, back_amount=80, waiting=1, left_out=1, left_out_amount=70
        ),
    )


def test_lines_of_an_order_are_one_order_and_a_currency_is_that_of_its_source(shop: Path) -> None:
    """Shopify: 4 paid, 125 EUR, 32.50 of two given back; #1003 voided unpaid; #1004 and #1006 not paid."""
    setup, answers, found = begun(shop, exports(shop, "shopify_orders"))
    answers = replace(answers, timezone="Europe/Berlin")
    (month,) = tried(setup, found, answers).months
    back = {"back": 2, "back_amount": 32.5, "left_out": 1, "left_out_amount": 30}
    assert month == MoneyMonth("2026-10", "", "EUR", 4, 125, waiting=2, **back)


def test_orders_without_a_day_are_a_line_beside_the_months(shop: Path) -> None:
    """Pinduoduo: closed unpaid for 30 with no time at all; 1,100 + 40 of October are paid, 40 given back, one waits."""
    (file,) = exports(shop, "pinduoduo_orders")
    told = file.read_text(encoding="utf-8-sig")
    assert told.count(",2026-10-03 10:00:00\t,") == 1
    file.write_text(told.replace(",2026-10-03 10:00:00\t,", ",\t,"), encoding="utf-8")
    setup, answers, found = begun(shop, (file,))
    assert tried(setup, found, answers).months == (
        MoneyMonth("2026-10", "", "CNY", 2, 1140, back=1, back_amount=40, waiting=1),
        MoneyMonth("", "", "CNY", 0, 0, left_out=1, left_out_amount=30),
    )


def test_orders_that_wait_for_payment_and_say_no_day_are_not_left_out(shop: Path) -> None:
    """Pinduoduo gives 待支付 no time: 25 waits, 30 was closed; `check` says that the one is not paid."""
    (file,) = exports(shop, "pinduoduo_orders")
    told = file.read_text(encoding="utf-8-sig")
    for day in ("2026-10-03", "2026-10-04"):
        assert told.count(f",{day} 10:00:00\t,") == 1
        told = told.replace(f",{day} 10:00:00\t,", ",\t,")
    file.write_text(told, encoding="utf-8")
    setup, answers, found = begun(shop, (file,))
    trial = tried(setup, found, answers)
    assert trial.months == (
        MoneyMonth("2026-10", "", "CNY", 2, 1140, back=1, back_amount=40),
        MoneyMonth("", "", "CNY", 0, 0, waiting=1, left_out=1, left_out_amount=30),
    )
    said = translate(in_words(trial.months[1]))
    assert said == "without a day: 1 order left out, 30.00 CNY; 1 order not paid yet says no day, and is in no month"
    assert [one.reason for one in trial.profiles["orders"].rejected] == [
        "not paid yet, and no time (created_at is empty)"
    ]


def test_sums_end_with_the_first_source_unless_a_person_says_that_nothing_is_missing(shop: Path) -> None:
    """JD ends on the 6th, Taobao on the 31st: October of both is 1,485.50 when both are said to be complete."""
    setup, answers, found = begun(shop, exports(shop, "taobao_orders", "jd_orders"))
    trial = tried(setup, found, answers)
    assert (trial.last_days["orders.sources.jd"], trial.last_days["orders.sources.taobao"]) == (
        "2026-10-06",
        "2026-10-31",
    )
    setup.write(found, trial, replace(answers, complete="2026-10-31"))
    opened = Book.open(shop, draft=False)
    (value,) = opened.numbers.values(["paid_amount"], opened.period("2026-10"))
    assert (value.value, value.partial) == (1485.5, False)


def test_only_what_an_answer_or_a_file_changes_is_read_again(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """150 paid; the name of the shop changes no row; then a third order is paid: 220."""
    (file,) = own(shop)
    setup, answers, found = begun(shop, (file,))
    assert tried(setup, found, answers).months[0].amount == 150
    with monkeypatch.context() as patch:
        patch.delattr("kpi_tui.tables.prepare._part")  # no row can be read
        assert tried(setup, found, replace(answers, name="Mine")).months[0].amount == 150
    file.write_text(OWN.replace("12:00:00,,", "12:00:00,2026-10-31 12:05:00,"), encoding="utf-8")
    assert tried(setup, found, answers).months[0].amount == 220


def test_a_column_is_filled_from_another_one_or_left_empty(shop: Path) -> None:
    """The order amounts instead of what was paid: 110 + 60 = 170; without a buyer nobody bought."""
    setup, answers, found = begun(shop, own(shop))
    (part,) = found.tables
    assert tried(setup, found, answers).months[0].amount == 150
    answers = answers.filled(part_id(part), "paid_amount", "订单金额").filled(part_id(part), "user_id", "")
    trial = tried(setup, found, answers)
    assert trial.months[0].amount == 170
    assert trial.examples[part_id(part)]["paid_amount"] == ("110.0", "60.0", "80.0")
    again = answers.as_proposed(part_id(part), "paid_amount")
    assert tried(setup, found, again).months[0].amount == 150
    setup.write(found, trial, answers)
    said = tomllib.loads((shop / "tables.toml").read_text(encoding="utf-8"))["tables"]["orders"]["columns"]
    assert said["paid_amount"] == "订单金额"
    assert "user_id" not in said


def test_a_table_left_out_is_not_written(shop: Path) -> None:
    setup, answers, found = begun(shop, exports(shop, "taobao_orders", "jd_orders"))
    for part in found.tables:
        if part.source == "taobao":
            answers = answers.turned(part_id(part), proposed=True)
    setup.write(found, tried(setup, found, answers), answers)
    assert not Book.open(shop, draft=False).workspace.tables["orders"].sources


def test_payments_are_taken_beside_the_shop_when_a_person_wants_them(shop: Path) -> None:
    """Stripe's 274 USD beside Shopify's 125 EUR: two sources, and it is said before that they may count twice."""
    setup, answers, found = begun(shop, exports(shop, "shopify_orders", "stripe_payments"))
    for part in found.others:
        answers = answers.turned(part_id(part), proposed=False)
    plan = setup.plan(found, answers)
    assert any("count twice" in str(one) for part in plan.tables for one in part.confirm)
    assert {month.source: month.amount for month in setup.try_out(plan).months} == {"shopify": 125, "stripe": 274}


def test_the_end_writes_all_files_with_the_roles_chosen_and_nothing_is_asked_that_was_agreed(shop: Path) -> None:
    setup, answers, found = begun(shop, exports(shop, "taobao_orders"))
    trial = tried(setup, found, answers)
    assert any(issue.code == "confirm" for issue in said_yes(shop, found).data.check())
    setup.write(found, trial, replace(answers, roles=("operations",)))
    opened = Book.open(shop, draft=False)
    assert list(opened.workspace.roles) == ["operations"]
    assert sum(line.weight for line in opened.workspace.roles["operations"].lines) == 100
    assert not [issue for issue in opened.data.check() if issue.code == "confirm"]
    assert not setup.draft.exists()


def said_yes(folder: Path, found: Proposal) -> Book:
    """The workspace that `--yes` makes of a proposal: nobody has agreed to anything."""
    from kpi_tui import book

    place = folder.parent / "yes"
    book.create_workspace(place, "yes", with_questions(found))
    return Book.open(place, draft=False)


def test_a_second_start_goes_on_where_the_first_was(shop: Path) -> None:
    setup, answers, found = begun(shop, own(shop))
    (part,) = found.tables
    answers = answers.filled(part_id(part), "paid_amount", "订单金额").at("settings")
    setup.keep(replace(answers, name="小店", currency="EUR", roles=("operations",)))
    again, resumed = Setup(shop, with_questions).begun(own(shop))
    assert resumed
    assert (again.step, again.name, again.currency, again.roles) == ("settings", "小店", "EUR", ("operations",))
    assert again.columns == answers.columns
    more, _ = Setup(shop, with_questions).begun((shop / "new.csv",))
    assert (more.step, len(more.files)) == ("files", 2)


def test_a_draft_that_cannot_be_read_is_put_aside(shop: Path) -> None:
    setup = Setup(shop, with_questions)
    setup.draft.parent.mkdir(parents=True)
    setup.draft.write_text("{")
    assert setup.begun(()) == (SetupAnswers(shop), False)
    assert list(setup.draft.parent.glob("*.damaged"))


def test_more_for_a_workspace_keeps_its_settings_and_asks_for_what_is_new(shop: Path) -> None:
    """Orders are there; refunds come: 30 of the 150 are given back."""
    setup, answers, found = begun(shop, own(shop))
    setup.write(found, tried(setup, found, answers), replace(answers, name="Mine", roles=()))
    (shop / "refunds.csv").write_text("退款单号,订单号,退款时间,退款金额\nr1,0001,2026-10-07,30\n", encoding="utf-8")
    more, answers, found = begun(shop, (shop / "refunds.csv",))
    assert more.adds
    more.write(found, tried(more, found, answers), answers)
    opened = Book.open(shop, draft=False)
    assert opened.workspace.name.get("en") == "Mine"
    (value,) = opened.numbers.values(["net_sales_revenue"], opened.period("2026-10"))
    assert value.value == 120
    nothing, answers, found = begun(shop, own(shop))
    with pytest.raises(UsageError, match="is read as orders already"):
        nothing.write(found, tried(nothing, found, answers), replace(answers, roles=()))


def test_amounts_of_two_currencies_are_said_to_have_no_sum(shop: Path) -> None:
    setup, answers, found = begun(shop, exports(shop, "taobao_orders", "shopify_orders"))
    said = [str(translate(one.word)) for one in money(tried(setup, found, answers), answers, setup.schemas).sentences]
    assert "Amounts in EUR and CNY are never added up: each currency has its number." in said
    assert sum("orders paid" in one for one in said) == 2


def test_a_file_of_two_currencies_has_the_money_of_each_in_its_own(shop: Path) -> None:
    """#1001 of 55 is USD, the other three of 125 are EUR: neither 125 of one, nor CNY (R148)."""
    (file,) = exports(shop, "shopify_orders")
    said = file.read_text(encoding="utf-8")
    file.write_text(said.replace("fulfilled,EUR,50.00,5.00,0.00,55.00", "fulfilled,USD,50.00,5.00,0.00,55.00"), "utf-8")
    setup, answers, found = begun(shop, (file,))
    months = tried(setup, found, replace(answers, timezone="Europe/Berlin")).months
    assert {month.currency: (month.paid, month.amount) for month in months} == {"EUR": (3, 70), "USD": (1, 55)}


def test_refunds_of_two_sources_meet_the_orders_of_one(shop: Path) -> None:
    """JD's orders are left out, its refunds not: of Taobao's 255.50 the 80 of one order were given back."""
    setup, answers, found = begun(shop, exports(shop, "taobao_orders", "jd_orders"))
    (orders,) = (part for part in found.tables if (part.table, part.source) == ("orders", "jd"))
    answers = answers.turned(part_id(orders), proposed=True)
    (month,) = tried(setup, found, answers).months
    assert (month.source, month.paid, month.amount, month.back, month.back_amount) == ("", 4, 255.5, 1, 80)


def test_a_file_is_read_again_only_when_it_changed(shop: Path) -> None:
    (file,) = own(shop)
    looked = LookedAt()
    first = looked.sampled(file)
    assert looked.sampled(file) is first
    file.write_text(OWN + "0004,2026-10-31 13:00:00,,u1,90,95\n", encoding="utf-8")
    assert looked.sampled(file).frame.height == first.frame.height + 1
    file.unlink()
    with pytest.raises(FileNotFoundError):
        looked.sampled(file)


def test_a_source_has_stopped_where_it_is_silent_longer_than_usual(shop: Path) -> None:
    """Taobao's orders come every day or two up to the 31st, JD's up to the 6th; Taobao alone stopped nowhere."""
    setup, answers, found = begun(shop, exports(shop, "taobao_orders", "jd_orders"))
    trial = tried(setup, found, answers)
    assert {name for name in trial.stopped if name.startswith("orders")} == {"orders.sources.jd"}
    alone = replace(answers, files=answers.files[:1])
    assert not {name for name in tried(setup, setup.look(alone), alone).stopped if name.startswith("orders")}
