"""Every kind of problem names its file, line, key, what is wrong and what to do (R006, R036)."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.issue import Severity

METRICS = "metrics/revenue.toml"
ROLES = "roles/sales.toml"

# what is changed; then file, line, key, part of the message, part of the hint
KINDS = {
    "unknown key": (
        {METRICS: ('where = "paid_amount > :least_amount"', 'wher = "paid_amount > :least_amount"')},
        (METRICS, 8, "measures.paid_order_count.wher", "unknown key 'wher'", "did you mean 'where'"),
    ),
    "unknown top-level key": (
        {"workspace.toml": ("north_star", "nort_star")},
        ("workspace.toml", 2, "nort_star", "unknown key", "'north_star'"),
    ),
    "unknown name in a formula (R006)": (
        {METRICS: ('"paid_amount_sum / paid_order_count"', '"paid_amount_sum / paid_order_cont"')},
        (METRICS, 24, "metrics.aov.formula", "metric aov: unknown name 'paid_order_cont'", "'paid_order_count'"),
    ),
    "unknown table of a measure": (
        {METRICS: ('table = "d_buyers"', 'table = "d_buyer"')},
        (METRICS, 10, "measures.buyers.table", "unknown table or fact 'd_buyer'", "'d_buyers'"),
    ),
    "unknown column of a measure": (
        {METRICS: ('column = "paid_amount"', 'column = "paid_amout"')},
        (
            METRICS,
            4,
            "measures.paid_amount_sum.column",
            "'paid_amout' of orders; did you mean 'paid_amount'",
            "correct",
        ),
    ),
    "unknown column in a filter": (
        {METRICS: ('"paid_amount > :least_amount"', '"amount > 0"')},
        (METRICS, 8, "measures.paid_order_count.where", "unknown column 'amount'", "correct"),
    ),
    "a column of a filter with a table": (
        {METRICS: ('"paid_amount > :least_amount"', '"users.paid_amount > 0"')},
        (METRICS, 8, "measures.paid_order_count.where", "users.paid_amount: only columns of its own table", "correct"),
    ),
    "unknown column in a fact": (
        {"facts.toml": ("select user_id,", "select usr_id,")},
        ("facts.toml", 1, "facts.d_buyers.sql", "unknown column 'usr_id'; did you mean 'user_id'", "SQL"),
    ),
    "unknown table in a fact": (
        {"facts.toml": ("from orders", "from order_s")},
        ("facts.toml", 1, "facts.d_buyers.sql", "unknown table or fact 'order_s'", "'orders'"),
    ),
    "a fact without the time column it promises": (
        {"facts.toml": ("as first_paid_at", "as first_at")},
        ("facts.toml", 1, "facts.d_buyers.time", "unknown column 'first_paid_at'", "select it"),
    ),
    "unknown setting": (
        {METRICS: ('"paid_amount > :least_amount"', '"paid_amount > :limt"')},
        (METRICS, 8, "measures.paid_order_count.where", "unknown setting :limt", "correct"),
    ),
    "unknown category": (
        {METRICS: ('name = "Orders"\ncategory = "revenue"', 'name = "Orders"\ncategory = "revenu"')},
        (METRICS, 28, "metrics.orders_paid.category", "unknown category 'revenu'", "'revenue'"),
    ),
    "unknown unit": (
        {METRICS: ('unit = "count"', 'unit = "counts"')},
        (METRICS, 31, "metrics.orders_paid.unit", "'counts' is not known", "'count'"),
    ),
    "wrong type": (
        {ROLES: ("weight = 60", 'weight = "60"')},
        (ROLES, 7, "roles.sales.lines[1].weight", "must be a number, not the text '60'", "a number"),
    ),
    "weights that do not sum to 100 (R036)": (
        {ROLES: ("weight = 60", "weight = 50")},
        (ROLES, 1, "roles.sales.lines", "the weights sum to 90, not 100", "+10"),
    ),
    "unknown metric of a role": (
        {ROLES: ('metric = "aov"', 'metric = "aovv"')},
        (ROLES, 5, "roles.sales.lines[1].metric", "unknown metric 'aovv'", "'aov'"),
    ),
    "unknown role of a person": (
        {"people.toml": ('["sales"]', '["sale"]')},
        ("people.toml", 1, "people.ann.roles", "unknown role 'sale'", "'sales'"),
    ),
    "an id of a role and of a person": (
        {"people.toml": ("[people.ann]", "[people.sales]")},
        ("people.toml", 1, "people.sales", "is the id of a role too", "another id"),
    ),
    "a metric twice in a role": (
        {ROLES: ('metric = "orders_paid"', 'metric = "aov"')},
        (ROLES, 9, "roles.sales.lines[2].metric", "'aov' stands twice", "keep one"),
    ),
    "a duplicate id in another file": (
        {"metrics/other.toml": '[measures.buyers]\ntable = "orders"\nagg = "count"\n'},
        (METRICS, 9, "measures.buyers", "defined twice, first in metrics/other.toml:1", "rename"),
    ),
    "a duplicate id in one file": (
        {"facts.toml": '[facts.a]\nsql = "select 1 as x"\n[facts.a]\nsql = "select 1 as x"\n'},
        ("facts.toml", 3, "", "not valid TOML: the table stands there twice", "below one heading"),
    ),
    "a syntax error": (
        {ROLES: ("weight = 60", "weight = ")},
        (ROLES, 7, "", "not valid TOML: no value can be written so", "correct this line"),
    ),
    "not UTF-8": (
        {"people.toml": '[people.ann]\nname = "安"\n'.encode("gbk")},
        ("people.toml", 2, "", "not UTF-8", "save it as UTF-8"),
    ),
    "a bad period": (
        {"targets/2026-13.toml": 'period = "2026-13"\n'},
        ("targets/2026-13.toml", 0, "period", "bad period: '2026-13'", "2026-10.toml"),
    ),
    "an unknown language": (
        {"workspace.toml": 'name = "x"\nlanguage = "fr"\n'},
        ("workspace.toml", 2, "language", "language = 'fr' is not known", "en, zh"),
    ),
    "an unknown time zone": (
        {"workspace.toml": 'name = "x"\ntimezone = "Asia/Shangai"\n'},
        ("workspace.toml", 2, "timezone", "unknown time zone", "Asia/Shanghai"),
    ),
    "a missing key": (
        {METRICS: ('agg = "sum"\n', "")},
        (METRICS, 1, "measures.paid_amount_sum.agg", "'agg' is missing", "agg"),
    ),
    "an aggregate inside a measure": (
        {METRICS: ('column = "paid_amount"', 'column = "sum(paid_amount)"')},
        (METRICS, 4, "measures.paid_amount_sum.column", "an aggregate is not allowed here", "correct"),
    ),
    "an address for a table": (
        {"tables.toml": ("orders.csv", "https://example.org/orders.csv")},
        ("tables.toml", 2, "tables.orders.path", "is an address", "local file"),
    ),
    "a table outside the workspace": (
        {"tables.toml": ("orders.csv", "../../../../../../etc/passwd")},
        ("tables.toml", 2, "tables.orders.path", "lies outside", "--data"),
    ),
    "a table without a schema": (
        {"tables.toml": ("[tables.orders]", "[tables.oders]")},
        ("tables.toml", 1, "tables.oders", "unknown canonical table 'oders'", "'orders'"),
    ),
    "a reference to an unknown table": (
        {"schema.toml": ('user_id = { type = "str" }', 'user_id = { type = "str", references = "order.user_id" }')},
        ("schema.toml", 7, "schema.orders.columns.user_id.references", "unknown canonical table 'order'", "'orders'"),
    ),
    "a reference to an unknown column": (
        {"schema.toml": ('user_id = { type = "str" }', 'user_id = { type = "str", references = "orders.use_id" }')},
        ("schema.toml", 7, "schema.orders.columns.user_id.references", "unknown column 'use_id'", "'user_id'"),
    ),
    "a reference without a column": (
        {"schema.toml": ('user_id = { type = "str" }', 'user_id = { type = "str", references = "orders" }')},
        ("schema.toml", 7, "schema.orders.columns.user_id.references", "'orders' names no column", "users.user_id"),
    ),
    "an aggregate without group_by": (
        {"tables.toml": ('"orders.csv"\n', '"orders.csv"\ncolumns = { paid_amount = "sum(price)" }\n')},
        ("tables.toml", 3, "tables.orders.columns", "an aggregate needs group_by", "group_by"),
    ),
    "steps that do not rise": (
        {ROLES: ("weight = 60", 'weight = 60\nmethod = "steps"\nsteps = [[1.0, 1.0], [0.5, 0.5]]')},
        (ROLES, 9, "roles.sales.lines[1].steps", "steps must rise", "sort"),
    ),
    "an option of another method": (
        {ROLES: ("weight = 60", 'weight = 60\nmethod = "range"\noptions = { lo = 1 }')},
        (ROLES, 9, "roles.sales.lines[1].options", "method 'range' has no option 'lo'", "'low'"),
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_problem_names_file_line_key_message_and_hint(name, load_with):
    changes, (file, line, key, message, hint) = KINDS[name]
    issues = [issue for issue in load_with(changes).issues if message in issue.message]
    assert issues, [issue.message for issue in load_with(changes).issues]
    issue = issues[0]
    assert (issue.file, issue.line, issue.key, issue.severity) == (file, line, key, Severity.ERROR)
    assert hint in issue.hint


def test_a_sound_workspace_has_no_problem(load_with):
    loaded = load_with()
    assert loaded.issues == ()
    assert set(loaded.workspace.metrics) == {"user_payment_amount", "aov", "orders_paid"}
    assert loaded.workspace.metrics["aov"].name.zh == "客单价"
    assert loaded.workspace.measures["paid_amount_sum"].time == "paid_at"  # taken over from the table


def test_all_problems_are_reported_at_once(load_with):
    issues = load_with(
        {
            "people.toml": ('["sales"]', '["sale"]'),
            ROLES: ("weight = 60", "weight = 50"),
            METRICS: ('"paid_amount > :least_amount"', '"amount > 0"'),
            "tables.toml": ("path", "pth"),
            "facts.toml": b"\xff",
        }
    ).issues
    files = {issue.file for issue in issues if issue.code != "follows"}
    assert files >= {"people.toml", ROLES, METRICS, "tables.toml", "facts.toml"}


def test_a_broken_definition_is_left_out_with_what_rests_on_it_and_the_rest_works(load_with):
    loaded = load_with({METRICS: ('"paid_amount > :least_amount"', '"amount > 0"')})
    assert set(loaded.workspace.measures) == {"paid_amount_sum", "buyers"}
    assert set(loaded.workspace.metrics) == {"user_payment_amount"}
    assert loaded.workspace.roles == {} and loaded.workspace.people == {}
    followed = {issue.key for issue in loaded.issues if issue.code == "follows"}
    assert {"metrics.aov.formula", "metrics.orders_paid.formula", "people.ann.roles"} <= followed


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("read_csv('/etc/passwd')", "read_csv() is not allowed"),
        ("(select 1)", "may not read a table"),
        ("paid_amount_sum; drop table x", "not valid SQL"),
        ("sum(paid_amount_sum)", "not allowed in a formula"),
        ("case when paid_amount_sum > 1 then 1 else 0 end", "not allowed in a formula"),
        ("paid_amount_sum + 'a'", "no place in a formula"),
        ("paid_amount_sum / :least_amount", "without the colon"),
        ("(" * 100 + "1" + ")" * 100, "nested deeper"),
        ("paid_amount_sum /", "not valid SQL"),
    ],
)
def test_r006_a_formula_that_is_more_than_arithmetic_is_refused(formula, reason, load_with):
    loaded = load_with({METRICS: ('"paid_amount_sum / paid_order_count"', f'"{formula}"')})
    issue = next(issue for issue in loaded.issues if issue.key == "metrics.aov.formula")
    assert reason in issue.message and issue.file == METRICS and "metric aov" in issue.message
    assert "aov" not in loaded.workspace.metrics


def test_formulas_may_use_settings_metrics_and_the_named_functions(load_with):
    formula = "round(coalesce(aov, 0) / nullif(least_amount, 0), 2) + greatest(abs(-1), least(1, 2))"
    formula += " + power(2, 2) * sqrt(4) - ln(1) - exp(0)"
    loaded = load_with({METRICS: ('formula = "paid_order_count"', f'formula = "{formula}"')})
    assert loaded.issues == ()


def test_circles_among_metrics_are_named_at_every_metric_of_the_circle(load_with):
    metrics = {METRICS: ('"paid_amount_sum / paid_order_count"', '"orders_paid / 2"')}
    text = load_with(metrics)
    assert text.issues == ()
    loaded = load_with({METRICS: CIRCLE})
    circles = [issue for issue in loaded.issues if issue.code == "cycle"]
    assert {issue.key for issue in circles} == {"metrics.a.formula", "metrics.b.formula"}
    assert "a → b → a" in circles[0].message
    assert "c" not in loaded.workspace.metrics


CIRCLE = "".join(
    f'[metrics.{key}]\nname = "x"\ncategory = "revenue"\nkind = "ratio"\nunit = "count"\nformula = "{formula}"\n'
    for key, formula in {"a": "b + 1", "b": "a / 2", "c": "a * 3"}.items()
)


def test_circles_among_facts_are_named(load_with):
    facts = '[facts.one]\nsql = "select x from two"\n[facts.two]\nsql = "select x from one"\n'
    loaded = load_with({"facts.toml": facts})
    assert any("one → two → one" in issue.message for issue in loaded.issues)
    assert loaded.workspace.facts == {}


@pytest.mark.parametrize(
    ("sql", "sound"),
    [
        ("select o.*, 1 as n from orders o", True),
        ("with x as (select * from orders) select x.user_id, paid_at_day from x", True),
        ("select user_id, count(*) as c from orders group by user_id having c > 1 order by c", True),
        ("select user_id from orders o where exists (select 1 from d_buyers b where b.user_id = o.user_id)", True),
        ("select user_id from orders union all select user_id from d_buyers", True),
        ("select p.period, o.user_id from periods p join orders o on o.paid_at_day >= p.period_start", True),
        ("select o.user_id from periods p join orders o on o.paid_at_day >= p.period_start", False),
        ("select b.user_id from orders o", False),
        ("with x as (select user_id from orders) select paid_at from x", False),
        ("select user_id from orders o where exists (select 1 from d_buyers b where b.user_id = o.nobody)", False),
        ("select * from read_csv('/etc/passwd')", False),
        ("delete from orders", False),
        ("select * from main.orders", False),
        ("copy orders to 'x'", False),
    ],
)
def test_sql_of_facts_is_judged_and_its_columns_are_followed(sql, sound, load_with):
    loaded = load_with({"facts.toml": ("[facts.d_buyers]", f'[facts.extra]\nsql = """{sql}"""\n[facts.d_buyers]')})
    assert ("extra" in loaded.workspace.facts) is sound, loaded.issues
    assert (loaded.issues == ()) is sound


def test_a_plain_string_is_a_name_in_both_languages(load_with):
    loaded = load_with({"workspace.toml": 'name = "Shop"\n'})
    assert (loaded.workspace.name.en, loaded.workspace.name.zh) == ("Shop", "Shop")


@pytest.mark.parametrize("written", ["2026-10-31", '"2026-10-31"'])
def test_as_of_may_be_a_toml_date_or_an_iso_text(written, load_with):
    loaded = load_with({"workspace.toml": f'name = "Shop"\nas_of = {written}\n'})
    assert str(loaded.workspace.as_of) == "2026-10-31"


def test_a_column_near_a_canonical_one_is_pointed_out(load_with):
    loaded = load_with(
        {"tables.toml": '[tables.orders]\npath = "o.csv"\ncolumns = { oder_id = "InvoiceNo", city = "City" }\n'}
    )
    assert [(issue.severity, issue.hint) for issue in loaded.issues] == [(Severity.HINT, "did you mean 'order_id'?")]
    assert "city" in loaded.workspace.tables["orders"].columns


def test_extra_columns_of_a_table_may_be_used_by_measures(load_with):
    table = '[tables.orders]\npath = "o.csv"\ncolumns = { sent_at = "SentAt" }\ntypes = { sent_at = "date" }\n'
    changes = {
        "tables.toml": table,
        METRICS: ('where = "paid_amount > :least_amount"', 'where = "sent_at_day is not null and :least_amount = 0"'),
    }
    assert load_with(changes).issues == ()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2200-01-01", "1899-12-31"])
def test_as_of_lies_in_years_that_have_periods(day, load_with):
    """9999-12-31 ended every command with an unexpected error: the day after it is no day."""
    loaded = load_with({"workspace.toml": f'name = "Shop"\nas_of = {day}\n'})
    assert loaded.workspace.as_of is None
    assert "as_of must lie in the years 1900 to 2199" in [issue.message for issue in loaded.issues]
