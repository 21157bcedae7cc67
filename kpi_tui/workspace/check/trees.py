"""Trees: known metrics, one root, no circle, three levels, at most three children (R164)."""

from __future__ import annotations

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.library.tree import Node, Tree
from kpi_tui.definitions.message import listed, say
from kpi_tui.sql import guard
from kpi_tui.workspace import duplicates
from kpi_tui.workspace.check.contradiction import Contradictions, place_of
from kpi_tui.workspace.parse.collected import Collected

DEPTH = 3
"""Levels of a tree (R164)."""
MOST_CHILDREN = 3


def check_tree(tree: Tree, metrics: Collected[Metric], report: Contradictions) -> None:
    """Errors leave the tree out; too many children or levels, and nobody in charge, are said."""
    for node in tree.nodes.values():
        _metric(tree, node, metrics, report)
        _children(tree, node, report)
        if node.formula:
            _formula(tree, node, report)
    if twice := duplicates.tree_and_metric(tree.id, metrics.items):
        report.error(tree, *twice)
    if tree.id not in report.spoilt:
        _shape(tree, report)


def _metric(tree: Tree, node: Node, metrics: Collected[Metric], report: Contradictions) -> None:
    if node.metric in metrics.broken:
        report.follows(_At(tree, node), "metric", say("metric"), node.metric)
    elif node.metric not in metrics.items:
        report.unknown(_At(tree, node), "metric", say("metric"), node.metric, metrics.items)


def _children(tree: Tree, node: Node, report: Contradictions) -> None:
    for child in node.children:
        if child not in tree.nodes:
            report.unknown(_At(tree, node), "children", say("node"), child, tree.nodes)
    if len(node.children) > MOST_CHILDREN and not node.formula:  # the factors of an exact product cannot be left out
        message = say(
            "{node} has {count} children, more than {most}", node=node.id, count=len(node.children), most=MOST_CHILDREN
        )
        _say(tree, node, Severity.WARNING, message, say("group them, or leave the least important out"), report)


def _formula(tree: Tree, node: Node, report: Contradictions) -> None:
    """A node's formula reads the metrics of all its children, and nothing else."""
    try:
        names = set(guard.expression(node.formula).columns)
    except guard.FragmentError as error:
        report.error(_At(tree, node), "formula", str(error), say("correct the formula"), "R164")
        return
    own = {tree.nodes[child].metric for child in node.children if child in tree.nodes}
    if names != own:
        odd = listed(sorted(names ^ own))
        message = say(
            "the formula of {node} and its children do not name the same metrics: {odd}", node=node.id, odd=odd
        )
        report.error(_At(tree, node), "formula", message, say("name every child's metric once"), "R164")


def _shape(tree: Tree, report: Contradictions) -> None:
    """Every node hangs on the root exactly once, at most three levels deep."""
    levels = {tree.root.id: 1}
    queue = [tree.root]
    while queue:
        node = queue.pop(0)
        for child in node.children:
            if child in levels:
                message = say("node {child!r} hangs in the tree twice", child=child)
                report.error(_At(tree, node), "children", message, say("name it under one parent only"), "cycle")
                return
            levels[child] = levels[node.id] + 1
            queue.append(tree.nodes[child])
    for node in tree.nodes.values():
        if node.id not in levels:
            message = say("node {node!r} hangs on nothing", node=node.id)
            report.error(_At(tree, node), "node", message, say("name it in `children` of a node, or remove it"), "R164")
        elif levels[node.id] == DEPTH + 1:
            message = say(
                "{node} stands on level {level}; a tree has {depth}", node=node.id, level=DEPTH + 1, depth=DEPTH
            )
            _say(tree, node, Severity.WARNING, message, say("make it a tree of its own"), report)
        elif not node.owner and not node.period:
            message = say("{node} has neither an owner nor a period", node=node.id)
            _say(tree, node, Severity.HINT, message, say("add `owner` or `period`"), report)


def _say(tree: Tree, node: Node, severity: Severity, message: str, hint: str, report: Contradictions) -> None:
    place = place_of(_At(tree, node), "node")
    text = say("tree {tree}: {message}", tree=tree.id, message=message)
    report.issues.append(Issue(severity, text, hint, place.file, place.line, place.key, "R164"))


class _At:
    """A node as a place that spoils its tree."""

    def __init__(self, tree: Tree, node: Node) -> None:
        self.id = tree.id
        self.place = node.place
