"""A part of the Book is built from what it needs, and read alone: no Book, no files, no polars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kpi_tui.book.book import Book
from kpi_tui.book.causes.projections import Projections
from kpi_tui.book.chain.cells import chain_key
from kpi_tui.book.chain.chains import Chains
from kpi_tui.book.chain.material import ChainMaterial
from kpi_tui.book.funnels import Funnels
from kpi_tui.book.library import Library
from kpi_tui.book.saved_reports import SavedReports
from kpi_tui.book.scores import Scores
from kpi_tui.book.targets.bulk_targets import BulkTargets
from kpi_tui.definitions.answers.projection import Assumed
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.edit import Author
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.chain import Chain, Link, TargetRule
from kpi_tui.definitions.library.funnel import Funnel
from kpi_tui.definitions.library.metric import Better, Kind, Metric
from kpi_tui.definitions.library.saved_report import SavedReport
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.role import Line, Role
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.edits.period_edits import PeriodEdits, open_edits

OCTOBER = Period.parse("2026-10")
NOW = datetime(2026, 10, 31, tzinfo=UTC)


def metric(id_: str, unit: str = "count") -> Metric:
    return Metric(id_, Text(id_), "revenue", Kind.ABSOLUTE, id_, unit, Better.HIGHER, Grain.DAY, (Grain.MONTH,))


def workspace(root: Path = Path("/nowhere"), **more: Any) -> Workspace:
    known = {id_: metric(id_) for id_ in ("orders", "buyers", "churn_rate")}
    role = Role("shop", Text("Shop"), (Line("orders", 60), Line("buyers", 40)), Text("Sells"))
    return Workspace(
        root, root, Text("Alone"), "en", "Asia/Shanghai", "CNY", None, "orders", {}, {}, {}, {}, {}, {}, known,
        {"shop": role}, **more,
    )  # fmt: skip


class GivenNumbers:
    """Stands for the numbers of metrics: each has the one it is given, in every period."""

    def __init__(self, **given: float) -> None:
        self.given = given
        self.asked: list[tuple[tuple[str, ...], int]] = []

    def values(self, metrics: Sequence[str], period: Period, *, last: int = 1, **_: object) -> list[Value]:
        self.asked.append((tuple(metrics), last))
        periods = [period.previous(back) for back in reversed(range(last))]
        return [Value(metric, when, self.given.get(metric)) for metric in metrics for when in periods]


class NoRows:
    """Stands for the engine: there is a last day, and nothing else."""

    def as_of(self) -> date:
        return date(2026, 10, 31)


@pytest.fixture
def targets(tmp_path: Path) -> PeriodEdits:
    return open_edits(tmp_path, "targets", Author("ann"), None, lambda: NOW)


def test_the_library_needs_a_workspace_only() -> None:
    library = Library(workspace())
    assert library.metric("orders.growth").id == "orders"
    assert library.roles_of("buyers") == ("shop",)
    with pytest.raises(UsageError, match="did you mean 'orders'"):
        library.metric("ordres")


def test_scores_need_numbers_and_targets(targets: PeriodEdits) -> None:
    numbers = GivenNumbers(orders=50.0, buyers=40.0)
    targets.set_all({OCTOBER.id: {TargetKey("shop", "orders"): 100.0, TargetKey("shop", "buyers"): 40.0}})
    scores = Scores(workspace(), numbers, targets)  # type: ignore[arg-type]
    card = scores.scorecard("shop", OCTOBER)
    assert (card.score, card.weakest) == (pytest.approx(70.0), "orders")
    asked = len(numbers.asked)
    targets.set(TargetKey("shop", "orders"), OCTOBER, 50.0)
    assert scores.rescore(card).score == pytest.approx(100.0)
    assert len(numbers.asked) == asked, "a card is scored again without asking for numbers"


def test_bulk_targets_need_targets_only(targets: PeriodEdits) -> None:
    rules = BulkTargets(workspace(), targets)
    targets.set_all({OCTOBER.id: {TargetKey("shop", "orders"): 9.0, chain_key("site", "A"): 3.0}})
    assert rules.raise_(OCTOBER, 1.05) == 0, "9 × 1.05 is 9 orders again"
    assert rules.raise_(OCTOBER, 1.1) == 1
    assert rules.copy(OCTOBER.next(), OCTOBER) == 1
    assert {key: cell.value for key, cell in targets.of(OCTOBER.next()).items()} == {TargetKey("shop", "orders"): 10.0}


def test_chains_need_targets_and_typed_numbers(tmp_path: Path, targets: PeriodEdits) -> None:
    link = Link("A", Text("Visits"), TargetRule.GROWTH, "visits", points=100.0)
    space = workspace(chains={"own": Chain("own", Text("Own"), (link,))})
    actuals = open_edits(tmp_path, "actuals", Author("ann"), None, lambda: NOW)
    engine: Any = NoRows()
    chains = Chains(space, engine, ChainMaterial(space, engine, targets, actuals), targets, actuals)
    week = Period.parse("2026-W41")
    chains.set_target("own", "A", week, 120.0)
    chains.enter("own", "A", week, 90.0)
    assert targets.of(week)[chain_key("own", "A")].value == 120.0
    assert chains.typed(week)["visits"].value == 90.0
    with pytest.raises(UsageError, match="no link 'Z'"):
        chains.set_target("own", "Z", week, 1.0)


def test_a_funnel_a_report_and_a_projection_need_numbers_only() -> None:
    numbers: Any = GivenNumbers(orders=8.0, buyers=2.0, churn_rate=0.5)
    funnel = Funnel("sales", Text("Sales"), (), metrics=("orders", "buyers"))
    report = SavedReport("monthly", Text("Monthly"), ("orders",), Grain.MONTH, last=2)
    space = workspace(funnels={"sales": funnel}, reports={"monthly": report})
    engine: Any = NoRows()
    assert [step.people for step in Funnels(space, numbers, engine).of("sales", OCTOBER).steps] == [8.0, 2.0]
    assert [value.value for value in SavedReports(space, numbers).values("monthly", OCTOBER)] == [8.0, 8.0]
    assert Projections(numbers, engine).of("churn", OCTOBER, Assumed(100.0)).losses


def test_the_book_has_one_parent_and_its_parts_have_none() -> None:
    assert Book.__mro__ == (Book, object)
    for part in (Library, Scores, BulkTargets, Chains, ChainMaterial, Funnels, SavedReports, Projections):
        assert part.__mro__ == (part, object)
