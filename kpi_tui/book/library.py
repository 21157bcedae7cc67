"""The metrics a workspace knows: by id, by search, by planning dimension, by role (R012, R024, R167)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import DefinitionError, UsageError
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Metric
from kpi_tui.definitions.message import either, say
from kpi_tui.definitions.names import nearest

if TYPE_CHECKING:
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.workspace import Workspace


class Library:
    """Finds metrics; needs no data."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def metric(self, metric: str) -> Metric:
        """A metric by id (with or without `.growth`); UsageError names the nearest ones, by id or by name.

        DefinitionError, with what is wrong, for one that is defined with an error.
        """
        known = self._workspace.metrics
        if error := self.error_of(metric):
            raise DefinitionError(error)
        if metric.removesuffix(GROWTH_SUFFIX) in known:
            return known[metric.removesuffix(GROWTH_SUFFIX)]
        close = nearest(metric, known)
        near = [close] if close else [found.id for found in self.search(metric)[:3]]
        raise UsageError(
            say("there is no metric {metric!r}", metric=metric)
            + (say("; did you mean {near}?", near=either(repr(name) for name in near)) if near else "")
        )

    def error_of(self, metric: str) -> str:
        """What is wrong with the definition of a metric (with or without `.growth`), or ""."""
        return self._workspace.broken.get(metric.removesuffix(GROWTH_SUFFIX), "")

    def search(self, query: str = "", category: str = "") -> list[Metric]:
        """Metrics in library order, or best match first over ids and names in both languages (R167)."""
        from kpi_tui.analysis.search import search

        order = list(self._workspace.categories)
        shown = (m for m in self._workspace.metrics.values() if m.category not in self._workspace.modules_off)
        kept = [m for m in shown if category in ("", m.category)]
        return search(query, sorted(kept, key=lambda m: order.index(m.category) if m.category in order else 99))

    def plan(self) -> dict[str, list[Metric]]:
        """The five planning dimensions in their order, each with its metrics in library order (R012)."""
        from kpi_tui.workspace.parse.metrics import DIMENSIONS

        metrics = self.search()
        return {dimension: [m for m in metrics if m.dimension == dimension] for dimension in DIMENSIONS}

    def roles_of(self, metric: str) -> tuple[str, ...]:
        """Ids of the roles whose scorecards hold the metric."""
        roles = self._workspace.lasting.roles.values()
        return tuple(role.id for role in roles if any(line.metric == metric for line in role.lines))

    def off_focus(self, role: str, metric: str, period: Period | None = None) -> bool:
        """Whether a metric serves another stage than the role's aim, the latest or that of a period (R024)."""
        from kpi_tui.workspace.check.lint import off_focus

        space = self._workspace if period is None else self._workspace.at(period)
        return off_focus(space.roles[role], self.metric(metric))
