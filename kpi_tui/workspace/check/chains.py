"""Chains: every count and ratio they name is a known measure or metric, every owner somebody."""

from __future__ import annotations

from collections.abc import Collection

from kpi_tui.definitions.library.chain import Chain, Link
from kpi_tui.definitions.library.metric import Measure, Metric
from kpi_tui.definitions.message import say
from kpi_tui.workspace.check.contradiction import Contradictions, Located
from kpi_tui.workspace.parse.collected import Collected


def check_chain(chain: Chain, measures: Collected[Measure], metrics: Collected[Metric], report: Contradictions) -> None:
    """Unknown names, with the nearest known one; a chain with an error is left out."""
    for link in chain.links:
        at = Located(chain.id, link.place)
        for key in ("absolute", "numerator", "denominator"):
            _known(at, key, getattr(link, key), measures, metrics, report)
        _agents(at, link, measures, metrics, report)
        if link.ratio:
            _metric(at, link.ratio, metrics, report)


def _known(
    at: Located, key: str, name: str, measures: Collected[Measure], metrics: Collected[Metric], report: Contradictions
) -> None:
    if not name or name in measures.items or name in metrics.items:
        return
    if name in measures.broken or name in metrics.broken:
        report.follows(at, key, say("measure"), name)
    else:
        known: Collection[str] = [*measures.items, *metrics.items]
        report.unknown(at, key, say("measure or metric"), name, known)


def _agents(
    at: Located, link: Link, measures: Collected[Measure], metrics: Collected[Metric], report: Contradictions
) -> None:
    if link.capacity:
        _known(at, "capacity.agents", link.capacity.agents, measures, metrics, report)


def _metric(at: Located, name: str, metrics: Collected[Metric], report: Contradictions) -> None:
    if name in metrics.broken:
        report.follows(at, "ratio", say("metric"), name)
    elif name not in metrics.items:
        report.unknown(at, "ratio", say("metric"), name, metrics.items)
