"""Goods that are bought together, and the best of them (R155–R157)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.basket import Ranked, RuleList, TopList
from kpi_tui.definitions.answers.value import Number, Value
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.message import listed, say

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.library.analysis_parts import RulesPart
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.numbers import Numbers

LEVELS: Mapping[str, str] = {"product": "basket_products", "class": "basket_classes", "sku": "basket_skus"}
"""What counts as one thing in a basket → the measure whose column says it."""

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
    ) -> RuleList:
        """Association rules over the baskets paid in a period, highest lift first.

        `level`: product, class or sku; `longest`: most things in a rule, 0 = any. UsageError on an unknown level or
        a share outside 0–1; TableError when a table is missing.
        """
        from kpi_tui.analysis.basket import TooManySets, rules

        for name, share in ((say("support"), min_support), (say("confidence"), min_confidence)):
            if not _is_share(share):
                raise UsageError(say("the {name} must lie between 0 and 1, not {share}", name=name, share=share))
        try:
            found = rules(self._baskets(level, period), min_support, min_confidence, longest=longest)
        except TooManySets as error:
            raise UsageError(str(error)) from None
        lines = self._lines_of(level, period)
        if why := next((value.detail for value in lines if value.value is None), ""):
            raise _no_baskets(period, why)
        return RuleList(period, tuple(found), len(found), lines)

    def listed(self, part: RulesPart, period: Period) -> RuleList:
        """The rules that a section of a page asks for; raises as `rules` does."""
        found = self.rules(part.level, part.support, part.confidence, period, part.longest)
        return replace(found, rows=found.rows[: part.most])

    def top(self, kind: str, period: Period, count: int | None = None) -> TopList:
        """The best products by units or profit, with the pairs that pull from the hot into the profitable (R156)."""
        from kpi_tui.analysis.basket import pull_pairs

        if kind not in TOPS:
            raise UsageError(say("there is no list {kind!r}; known: {names}", kind=kind, names=listed(TOPS)))
        count = count or int(self._workspace.number("top_n", TOP_N))
        lists = {name: self._ranked(name, period, count) for name in TOPS}
        found, others = lists[kind], [one for one in lists.values() if not one.rows]
        if not found.rows:
            raise TableError(say("{list} {period}: {why}", list=TOPS[kind], period=period.said, why=found.detail))
        if others:
            return replace(found, detail=others[0].detail)
        lines = self._baskets("product", period)
        hot, good = ([row.product for row in lists[name].rows if row.place] for name in TOPS)
        baskets = self._lines_of("product", period)
        return replace(found, pulls=tuple(pull_pairs(lines, hot, good)), rests_on=(*found.rests_on, *baskets))

    def _baskets(self, level: str, period: Period) -> list[tuple[str, str]]:
        """(order, thing) of every order paid in the period."""
        if level not in LEVELS:
            raise UsageError(say("there is no level {level!r}; known: {names}", level=level, names=listed(LEVELS)))
        measure = self._workspace.measures[LEVELS[level]]
        found = self._engine.lines(measure, ("order_id", measure.column), period)
        if isinstance(found, Number):
            raise _no_baskets(period, found.detail)
        things = {
            one: one for one in self._engine.called(measure.column, dict.fromkeys(thing for _order, thing in found))
        }
        return [(order, things[thing]) for order, thing in found]

    def _lines_of(self, level: str, period: Period) -> tuple[Value, ...]:
        """How many lines the baskets are made of, with what is doubtful about them."""
        from kpi_tui.engine.measure_metrics import PREFIX
        from kpi_tui.engine.query.cut import Cut

        return tuple(self._engine.values([PREFIX + LEVELS[level]], [period], Cut()))

    def _ranked(self, kind: str, period: Period, count: int) -> TopList:
        """The first places, then products whose number is not known, or why there are none; ties stand in the order of
        their names."""
        total, *parts = self._numbers.values([TOPS[kind]], period, by="product_id")
        parts = [value for value in parts if value.segment != "(none)"]
        known = sorted((value for value in parts if value.value is not None), key=_highest)
        unknown = [value for value in parts if value.value is None]
        if total.value is None or not known:
            return TopList(kind, period, (), detail=total.detail or say("no rows"))
        whole = total.value
        rows = [
            Ranked(n, value.segment or "", value, (value.value or 0.0) / whole if whole > 0 else None)
            for n, value in enumerate(known[:count], 1)
        ]
        rows += [Ranked(None, value.segment or "", value, None) for value in unknown[:count]]
        return TopList(kind, period, tuple(rows), rests_on=(total,), unknown=max(len(unknown) - count, 0))


def _no_baskets(period: Period, why: str) -> TableError:
    return TableError(say("baskets of {period}: {detail}", period=period.said, detail=why))


def _highest(value: Value) -> tuple[float, str]:
    """Equal sums differ in a last bit."""
    return -round(value.value or 0.0, 6), value.segment or ""


def _is_share(value: float | str) -> bool:
    """A number from 0 to 1; NaN and words are none."""
    try:
        return 0 <= float(value) <= 1
    except ValueError:
        return False
