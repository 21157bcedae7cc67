"""Rows that are not final (`provisional` of a measure): a note and a mark at every value, wherever it stands."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.period import Period
from kpi_tui.render.formats import render
from kpi_tui.text.i18n import speaking, told
from kpi_tui.text.marks_behind_numbers import marks_of
from kpi_tui.views.library.values import values as values_view
from kpi_tui.views.scores.scorecard import score_data, scorecard
from tests.workspaces import Row, Shop, orders

WHY = "(a projection: profit so far, before the agreed day of recovery)"


def put_in(project: str, due: str, amount: float = 100) -> Row:
    return {
        "project_id": project,
        "invested_on": "2026-01-01",
        "amount": amount,
        "payback_due": due,
        "target_roi": 0.5,
    }


def earned(project: str, day: str, profit: float) -> Row:
    return {"day": day, "project_id": project, "gross_profit": profit, "net_profit": profit}


@pytest.fixture
def capital(shop: Shop) -> Shop:
    """Old is due on 15 February and has earned 60 of 100 by then; new is due on 31 December, with 10 in February."""
    shop.says(as_of="2026-02-28")
    shop.has("investments", [put_in("old", "2026-02-15"), put_in("new", "2026-12-31")], complete_until="2026-02-28")
    rows = [earned("new", "2026-02-01", 0), earned("old", "2026-02-10", 60), earned("new", "2026-02-20", 10)]
    return shop.has("finance_periodic", rows, complete_until="2026-02-28")


def asked(shop: Shop, metric: str, period: str = "2026-02", **question: Any) -> dict[str | None, Any]:
    found = shop.book().numbers.values([metric], Period.parse(period), **question)
    return {value.segment: value for value in found}


def test_a_projection_is_marked_until_its_day_and_a_verdict_is_not(capital: Shop) -> None:
    """Of both 70 ÷ 200. New is so far 10 ÷ 100; old has its verdict, 60 ÷ 100, and nothing to say."""
    found = asked(capital, "payback_roi", by="project_id")
    assert {segment: value.value for segment, value in found.items()} == {None: 0.35, "new": 0.1, "old": 0.6}
    one = f"cum_profit_sum: 1 of 1 rows is not final {WHY}; the last of them on 2026-12-31"
    both = f"cum_profit_sum: 1 of 2 rows is not final {WHY}; the last of them on 2026-12-31"
    assert {segment: value.notes for segment, value in found.items()} == {None: (both,), "new": (one,), "old": ()}
    assert {segment: marks_of(value) for segment, value in found.items()} == {None: "⚠", "new": "⚠", "old": ""}


def in_words(note: str) -> str:
    """The note as a person reads it: what the measure counts in place of its id."""
    about = "profit accumulated from the first investment to the payback date"
    return note.replace("cum_profit_sum", about)


def test_it_is_told_in_text_csv_json_and_chinese(capital: Shop) -> None:
    book = capital.book()
    found = book.numbers.values(["payback_roi"], Period.parse("2026-02"))
    view = values_view(found, book.workspace)
    note = f"cum_profit_sum: 1 of 2 rows is not final {WHY}; the last of them on 2026-12-31"
    assert f"⚠ {in_words(note)}" in render(view, "table")
    assert note in render(view, "csv")
    assert json.loads(render(view, "json"))[0]["notes"] == [note]
    with speaking("zh"):
        assert told(found[0].notes[0]) == (
            "cum_profit_sum：2 行中有 1 行尚未定论(推算值：约定回收日之前的累计净利润)；最后一行于 2026-12-31 定论"
        )


def test_what_rests_on_it_says_so_too(capital: Shop) -> None:
    """Twice the ROI, through another metric, and the change from a month before that had no profit."""
    capital.defines(
        "metrics/own.toml",
        """
        [metrics.twice]
        name = "Twice"
        definition = "twice the ROI"
        category = "revenue"
        kind = "ratio"
        formula = "payback_roi * 2"
        unit = "ratio"
        grain = "month"
        """,
    )
    (found,) = asked(capital, "twice").values()
    assert found.value == 0.7
    assert found.notes[0].startswith("cum_profit_sum: 1 of 2 rows is not final")


def test_open_items_are_not_late_for_good(shop: Shop) -> None:
    """Done two days late, and open since the 26th: 2 + 3 days up to the end of February (1 March)."""
    rows = [
        {"item_id": "a", "kind": "task", "due_on": "2026-02-10", "done_on": "2026-02-12"},
        {"item_id": "b", "kind": "task", "due_on": "2026-02-26", "done_on": None},
        {"item_id": "c", "kind": "task", "due_on": "2026-02-01", "done_on": "2026-02-01"},
    ]
    shop.says(as_of="2026-02-28").has("work_items", rows, complete_until="2026-02-28")
    (found,) = asked(shop, "delay_days").values()
    assert found.value == 5
    assert found.notes == (
        "late_days_sum: 1 of 2 rows is not final (still open: their days are counted up to the period end)",
    )


OWN = """
[measures.small]
table = "orders"
agg = "count"
where = "paid_at is not null"
provisional = { where = "%s", until = "%s" }
"""


def problems(shop: Shop, where: str, until: str) -> list[Issue]:
    shop.has("orders", orders(("o1", "ann", "2026-01-01 10:00:00", 1)))
    return [
        one for one in shop.defines("metrics/own.toml", OWN % (where, until)).book().issues if "small" in one.message
    ]


def test_check_judges_the_condition_and_the_column(shop: Shop) -> None:
    (unknown, second) = problems(shop, "stattus = 'x'", "paid_onn")
    assert "stattus" in unknown.message and unknown.key.endswith("provisional")
    assert "paid_onn" in second.message and {unknown.line, second.line} == {6}


def test_a_condition_that_reads_other_tables_is_refused_and_takes_no_other_metric_along(shop: Shop) -> None:
    (found,) = problems(shop, "user_id in (select user_id from users)", "")
    assert "a condition may not read other tables" in found.message and found.line == 6
    assert asked(shop, "paid_orders", "2026-01")[None].value == 1


def test_below_a_scorecard_the_mark_of_what_everybody_knows_has_its_sentence(capital: Shop) -> None:
    """ROI stands on every scorecard (R040): 70 ÷ 200, a projection for one of two projects."""
    lines = '[[roles.all.lines]]\nmetric = "new_users"\nweight = 100\n'
    book = capital.defines("roles/all.toml", f'[roles.all]\nname = "All"\n{lines}').book()
    card = book.scores.scorecard("all", Period.parse("2026-02"))
    note = f"cum_profit_sum: 1 of 2 rows is not final {WHY}; the last of them on 2026-12-31"
    assert in_words(note) in " ".join(render(scorecard(card, book.workspace), "table", width=120).split())
    (roi,) = [one for one in score_data(card)["overview"] if one["metric"] == "payback_roi"]
    assert (roi["value"], roi["partial"], roi["notes"]) == (0.35, False, [note])
