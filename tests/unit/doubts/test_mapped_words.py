"""Words of a status in a mapping: those that no row has, and those of rows that no branch of a `case` mentions."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.issue import Issue, Severity
from tests.workspaces import Shop, orders

LAST = "2026-03-31"
NO_OTHERS = "状态 not in ('待付款', '交易成功')"
WORDS = ("已完成", "已完成", "交易成功", "待付款")


def sold(root: Path, stood: tuple[str, ...] = WORDS, **source: object) -> Shop:
    """Ten each, a day each, with their status."""
    rows = [(str(n), f"u{n}", f"2026-03-{n + 1:02} 10:00", 10.0) for n in range(len(stood))]
    made = [{**row, "状态": word} for row, word in zip(orders(*rows), stood, strict=True)]
    return Shop(root / "ws").has("orders", made, complete_until=LAST, **source).says(as_of=LAST)


def told(shop: Shop, code: str) -> list[Issue]:
    return [issue for issue in shop.book(draft=False).data.check() if issue.code == code]


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ({"where": "状态 in ('已完成', '交易成攻')"}, "where"),
        ({"columns": {"paid_at": "case when 状态 in ('已完成', '交易成攻') then created_at else null end"}}, "paid_at"),
        ({"columns": {"paid_at": "case 状态 when '交易成攻' then paid_at when '已完成' then paid_at end"}}, "paid_at"),
    ],
)  # fmt: skip
def test_a_word_that_no_row_has_is_told_with_the_nearest(source: dict[str, object], key: str, tmp_path: Path) -> None:
    (issue,) = told(sold(tmp_path, **source), "unheard-word")
    assert (issue.severity, issue.message) == (
        Severity.WARNING,
        f"orders: 状态: no row has '交易成攻', which `{key}` asks for",
    )
    assert issue.hint == "nearest: '交易成功'"


def test_words_that_no_branch_mentions_are_told_with_their_rows_at_check_and_at_the_value(tmp_path: Path) -> None:
    """Two of four orders have a word the case knows: 20; the paid time of the others is empty."""
    shop = sold(tmp_path, columns={"paid_at": "case when 状态 = '已完成' then created_at end"})
    (issue,) = told(shop, "unmentioned-word")
    said = "状态: 2 rows have '交易成功', '待付款', which the case of paid_at does not mention: their paid_at is empty"
    assert (issue.severity, issue.message) == (Severity.WARNING, f"orders: {said}")
    value = shop.value("paid_amount", "2026-03")
    note = f"orders: {said}; give it a branch, or write else null where it is meant"
    assert (value.value, value.notes) == (20, (note,))
    assert shop.value("gmv", "2026-03").notes == ()  # rests on what was ordered, paid or not


@pytest.mark.parametrize(
    "source",
    [
        {"columns": {"paid_at": "case when 状态 = '已完成' then created_at else null end"}},
        {"columns": {"paid_at": "case when 状态 = '已完成' then paid_at end"}, "words": {"状态": [*WORDS]}},
        {"columns": {"paid_at": "case 状态 when '已完成' then paid_at end"}, "where": NO_OTHERS},
        {"columns": {"paid_at": "case when 状态 <> '待付款' then created_at end"}},
        {"columns": {"paid_at": "case when order_amount > 5 then created_at end"}},
    ],
)  # fmt: skip
def test_nothing_is_told_where_every_word_is_seen_to(source: dict[str, object], tmp_path: Path) -> None:
    shop = sold(tmp_path, **source)
    assert told(shop, "unmentioned-word") + told(shop, "unheard-word") == []
    assert shop.value("paid_amount", "2026-03").notes == ()


def test_a_listed_word_of_another_month_is_no_doubt(tmp_path: Path) -> None:
    """All words of this month are in the list: that one of the list has no row this month is no fault."""
    shop = sold(tmp_path, ("已完成", "已完成"), where="状态 in ('已完成', '交易成功')")
    assert told(shop, "unheard-word") == []


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ({"where": "状态 = 'paid'"}, "where"),
        ({"columns": {"paid_at": "case when 状态 in ('paid') then created_at else null end"}}, "paid_at"),
        ({"columns": {"paid_at": "case 状态 when 'paid' then created_at else null end"}}, "paid_at"),
    ],
)  # fmt: skip
def test_a_word_in_another_case_is_told_at_check_and_at_the_value(
    source: dict[str, object], key: str, tmp_path: Path
) -> None:
    """One of four orders is asked for, ten; two more say PAID and Paid."""
    shop = sold(tmp_path, ("paid", "PAID", "Paid", "open"), **source)
    said = f"状态: 2 rows have 'PAID', 'Paid', but `{key}` asks for 'paid': only the case of letters differs"
    assert [issue.message for issue in told(shop, "other-case")] == [f"orders: {said}"]
    value = shop.value("paid_amount", "2026-03")
    assert (value.value, value.notes) == (10, (f"orders: {said}; write lower(状态) = 'paid', or name them too",))


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ({"where": "状态 = '已付款'"}, "where"),
        ({"columns": {"paid_at": "case when 状态 = '已付款' then created_at else null end"}}, "paid_at"),
    ],
)  # fmt: skip
def test_a_word_with_other_signs_is_told_at_check_and_at_the_value(
    source: dict[str, object], key: str, tmp_path: Path
) -> None:
    """One of four orders is asked for, ten; two more say the same with a full stop, and with a blank inside."""
    shop = sold(tmp_path, ("已付款", "已付款。", "已 付款", "待付款"), **source)
    said = (
        f"状态: 2 rows have '已付款。', '已 付款', but `{key}` asks for '已付款': only signs, blanks or widths differ"
    )
    assert sorted(issue.message for issue in told(shop, "other-case")) == [f"orders: {said}"]
    value = shop.value("paid_amount", "2026-03")
    note = f"orders: {said}; name them too: 状态 in ('已付款', '已付款。', '已 付款')"
    assert (value.value, value.notes) == (10, (note,))


@pytest.mark.parametrize(
    "source",
    [
        {"where": "lower(状态) = 'paid'"},
        {"columns": {"scene": "case when 状态 in ('PAID', 'Paid') then 'paid' else 状态 end"}},
        {"where": "状态 = 'paid' and 状态 not in ('PAID', 'Paid')"},
        {"where": "状态 = 'paid'", "words": {"状态": ["paid", "PAID", "Paid", "open"]}},
        {"columns": {"paid_at": "case when 状态 in ('paid', 'PAID', 'Paid') then created_at else null end"}},
    ],
)  # fmt: skip
def test_nothing_is_told_of_case_where_every_form_is_named(source: dict[str, object], tmp_path: Path) -> None:
    assert told(sold(tmp_path, ("paid", "PAID", "Paid", "open"), **source), "other-case") == []


@pytest.mark.parametrize(("words", "more"), [("abc", ""), ("abcde", " (and 2 more of this kind: kpi-tui check)")])
def test_each_doubt_of_one_kind_stands_at_the_value_and_of_many_their_number(
    words: str, more: str, tmp_path: Path
) -> None:
    """Of every word one order says it as the filter does, ten, and one in capitals."""
    shop = sold(tmp_path, (*words, *words.upper()), where=f"状态 in ({', '.join(map(repr, words))})")
    value = shop.value("paid_amount", "2026-03")
    assert value.value == 10 * len(words) and len(told(shop, "other-case")) == len(words)
    assert [f"1 row has {word.upper()!r}" in note for word, note in zip(words, value.notes, strict=False)] == [True] * 3
    assert len(value.notes) == 3 and value.notes[-1].endswith(more)
