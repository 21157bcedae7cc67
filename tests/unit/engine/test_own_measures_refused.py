"""What is wrong with an own measure is one plain sentence with file, line and key: no words of an engine."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders

MARCH = Period.parse("2026-03")
BOUGHT = orders(("o1", "u1", "2026-03-01 10:00", 10.0), ("o2", "u2", "2026-03-02 10:00", 50.0))
ENGINE = re.compile(
    r"dtype|series|polars|duckdb_|sqlglot|expr|literal|ComputeError|SchemaError|\bf64\b|\bstr\b|utf8|`|'String'|_horizontal"
    r"|regex parse|nested function|<class|Line 1, Col",
    re.I,
)
TEXT = "order_id is a text and is counted with; write try_cast(order_id as double)"
COLUMNS = {
    "order_id - 1": TEXT,
    "order_id / paid_amount": TEXT,
    "paid_amount % order_id": TEXT,
    "-order_id": TEXT,
    "abs(order_id)": TEXT,
    "sqrt(order_id)": TEXT,
    "round(order_id, 2)": TEXT,
    "power(order_id, 2)": TEXT,
    "case when domain = 'public' then 1 else 'x' end": "'x' is a text, and",
    "case when domain = 'public' then paid_amount else order_id end": "gives a number otherwise; write try_cast(",
    "coalesce(paid_amount, order_id)": "gives a number otherwise; write try_cast(order_id as double)",
    "coalesce(order_id, 0)": "gives a number otherwise; write try_cast(order_id as double)",
    "if(paid_amount > 5, paid_amount, domain)": "domain is a text, and",
    "greatest(paid_amount, domain)": "domain is a text, and",
    "coalesce(paid_amount > 5, domain)": "gives true or false otherwise; compare it",
    "order_id": "order_id is a text, and 'o1' is not a number",
    "cast(order_id as integer)": "order_id is a text, and 'o1' is not a number",
    "foo(paid_amount)": "function foo() is not allowed",
    "unnest([1, 2])": "function unnest() is not allowed",
    "sum(paid_amount)": "an aggregate is not allowed here; `agg` names it",
    "lag(paid_amount) over (order by created_at rows between 1 and 2)": "an aggregate is not allowed here",
    "length(paid_amount)": "paid_amount is a number where a text is needed",
    "split_part(domain, 1, 2)": "a value is a number where a text is needed",
    "least(paid_amount, domain)": "domain is a text, and",
    "greatest(paid_at, paid_amount)": "a time and a number stand side by side",
    "nullif(paid_amount, domain)": "values of different kinds are compared",
    "cast(paid_amount as foo)": "there is no kind 'foo'; write integer, double",
    "case when paid_amount then 1 end": "paid_amount is a number where a truth value is needed",
    "regexp_replace(domain, '(', '')": "the pattern (regular expression) cannot be read",
    "strftime(domain, '%Y')": "a text is used as a time and is none",
    "datediff(created_at, paid_at)": "not valid SQL: something is missing before ')'",
    "(paid_amount": "not valid SQL: a closing bracket is missing",
    "paid_amount)": "not valid SQL: ')' is out of place",
    "'abc": "not valid SQL: a quotation mark or bracket is not closed",
    "[paid_amount]": "[paid_amount] is not allowed",
}
CONDITIONS = {
    "make_date(domain, 1, 1) = created_at": "function make_date() is not allowed; write strptime(",
    "MAKE_DATE(2026, 1, 1) < created_at": "function make_date() is not allowed",
    "paid_amount": "paid_amount is a number where a truth value is needed",
    "sum(paid_amount) > 3": "a condition is asked of every row, and an aggregate looks at many",
    "created_at = 'yesterday'": "a text is used as a time and is none; write '2026-10-31'",
    "user_id in (select user_id from nosuch)": "unknown table or fact 'nosuch'; define it, or correct the name",
    "domain is not": "not valid SQL: 'is' is out of place",
}


def _shop(root: Path, key: str, sql: str) -> Shop:
    agg = "sum" if key == "column" else "count"
    own = f"""[measures.m_odd]
table = "orders"
agg = "{agg}"
{key} = {json.dumps(sql)}
[metrics.odd]
name = "Odd"
category = "revenue"
kind = "absolute"
formula = "m_odd"
unit = "count"
better = "higher"
grain = "month"
"""
    shop = Shop(root / "ws").has("orders", BOUGHT, complete_until="2026-03-31").says(as_of="2026-03-31")
    return shop.defines("metrics/own.toml", own)


@pytest.mark.parametrize(
    ("key", "sql", "said"),
    [*(("column", *pair) for pair in COLUMNS.items()), *(("where", *pair) for pair in CONDITIONS.items())],
)
def test_check_and_the_value_say_it_in_plain_words(key: str, sql: str, said: str, tmp_path: Path) -> None:
    book = _shop(tmp_path, key, sql).book(draft=False)
    issues = [one for one in book.data.check() if one.severity is Severity.ERROR and not one.follows]
    assert [(one.file, one.line, one.key) for one in issues] == [("metrics/own.toml", 4, f"measures.m_odd.{key}")]
    assert said in issues[0].message
    (value,) = book.numbers.values(["odd"], MARCH)
    assert (value.value, value.reason) == (None, Reason.ERROR)
    assert value.detail.startswith("metrics/own.toml:4: ") and said in value.detail
    for told in (issues[0].message, value.detail):
        written = told.replace(sql, "").replace("`agg` names it", "").replace("regular expression", "")
        assert not ENGINE.search(written), written
        assert "\n" not in told


def test_explain_says_the_same_and_names_the_key(tmp_path: Path) -> None:
    found = _shop(tmp_path, "column", "order_id - 1").book(draft=False).numbers.explain("odd", MARCH)
    assert found.value.detail == f"metrics/own.toml:4: measures.m_odd.column: {TEXT}"


def test_a_metric_named_as_its_broken_measure_is_in_no_circle(tmp_path: Path) -> None:
    shop = _shop(tmp_path, "column", "foo(paid_amount)")
    own = (shop.root / "metrics" / "own.toml").read_text(encoding="utf-8").replace("m_odd", "odd")
    errors = [one for one in shop.defines("metrics/own.toml", own).book(draft=False).data.check() if one.code]
    found = {one.key: one.code for one in errors if one.severity is Severity.ERROR}
    assert found == {"measures.odd.column": "sql", "metrics.odd.formula": "follows"}


def test_a_text_that_a_measure_takes_for_its_day_is_said_so(tmp_path: Path) -> None:
    """An own column of stamps is text until `types` says that it is a moment."""
    rows = [{**row, "due": "2026-03-05 10:00"} for row in orders(("o1", "ann", "2026-03-01 10:00", 10.0))]
    shop = _shop(tmp_path, "column", "paid_amount")
    shop.has("orders", rows, columns={"due": "due"}, complete_until="2026-03-31")
    own = (shop.root / "metrics" / "own.toml").read_text(encoding="utf-8").replace("agg =", 'time = "due"\nagg =')
    (value,) = shop.defines("metrics/own.toml", own).book(draft=False).numbers.values(["odd"], MARCH)
    said = 'a text is taken for a day; say that its column is one: [tables.….types] … = "datetime"'
    assert value.detail.endswith(said), value.detail
    shop.says_of("orders", types={"due": "datetime"})
    (value,) = shop.book(draft=False).numbers.values(["odd"], MARCH)
    assert value.value == 10
