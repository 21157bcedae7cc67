"""What the data of a workspace are fit for: tables read and not read, coverage of the library, every problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kpi_tui.book.library import Library
from kpi_tui.definitions.answers.coverage import Coverage
from kpi_tui.definitions.answers.value import Profile
from kpi_tui.definitions.issue import Issue, Severity, TableError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.role import Role
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.workspace.edits.edits import PeriodEdits


SHOWN = 3
"""Examples that a warning names."""


class DataQuality:
    """Tables, coverage and checks. `issues`: what was found when the definitions were read."""

    def __init__(
        self,
        workspace: Workspace,
        issues: tuple[Issue, ...],
        engine: Numbers,
        library: Library,
        edited: Sequence[PeriodEdits],
    ) -> None:
        self._workspace = workspace
        self._issues = issues
        self._engine = engine
        self._library = library
        self._edited = edited

    def load(self, progress: Progress | None = None) -> None:
        """Learn about every table now (otherwise the first question does)."""
        self._engine.load(progress)

    def profiles(self) -> Mapping[str, Profile]:
        """What was read from each readable table."""
        return self._engine.profiles()

    def unreadable(self) -> Mapping[str, TableError]:
        """Tables that cannot be read, and why (exit code 4)."""
        return self._engine.errors()

    def coverage(self) -> Coverage:
        """How many metrics of each category are live, and what one more table or column would unlock."""
        from kpi_tui.analysis.coverage import coverage

        metrics = self._library.search()
        lacks = {metric.id: self._engine.missing_inputs(metric.id) for metric in metrics}
        return coverage(metrics, list(self._workspace.categories), lacks)

    def check(self) -> tuple[Issue, ...]:
        """Every problem of definitions, targets and data at once, most severe first."""
        from kpi_tui.workspace.check.lint import lint
        from kpi_tui.workspace.check.targets import stray_targets

        found = [*self._issues, *lint(self._workspace), *stray_targets(self._workspace)]
        found += [issue for edits in self._edited for issue in edits.issues()]
        found += self._table_issues()
        found += [issue for role in self._workspace.roles.values() for issue in self._lines_without_data(role)]
        order = list(Severity)
        return tuple(sorted(dict.fromkeys(found), key=lambda issue: order.index(issue.severity)))

    def _table_issues(self) -> Iterable[Issue]:
        from kpi_tui.analysis.health import data_issues, stale_issues, timeless_issues

        for error in self.unreadable().values():
            yield from error.issues or [Issue(Severity.ERROR, str(error), file="tables.toml")]
        profiles = self.profiles()
        yield from data_issues(profiles, self._workspace.tables)
        yield from timeless_issues(profiles, self._workspace.schemas)
        if any(profile.last_day for profile in profiles.values()):
            yield from stale_issues(self._engine.silent_days())
            yield from self._refund_issues()

    def _refund_issues(self) -> Iterable[Issue]:
        """Refunds of orders that were never paid (left out) or are in no file (counted), with examples (R148)."""
        if count := self._refunds("refund_of_unpaid_count"):
            message = say("refunds of orders that were never paid: {count:,} ({orders}); they are left out", **count)
            yield _refund_issue(message, say("nothing to do if so; else give those orders the time they were paid at"))
        if count := self._refunds("refund_of_unknown_count"):
            message = say("refunds of orders that are in no file: {count:,} ({orders}); they count", **count)
            yield _refund_issue(message, say("map the file with those orders, or leave them out by a `where`"))

    def _refunds(self, measure: str) -> dict[str, object]:
        """How many refunds a measure counts in all data, and some of their orders; empty for none."""
        from kpi_tui.definitions.period import Grain, Period
        from kpi_tui.engine.measure_metrics import metric_for
        from kpi_tui.engine.query.plan import Cut

        if measure not in self._workspace.measures or not {"refunds", "orders"} <= set(self._workspace.tables):
            return {}
        day = Period.containing(self._engine.as_of(), Grain.DAY)
        total, *orders = self._engine.values([metric_for(self._workspace, measure)], [day], Cut("order_id"))
        named = ", ".join([str(order.segment) for order in orders if order.value][:SHOWN])
        return {"count": int(total.value), "orders": named} if total.value else {}

    def _lines_without_data(self, role: Role) -> Iterable[Issue]:
        for line in role.lines:
            lack = self._engine.missing_of(line.metric) if line.metric in self._workspace.metrics else ""
            if lack and line.weight:
                message = say("{role}: {metric} has no number: {lack}", role=role.id, metric=line.metric, lack=lack)
                hint = say("map it in tables.toml, or choose another metric")
                yield Issue(Severity.WARNING, message, hint, line.place.file, line.place.line, line.metric, "no-table")


def _refund_issue(message: str, hint: str) -> Issue:
    return Issue(Severity.WARNING, message, hint, file="tables.toml", key="tables.refunds", code="refunds")
