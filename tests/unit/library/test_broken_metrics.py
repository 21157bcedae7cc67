"""A metric that is defined with an error is there without a number, says what is wrong, and takes no other along."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.definitions.issue import DefinitionError
from kpi_tui.definitions.period import Period
from tests.workspaces import Shop, orders

MAY = Period.parse("2026-05")
OWN = """[measures.misspelt]
table = "orders"
agg = "sum"
column = "paid_amout"
[metrics.of_misspelt]
name = "Of a misspelt measure"
category = "revenue"
kind = "absolute"
formula = "misspelt"
unit = "currency"
[metrics.of_that]
name = "Of a metric that is broken"
category = "revenue"
kind = "ratio"
formula = "of_misspelt / paid_order_count"
unit = "currency"
[metrics.bad_kind]
name = "Of no kind"
category = "revenue"
kind = "absolut"
formula = "paid_amount_sum"
unit = "currency"
"""
MISSPELT = "metrics/own.toml:4: measure misspelt: unknown column 'paid_amout' of orders; did you mean 'paid_amount'?"


@pytest.fixture
def broken(shop: Shop) -> Shop:
    """Two orders in May: 7 and 10."""
    shop.says(as_of="2026-05-31").defines("metrics/own.toml", OWN)
    return shop.has("orders", orders(("o1", "ann", "2026-05-02 10:00:00", 7), ("o2", "ben", "2026-05-31 10:00:00", 10)))


def test_the_others_are_answered_in_the_order_asked(broken: Shop) -> None:
    asked = ["of_misspelt", "paid_amount", "bad_kind", "of_misspelt.growth"]
    values = broken.book().numbers.values(asked, MAY, last=2)
    assert [value.metric for value in values[::2]] == asked
    assert [value.period.id for value in values[:2]] == ["2026-04", "2026-05"]
    assert [value.value for value in values[1::2]] == [None, 17, None, None]
    assert [value.reason for value in values[1::2]] == [Reason.ERROR, None, Reason.ERROR, Reason.ERROR]


def test_the_error_behind_it_is_named_with_its_line(broken: Shop) -> None:
    """Not that it rests on a measure with an error, but the error of that measure."""
    values = {value.metric: value.detail for value in broken.book().numbers.values(["of_misspelt", "bad_kind"], MAY)}
    assert values["of_misspelt"].startswith(MISSPELT)
    assert values["bad_kind"] == "metrics/own.toml:20: kind = 'absolut' is not known; did you mean 'absolute'?"


def test_an_error_two_definitions_away_is_found(broken: Shop) -> None:
    (value,) = broken.book().numbers.values(["of_that"], MAY)
    assert value.detail.startswith(MISSPELT)


def test_it_is_never_called_unknown(broken: Shop) -> None:
    with pytest.raises(DefinitionError) as refused:
        broken.book().numbers.explain("of_misspelt", MAY)
    assert str(refused.value).startswith(MISSPELT)
    assert ExitCode.of(refused.value) is ExitCode.PROBLEM


def test_it_hides_the_shipped_metric_of_its_name(broken: Shop) -> None:
    """The workspace's own aov is broken; the shipped number would be another one's."""
    broken.defines("metrics/aov.toml", OWN.replace("of_misspelt", "aov").replace("misspelt", "aov_sum"))
    (value,) = broken.book().numbers.values(["aov"], MAY)
    assert (value.value, value.reason) == (None, Reason.ERROR)


def test_a_report_shows_it_beside_the_others(broken: Shop) -> None:
    broken.defines(
        "reports.toml", '[reports.mine]\nname = "Mine"\nmetrics = ["of_misspelt", "paid_amount"]\ngrain = "month"\n'
    )
    values = broken.book().saved_reports.values("mine", MAY)
    assert [(value.value, value.reason) for value in values] == [(None, Reason.ERROR), (17, None)]
