"""`check` asks about rows that hardly mean what the others mean: how many, examples, the line to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.text.i18n import speaking, told
from tests.workspaces import Shop, orders, users, views

BOUGHT = [
    ("o1", "u1", "2026-03-01 10:00", 100.0),
    ("o2", "u2", "2026-03-02 10:00", 50.0),
    ("o3", "u1", "2026-03-03 10:00", 70.0),
]


def asked(shop: Shop, code: str) -> list[Issue]:
    """The rows of `check` about one doubt."""
    return [issue for issue in shop.book().data.check() if issue.code == f"doubt:{code}"]


def with_orders(root: Path, *more: tuple[str, str, str, float]) -> Shop:
    return Shop(root / "ws").has("orders", orders(*BOUGHT, *more))


def test_a_shop_without_anything_odd_is_asked_nothing(tmp_path: Path) -> None:
    shop = with_orders(tmp_path).has("users", users(("u1", "2026-02-01 10:00"), ("u2", "2026-02-02 10:00")))
    assert [issue.code for issue in shop.book().data.check() if issue.code.startswith("doubt")] == []


@pytest.mark.parametrize("word", ["0", "NULL", "null", "-", "guest", "匿名", "N/A", "游客", "散客", "Walk-in", "0000"])
def test_a_buyer_that_is_a_word_for_nobody_is_asked_about(word: str, tmp_path: Path) -> None:
    guests = [("o4", word, "2026-03-04 10:00", 10.0), ("o5", word, "2026-03-05 10:00", 10.0)]
    (issue,) = asked(with_orders(tmp_path, *guests), "guests_in_orders")
    assert issue.message == (
        "orders: 2 of 5 rows: the buyer is a word for nobody: all such rows count as one buyer who comes again and "
        f"again, in buyers, repeat purchases and spend per buyer, e.g. {word!r}"
    )
    assert (issue.severity, issue.file) == (Severity.WARNING, "tables.toml")
    assert f"case when lower(trim(COLUMN)) in ('{word.lower()}') then null" in issue.hint


NOBODY = [
    *("-1", "-99", "-999", "0.0", "00000000-0000-0000-0000-000000000000", "(not set)", "[Unknown]", "<none>"),
    *("noemail@example.com", "none@shop.cn", "no-reply@x.com", "test@example.com", "Guest@x.cn"),
    *("walk-in customer", "Retail Customer", "guest_user", "no name", "Anonymous buyer"),
    *("零售客户", "匿名用户", "过路客", "散客", "（散客）", "临时顾客", "未注册用户", "佚名"),
]
SOMEBODY = ["-4831907723", "1000", "guest1", "零售一部张三", "ann@test.example.cn", "retailer", "u-0", "testa@x.cn"]
"""A hash may be negative; a name may hold a word for nobody."""


def test_every_kind_of_word_for_nobody_is_asked_about(tmp_path: Path) -> None:
    """Whatever the table: orders, users, events; somebody's ids are let be."""
    sold = [(f"o{n}", who, "2026-03-04 10:00", 10.0) for n, who in enumerate([*NOBODY, *SOMEBODY], 4)]
    shop = with_orders(tmp_path, *sold).has("users", users(*((who, "2026-02-01 10:00") for who in NOBODY + SOMEBODY)))
    shop.has("events", views(*((who, "2026-03-01 10:00", "p") for who in NOBODY + SOMEBODY)))
    (of_orders,) = asked(shop, "guests_in_orders")
    assert of_orders.message.startswith(f"orders: {len(NOBODY)} of {len(NOBODY) + len(SOMEBODY) + 3} rows")
    (of_users,) = asked(shop, "guests_in_users")
    (of_events,) = asked(shop, "guests_in_events")
    for issue in (of_users, of_events):
        assert f": {len(NOBODY)} of {len(NOBODY) + len(SOMEBODY)} rows" in issue.message


@pytest.mark.parametrize("who", SOMEBODY)
def test_an_id_that_only_looks_like_nobody_is_somebody(who: str, tmp_path: Path) -> None:
    assert asked(with_orders(tmp_path, ("o4", who, "2026-03-04 10:00", 10.0)), "guests_in_orders") == []


def test_a_mail_address_in_two_cases_is_asked_about_and_other_ids_are_not(tmp_path: Path) -> None:
    """ann is one buyer and counts as two; A1 and a1 may be two (docs/data.md)."""
    mails = [("o4", "ann@x.cn", "2026-03-04 10:00", 10.0), ("o5", "Ann@X.cn", "2026-03-05 10:00", 10.0)]
    others = [("o6", "bob@x.cn", "2026-03-06 10:00", 10.0), ("o7", "U1", "2026-03-07 10:00", 10.0)]
    shop = with_orders(tmp_path, *mails, *others)
    (issue,) = asked(shop, "mails_in_two_cases")
    assert issue.message == (
        "orders: 2 of 7 rows: a mail address that other rows write with other capitals: one buyer counts as two, and "
        "as a new one, e.g. 'Ann@X.cn', 'ann@x.cn'"
    )
    assert "lower(COLUMN)" in issue.hint


def test_orders_without_a_buyer_are_counted_apart(tmp_path: Path) -> None:
    shop = with_orders(tmp_path, ("o4", "", "2026-03-04 10:00", 10.0))
    (issue,) = asked(shop, "orders_without_buyer")
    assert issue.message.startswith("orders: 1 of 4 rows: no buyer (a guest)")
    assert issue.message.endswith("e.g. 'o4'")
    assert asked(shop, "guests_in_orders") == []


def test_a_paid_amount_without_a_time_of_payment_is_asked_about(tmp_path: Path) -> None:
    """Of 300 nobody knows whether it was paid; an order of 0 that was never paid is no question."""
    sold = orders(*BOUGHT, ("o4", "u2", "2026-03-04 10:00", 300.0), ("o5", "u2", "2026-03-05 10:00", 0.0))
    sold[3]["paid_at"] = sold[4]["paid_at"] = None
    (issue,) = asked(Shop(tmp_path / "ws").has("orders", sold), "amounts_without_payment")
    assert issue.message.startswith("orders: 1 of 5 rows: a paid amount without a time of payment")
    assert issue.message.endswith("e.g. 'o4'")


def test_a_question_is_asked_in_the_language_in_force(tmp_path: Path) -> None:
    (issue,) = asked(with_orders(tmp_path, ("o4", "0", "2026-03-04 10:00", 10.0)), "guests_in_orders")
    with speaking("zh"):
        assert "买家是表示“无人”的词" in told(issue.message)
        assert told(issue.hint).endswith("订单照计，不计买家")


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (("o4", "u3", "2026-03-04 10:00", -20.0), "negative_orders"),
        (("TEST-4", "u3", "2026-03-04 10:00", 20.0), "test_orders"),
        (("o4", "测试账号", "2026-03-04 10:00", 20.0), "test_orders"),
        (("o4", "u3", "2026-03-04 10:00", 0.01), "cent_orders"),
    ],
)
def test_odd_orders_are_asked_about(order: tuple[str, str, str, float], code: str, tmp_path: Path) -> None:
    (issue,) = asked(with_orders(tmp_path, order), code)
    assert issue.message.startswith("orders: 1 of 4 rows: ")
    assert issue.message.endswith(f"e.g. {order[0]!r}")


def test_a_name_that_only_contains_the_word_is_no_test(tmp_path: Path) -> None:
    shop = with_orders(tmp_path, ("o4", "contestant", "2026-03-04 10:00", 20.0), ("o5", "latest", "2026-03-05", 0.02))
    assert asked(shop, "test_orders") + asked(shop, "cent_orders") == []


def test_negative_items_and_refunds_are_asked_about(tmp_path: Path) -> None:
    items = [{"order_id": "o1", "sku_id": "s1", "qty": q, "unit_price": 5.0} for q in (2, -1, -3)]
    refunds = [
        {"refund_id": f"r{a}", "order_id": "o1", "user_id": "u1", "refunded_at": "2026-03-09", "amount": a}
        for a in (5.0, -5.0)
    ]
    shop = with_orders(tmp_path).has("order_items", items).has("refunds", refunds)
    assert asked(shop, "negative_items")[0].message.startswith("order_items: 2 of 3 rows: ")
    said = "refunds: 1 of 2 rows: an amount below 0: such a refund raises net sales"
    assert asked(shop, "negative_refunds")[0].message.startswith(said)
    assert any(note.startswith(said) for note in shop.value("refund_amount", "2026-03").notes), (
        "where the number stands"
    )


def test_a_workspace_asks_questions_of_its_own_and_replaces_shipped_ones(tmp_path: Path) -> None:
    shop = with_orders(tmp_path, ("o4", "0", "2026-03-04 10:00", 900.0)).says(settings={"huge": 800})
    shop.defines(
        "doubts.toml",
        '[doubts.huge]\ntable = "orders"\nwhere = "paid_amount > :huge"\nexample = "order_id"\n'
        'about = "more than anybody spends"\nwrite = "look at them"\nseverity = "hint"\n'
        '[doubts.guests_in_orders]\ntable = "orders"\nwhere = "user_id = \'nobody\'"\nexample = "user_id"\n'
        'about = "a"\nwrite = "b"\n',
    )
    (issue,) = asked(shop, "huge")
    assert issue.message == "orders: 1 of 4 rows: more than anybody spends, e.g. 'o4'"
    assert (issue.severity, issue.hint) == (Severity.HINT, "look at them")
    assert asked(shop, "guests_in_orders") == []


def test_the_sql_of_a_question_is_judged_like_other_sql(tmp_path: Path) -> None:
    shop = with_orders(tmp_path).defines(
        "doubts.toml",
        '[doubts.bad]\ntable = "orders"\nwhere = "paid_amuont > 1"\nexample = "order_id"\nabout = "a"\nwrite = "b"\n'
        '[doubts.file]\ntable = "orders"\nwhere = "order_id in (select a from read_csv(\'x\'))"\nexample = "order_id"\n'
        'about = "a"\nwrite = "b"\n',
    )
    issues = [issue for issue in shop.book().data.check() if issue.file == "doubts.toml"]
    assert [(issue.severity, issue.line) for issue in issues] == [(Severity.ERROR, 3), (Severity.ERROR, 9)]
    assert "paid_amuont" in issues[0].message and "paid_amount" in issues[0].message
    assert "read_csv" in issues[1].message


def test_a_question_asked_of_other_tables_is_answered(tmp_path: Path) -> None:
    shop = with_orders(tmp_path).has("users", users(("u1", "2026-02-01 10:00")))
    shop.defines(
        "doubts.toml",
        '[doubts.stranger]\ntable = "orders"\nwhere = "user_id not in (select user_id from users)"\n'
        'example = "user_id"\nabout = "strangers"\nwrite = "look"\n',
    )
    (issue,) = asked(shop, "stranger")
    assert issue.message == "orders: 1 of 3 rows: strangers, e.g. 'u2'"


def test_new_rows_are_asked_about_though_the_answer_was_remembered(tmp_path: Path) -> None:
    shop = with_orders(tmp_path)
    assert asked(shop, "guests_in_orders") == []
    shop.has("orders", orders(*BOUGHT, ("o4", "0", "2026-03-04 10:00", 10.0)))
    assert len(asked(shop, "guests_in_orders")) == 1
    assert len(asked(shop, "guests_in_orders")) == 1  # from the cache


def test_an_order_paid_before_it_was_made_is_asked_about(tmp_path: Path) -> None:
    """o4 is paid two hours before, o5 the day before; o6 says the day of payment only, which is that of the order."""
    sold = orders(
        *BOUGHT,
        ("o4", "u2", "2026-03-04 10:00", 30.0),
        ("o5", "u2", "2026-03-05 10:00", 40.0),
        ("o6", "u1", "2026-03-06 10:00", 50.0),
    )
    for row, paid in zip(sold[3:], ("2026-03-04 08:00", "2026-03-04 00:00", "2026-03-06 00:00"), strict=True):
        row["paid_at"] = paid
    (issue,) = asked(Shop(tmp_path / "ws").has("orders", sold), "paid_before_created")
    assert issue.message == (
        "orders: 2 of 6 rows: paid before the order was made: counted as paid at that moment, e.g. 'o4', 'o5'"
    )
    assert issue.severity is Severity.WARNING
    assert "[tables.orders.columns] created_at" in issue.hint


def test_a_refund_of_a_day_before_its_order_was_paid_is_asked_about(tmp_path: Path) -> None:
    """o1 is refunded on its own day (the export has no time of day), o2 a day too early, gone is in no file."""
    back = [("r1", "o1", "2026-03-01 00:00"), ("r2", "o2", "2026-03-01 23:00"), ("r3", "gone", "2026-01-01 00:00")]
    shop = with_orders(tmp_path)
    shop.has(
        "refunds",
        [{"refund_id": i, "order_id": o, "refunded_at": at, "amount": 5, "kind": "refund"} for i, o, at in back],
    )
    (issue,) = asked(shop, "refunds_before_payment")
    assert issue.message == (
        "refunds: 1 of 3 rows: a refund of a day before its order was paid: taken off the sales of that day, e.g. 'o2'"
    )
    assert "[tables.refunds.columns] refunded_at" in issue.hint


def test_one_row_is_no_rows(tmp_path: Path) -> None:
    """The only order of the table has no buyer: `1 of 1 row`."""
    (issue,) = asked(
        Shop(tmp_path / "ws").has("orders", orders(("o1", "", "2026-03-01 10:00", 5.0))), "orders_without_buyer"
    )
    assert issue.message.startswith("orders: 1 of 1 row: no buyer")
    with speaking("zh"):
        assert told(issue.message).startswith("orders")


def test_rows_of_nobody_in_a_log_are_counted_by_rows(shop: Shop) -> None:
    """Five rows: ann twice, guest twice, one of nobody known yet: two of five are a word for nobody."""
    who = ["ann", "guest", "", "guest", "ann"]
    rows = [
        {
            "event_id": f"e{at}",
            "ts": f"2026-03-0{at + 1} 10:00",
            "event": "page_view",
            "user_id": user,
            "visitor_id": "v",
        }
        for at, user in enumerate(who)
    ]
    notes = shop.has("events", rows).value("dau", "2026-03").notes
    assert [str(one)[:19] for one in notes if "active user" in str(one)] == ["events: 2 of 5 rows"]
