"""What the engine cannot run is an error of `check` with file, line and what to write; others keep their numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop

ORDERS = [
    {"order_id": "a", "user_id": "u1", "created_at": "2026-10-01 10:00:00", "paid_at": "2026-10-01 11:00:00",
     "paid_amount": "10.5"},
    {"order_id": "b", "user_id": "u2", "created_at": "2026-10-02 10:00:00", "paid_at": "2026-10-04 11:00:00",
     "paid_amount": "20.25"},
]  # fmt: skip

FACT = """\
[facts.sound]
name = "sound"
time = "created_at_day"
key = ["order_id"]
sql = "select order_id, created_at_day, paid_amount from orders"

[facts.odd]
name = "odd"
time = "created_at_day"
key = ["order_id"]
sql = "select order_id, created_at_day, {sql} as v from orders"

[facts.above]
name = "above"
time = "created_at_day"
key = ["order_id"]
sql = "select order_id, created_at_day, v from odd"
"""

MEASURE = """\
[measures.m_odd]
table = "orders"
agg = "sum"
column = "{column}"
where = "{where}"
time = "paid_at"
window = "period"
about = "odd"

[metrics.odd]
name = "odd"
category = "revenue"
subcategory = "value"
aarrr = "revenue"
dimension = "aarrr"
kind = "absolute"
formula = "m_odd"
unit = "count"
better = "higher"
grain = "month"
grains = ["month"]
rollup = "recompute"
definition = "odd"
"""


def _shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path / "shop").has("orders", ORDERS)


def _errors(shop: Shop) -> list[Issue]:
    return [issue for issue in shop.book().data.check() if issue.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("paid_at - created_at", "datediff('second', a, b)"),
        ("order_id like user_id", "contains(x, y)"),
        ("strftime(paid_at, '%c')", "knows no %c"),
        ("cast(paid_at as int)", "date_part('epoch', x)"),
        ("paid_amount + order_id", "order_id is a text and is counted with"),
        ("avg(paid_amount) over (order by order_id rows between 2 preceding and 1 following)", "frame"),
    ],
)
def test_a_fact_that_cannot_run_is_told_once_with_its_line(tmp_path: Path, sql: str, said: str) -> None:
    (error,) = _errors(_shop(tmp_path).defines("facts.toml", FACT.format(sql=sql)))
    assert (error.file, error.line, error.key) == ("facts.toml", 7, "facts.odd.sql")
    assert said in error.message


@pytest.mark.parametrize(
    ("column", "where", "line", "said"),
    [
        ("paid_amount", "order_id = 3", 5, "cast one of them"),
        ("paid_at - created_at", "", 4, "datediff('second', a, b)"),
        ("paid_at", "paid_amount > 1", 4, "date_part('epoch', x)"),
    ],
)
def test_a_measure_that_cannot_run_is_told_with_its_line(
    tmp_path: Path, column: str, where: str, line: int, said: str
) -> None:
    (error,) = _errors(_shop(tmp_path).defines("metrics/own.toml", MEASURE.format(column=column, where=where)))
    assert (error.file, error.line) == ("metrics/own.toml", line)
    assert said in error.message


def test_a_measure_that_cannot_run_leaves_its_neighbours_their_numbers(tmp_path: Path) -> None:
    shop = _shop(tmp_path).defines("metrics/own.toml", MEASURE.format(column="paid_amount", where="order_id = 3"))
    odd, paid = shop.book().numbers.values(["odd", "paid_amount"], Period.parse("2026-10"))
    assert odd.reason is Reason.ERROR
    assert paid.value == 30.75


def test_a_workspace_whose_sql_runs_has_no_error(tmp_path: Path) -> None:
    shop = _shop(tmp_path).defines("facts.toml", FACT.format(sql="paid_at_day - created_at_day"))
    assert _errors(shop.defines("metrics/own.toml", MEASURE.format(column="paid_amount", where="order_id = 'a'"))) == []
