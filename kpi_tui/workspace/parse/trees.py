"""trees.toml: metric trees, each a goal with children and grandchildren (R164)."""

from __future__ import annotations

from kpi_tui.definitions.library.tree import Node, Tree
from kpi_tui.definitions.message import say
from kpi_tui.workspace import duplicates
from kpi_tui.workspace.toml.fields import Fields


def read_tree(key: str, fields: Fields) -> Tree:
    """One `[trees.id]` with its `[[trees.id.nodes]]`; the first node is the goal."""
    name, about = fields.text("name", required=True), fields.text("about")
    return Tree(key, name, _nodes(fields), about, fields.place, fields.places)


def _nodes(fields: Fields) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for inner in fields.tables("nodes"):
        node = _node(inner)
        if twice := duplicates.tree_node(node.id, found):
            inner.problem(*twice)
        fields.join(inner)
        found.setdefault(node.id, node)
    if not found and not fields.broken:
        fields.problem(
            "nodes",
            say("the tree has no nodes"),
            say("add [[trees.{id}.nodes]]", id=fields.path[-1]),
            "missing-key",
        )
        found[""] = Node("", "")
    return found


def _node(fields: Fields) -> Node:
    metric = fields.string("metric", required=True)
    return Node(
        id=fields.string("node") or metric,
        metric=metric,
        children=fields.strings("children"),
        owner=fields.string("owner"),
        period=fields.string("period"),
        formula=fields.string("formula"),
        place=fields.place,
    )
