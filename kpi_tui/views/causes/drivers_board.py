"""What moved a number in one sheet to walk through: factors with bars left or right of zero, their sum, the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpi_tui.definitions.answers.drivers import Drivers
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text import format as fmt
from kpi_tui.text.phrase import joined, phrase
from kpi_tui.views.causes.drivers import FACTOR, TOTAL, factor_cells, most, whole_cells
from kpi_tui.views.causes.tree import nodes
from kpi_tui.views.cells import Cell, NumberCell
from kpi_tui.views.view import Column, Row, Sheet, line, sheet

HALF, WIDE_HALF = 6, 12
"""Cells of a bar on either side of zero."""
NAME = 22
TREE = "heading:tree"
"""The heading of the tree."""


def board(answer: Drivers, space: Workspace, wide: bool = False) -> Sheet:
    """The factors, largest first as the book says, their sum; then the tree with who is in charge."""
    columns = [
        Column("way", width=1),
        Column("factor", phrase("Factor"), least=NAME, flex=1),
        Column("before", answer.against.said, least=7, most=14, right=True, drop=3),
        Column("after", answer.period.said, least=7, most=14, right=True, drop=2),
        Column("change", phrase("Change"), least=7, most=10, right=True, drop=1),
        Column("contribution", phrase("Contribution"), least=7, most=14, right=True),
        Column("bar", width=2 * (WIDE_HALF if wide else HALF) + 1, drop=3, csv=False),
        Column("owner", phrase("In charge"), most=14, drop=4, hidden=answer.tree is None),
    ]
    return sheet(columns, _rows(columns, answer, space), key="board")


def subject_of(key: str) -> str:
    """The metric or measure behind a row; "" for the total."""
    kind, _space, id_ = key.partition(" ")
    return "" if f"{kind} " == TOTAL else id_


def _rows(columns: list[Column], answer: Drivers, space: Workspace) -> Iterator[Row]:
    for driver in answer.drivers:
        yield line(columns, FACTOR + driver.factor, aligned(factor_cells(driver, answer, space), answer))
    if answer.drivers:
        yield line(columns, TOTAL + answer.now.metric, aligned(whole_cells(answer, space), answer), total=True)
    if answer.tree is not None:
        yield Row(TREE, heading=joined("──", phrase("Tree"), "──", between=" "))
        yield from nodes(columns, answer.tree, space)


def aligned(cells: dict[str, Cell], answer: Drivers) -> dict[str, Cell]:
    """A contribution with as many decimals as the largest one, so that the digits stand below each other."""
    part, unit = cells["contribution"], answer.now.unit
    if not isinstance(part, NumberCell) or unit not in ("count", "currency", "ratio"):
        return cells
    return cells | {"contribution": replace(part, digits=len(fmt.number(most(answer), unit).partition(".")[2]))}
