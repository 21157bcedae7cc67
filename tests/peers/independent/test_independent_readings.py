"""Shipped numbers against readings written by hand in pandas from the words of the rules."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from tests.peers.independent import (
    acquisition_readings,
    churn_readings,
    engagement_readings,
    first_readings,
    goods_readings,
    repurchase_readings,
    revenue_readings,
    site_readings,
)
from tests.peers.independent.reading import READINGS
from tests.peers.independent.sample import Sample
from tests.peers.independent.when import When

ROOT = Path(__file__).resolve().parents[3]
PERIODS = ("2026-10", "2026-03", "2026-W40", "2026-Q3", "2026-08-16")
ROOMS = (
    acquisition_readings,
    churn_readings,
    engagement_readings,
    first_readings,
    goods_readings,
    repurchase_readings,
    revenue_readings,
    site_readings,
)


@pytest.fixture(scope="module")
def numbers(demo: Book) -> dict[tuple[str, str], float | None]:
    """(metric, period) -> the Book's number; one question per period."""
    answers = [value for text in PERIODS for value in demo.numbers.values(list(READINGS), Period.parse(text))]
    return {(value.metric, value.period.id): value.value for value in answers}


@pytest.fixture(scope="module")
def shop() -> Sample:
    return Sample(ROOT / "sample_data")


def test_at_least_sixty_metrics_have_an_independent_reading() -> None:
    assert len(READINGS) >= 60
    assert all(hasattr(room, "reading") for room in ROOMS)


@pytest.mark.parametrize("metric", READINGS)
def test_the_book_says_what_the_spec_says(
    metric: str, shop: Sample, numbers: dict[tuple[str, str], float | None]
) -> None:
    mine, theirs = {}, {}
    for text in PERIODS:
        when = When.of(text)
        if not READINGS[metric].fits(when):
            continue
        found = READINGS[metric].at(shop, when)
        mine[text] = None if found is None or math.isnan(found) else found
        theirs[text] = numbers[metric, text]
    assert theirs == pytest.approx(mine, rel=1e-9, abs=1e-12)
    assert any(value is not None for value in mine.values())
