"""Metrics: formulas are plain arithmetic over known names, in no circle (R006)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sqlglot import exp

from kpi_tui.definitions.library.metric import OF_LINK, READS, Metric
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.workspace import Setting
from kpi_tui.sql import guard
from kpi_tui.sql.parameters import parameters
from kpi_tui.workspace.check.contradiction import Contradictions
from kpi_tui.workspace.parse.layer import Layer

FUNCTIONS = ("abs", "least", "greatest", "round", "coalesce", "nullif", "power", "sqrt", "ln", "exp")
_CALLS = (exp.Abs, exp.Least, exp.Greatest, exp.Round, exp.Coalesce, exp.Nullif, exp.Pow, exp.Sqrt, exp.Ln, exp.Exp)
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Paren, exp.Column, exp.Identifier, exp.Literal)


@lru_cache(maxsize=4096)
def formula_names(formula: str) -> tuple[str, ...]:
    """Names a formula mentions. FragmentError when it is more than arithmetic."""
    if parameters(formula):
        raise guard.FragmentError(say("write the setting {name!r} without the colon", name=parameters(formula)[0]))
    fragment = guard.expression(formula)
    for node in fragment.tree.walk():
        if isinstance(node, exp.Literal) and node.is_string:
            raise guard.FragmentError(say("the text {node!r} has no place in a formula", node=node.name))
        if not isinstance(node, _CALLS + _ARITHMETIC):
            raise guard.FragmentError(
                say(
                    "{node!r:.40} is not allowed in a formula; allowed: + - * / {names}",
                    node=node.sql(),
                    names=" ".join(FUNCTIONS),
                )
            )
    return fragment.columns


class MetricCheck:
    """Checks formulas; a name is a measure first, then a metric, then a setting."""

    def __init__(self, layer: Layer, settings: Mapping[str, Setting], report: Contradictions) -> None:
        self._layer = layer
        self._settings = settings
        self._report = report
        self._names: dict[str, tuple[str, ...]] = {}

    def run(self) -> None:
        """Check every metric, then the circles, then what rests on a spoilt metric."""
        metrics = self._layer.metrics
        for metric in [*metrics.items.values(), *metrics.suspects.values()]:
            self._formula(metric)
            self._category(metric)
            self._named_settings(metric)
        for metric in self._layer.metrics.items.values():
            self._circle(metric)
        self._consequences()

    def _formula(self, metric: Metric) -> None:
        if not metric.formula:
            self._read_off(metric)
            return  # without a chain: reported as missing
        try:
            names = formula_names(metric.formula)
        except guard.FragmentError as error:
            self._report.error(metric, "formula", str(error), say("correct the formula"), "R006")
            return
        self._names[metric.id] = tuple(name for name in names if self._is_metric(name))
        for name in names:
            if name in self._layer.measures.broken:
                self._report.follows(metric, "formula", say("measure"), name)
            elif name in self._layer.metrics.items and self._layer.metrics.items[name].chain:
                message = say("{name!r} is read off a chain, which a formula cannot do", name=name)
                self._report.error(metric, "formula", message, say("use a measure, or read the chain too"), "chain")
            elif not self._is_known(name):
                known = [*self._layer.measures.items, *self._layer.metrics.items, *self._settings]
                self._report.unknown(metric, "formula", say("name"), name, known, "R006")
        for name in metric.optional:
            if name not in names or name not in self._layer.measures.items:
                self._report.unknown(metric, "optional", say("measure of the formula"), name, names)

    def _read_off(self, metric: Metric) -> None:
        """A metric without a formula names a chain, what it reads, and a link where that is of a link."""
        chains = self._layer.chains
        if not metric.chain or metric.chain in chains.broken:
            if metric.chain:
                self._report.follows(metric, "chain", say("chain"), metric.chain)
        elif metric.chain not in chains.items:
            self._report.unknown(metric, "chain", say("chain"), metric.chain, chains.items, "chain")
        elif not metric.reads:
            self._report.error(
                metric,
                "reads",
                say("'reads' is missing"),
                say("write one of: {names}", names=listed(READS)),
                "chain",
            )
        elif (metric.reads in OF_LINK) != bool(metric.link):
            wants = say("a link") if metric.reads in OF_LINK else say("no link")
            self._report.error(
                metric,
                "link",
                say("reads = {reads!r} wants {wants}", reads=metric.reads, wants=wants),
                say("correct `link`"),
                "chain",
            )
        elif metric.link and chains.items[metric.chain].link(metric.link) is None:
            known = [link.id for link in chains.items[metric.chain].links]
            self._report.unknown(metric, "link", say("link"), metric.link, known, "chain")

    def _is_metric(self, name: str) -> bool:
        measures = self._layer.measures
        return name not in measures.items and name not in measures.broken and name in self._layer.metrics.items

    def _is_known(self, name: str) -> bool:
        layer = self._layer
        return (
            name in layer.measures.items
            or name in layer.metrics.items
            or self._is_spoilt(name)
            or (name in self._settings and not isinstance(self._settings[name], bool | str))
        )

    def _is_spoilt(self, name: str) -> bool:
        return name in self._layer.metrics.broken or name in self._report.spoilt

    def _category(self, metric: Metric) -> None:
        categories = self._layer.categories
        if not metric.category:
            return
        if metric.category in categories.broken:
            self._report.follows(metric, "category", say("category"), metric.category)
        elif metric.category not in categories.items:
            self._report.unknown(metric, "category", say("category"), metric.category, categories.items)

    def _named_settings(self, metric: Metric) -> None:
        """Limits of signals and `applies` may be settings, which must be there and of the right kind."""
        wanted = [("signals", signal.value, False) for signal in metric.signals if isinstance(signal.value, str)]
        wanted += [("applies", metric.applies, True)] if metric.applies else []
        for key, name, truth in wanted:
            if name not in self._settings:
                self._report.unknown(metric, key, say("setting"), name, self._settings)
            elif isinstance(self._settings[name], bool) is not truth or isinstance(self._settings[name], str):
                kind = say("true or false") if truth else say("a number")
                self._report.error(
                    metric,
                    key,
                    say("the setting {name!r} must be {wanted}", name=name, wanted=kind),
                    say("correct it"),
                    "type",
                )

    def _circle(self, metric: Metric) -> None:
        """Report a circle at each metric that stands in it."""
        if self._names.get(metric.id) and (trail := _way_back(metric.id, self._names)):
            message = say("metrics need each other in a circle: {circle}", circle=" → ".join(trail))
            self._report.error(metric, "formula", message, say("break it with a measure"), "cycle")

    def _consequences(self) -> None:
        """A metric over a spoilt metric is spoilt, however long the way."""
        changed = bool(self._report.spoilt or self._layer.metrics.broken)
        while changed:
            changed = False
            for metric in self._layer.metrics.items.values():
                spoilt = [name for name in self._used(metric) if self._is_spoilt(name)]
                if spoilt and metric.id not in self._report.spoilt:
                    self._report.follows(metric, "formula", say("metric"), spoilt[0])
                    changed = True

    def _used(self, metric: Metric) -> tuple[str, ...]:
        try:
            names = guard.expression(metric.formula).columns
        except guard.FragmentError:
            return ()
        return tuple(name for name in names if name not in self._layer.measures.items)


def _way_back(start: str, edges: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The shortest way from a name over edges back to itself, or []."""
    ways = [[start, following] for following in edges.get(start, ())]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        if way[-1] == start:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [[*way, following] for following in edges.get(way[-1], ())]
    return []
