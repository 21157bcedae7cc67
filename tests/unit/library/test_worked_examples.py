"""Every worked example of the documents comes out of raw tables through the real engine.

The examples of the rules are taken over in config/metrics (test_catalogue_agrees_with_spec.py holds that). Each
is answered by Book.values on rows built for it by example_shops.py; no formula is called alone.
"""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kpi_tui.definitions.period import Period
from tests.unit.library.example_shops import BUILDERS, inputs_of
from tests.workspaces import Shop

CONFIG = Path(__file__).resolve().parents[3] / "config" / "metrics"


def shipped_examples() -> list[tuple[str, int, dict[str, Any]]]:
    """(metric, number, example) of every example in config/metrics."""
    metrics = {id_: m for file in sorted(CONFIG.glob("*.toml")) for id_, m in _metrics(file).items()}
    return [(id_, number, ex) for id_, m in metrics.items() for number, ex in enumerate(m.get("examples", []))]


def _metrics(file: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8")).get("metrics", {})
    return found


EXAMPLES = shipped_examples()


@pytest.mark.parametrize(("metric", "number", "example"), EXAMPLES, ids=[f"{m}-{n}" for m, n, _ in EXAMPLES])
def test_a_worked_example_comes_out_of_raw_tables(
    shop: Shop, metric: str, number: int, example: dict[str, Any]
) -> None:
    inputs = inputs_of(example)
    question = BUILDERS[metric](shop, inputs)
    (value,) = shop.book().numbers.values([metric], Period.parse(question.period), where=question.where)
    assert value.value is not None, f"{metric}: {value.reason} {value.detail}"
    assert math.isclose(value.value, example["expected"], rel_tol=1e-9, abs_tol=1e-12)
    assert not value.partial
    measured = {name: value.measures[name] for name in inputs if name in value.measures}
    assert measured == {name: pytest.approx(inputs[name]) for name in measured}, "the rows are not those of the example"


def test_every_shipped_metric_with_an_example_has_a_builder_and_no_builder_stands_idle() -> None:
    assert EXAMPLES
    assert {metric for metric, _, _ in EXAMPLES} == set(BUILDERS)


def test_the_four_weeks_of_may_have_the_new_visitors_of_document_001(shop: Shop) -> None:
    """001 §May: 2000, 1500, 3000 and 1200 new visitors; people who come back are not new again."""
    BUILDERS["new_visitors"](shop, {"new_visitor_count": 2000})
    values = shop.book().numbers.values(["new_visitors"], Period.parse("2026-W22"), last=4)
    assert [value.value for value in values] == [2000, 1500, 3000, 1200]
