"""The Book's questions about goods and steps: rules, top lists, funnels (spec R107, R108, R155–R157, R171)."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_tui.book.asks import Asks, number_setting
from kpi_tui.definitions.answers.basket import Ranked, Rule, TopList
from kpi_tui.definitions.answers.value import Number, Value
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.library.funnel import Funnel, FunnelStep, FunnelView
from kpi_tui.definitions.library.metric import Aggregation, Measure
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period

LEVELS: Mapping[str, tuple[str, str]] = {
    "product": ("d_product_sales", "product_id"),
    "class": ("d_product_sales", "category_id"),
    "sku": ("d_paid_items", "sku_id"),
}
"""What counts as one thing in a basket → fact and column."""

TOPS: Mapping[str, str] = {"units": "product_units_sold", "profit": "product_profit"}
TOP_N = 20
BASELINE = 3


class GoodsQuestions:
    """Part of the Book."""

    def rules(
        self: Asks, level: str, min_support: float | str, min_confidence: float | str, period: Period, longest: int = 0
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
            return rules(_baskets(self, level, period), min_support, min_confidence, longest=longest)
        except TooManySets as error:
            raise UsageError(str(error)) from None

    def top(self: Asks, kind: str, period: Period, count: int | None = None) -> TopList:
        """The best products by units or profit, with the pairs that pull from the hot into the profitable (R156)."""
        from kpi_tui.analysis.basket import pull_pairs

        if kind not in TOPS:
            raise UsageError(say("there is no list {kind!r}; known: {names}", kind=kind, names=", ".join(TOPS)))
        count = count or int(number_setting(self, "top_n", TOP_N))
        lists = {name: _ranked(self, name, period, count) for name in TOPS}
        if not isinstance(lists[kind], tuple):
            raise TableError(say("{list} {period}: {why}", list=TOPS[kind], period=period.id, why=lists[kind]))
        hot, good = lists["units"], lists["profit"]
        rows = tuple(row for row in lists[kind] if isinstance(row, Ranked))
        if not isinstance(hot, tuple) or not isinstance(good, tuple):
            return TopList(kind, period, rows, detail=next(str(x) for x in (hot, good) if isinstance(x, str)))
        lines = _baskets(self, "product", period)
        pulls = pull_pairs(lines, [row.product for row in hot], [row.product for row in good])
        return TopList(kind, period, rows, tuple(pulls))

    def funnel(self: Asks, funnel: str, period: Period) -> FunnelView:
        """People, step rates, baselines and the weakest step of a funnel (R171). UsageError on an unknown one."""
        from kpi_tui.analysis.funnel import steps, weakest

        known = self.workspace.funnels
        if funnel not in known:
            raise UsageError(
                say(
                    "there is no funnel {funnel!r}; known: {names}",
                    funnel=funnel,
                    names=", ".join(known) or say("none"),
                )
            )
        definition = known[funnel]
        count = int(number_setting(self, "funnel_baseline_periods", BASELINE))
        names = [step.name for step in definition.steps] or list(definition.metrics)
        if lack := _lack(self, definition):
            blank = tuple(FunnelStep(name, None, detail=lack) for name in names)
            return FunnelView(funnel, definition.name, period, blank, "", count)
        table = _people(self, definition, period, count)
        people = [[value.value for value in column] for column in table]
        found = steps(names, people[-1], people[:-1], [value.detail for value in table[-1]])
        return FunnelView(funnel, definition.name, period, found, weakest(found), count)


def _is_share(value: float | str) -> bool:
    """A number from 0 to 1; NaN and words are none."""
    try:
        return 0 <= float(value) <= 1
    except ValueError:
        return False


def _baskets(book: Asks, level: str, period: Period) -> list[tuple[str, str]]:
    """(order, thing) of every order paid in the period."""
    if level not in LEVELS:
        raise UsageError(say("there is no level {level!r}; known: {names}", level=level, names=", ".join(LEVELS)))
    fact, column = LEVELS[level]
    where = f"{column} is not null"
    measure = Measure("baskets", fact, Aggregation.COUNT, column=column, where=where, time="paid_at")
    found = book._numbers.lines(measure, ("order_id", column), period)
    if isinstance(found, Number):
        raise TableError(say("baskets of {period}: {detail}", period=period.id, detail=found.detail))
    return [(order, thing) for order, thing in found]


def _ranked(book: Asks, kind: str, period: Period, count: int) -> tuple[Ranked, ...] | str:
    """The first places, or why there are none; ties stand in the order of their names."""
    found = book.values([TOPS[kind]], period, by="product_id")
    total, parts = found[0], [value for value in found[1:] if value.value is not None and value.segment != "(none)"]
    if total.value is None or not parts:
        return total.detail or say("no rows")
    parts.sort(key=lambda value: (-(value.value or 0.0), value.segment or ""))
    return tuple(
        Ranked(n + 1, v.segment or "", v.value or 0.0, (v.value or 0.0) / total.value if total.value > 0 else None)
        for n, v in enumerate(parts[:count])
    )


def _lack(book: Asks, funnel: Funnel) -> str:
    """The first table of its steps that the workspace does not supply, in words, or ""."""
    there = {*book.workspace.tables, *book.workspace.facts}
    return next(
        (say("needs the table {name}", name=step.table) for step in funnel.steps if step.table not in there), ""
    )


def _people(book: Asks, funnel: Funnel, period: Period, count: int) -> list[list[Value]]:
    """Per period, oldest first, the people of every step: counted by user, or the values of its metrics."""
    if funnel.metrics:
        values = book.values(list(dict.fromkeys(funnel.metrics)), period, last=count + 1)
        at = {(value.metric, value.period): value for value in values}
        return [[at[metric, when] for metric in funnel.metrics] for when in _periods(period, count)]
    where = f"funnel = '{funnel.id}'"
    values = book.values(["step_converted_users"], period, by="step", where=where, last=count + 1)
    totals = {value.period: value for value in values if value.segment is None}
    rows = []
    for when in _periods(period, count):
        here = sorted((v for v in values if v.period == when and v.segment is not None), key=lambda v: v.segment or "")
        rows.append(here if len(here) == len(funnel.steps) else [totals[when]] * len(funnel.steps))
    return rows


def _periods(period: Period, count: int) -> list[Period]:
    return [period.previous(back) for back in range(count, -1, -1)]
