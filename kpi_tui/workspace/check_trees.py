"""Trees: known metrics, one root, no circle, three levels, at most three children (spec R164)."""

from __future__ import annotations

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.metric import Metric
from kpi_tui.definitions.tree import DEPTH, MOST_CHILDREN, Node, Tree
from kpi_tui.sql import guard
from kpi_tui.workspace.report import Report, place_of
from kpi_tui.workspace.shelf import Shelf


def check_tree(tree: Tree, metrics: Shelf[Metric], report: Report) -> None:
    """Errors leave the tree out; too many children or levels, and nobody in charge, are said."""
    for node in tree.nodes.values():
        _metric(tree, node, metrics, report)
        _children(tree, node, report)
        if node.formula:
            _formula(tree, node, report)
    if tree.id in metrics.items:
        report.error(tree, "", f"a metric is called {tree.id!r} too", "rename the tree", "twice")
    if tree.id not in report.spoilt:
        _shape(tree, report)


def _metric(tree: Tree, node: Node, metrics: Shelf[Metric], report: Report) -> None:
    if node.metric in metrics.broken:
        report.follows(_At(tree, node), "metric", "metric", node.metric)
    elif node.metric not in metrics.items:
        report.unknown(_At(tree, node), "metric", "metric", node.metric, metrics.items)


def _children(tree: Tree, node: Node, report: Report) -> None:
    for child in node.children:
        if child not in tree.nodes:
            report.unknown(_At(tree, node), "children", "node", child, tree.nodes)
    if len(node.children) > MOST_CHILDREN and not node.formula:  # the factors of an exact product cannot be left out
        message = f"{node.id} has {len(node.children)} children, more than {MOST_CHILDREN}"
        _say(tree, node, Severity.WARNING, message, "group them, or leave the least important out", report)


def _formula(tree: Tree, node: Node, report: Report) -> None:
    """A node's formula reads the metrics of all its children, and nothing else."""
    try:
        names = set(guard.expression(node.formula).columns)
    except guard.FragmentError as error:
        report.error(_At(tree, node), "formula", str(error), "correct the formula", "R164")
        return
    own = {tree.nodes[child].metric for child in node.children if child in tree.nodes}
    if names != own:
        odd = ", ".join(sorted(names ^ own))
        message = f"the formula of {node.id} and its children do not name the same metrics: {odd}"
        report.error(_At(tree, node), "formula", message, "name every child's metric once", "R164")


def _shape(tree: Tree, report: Report) -> None:
    """Every node hangs on the root exactly once, at most three levels deep."""
    levels = {tree.root.id: 1}
    queue = [tree.root]
    while queue:
        node = queue.pop(0)
        for child in node.children:
            if child in levels:
                message = f"node {child!r} hangs in the tree twice"
                report.error(_At(tree, node), "children", message, "name it under one parent only", "cycle")
                return
            levels[child] = levels[node.id] + 1
            queue.append(tree.nodes[child])
    for node in tree.nodes.values():
        if node.id not in levels:
            message = f"node {node.id!r} hangs on nothing"
            report.error(_At(tree, node), "node", message, "name it in `children` of a node, or remove it", "R164")
        elif levels[node.id] == DEPTH + 1:
            message = f"{node.id} stands on level {DEPTH + 1}; a tree has {DEPTH}"
            _say(tree, node, Severity.WARNING, message, "make it a tree of its own", report)
        elif not node.owner and not node.period:
            message = f"{node.id} has neither an owner nor a period"
            _say(tree, node, Severity.HINT, message, "add `owner` or `period`", report)


def _say(tree: Tree, node: Node, severity: Severity, message: str, hint: str, report: Report) -> None:
    place = place_of(_At(tree, node), "node")
    text = f"tree {tree.id}: {message}"
    report.issues.append(Issue(severity, text, hint, place.file, place.line, place.key, "R164"))


class _At:
    """A node as a place that spoils its tree."""

    def __init__(self, tree: Tree, node: Node) -> None:
        self.id = tree.id
        self.place = node.place
