"""Signals: what a value says by itself, from TOML, through the Book (R118, R150, R161)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.period import Period
from kpi_tui.text.i18n import speaking
from kpi_tui.text.phrase import translate
from kpi_tui.views.library.values import signal_words
from tests.workspaces import Shop, views

METRIC = """
[measures.looks]
table = "events"
agg = "count"

[metrics.looks_a_day]
name = "Looks"
category = "site_funnel"
kind = "absolute"
formula = "looks"
unit = "count"
grain = "day"
signals = [{signal}]
"""
RISING = '{ op = "rising", periods = 3, says = "grows" }'


def looks(shop: Shop, signal: str, *counts: int, **settings: float) -> Shop:
    """So many page views on each day from 2026-04-01 on."""
    rows = [
        ("ann", f"2026-04-{day + 1:02d} 10:00:00", f"/{n}") for day, count in enumerate(counts) for n in range(count)
    ]
    shop.defines("metrics/own.toml", METRIC.replace("{signal}", signal))
    last = f"2026-04-{len(counts):02d}"
    return shop.has("events", views(*rows), complete_until=last).says(as_of=last, settings=settings)


def said(shop: Shop, period: str, last: int = 1) -> list[list[str]]:
    book = shop.book()
    values = book.numbers.values(["looks_a_day"], Period.parse(period), last=last)
    pairs = zip(values, book.numbers.signals(values), strict=True)
    return [[translate(word) for word in signal_words(value, signals)] for value, signals in pairs]


@pytest.mark.parametrize(
    ("signal", "counts", "heard"),
    [
        (RISING, (1, 2, 3), ["grows"]),
        (RISING, (1, 3, 3), []),
        (RISING, (3, 2, 3), []),
        ('{ op = "falling", says = "shrinks" }', (1, 3, 2), ["shrinks"]),
        ('{ op = "<", value = 3, periods = 3, says = "low" }', (2, 1, 2), ["low"]),
        ('{ op = "<", value = 3, periods = 3, says = "low" }', (3, 1, 2), []),
        ('{ op = ">=", value = 2, says = "{value} looks" }', (9, 9, 2), ["2 looks"]),
        ('{ op = "=", value = 2, says = "two" }', (2, 2, 3), []),
    ],
)
def test_a_signal_is_given_while_its_condition_holds(
    shop: Shop, signal: str, counts: tuple[int, ...], heard: list[str]
) -> None:
    assert said(looks(shop, signal, *counts), "2026-04-03") == [heard]


def test_every_value_of_an_answer_looks_back_on_its_own_past(shop: Shop) -> None:
    assert said(looks(shop, RISING, 1, 2, 3, 4, 1), "2026-04-05", last=3) == [["grows"], ["grows"], []]


def test_the_first_days_of_the_data_have_no_past_and_give_no_signal_over_several_periods(shop: Shop) -> None:
    assert said(looks(shop, RISING, 1, 2, 3), "2026-04-02", last=2) == [[], []]


def test_a_period_that_is_not_over_gives_no_signal(shop: Shop) -> None:
    signal = '{ op = "<", value = 1000, says = "low" }'
    assert said(looks(shop, signal, 1, 2), "2026-04-02") == [["low"]]
    assert said(shop, "2026-04") == [[]], "two days of April are no April"


def test_a_limit_may_be_a_setting_and_stands_among_the_settings_in_force(shop: Shop) -> None:
    looks(shop, '{ op = "<", value = "enough", says = "low" }', 2, enough=3.0)
    assert said(shop, "2026-04-01") == [["low"]]
    assert shop.book().numbers.settings_of("looks_a_day")["enough"] == 3.0


def test_a_signal_speaks_the_language_in_force(shop: Shop) -> None:
    looks(shop, '{ op = ">", value = 0, says = { en = "seen", zh = "有人看" } }', 1)
    with speaking("zh_CN"):
        assert said(shop, "2026-04-01") == [["有人看"]]


@pytest.mark.parametrize(
    ("signal", "words"),
    [
        ('{ op = "<", value = "nothing_of_it", says = "x" }', "nothing_of_it"),
        ('{ op = "<", value = "overview", says = "x" }', "must be a number"),
        ('{ op = "below", value = 3, says = "x" }', "below"),
        ('{ op = "<", value = 3 }', "'says' is missing"),
        ('{ op = "rising", periods = 0, says = "x" }', "whole number from 1 on"),
    ],
)
def test_a_wrong_signal_is_named_with_its_file_and_leaves_its_metric_out(shop: Shop, signal: str, words: str) -> None:
    book = looks(shop, signal, 1).book()
    (issue,) = [issue for issue in book.issues if Path(issue.file).name == "own.toml"]
    assert words in issue.message
    assert "looks_a_day" not in book.workspace.metrics


def test_a_setting_that_says_whether_a_model_applies_is_true_or_false(shop: Shop) -> None:
    looks(shop, RISING, 1, enough=3.0)
    shop.defines("metrics/own.toml", METRIC.replace("{signal}", RISING) + 'applies = "enough"\n')
    (issue,) = [issue for issue in shop.book().issues if Path(issue.file).name == "own.toml"]
    assert "must be true or false" in issue.message
