"""What facts and metrics may say beyond SQL: procedures, variants by setting, dimensions, a chosen part."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.period import Period
from kpi_tui.workspace.load import load
from tests.workspaces import Shop, orders

MAY = Period.parse("2026-05")
ORDERS = orders(*((f"o{n}", f"u{n % 3}", f"2026-05-{n + 1:02d} 10:00:00", 10.0 * n) for n in range(9)))

METRICS = """
[measures.own_sum]
table = "d_own"
agg = "sum"
column = "amount"
time = "paid_at"
[metrics.own]
name = "Own"
category = "revenue"
kind = "absolute"
formula = "own_sum"
unit = "currency"
"""

VARIANTS = """
[facts.d_own]
time = "paid_at"
chosen_by = "own_rule"
[facts.d_own.variants]
all = "select paid_at, paid_at_day, paid_amount as amount from orders"
large = "select paid_at, paid_at_day, paid_amount as amount from orders where paid_amount >= :own_limit"
refunded = "select o.paid_at, o.paid_at_day, r.amount from orders o join refunds r on o.order_id = r.order_id"
"""

PLAIN = "select paid_at, paid_at_day, user_id, paid_amount as amount from orders"

PROCEDURE = """
[facts.d_own]
time = "period"
procedure = "pca_index"
options = { columns = ["orders", "amount"], by = "period", into = "index" }
sql = '''
select p.period, o.user_id, count(*) as orders, sum(o.paid_amount) as amount
from orders o join periods p on o.paid_at_day < p.period_end group by p.period, o.user_id
'''
"""


def own(shop: Shop, facts: str, metrics: str = METRICS, **settings: object) -> Shop:
    shop.has("orders", ORDERS, complete_until="2026-05-31").says(as_of="2026-05-31")
    shop.says(settings={"own_rule": "all", "own_limit": 50, **settings})
    return shop.defines("facts.toml", facts).defines("metrics/own.toml", metrics)


def errors(shop: Shop) -> list[Issue]:
    shop.book()
    return [issue for issue in load(shop.root).issues if issue.severity == "error"]


@pytest.mark.parametrize(("rule", "sum_"), [("all", 360.0), ("large", 260.0)])
def test_a_setting_chooses_among_the_variants_of_a_fact(shop: Shop, rule: str, sum_: float) -> None:
    book = own(shop, VARIANTS, own_rule=rule).book()
    assert book.numbers.values(["own"], MAY)[0].value == sum_
    assert book.numbers.settings_of("own")["own_rule"] == rule
    assert ("own_limit" in book.numbers.settings_of("own")) == (rule == "large")
    assert book.numbers.tables_of("own") == ("orders",), "tables of variants that are not chosen are not needed"


def test_another_choice_is_not_answered_from_the_cache(shop: Shop) -> None:
    first = own(shop, VARIANTS).value("own", "2026-05")
    second = own(shop, VARIANTS, own_rule="large").value("own", "2026-05")
    assert (first.value, second.value) == (360.0, 260.0)


def test_a_setting_that_names_no_variant_is_an_error_that_lists_them(shop: Shop) -> None:
    found = errors(own(shop, VARIANTS, own_rule="big"))
    assert "'big' names no variant" in found[0].message
    assert "all, large, refunded" in found[0].hint
    assert found[0].file == "facts.toml"


def test_variants_need_their_setting(shop: Shop) -> None:
    found = errors(own(shop, VARIANTS.replace('chosen_by = "own_rule"\n', "")))
    assert any("'chosen_by' is missing" in issue.message for issue in found)


def test_the_column_of_a_procedure_can_be_measured(shop: Shop) -> None:
    metrics = METRICS.replace('"amount"', '"index"').replace('"paid_at"', '"period"')
    value = own(shop, PROCEDURE, metrics).value("own", "2026-05")
    assert value.value is not None
    assert 0 < value.value < 3


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("pca_idnex", "pca_index", "unknown procedure 'pca_idnex'"),
        ('"oders"', '"orders", "amount"', "oders"),
        ("colums", "columns", "unknown option 'colums'"),
        (', into = "index"', None, "needs the option 'into'"),
    ],
)
def test_a_wrong_procedure_is_named(shop: Shop, wrong: str, right: str | None, said: str) -> None:
    facts = PROCEDURE.replace(wrong, "") if right is None else PROCEDURE.replace(right, wrong)
    assert any(said in issue.message for issue in errors(own(shop, facts)))


def test_a_metric_per_part_has_a_number_for_a_chosen_part_only(shop: Shop) -> None:
    facts = f"[facts.d_own]\ntime = 'paid_at'\nsql = '{PLAIN}'\n"
    book = own(shop, facts, METRICS + 'per = ["user_id"]\n').book()
    (total,) = book.numbers.values(["own"], MAY)
    assert (total.value, total.reason) == (None, Reason.NOT_APPLICABLE)
    assert "--by user_id" in total.detail
    assert [v.value for v in book.numbers.values(["own"], MAY, by="user_id")] == [None, 90.0, 120.0, 150.0]
    assert book.numbers.values(["own"], MAY, where="user_id = 'u1'")[0].value == 120.0
    assert book.numbers.values(["own"], MAY, where="amount > 0")[0].reason is Reason.NOT_APPLICABLE
    assert book.numbers.explain("own", MAY).value.reason is Reason.NOT_APPLICABLE


def test_a_fact_that_is_a_dimension_breaks_down_facts_with_its_key(shop: Shop) -> None:
    """R139: counts and value per quadrant, for metrics whose own fact knows no quadrant."""
    shop.has("orders", ORDERS, complete_until="2026-05-31").says(as_of="2026-05-31")
    values = shop.book().numbers.values(["value_index_rfm", "churn_index"], MAY, by="rfm_segment")
    churn = [value for value in values if value.metric == "churn_index"]
    assert sum(value.measures["churn_user_count"] or 0 for value in churn[1:]) == 3
    assert {value.segment for value in churn} == {
        value.segment for value in values if value.metric == "value_index_rfm"
    }
