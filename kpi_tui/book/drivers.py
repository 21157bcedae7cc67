"""The Book's questions about causes: drivers of a change, metric trees (spec R164–R166)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_tui.book.asks import Asks, number_setting
from kpi_tui.definitions.answers.drivers import METHODS, Branch, Drivers
from kpi_tui.definitions.answers.value import Number, Reason, Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX
from kpi_tui.definitions.library.tree import Node, Tree
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import Progress

if TYPE_CHECKING:
    from kpi_tui.analysis.causes.drivers import Question

MOST_FACTORS = 10


class DriverQuestions:
    """Part of the Book."""

    def drivers(
        self: Asks,
        subject: str,
        period: Period,
        against: Period | None = None,
        *,
        method: str = "shapley",
        order: Sequence[str] = (),
        expand: bool = False,
        progress: Progress | None = None,
    ) -> Drivers:
        """Contribution of every factor of a metric or a tree to its change since `against` (else the period before).

        A metric of one measure is explained by the tree that decomposes it, where there is one. `order` is that of
        substitution; with `expand` metrics inside the formula are taken apart too. UsageError on unknown names.
        """
        if method not in METHODS:
            raise UsageError(
                say("there is no method {method!r}; known: {names}", method=method, names=", ".join(METHODS))
            )
        before = against or period.previous()
        tree = _tree_for(self, subject)
        if tree is None:
            return _of_metric(self, subject, period, before, (method, order, expand), progress)
        values = _pairs(self, tree.metrics, period, before, progress)
        found = _of_node(self, tree, tree.root, values, method, order)
        return replace(found, subject=subject, tree=_grow(self, tree, values, method))

    def tree(
        self: Asks, tree: str, period: Period, against: Period | None = None, *, progress: Progress | None = None
    ) -> Branch:
        """A metric tree with every node's change since `against` (else the period before), largest first (R166)."""
        if tree not in self.workspace.trees:
            known = ", ".join(self.workspace.trees) or say("none")
            raise UsageError(say("there is no tree {tree!r}; known: {known}", tree=tree, known=known))
        chosen = self.workspace.trees[tree]
        return _grow(self, chosen, _pairs(self, chosen.metrics, period, against or period.previous(), progress))


def _tree_for(book: Asks, subject: str) -> Tree | None:
    """The tree of that name, or the one that takes a metric of a single measure apart."""
    from kpi_tui.sql.guard import expression

    trees = book.workspace.trees
    if subject in trees:
        return trees[subject]
    if subject not in book.workspace.metrics:
        _refuse_unknown(book, subject)
    if book.metric(subject).chain:
        raise UsageError(
            say("{subject} is read off a chain, which has drivers of its own: see kpi-tui chain", subject=subject)
        )
    if len(expression(book.metric(subject).formula).columns) > 1:
        return None
    return next((tree for tree in trees.values() if tree.root.metric == subject and tree.root.formula), None)


def _refuse_unknown(book: Asks, subject: str) -> None:
    try:
        book.metric(subject)
    except UsageError as error:
        raise UsageError(
            say("{error}; trees: {trees}", error=error, trees=", ".join(book.workspace.trees) or say("none"))
        ) from None
    raise UsageError(
        say(
            "{subject} is a growth form; ask for the drivers of {metric}",
            subject=subject,
            metric=subject.removesuffix(GROWTH_SUFFIX),
        )
    )


def _pairs(
    book: Asks, metrics: Sequence[str], period: Period, before: Period, progress: Progress | None
) -> dict[str, tuple[Value, Value]]:
    old = book.values(metrics, before, progress=progress)
    new = book.values(metrics, period, progress=progress)
    return {now.metric: (was, now) for was, now in zip(old, new, strict=True)}


def _grow(book: Asks, tree: Tree, values: Mapping[str, tuple[Value, Value]], method: str = "shapley") -> Branch:
    from kpi_tui.analysis.causes.tree import branches

    return branches(tree, values, lambda node: _of_node(book, tree, node, values, method, ()))


def _of_node(
    book: Asks,
    tree: Tree,
    node: Node,
    values: Mapping[str, tuple[Value, Value]],
    method: str,
    order: Sequence[str],
) -> Drivers:
    """Contributions of a node's children; without a formula only their changes can be shown."""
    from kpi_tui.analysis.causes.drivers import Question, explain

    before, now = values[node.metric]
    children = [tree.nodes[child].metric for child in node.children]
    old = {metric: values[metric][0].value for metric in children}
    new = {metric: values[metric][1].value for metric in children}
    question = Question(node.formula, _evaluator(node.formula, {}), old, new, method, order, _most(book))
    if node.formula:
        return explain(tree.id, now, before, _in_order(question))
    found = explain(tree.id, now, before, replace(question, before={}, after={}, evaluate=lambda _: None))
    detail = say("this tree has no formula: the changes of its children are shown, not their contributions")
    return replace(found, reason=Reason.NOT_APPLICABLE, detail=detail)


def _of_metric(
    book: Asks,
    metric: str,
    period: Period,
    before: Period,
    how: tuple[str, Sequence[str], bool],
    progress: Progress | None,
) -> Drivers:
    from kpi_tui.analysis.causes.drivers import Question, explain

    method, order, expand = how
    was, now = _pairs(book, [metric], period, before, progress)[metric]
    text = book.metric(metric).formula
    factors = _Factors(book, period, before, progress)
    old, new = factors.of(text, was), factors.of(text, now)
    if expand:
        text, old, new = factors.expanded(text, old, new)
    question = Question(text, _evaluator(text, factors.settings(text)), old, new, method, order, _most(book))
    found = explain(metric, now, was, _in_order(question))
    lumped = [value for value in (was, now) if value.value is not None and not factors.is_direct(value)]
    if lumped and found.reason is not None:
        grain = book.metric(metric).grain.value
        detail = say(
            "{period} is a mean of its values per {grain}; ask for the drivers of a {grain}",
            period=lumped[0].period.id,
            grain=grain,
        )
        return replace(found, reason=Reason.NOT_APPLICABLE, detail=detail)
    return found


class _Factors:
    """The factors of a formula with their values at two periods."""

    def __init__(self, book: Asks, period: Period, before: Period, progress: Progress | None) -> None:
        self._book, self._periods, self._progress = book, (before, period), progress

    def settings(self, text: str) -> dict[str, float]:
        """Settings that stand in a formula; they are constants, not factors."""
        from kpi_tui.engine.formula import names

        workspace = self._book.workspace
        constants = [name for name in names(text) if name not in workspace.measures and name not in workspace.metrics]
        return {name: float(workspace.settings[name]) for name in constants if name in workspace.settings}

    def of(self, text: str, value: Value) -> dict[str, float | None]:
        """Values by name, in the order in which the formula names them."""
        from kpi_tui.sql.guard import in_reading_order

        constants = self.settings(text)
        return {name: value.measures.get(name) for name in in_reading_order(text) if name not in constants}

    def is_direct(self, value: Value) -> bool:
        """Whether a value was computed from its measures at once, not as a mean of parts."""
        return "periods" not in value.measures or "periods" in self._book.workspace.measures

    def expanded(
        self, text: str, old: Mapping[str, float | None], new: Mapping[str, float | None]
    ) -> tuple[str, dict[str, float | None], dict[str, float | None]]:
        """The formula with every metric inside replaced by its own formula, as long as there is one."""
        from kpi_tui.sql.guard import expression, in_reading_order, inlined

        workspace = self._book.workspace
        before, after = dict(old), dict(new)
        while inner := [name for name in expression(text).columns if self._is_metric(name)]:
            text = inlined(text, {name: workspace.metrics[name].formula for name in inner})
            pairs = _pairs(self._book, inner, self._periods[1], self._periods[0], self._progress)
            for name, (was, now) in pairs.items():
                before.pop(name, None), after.pop(name, None)
                before |= self.of(workspace.metrics[name].formula, was)
                after |= self.of(workspace.metrics[name].formula, now)
        order = [name for name in in_reading_order(text) if name in before]
        return text, {name: before[name] for name in order}, {name: after[name] for name in order}

    def _is_metric(self, name: str) -> bool:
        return name not in self._book.workspace.measures and name in self._book.workspace.metrics


def _evaluator(text: str, constants: Mapping[str, float]) -> Callable[[Mapping[str, float]], float | None]:
    from kpi_tui.engine.formula import evaluate

    fixed = {name: Number(value) for name, value in constants.items()}

    def at(values: Mapping[str, float]) -> float | None:
        return evaluate(text, fixed | {name: Number(value) for name, value in values.items()}).value

    return at


def _in_order(question: Question) -> Question:
    """The question, its declared order checked. UsageError when it does not name every factor once."""
    if question.order and sorted(question.order) != sorted(question.before):
        factors = ", ".join(question.before)
        raise UsageError(
            say(
                "the order {names} must name every factor once: {factors}",
                names=", ".join(question.order),
                factors=factors,
            )
        )
    return question


def _most(book: Asks) -> int:
    return int(number_setting(book, "driver_factors", MOST_FACTORS))
