"""Metric trees (指标树): one goal split into a few figures, and these into more (R164)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.text import Text


@dataclass(frozen=True, slots=True)
class Node:
    """A figure of a tree. `formula`: arithmetic over its children that gives its metric exactly, or ""."""

    id: str
    metric: str
    children: tuple[str, ...] = ()
    owner: str = ""  # role, person or team in charge
    period: str = ""  # when it is worked on, such as 2026-Q4, or "month"
    formula: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes by id; the first one is the root."""

    id: str
    name: Text
    nodes: Mapping[str, Node]
    about: Text = Text()
    place: Place = Place()
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def root(self) -> Node:
        """The goal."""
        return next(iter(self.nodes.values()))

    @property
    def metrics(self) -> tuple[str, ...]:
        """Every metric of the tree, the goal first, each once."""
        return tuple(dict.fromkeys(node.metric for node in self.nodes.values()))
