"""What is usual: baselines of any metric (R089)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.answers.baseline import Band, Baseline
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.library.metric import Metric
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace

PERIODS = 6  # R089
WIDTH = 2.5  # Leys et al. 2013


class Baselines:
    """Values beside what is usual for them."""

    def __init__(self, workspace: Workspace, numbers: MetricNumbers) -> None:
        self._workspace = workspace
        self._numbers = numbers

    def of(
        self,
        metric: str,
        period: Period,
        k: int | None = None,
        *,
        by: str | None = None,
        where: str | None = None,
        progress: Progress | None = None,
    ) -> list[Baseline]:
        """A metric's value beside the band of the last `k` complete periods; with `by` per segment, the total first."""
        count = k or int(self._workspace.number("baseline_periods", PERIODS))
        values = self._numbers.values([metric], period, by=by, where=where, last=count + 1, progress=progress)
        width = self._workspace.number("baseline_width", WIDTH)
        return baselines(values, period, width, self._workspace.metrics)


def baselines(values: Sequence[Value], period: Period, width: float, metrics: Mapping[str, Metric]) -> list[Baseline]:
    """Values of several periods as baselines of `period`, one per segment that has a value there."""
    from kpi_tui.analysis.baseline import baseline

    present = [value for value in values if value.period == period]
    past = [value for value in values if value.period != period]
    return [
        baseline(value, [old for old in past if old.segment == value.segment], usual_band(value, width, metrics))
        for value in present
    ]


def usual_band(value: Value, width: float, metrics: Mapping[str, Metric]) -> Callable[[Sequence[float]], Band]:
    """The robust band of what came before a value, ended where such a number ends: people are not fewer than none.

    What has a value beyond an end, the present one too, has no such end; so no state is another for it.
    """
    from kpi_tui.analysis.baseline import robust_band
    from kpi_tui.scoring.proposed_target import is_share, possible

    def band(known: Sequence[float]) -> Band:
        found, metric = robust_band(known, width), metrics.get(value.metric)
        if metric is None or "-" in metric.formula.replace("1 - ", ""):  # a difference can fall below 0
            return found
        if metric.unit == "percent" and not is_share(metric):
            return found
        return found.within(*possible(metric, [*known, *([value.value] if value.value is not None else [])]))

    return band
