"""What a figure is of the one it adds up to with others, in a metric tree: its share of that target (R164)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kpi_tui.definitions.message import Message, say

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.library.tree import Node, Tree
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.target import TargetKey
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


class TreeShares:
    """Only where a tree says that the figures sum: what is multiplied has no share."""

    def __init__(self, workspace: Workspace, numbers: MetricNumbers, targets: PeriodEdits) -> None:
        self._workspace, self._numbers, self._targets = workspace, numbers, targets

    def has_tree(self, metric: str) -> bool:
        """Whether a tree adds the metric to others."""
        return next(self._sums(metric), None) is not None

    def share(self, key: TargetKey, period: Period, periods: int) -> tuple[float | None, Message | str]:
        """Its part of the target of the sum, by the same period last year, else by the last `periods`; or why none."""
        found = next(((tree, node) for tree, node in self._sums(key.metric)), None)
        if found is None:
            return None, say("no tree adds it to other figures")
        tree, node = found
        target = self._target(key.role, node, period)
        if target is None:
            return None, say("{metric} has no target of {period}", metric=node.metric, period=period.id)
        metrics = [tree.nodes[child].metric for child in node.children]
        shares = self._shares(metrics, period, periods)
        if not shares:
            return None, say("no whole values of all that {metric} is made of", metric=node.metric)
        return target * shares[metrics.index(key.metric)], ""

    def _sums(self, metric: str) -> Iterator[tuple[Tree, Node]]:
        for tree in self._workspace.trees.values():
            for node in tree.nodes.values():
                added = sorted("".join(node.formula.split()).split("+"))
                if added == sorted(node.children) and metric in (tree.nodes[child].metric for child in node.children):
                    yield tree, node

    def _target(self, role: str, node: Node, period: Period) -> float | None:
        """The role's own, that of who is in charge of the figure, else the only one there is."""
        held = {key.role: one.value for key, one in self._targets.of(period).items() if key.metric == node.metric}
        own = held.get(role, held.get(node.owner))
        return own if own is not None else next(iter(held.values())) if len(held) == 1 else None

    def _shares(self, metrics: Sequence[str], period: Period, periods: int) -> list[float]:
        year = period.a_year_earlier()
        for last, count in ((year, 1), (period.previous(), periods)):
            values = self._numbers.values(metrics, last, last=count)
            whole = {(one.metric, one.period): one.value for one in values if one.value is not None and not one.partial}
            known = [one for one in {when for _metric, when in whole} if all((m, one) in whole for m in metrics)]
            sums = [math.fsum(whole[metric, one] for one in known) for metric in metrics]
            if known and min(sums) >= 0 and math.fsum(sums) > 0:
                return [one / math.fsum(sums) for one in sums]
        return []
