"""A metric tree at two periods: indented rows, largest change first, and the way down to what moved most (R166)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpi_tui.definitions.answers.drivers import Branch
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.change import unit_of_difference
from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DOWN, FLAT, UP
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import Cell, NumberCell, TextCell, Tone, change_cell, finite, marked, text
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.reasons import grain_name, reason
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Row, Sentence, Sheet, line, sheet

NODE = "node "
MOST = "» "
"""Before the node that moved most among its siblings."""


def arrow(value: float | None, tone: Tone = "") -> TextCell:
    """▲, ▼ or ▬; nothing while unknown."""
    return text("" if value is None else UP if value > 0 else DOWN if value < 0 else FLAT, tone)


def number(value: Value, tone: Tone = "") -> NumberCell:
    """A number whose reason, where there is none, has a column of its own."""
    return replace(marked(value), tone=tone)


def tree_sheet(root: Branch, space: Workspace, notes: tuple[Sentence, ...] = ()) -> Sheet:
    """The tree with who is in charge and why a node has no number."""
    columns = [
        Column("metric", phrase("Metric")),
        Column("before", root.before.period.said, right=True),
        Column("after", root.now.period.said, right=True),
        Column("change", phrase("Change"), right=True),
        Column("contribution", phrase("Contribution"), right=True, drop=2),
        Column("owner", phrase("In charge"), drop=1),
        Column("reason", phrase("Why none"), drop=3),
        Column("id", hidden=True),
    ]
    said = [Sentence(_way_down(root, space), key="way")] if root.moved_most else []
    return sheet(columns, nodes(columns, root, space), phrase("Tree"), [*said, *notes], key="tree")


def nodes(columns: list[Column], root: Branch, space: Workspace) -> Iterator[Row]:
    """A line per node from the top down, in these columns."""
    for branch, cells in _nodes(root, space):
        yield line(columns, f"{NODE}{branch.node}", cells)


def _nodes(
    branch: Branch, space: Workspace, depth: int = 0, most: bool = False, unit: str = ""
) -> Iterator[tuple[Branch, dict[str, Cell]]]:
    """Every node with its depth, whether it moved most, and the unit of the node above it."""
    yield branch, _cells(branch, space, depth, most, unit)
    for child in branch.children:
        yield from _nodes(child, space, depth + 1, child is branch.moved_most, branch.now.unit)


def _cells(branch: Branch, space: Workspace, depth: int, most: bool, unit: str) -> dict[str, Cell]:
    """Who is in charge, else the period a node counts in; its part of the node above, where that has a formula."""
    now, name = branch.now, metric_name(space, branch.now.metric)
    tone: Tone = "strong" if most else ""
    mark = MOST if most else " " * len(MOST) if depth else ""
    called = text(joined("  " * depth + mark, name, between=""), tone, name)
    owner: Word = owner_name(space, branch.owner) if branch.owner else _when(branch.period)
    return {
        "way": arrow(branch.moved.value if branch.moved else None),
        "metric": called,
        "factor": called,
        "before": number(branch.before, "muted"),
        "after": number(now),
        "change": change_cell(branch.moved, tone, spaced=True),
        "contribution": NumberCell(finite(branch.contribution), unit_of_difference(unit), signed=True, blank=True),
        "owner": text(owner, "muted", branch.owner or branch.period),
        "reason": text(reason(now.reason, now.detail, space), "muted", now.reason.value if now.reason else ""),
        "id": text(now.metric),
    }


def _when(period: str) -> Word:
    """`2026-Q4`, or what such a period is called."""
    return grain_name(Grain(period)) if period in list(Grain) else period


def _way_down(root: Branch, space: Workspace) -> Word:
    names = [metric_name(space, step.now.metric) for step in _trail(root)]
    return phrase("» Moved most, level by level: {way}", way=joined(*names, between=" → "))


def _trail(root: Branch) -> Iterator[Branch]:
    step: Branch | None = root
    while step is not None:
        yield step
        step = step.moved_most


def branch_data(branch: Branch) -> Record:
    """The JSON of a node with its children, the one that moved most first."""
    return {
        **record(branch, "node", "metric=now.metric", "before=before.value", "after=now.value", "unit=now.unit"),
        **record(
            branch,
            "change=moved.value",
            "change_unit=moved.unit",
            "contribution",
            "reason=now.reason",
            "owner",
            "period",
            "moved_most=moved_most.node",
        ),
        "children": [branch_data(child) for child in branch.children],
    }
