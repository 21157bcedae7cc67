"""What moved a number in one sheet to walk through: factors with bars left or right of zero, their sum, the tree."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_tui.definitions.answers.drivers import Driver, Drivers
from kpi_tui.definitions.answers.value import relative_change
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import number
from kpi_tui.text.phrase import joined, phrase
from kpi_tui.views.causes.drivers import FACTOR, TOTAL, arrow, factor_unit
from kpi_tui.views.causes.tree import BranchAt, nodes
from kpi_tui.views.cells import Cell, ChangeCell, NumberCell, SignedBarCell, Tone, finite, text
from kpi_tui.views.names import factor_name, metric_name
from kpi_tui.views.view import Column, Row, Sheet, sheet

HALF, WIDE_HALF = 6, 12
"""Cells of a bar on either side of zero."""
NAME = 22
TREE = "heading:tree"
"""The heading of the tree."""


def board(answer: Drivers, space: Workspace, wide: bool = False) -> Sheet:
    """The factors, largest first as the book says, their sum; then the tree."""
    return sheet(_columns(answer, wide), _rows(answer, space), key="board")


def subject_of(key: str) -> str:
    """The metric or measure behind a row; "" for the total."""
    kind, _space, id_ = key.partition(" ")
    return "" if f"{kind} " == TOTAL else id_


def _columns(answer: Drivers, wide: bool) -> list[Column]:
    """Direction, factor, both periods, change, contribution with its bar; of a tree who is in charge."""
    return [
        Column("way", width=1),
        Column("factor", phrase("Factor"), least=NAME, flex=1),
        Column("before", answer.against.id, least=7, most=14, right=True, drop=3),
        Column("after", answer.period.id, least=7, most=14, right=True, drop=2),
        Column("change", phrase("Change"), least=7, most=10, right=True, drop=1),
        Column("part", phrase("Contribution"), least=7, most=14, right=True),
        Column("bar", width=2 * (WIDE_HALF if wide else HALF) + 1, drop=3),
        Column("owner", phrase("In charge"), most=14, drop=4, hidden=answer.tree is None),
    ]


def _rows(answer: Drivers, space: Workspace) -> Iterator[Row]:
    parts = [driver.contribution for driver in answer.drivers]
    most = max((abs(part) for part in (*parts, answer.change) if part is not None), default=0.0)
    for driver in answer.drivers:
        yield _factor(driver, answer, space, most)
    if answer.drivers:
        yield _sum(answer, space, most)
    if answer.tree is not None:
        yield Row(TREE, heading=joined("──", phrase("Tree"), "──", between=" "))
        yield from (_node(node, space) for node in nodes(answer.tree))


def _factor(driver: Driver, answer: Drivers, space: Workspace, most: float) -> Row:
    unit = factor_unit(space, driver.factor)
    cells: tuple[Cell, ...] = (
        text(arrow(driver.contribution)),
        text(factor_name(space, driver.factor)),
        NumberCell(finite(driver.before), unit, "muted"),
        NumberCell(finite(driver.after), unit),
        _change(_relative(driver.before, driver.after), "muted"),
        part(driver.contribution, most, answer.now.unit),
        SignedBarCell(finite(driver.contribution), most),
        text(""),
    )
    return Row(FACTOR + driver.factor, cells)


def _sum(answer: Drivers, space: Workspace, most: float) -> Row:
    before, now = answer.before, answer.now
    cells: tuple[Cell, ...] = (
        text(arrow(answer.change), "strong"),
        text(joined("=", metric_name(space, now.metric), between=" "), "strong"),
        NumberCell(finite(before.value), before.unit, "strong", partial=before.partial),
        NumberCell(finite(now.value), now.unit, "strong", partial=now.partial),
        _change(relative_change(before, now), "strong"),
        part(answer.change, most, now.unit),
        SignedBarCell(finite(answer.change), most),
        text(""),
    )
    return Row(TOTAL + now.metric, cells, total=True)


def _node(node: BranchAt, space: Workspace) -> Row:
    branch = node.branch
    strong: Tone = "strong" if node.most else ""
    cells: tuple[Cell, ...] = (
        text(arrow(branch.change)),
        text(node.name(space), strong),
        NumberCell(finite(branch.before.value), branch.before.unit, "muted", partial=branch.before.partial),
        NumberCell(finite(branch.now.value), branch.now.unit, partial=branch.now.partial),
        _change(branch.change, strong),
        node.contribution(),
        text(""),
        node.owner(space),
    )
    return Row(node.key, cells)


def part(value: float | None, most: float, unit: str) -> NumberCell:
    """A contribution with as many decimals as the largest one, so that the digits stand below each other."""
    same = unit in ("count", "currency", "ratio")
    digits = len(number(most, unit).partition(".")[2]) if same else None
    return NumberCell(finite(value), unit, "strong", signed=True, digits=digits)


def _change(value: float | None, tone: Tone) -> ChangeCell:
    return ChangeCell(finite(value), tone, blank=True, spaced=True)


def _relative(before: float | None, after: float | None) -> float | None:
    return (after - before) / abs(before) if before and after is not None else None
