"""A metric tree at two periods: indented rows, largest change first, and the way down to what moved most (R166)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kpi_tui.definitions.answers.drivers import Branch
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import Cell, ChangeCell, NumberCell, TextCell, finite, text
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.reasons import reason
from kpi_tui.views.view import Column, Row, Sentence, Sheet, sheet

NODE = "node "
MOST = "» "
"""Before the node that moved most among its siblings."""


@dataclass(frozen=True, slots=True)
class BranchAt:
    """A branch where it stands: how deep, whether it moved most, and the unit of the node above it."""

    branch: Branch
    depth: int = 0
    most: bool = False
    parent_unit: str = ""

    @property
    def key(self) -> str:
        """The row's key."""
        return f"{NODE}{self.branch.node}"

    def name(self, space: Workspace) -> Word:
        """The name, set in by its depth and marked."""
        mark = MOST if self.most else " " * len(MOST) if self.depth else ""
        return joined("  " * self.depth + mark, metric_name(space, self.branch.now.metric), between="")

    def owner(self, space: Workspace) -> TextCell:
        """Who is in charge, else the period a node counts in; csv keeps the id."""
        branch = self.branch
        return text(owner_name(space, branch.owner) if branch.owner else branch.period, "muted",
                    branch.owner or branch.period)  # fmt: skip

    def contribution(self) -> NumberCell:
        """Its part of the change of the node above, where that has a formula."""
        return NumberCell(finite(self.branch.contribution), self.parent_unit, signed=True, blank=True)


def nodes(branch: Branch, depth: int = 0, most: bool = False, parent_unit: str = "") -> Iterator[BranchAt]:
    """Every node, from the top down."""
    yield BranchAt(branch, depth, most, parent_unit)
    for child in branch.children:
        yield from nodes(child, depth + 1, child is branch.moved_most, branch.now.unit)


def tree_sheet(root: Branch, space: Workspace, notes: tuple[Sentence, ...] = ()) -> Sheet:
    """The tree with who is in charge and why a node has no number."""
    columns = [
        Column("metric", phrase("Metric")),
        Column("before", root.before.period.id, right=True),
        Column("after", root.now.period.id, right=True),
        Column("change", phrase("Change"), right=True),
        Column("contribution", phrase("Contribution"), right=True, drop=2),
        Column("owner", phrase("In charge"), drop=1),
        Column("reason", phrase("Why none"), drop=3),
        Column("id", hidden=True),
    ]
    rows = [Row(node.key, _cells(node, space)) for node in nodes(root)]
    said = [Sentence(_way_down(root, space), key="way")] if root.moved_most else []
    return sheet(columns, rows, phrase("Tree"), [*said, *notes], key="tree")


def _cells(node: BranchAt, space: Workspace) -> tuple[Cell, ...]:
    branch = node.branch
    before, now = branch.before, branch.now
    return (
        text(node.name(space), "strong" if node.most else "", exact=metric_name(space, now.metric)),
        NumberCell(finite(before.value), before.unit, partial=before.partial),
        NumberCell(finite(now.value), now.unit, partial=now.partial),
        ChangeCell(finite(branch.change)),
        node.contribution(),
        node.owner(space),
        text(reason(now.reason, now.detail), "muted", now.reason.value if now.reason else ""),
        text(now.metric),
    )


def _way_down(root: Branch, space: Workspace) -> Word:
    names = [metric_name(space, step.now.metric) for step in _trail(root)]
    return phrase("» Moved most, level by level: {way}", way=joined(*names, between=" → "))


def _trail(root: Branch) -> Iterator[Branch]:
    step: Branch | None = root
    while step is not None:
        yield step
        step = step.moved_most


def branch_data(branch: Branch) -> dict[str, object]:
    """The JSON of a node with its children, the one that moved most first."""
    first = branch.moved_most
    return {
        "node": branch.node,
        "metric": branch.now.metric,
        "before": finite(branch.before.value),
        "after": finite(branch.now.value),
        "unit": branch.now.unit,
        "change": finite(branch.change),
        "contribution": finite(branch.contribution),
        "reason": branch.now.reason.value if branch.now.reason else None,
        "owner": branch.owner,
        "period": branch.period,
        "moved_most": first.node if first else None,
        "children": [branch_data(child) for child in branch.children],
    }
