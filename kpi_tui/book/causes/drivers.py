"""Causes: the drivers of a metric's change, metric trees (R164–R166)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_tui.book.causes.explainable import explainable
from kpi_tui.book.causes.factors import Factors, pairs
from kpi_tui.definitions.answers.drivers import METHODS, Branch, Drivers
from kpi_tui.definitions.answers.value import Number, Reason, Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import listed, say

if TYPE_CHECKING:
    from kpi_tui.analysis.causes.drivers import FormulaChange
    from kpi_tui.book.library import Library
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.library.tree import Node, Tree
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace

MOST_FACTORS = 10


class DriverAnalysis:
    """Explains changes by the factors of a formula or of a tree."""

    def __init__(self, workspace: Workspace, library: Library, numbers: MetricNumbers) -> None:
        self._workspace = workspace
        self._library = library
        self._numbers = numbers

    def of(
        self,
        subject: str,
        period: Period,
        against: Period | None = None,
        *,
        method: str = "shapley",
        order: Sequence[str] = (),
        expand: bool = False,
        where: str | None = None,
        progress: Progress | None = None,
    ) -> Drivers:
        """Contribution of every factor of a metric or a tree to its change since `against` (else the period before).

        A metric of one measure is explained by the tree that decomposes it, where there is one. `order` is that of
        substitution; with `expand` metrics inside the formula are taken apart too; `where` keeps some rows only.
        UsageError on unknown names.
        """
        if method not in METHODS:
            raise UsageError(say("there is no method {method!r}; known: {names}", method=method, names=listed(METHODS)))
        before = against or period.previous()
        tree = self._tree_for(subject)
        if tree is None:
            return self._of_metric(subject, period, before, (method, order, expand), where, progress)
        values = pairs(self._numbers, tree.metrics, period, before, progress, where)
        found = self._of_node(tree, tree.root, values, method, order)
        return replace(found, subject=subject, tree=self._grow(tree, values, method))

    def tree(
        self, tree: str, period: Period, against: Period | None = None, *, progress: Progress | None = None
    ) -> Branch:
        """A metric tree with every node's change since `against` (else the period before), largest first (R166)."""
        if tree not in self._workspace.trees:
            known = listed(self._workspace.trees) or say("none")
            raise UsageError(say("there is no tree {tree!r}; known: {known}", tree=tree, known=known))
        chosen = self._workspace.trees[tree]
        return self._grow(chosen, pairs(self._numbers, chosen.metrics, period, against or period.previous(), progress))

    def _tree_for(self, subject: str) -> Tree | None:
        """The tree of that name, or the one that takes a metric of a single measure apart."""
        from kpi_tui.sql.guard import expression

        trees = self._workspace.trees
        if subject in trees:
            return trees[subject]
        self._expect_known(subject)
        metric = explainable(self._library, subject)
        if len(expression(metric.formula).columns) > 1:
            return None
        return next((tree for tree in trees.values() if tree.root.metric == subject and tree.root.formula), None)

    def _expect_known(self, subject: str) -> None:
        try:
            self._library.metric(subject)
        except UsageError as error:
            raise UsageError(
                say("{error}; trees: {trees}", error=error, trees=listed(self._workspace.trees) or say("none"))
            ) from None

    def _grow(self, tree: Tree, values: Mapping[str, tuple[Value, Value]], method: str = "shapley") -> Branch:
        from kpi_tui.analysis.causes.tree import branches

        return branches(tree, values, lambda node: self._of_node(tree, node, values, method, ()))

    def _of_node(
        self,
        tree: Tree,
        node: Node,
        values: Mapping[str, tuple[Value, Value]],
        method: str,
        order: Sequence[str],
    ) -> Drivers:
        """Contributions of a node's children; without a formula only their changes can be shown."""
        from kpi_tui.analysis.causes.drivers import FormulaChange, explain

        before, now = values[node.metric]
        children = [tree.nodes[child].metric for child in node.children]
        old = {metric: values[metric][0].value for metric in children}
        new = {metric: values[metric][1].value for metric in children}
        question = FormulaChange(node.formula, _evaluator(node.formula, {}), old, new, method, order, self._most())
        if node.formula:
            return explain(tree.id, now, before, _in_order(question))
        found = explain(tree.id, now, before, replace(question, before={}, after={}, evaluate=lambda _: None))
        detail = say("this tree has no formula: the changes of its children are shown, not their contributions")
        return replace(found, reason=Reason.NOT_APPLICABLE, detail=detail)

    def _of_metric(
        self,
        metric: str,
        period: Period,
        before: Period,
        how: tuple[str, Sequence[str], bool],
        where: str | None,
        progress: Progress | None,
    ) -> Drivers:
        from kpi_tui.analysis.causes.drivers import FormulaChange, explain

        method, order, expand = how
        was, now = pairs(self._numbers, [metric], period, before, progress, where)[metric]
        text = self._library.metric(metric).formula
        factors = Factors(self._workspace, self._numbers, period, before, progress, where)
        old, new = factors.of(text, was), factors.of(text, now)
        if expand:
            text, old, new = factors.expanded(text, old, new)
        question = FormulaChange(text, _evaluator(text, factors.settings(text)), old, new, method, order, self._most())
        found = explain(metric, now, was, _in_order(question))
        lumped = [value for value in (was, now) if value.value is not None and not factors.is_direct(value)]
        if lumped and found.reason is not None:
            grain = self._library.metric(metric).grain.value
            detail = say(
                "{period} is a mean of its values per {grain}; ask for the drivers of a {grain}",
                period=lumped[0].period.said,
                grain=grain,
            )
            return replace(found, reason=Reason.NOT_APPLICABLE, detail=detail)
        return found

    def _most(self) -> int:
        return int(self._workspace.number("driver_factors", MOST_FACTORS))


def _evaluator(text: str, constants: Mapping[str, float]) -> Callable[[Mapping[str, float]], float | None]:
    from kpi_tui.engine.formula import evaluate

    fixed = {name: Number(value) for name, value in constants.items()}

    def at(values: Mapping[str, float]) -> float | None:
        return evaluate(text, fixed | {name: Number(value) for name, value in values.items()}).value

    return at


def _in_order(question: FormulaChange) -> FormulaChange:
    """The question, its declared order checked. UsageError when it does not name every factor once."""
    if question.order and sorted(question.order) != sorted(question.before):
        factors = listed(question.before)
        raise UsageError(
            say(
                "the order {names} must name every factor once: {factors}",
                names=listed(question.order),
                factors=factors,
            )
        )
    return question
