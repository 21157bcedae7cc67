"""A metric tree at two periods: children by how much they moved, and what they contributed (R164–R166)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kpi_tui.definitions.answers.drivers import Branch, Drivers
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.tree import Node, Tree

Pair = tuple[Value, Value]
"""(before, now) of a metric."""
Split = Callable[[Node], Drivers | None]
"""Contributions of a node's children to its change; None for a node without a formula."""


def branches(tree: Tree, values: Mapping[str, Pair], split: Split) -> Branch:
    """The whole tree from its root; `values` per metric."""
    return _branch(tree, tree.root, values, split, None)


def trail(root: Branch) -> tuple[Branch, ...]:
    """From the goal down, each time to the child that moved most (R166)."""
    steps = [root]
    while (following := steps[-1].moved_most) is not None:
        steps.append(following)
    return tuple(steps)


def _branch(tree: Tree, node: Node, values: Mapping[str, Pair], split: Split, contribution: float | None) -> Branch:
    answer = split(node) if node.formula else None
    parts = {driver.factor: driver.contribution for driver in answer.drivers} if answer else {}
    inner = [tree.nodes[name] for name in node.children]
    children = [_branch(tree, child, values, split, parts.get(child.metric)) for child in inner]
    before, now = values[node.metric]
    return Branch(node.id, now, before, node.owner, node.period, contribution, tuple(sorted(children, key=_size)))


def _size(branch: Branch) -> tuple[bool, float]:
    """Largest first: by contribution where the parent has a formula, else by relative change; unknown last."""
    moved = branch.contribution if branch.contribution is not None else branch.change
    return moved is None, -abs(moved or 0.0)
