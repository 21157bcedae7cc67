"""Goods that are bought together, and the best of them (R155–R157)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kpi_tui.book.numbers import MetricNumbers
from kpi_tui.definitions.answers.basket import Ranked, Rule, RuleList, TopList
from kpi_tui.definitions.answers.value import Number
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.analysis_parts import RulesPart
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.engine.numbers import Numbers

LEVELS: Mapping[str, tuple[str, str]] = {
    "product": ("d_product_sales", "product_id"),
    "class": ("d_product_sales", "category_id"),
    "sku": ("d_paid_items", "sku_id"),
}
"""What counts as one thing in a basket → fact and column."""

TOPS: Mapping[str, str] = {"units": "product_units_sold", "profit": "product_profit"}
TOP_N = 20


class Goods:
    """Association rules and top lists over paid orders."""

    def __init__(self, workspace: Workspace, numbers: MetricNumbers, engine: Numbers) -> None:
        self._workspace = workspace
        self._numbers = numbers
        self._engine = engine

    def rules(
        self, level: str, min_support: float | str, min_confidence: float | str, period: Period, longest: int = 0
    ) -> list[Rule]:
        """Association rules over the baskets paid in a period, highest lift first.

        `level`: product, class or sku; `longest`: most things in a rule, 0 = any. UsageError on an unknown level or
        a share outside 0–1; TableError when a table is missing.
        """
        from kpi_tui.analysis.basket import TooManySets, rules

        for name, share in ((say("support"), min_support), (say("confidence"), min_confidence)):
            if not _is_share(share):
                raise UsageError(say("the {name} must lie between 0 and 1, not {share}", name=name, share=share))
        try:
            return rules(self._baskets(level, period), min_support, min_confidence, longest=longest)
        except TooManySets as error:
            raise UsageError(str(error)) from None

    def listed(self, part: RulesPart, period: Period) -> RuleList:
        """The rules that a section of a page asks for; raises as `rules` does."""
        found = self.rules(part.level, part.support, part.confidence, period, part.longest)
        return RuleList(period, tuple(found[: part.most]), len(found))

    def top(self, kind: str, period: Period, count: int | None = None) -> TopList:
        """The best products by units or profit, with the pairs that pull from the hot into the profitable (R156)."""
        from kpi_tui.analysis.basket import pull_pairs

        if kind not in TOPS:
            raise UsageError(say("there is no list {kind!r}; known: {names}", kind=kind, names=listed(TOPS)))
        count = count or int(self._workspace.number("top_n", TOP_N))
        lists = {name: self._ranked(name, period, count) for name in TOPS}
        if not isinstance(lists[kind], tuple):
            raise TableError(say("{list} {period}: {why}", list=TOPS[kind], period=period.id, why=lists[kind]))
        hot, good = lists["units"], lists["profit"]
        rows = tuple(row for row in lists[kind] if isinstance(row, Ranked))
        if not isinstance(hot, tuple) or not isinstance(good, tuple):
            return TopList(kind, period, rows, detail=next(str(x) for x in (hot, good) if isinstance(x, str)))
        lines = self._baskets("product", period)
        pulls = pull_pairs(lines, [row.product for row in hot], [row.product for row in good])
        return TopList(kind, period, rows, tuple(pulls))

    def _baskets(self, level: str, period: Period) -> list[tuple[str, str]]:
        """(order, thing) of every order paid in the period."""
        if level not in LEVELS:
            raise UsageError(say("there is no level {level!r}; known: {names}", level=level, names=listed(LEVELS)))
        fact, column = LEVELS[level]
        where = f"{column} is not null"
        measure = Measure("baskets", fact, Aggregation.COUNT, column=column, where=where, time="paid_at")
        found = self._engine.lines(measure, ("order_id", column), period)
        if isinstance(found, Number):
            raise TableError(say("baskets of {period}: {detail}", period=period.id, detail=found.detail))
        return [(order, thing) for order, thing in found]

    def _ranked(self, kind: str, period: Period, count: int) -> tuple[Ranked, ...] | str:
        """The first places, or why there are none; ties stand in the order of their names."""
        found = self._numbers.values([TOPS[kind]], period, by="product_id")
        total, parts = found[0], [value for value in found[1:] if value.value is not None and value.segment != "(none)"]
        if total.value is None or not parts:
            return total.detail or say("no rows")
        parts.sort(
            key=lambda value: (-round(value.value or 0.0, 6), value.segment or "")
        )  # equal sums differ in a last bit
        return tuple(
            Ranked(n + 1, v.segment or "", v.value or 0.0, (v.value or 0.0) / total.value if total.value > 0 else None)
            for n, v in enumerate(parts[:count])
        )


def _is_share(value: float | str) -> bool:
    """A number from 0 to 1; NaN and words are none."""
    try:
        return 0 <= float(value) <= 1
    except ValueError:
        return False
