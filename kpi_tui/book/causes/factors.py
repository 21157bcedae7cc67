"""The factors of a metric's formula, with their values at two periods (R164)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace


def pairs(
    numbers: MetricNumbers,
    metrics: Sequence[str],
    period: Period,
    before: Period,
    progress: Progress | None,
    where: str | None = None,
) -> dict[str, tuple[Value, Value]]:
    """Metric -> its value before and now; of the rows that `where` keeps."""
    old = numbers.values(metrics, before, where=where, progress=progress)
    new = numbers.values(metrics, period, where=where, progress=progress)
    return {now.metric: (was, now) for was, now in zip(old, new, strict=True)}


class Factors:
    """The factors of a formula with their values at two periods."""

    def __init__(
        self,
        workspace: Workspace,
        numbers: MetricNumbers,
        period: Period,
        before: Period,
        progress: Progress | None,
        where: str | None = None,
    ) -> None:
        self._workspace, self._numbers, self._where = workspace, numbers, where
        self._periods, self._progress = (before, period), progress

    def settings(self, text: str) -> dict[str, float]:
        """Settings that stand in a formula; they are constants, not factors."""
        from kpi_tui.engine.formula import names

        workspace = self._workspace
        constants = [name for name in names(text) if name not in workspace.measures and name not in workspace.metrics]
        return {name: float(workspace.settings[name]) for name in constants if name in workspace.settings}

    def of(self, text: str, value: Value) -> dict[str, float | None]:
        """Values by name, in the order in which the formula names them."""
        from kpi_tui.sql.guard import in_reading_order

        constants = self.settings(text)
        return {name: value.measures.get(name) for name in in_reading_order(text) if name not in constants}

    def is_direct(self, value: Value) -> bool:
        """Whether a value was computed from its measures at once, not as a mean of parts."""
        return "periods" not in value.measures or "periods" in self._workspace.measures

    def expanded(
        self, text: str, old: Mapping[str, float | None], new: Mapping[str, float | None]
    ) -> tuple[str, dict[str, float | None], dict[str, float | None]]:
        """The formula with every metric inside replaced by its own formula, as long as there is one."""
        from kpi_tui.sql.guard import expression, in_reading_order
        from kpi_tui.sql.other_names import inlined

        workspace = self._workspace
        before, after = dict(old), dict(new)
        while inner := [name for name in expression(text).columns if self._is_metric(name)]:
            text = inlined(text, {name: workspace.metrics[name].formula for name in inner})
            found = pairs(self._numbers, inner, self._periods[1], self._periods[0], self._progress, self._where)
            for name, (was, now) in found.items():
                before.pop(name, None), after.pop(name, None)
                before |= self.of(workspace.metrics[name].formula, was)
                after |= self.of(workspace.metrics[name].formula, now)
        order = [name for name in in_reading_order(text) if name in before]
        return text, {name: before[name] for name in order}, {name: after[name] for name in order}

    def _is_metric(self, name: str) -> bool:
        return name not in self._workspace.measures and name in self._workspace.metrics
