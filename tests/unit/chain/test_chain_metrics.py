"""Metrics read off a chain: the worked month through Book.values (R058–R067)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from kpi_tui.workspace.load import load
from tests.workspaces import Shop

MAY = Period.parse("2026-05")
PRINTED = {
    "visitor_score": 3.680688337,
    "inquiry_score": 0.883054,
    "monetisation_score": 2.0,
    "presale_satisfaction_score": 2.0,
    "aftersale_satisfaction_score": 1.969072,
    "growth_baseline": 0.201,
    "next_month_first_target": 2402.0,
}
OWN = """
[metrics.own]
name = "Own"
category = "balance_scorecard"
kind = "ratio"
unit = "score"
"""


@pytest.fixture
def book(project: Path) -> Book:
    return Book.open(project / "examples" / "balanced_chain", draft=False)


def one(book: Book, metric: str, period: str, **question: str) -> Value:
    return book.numbers.values([metric], Period.parse(period), **question)[0]


def test_the_worked_month_of_document_001(book: Book) -> None:
    found = {value.metric: value.value for value in book.numbers.values(list(PRINTED), MAY)}
    assert found == pytest.approx(PRINTED, abs=1e-6)


def test_the_total_is_the_sum_of_the_links_that_have_a_score(book: Book) -> None:
    total = one(book, "balance_total_score", "2026-05")
    links = [*list(PRINTED)[:5], "repeat_monetisation_score", "vip_score"]
    assert total.value == pytest.approx(sum(value.value or 0 for value in book.numbers.values(links, MAY)))


def test_they_stand_among_other_metrics_in_the_order_asked(book: Book) -> None:
    asked = ["uv", "growth_baseline", "aov", "visitor_score"]
    values = book.numbers.values(asked, MAY, last=2)
    assert [(v.metric, v.period.id) for v in values] == [(m, p) for m in asked for p in ("2026-04", "2026-05")]


def test_a_quarter_is_the_mean_of_its_known_months_and_the_baseline_that_of_the_last_begun(book: Book) -> None:
    months = book.numbers.values(["visitor_score"], Period.parse("2026-06"), last=3)
    known = [value.value for value in months if value.value is not None]
    assert one(book, "visitor_score", "2026-Q2").value == pytest.approx(sum(known) / len(known))
    quarter = one(book, "growth_baseline", "2026-Q2")  # the data end in May
    assert (quarter.value, quarter.partial) == (0.201, True)


@pytest.mark.parametrize(
    ("metric", "period", "question", "said"),
    [
        ("visitor_score", "2026-W20", {}, "counted per month"),
        ("visitor_score.growth", "2026-05", {}, "only absolute metrics have a growth form"),
        ("visitor_score", "2026-05", {"where": "platform = 'web'"}, "not restricted"),
    ],
)
def test_what_a_chain_cannot_answer_is_said(
    book: Book, metric: str, period: str, question: dict[str, str], said: str
) -> None:
    found = one(book, metric, period, **question)
    assert (found.value, found.reason) == (None, Reason.NOT_APPLICABLE)
    assert said in found.detail


def test_the_weeks_stand_behind_the_number(book: Book) -> None:
    told = book.numbers.explain("visitor_score", MAY)
    assert [part.measures["actual"] for part in told.sub_periods] == [2000, 1500, 3000, 1200]
    assert [part.measures["target"] for part in told.sub_periods] == [1000, 1030, 1061, 1093]
    assert told.value.value == pytest.approx(PRINTED["visitor_score"])


def test_a_changed_target_changes_the_number_at_once(book: Book) -> None:
    before = one(book, "visitor_score", "2026-05").value
    book.chains.set_target("site", "B", Period.parse("2026-W19"), 2000)
    assert one(book, "visitor_score", "2026-05").value != before


def test_its_tables_are_those_of_the_links_counts(book: Book) -> None:
    assert book.numbers.tables_of("visitor_score") == ("events",)
    assert {"events", "orders"} <= set(book.numbers.tables_of("balance_total_score"))


def test_drivers_of_a_chain_metric_are_asked_of_the_chain(book: Book) -> None:
    with pytest.raises(UsageError, match="read off a chain"):
        book.drivers.of("visitor_score", MAY)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('chain = "sites"\nlink = "B"\nreads = "score"', "unknown chain 'sites'"),
        ('chain = "site"\nlink = "Q"\nreads = "score"', "unknown link 'Q'"),
        ('chain = "site"\nlink = "B"', "'reads' is missing"),
        ('chain = "site"\nreads = "score"', "wants a link"),
        ('chain = "site"\nlink = "B"\nreads = "total"', "wants no link"),
        ('chain = "site"\nlink = "B"\nreads = "scores"', "reads = 'scores' is not known"),
        ('formula = "visitor_score / 2"', "read off a chain, which a formula cannot do"),
    ],
)
def test_a_wrong_definition_is_named(shop: Shop, lines: str, said: str) -> None:
    shop.defines("metrics/own.toml", OWN + lines + "\n").book()
    errors = [issue.message for issue in load(shop.root).issues if issue.severity == "error"]
    assert any(said in error for error in errors), errors
