"""Which metrics are live, and what one more table or column would unlock; pure counting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kpi_tui.definitions.answers.coverage import CategoryCoverage, Coverage, MissingInput, Unlock
from kpi_tui.definitions.library.metric import Metric


def coverage(
    metrics: Iterable[Metric], categories: Sequence[str], missing: Mapping[str, Sequence[MissingInput]]
) -> Coverage:
    """Count the metrics per category. `missing`: metric -> everything it wants in vain (none: it is live).

    What several metrics want together with something else unlocks nothing alone and is not listed.
    """
    shown = list(metrics)
    order = [*categories, *(m.category for m in shown if m.category not in categories)]
    counted = [_counted(category, shown, missing) for category in dict.fromkeys(order)]
    wanting = tuple((m.id, tuple(missing[m.id])) for m in shown if missing.get(m.id))
    return Coverage(tuple(category for category in counted if category.metrics), tuple(_unlocks(wanting)), wanting)


def _counted(
    category: str, metrics: Sequence[Metric], missing: Mapping[str, Sequence[MissingInput]]
) -> CategoryCoverage:
    own = [metric.id for metric in metrics if metric.category == category]
    return CategoryCoverage(category, sum(not missing.get(id_) for id_ in own), len(own))


def _unlocks(wanting: Iterable[tuple[str, tuple[MissingInput, ...]]]) -> list[Unlock]:
    """Single wishes by the number of metrics they would bring to life, ties by name."""
    found: dict[MissingInput, list[str]] = {}
    for metric, wished in wanting:
        if len(set(wished)) == 1:
            found.setdefault(wished[0], []).append(metric)
    ranked = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [Unlock(missing, tuple(ids)) for missing, ids in ranked]
