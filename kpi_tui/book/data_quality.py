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
        found += self._engine.sql_issues()
        found += [issue for role in self._workspace.roles.values() for issue in self._lines_without_data(role)]
        order = list(Severity)
        return tuple(sorted(dict.fromkeys(found), key=lambda issue: order.index(issue.severity)))

    def _table_issues(self) -> Iterable[Issue]:
        from kpi_tui.analysis.doubts import doubt_issues
        from kpi_tui.analysis.health import data_issues, stale_issues, timeless_issues

        for error in self.unreadable().values():
            yield from error.issues or [Issue(Severity.ERROR, str(error), file="tables.toml")]
        profiles = self.profiles()
        yield from data_issues(profiles, self._workspace.tables)
        yield from timeless_issues(profiles, self._workspace.schemas)
        if any(profile.last_day for profile in profiles.values()):
            yield from stale_issues(self._engine.silent_days())
            yield from doubt_issues(self._engine.doubtful_rows(), self._workspace.tables)

    def _lines_without_data(self, role: Role) -> Iterable[Issue]:
        for line in role.lines:
            lack = self._engine.missing_of(line.metric) if line.metric in self._workspace.metrics else ""
            if lack and line.weight:
                message = say("{role}: {metric} has no number: {lack}", role=role.id, metric=line.metric, lack=lack)
                hint = say("map it in tables.toml, or choose another metric")
                yield Issue(Severity.WARNING, message, hint, line.place.file, line.place.line, line.metric, "no-table")
