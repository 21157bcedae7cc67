"""The Book itself: opening, time, data, numbers and library; its other questions are parts of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.book.baseline import BaselineQuestions
from kpi_tui.book.chain import ChainBook
from kpi_tui.book.cohorts import CohortQuestions
from kpi_tui.book.drivers import DriverQuestions
from kpi_tui.book.goods import GoodsQuestions
from kpi_tui.book.private import PrivateQuestions
from kpi_tui.book.projection import ProjectionQuestions
from kpi_tui.book.scores import ScoreQuestions
from kpi_tui.book.signals import SignalQuestions
from kpi_tui.book.standing import ReportQuestions
from kpi_tui.book.start import user_name
from kpi_tui.book.targets import TargetDesk
from kpi_tui.definitions.answers.coverage import Coverage
from kpi_tui.definitions.answers.value import Explanation, Profile, Value
from kpi_tui.definitions.issue import Issue, Severity, TableError, UsageError, WorkspaceError
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Metric
from kpi_tui.definitions.message import either, say
from kpi_tui.definitions.names import nearest
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.workspace import Setting, Workspace

if TYPE_CHECKING:
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.workspace.edits.desk import Desk

FOLDERS = ("targets", "actuals")  # what was agreed, and what was typed by hand


class Book(
    TargetDesk,
    ScoreQuestions,
    BaselineQuestions,
    DriverQuestions,
    GoodsQuestions,
    ChainBook,
    PrivateQuestions,
    SignalQuestions,
    CohortQuestions,
    ProjectionQuestions,
    ReportQuestions,
):
    """A workspace, its data and its targets, open for questions and edits."""

    def __init__(
        self,
        workspace: Workspace,
        issues: tuple[Issue, ...],
        numbers: Numbers,
        desk: Desk,
        actuals: Desk,
    ) -> None:
        self.workspace = workspace
        self.issues = issues
        self._numbers = numbers
        self._desk = desk
        self._actuals = actuals

    @classmethod
    def open(
        cls,
        root: Path,
        *,
        data: Path | None = None,
        who: str = "",
        draft: bool = True,
        environ: Mapping[str, str] = os.environ,
        clock: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> Book:
        """Read the TOML of the workspace at `root` (no data yet, no polars).

        Definitions with errors are left out and listed in `issues`; WorkspaceError when
        workspace.toml itself cannot be read. With `draft` False unsaved edits leave no trace on disk
        (commands, which must not touch the draft of an open app).
        """
        from kpi_tui.engine.cache import Cache, cache_file
        from kpi_tui.engine.measure_metrics import with_measures
        from kpi_tui.engine.numbers import Numbers
        from kpi_tui.workspace.edits.desk import Desk
        from kpi_tui.workspace.find import expect_workspace
        from kpi_tui.workspace.load import load
        from kpi_tui.workspace.stamp import stamp

        expect_workspace(root)
        cache = Cache(cache_file(root, environ))
        sound = f"sound:{stamp(root, data)}"  # definitions found without any problem are not judged again
        loaded = load(root, data, validate=cache.get(sound) is None)
        if not loaded.issues and cache.get(sound) is None:
            cache.put(sound, True)
        if loaded.workspace is None:
            why = loaded.issues[0].message if loaded.issues else say("it is no workspace")
            raise WorkspaceError(say("{path}: {why}", path=root, why=why), loaded.issues)
        drafts, name = environ if draft else None, who or user_name(environ)
        desk, actuals = (Desk.open(loaded.workspace.root, name, drafts, clock, folder) for folder in FOLDERS)
        numbers = Numbers(with_measures(loaded.workspace), cache)
        return cls(loaded.workspace, loaded.issues, numbers, desk, actuals)

    @property
    def who(self) -> str:
        """Whose edits these are."""
        return self._desk.who

    # --- time -------------------------------------------------------------------------------
    def as_of(self) -> date:
        """workspace.as_of, else the last day that has data. TableError when there is none."""
        return self._numbers.as_of()

    def period(self, text: str, grain: Grain = Grain.MONTH) -> Period:
        """An ISO period, or `current` / `previous` (`grain` counted from the as-of day). UsageError when it is none."""
        if text in ("current", "previous"):
            current = Period.containing(self.as_of(), grain)
            return current if text == "current" else current.previous()
        try:
            return Period.parse(text)
        except ValueError as error:
            raise UsageError(say("{error}, current or previous", error=error)) from None

    # --- data -------------------------------------------------------------------------------
    def load(self, progress: Progress | None = None) -> None:
        """Learn about every table now (otherwise the first question does)."""
        self._numbers.load(progress)

    def profiles(self) -> Mapping[str, Profile]:
        """What was read from each readable table."""
        return self._numbers.profiles()

    def unreadable(self) -> Mapping[str, TableError]:
        """Tables that cannot be read, and why (exit code 4)."""
        return self._numbers.errors()

    def check(self) -> tuple[Issue, ...]:
        """Every problem of definitions, targets and data at once, most severe first."""
        from kpi_tui.analysis.health import data_issues, stale_issues, timeless_issues
        from kpi_tui.workspace.check.lint import lint
        from kpi_tui.workspace.check.targets import stray_targets

        found = [*self.issues, *lint(self.workspace), *stray_targets(self.workspace)]
        found += [*self._desk.issues(), *self._actuals.issues()]
        for error in self._numbers.errors().values():
            found += error.issues or [Issue(Severity.ERROR, str(error), file="tables.toml")]
        found += data_issues(self.profiles(), self.workspace.tables)
        found += timeless_issues(self.profiles(), self.workspace.schemas)
        if any(profile.last_day for profile in self.profiles().values()):
            found += stale_issues(self._numbers.silent_days())
        found += self._lines_without_data()
        order = list(Severity)
        return tuple(sorted(dict.fromkeys(found), key=lambda issue: order.index(issue.severity)))

    def _lines_without_data(self) -> Iterable[Issue]:
        for role in self.workspace.roles.values():
            for line in role.lines:
                lack = self._numbers.lack_of(line.metric) if line.metric in self.workspace.metrics else ""
                if lack and line.weight:
                    message = say("{role}: {metric} has no number: {lack}", role=role.id, metric=line.metric, lack=lack)
                    hint = say("map it in tables.toml, or choose another metric")
                    yield Issue(
                        Severity.WARNING, message, hint, line.place.file, line.place.line, line.metric, "no-table"
                    )

    # --- numbers ----------------------------------------------------------------------------
    def values(
        self,
        metrics: Sequence[str],
        period: Period,
        *,
        by: str | None = None,
        where: str | None = None,
        last: int = 1,
        campaign: str = "",
        progress: Progress | None = None,
    ) -> list[Value]:
        """Values per metric, for the `last` periods up to `period` (oldest first), per segment.

        `id.growth` is the relative-growth form of an absolute metric (R005). With `by`, the total
        (segment None) comes first and is recomputed from rows. With `campaign`, only its participants count,
        usually over `campaign_period` (R146). UsageError on an unknown metric, column or campaign.
        """
        from kpi_tui.engine.plan import Cut

        for metric in metrics:
            self.metric(metric)
        if where:
            _judge(where)
        periods = [period.previous(back) for back in range(last - 1, -1, -1)]
        cut = Cut(by, where, campaign)
        if not any(self.metric(metric).chain for metric in metrics):
            return self._numbers.values(list(metrics), periods, cut, progress)
        from kpi_tui.book.chain_metrics import ChainMetrics

        return ChainMetrics(self, progress).among(list(metrics), periods, cut)

    def explain(self, metric: str, period: Period, *, where: str | None = None, campaign: str = "") -> Explanation:
        """Formula, every base measure with its number, window, settings, rows and SQL (R172)."""
        from kpi_tui.engine.plan import Cut

        if where:
            _judge(where)
        if self.metric(metric).chain:
            from kpi_tui.book.chain_metrics import ChainMetrics

            return ChainMetrics(self).explain(metric, period)
        return self._numbers.explain(metric, period, Cut(None, where, campaign))

    def campaign_period(self, campaign: str) -> Period:
        """The span of a campaign, both its days included (R146). UsageError when there is no such campaign."""
        return self._numbers.campaign_period(campaign)

    def is_live(self, metric: str) -> tuple[bool, str]:
        """Whether the tables a metric needs are here, and if not, which table or column it wants."""
        lack = self._numbers.lack_of(metric)
        return not lack, lack

    def coverage(self) -> Coverage:
        """How many metrics of each category are live, and what one more table or column would unlock."""
        from kpi_tui.analysis.coverage import coverage

        metrics = self.search()
        lacks = {metric.id: self._numbers.lacks_of(metric.id) for metric in metrics}
        return coverage(metrics, list(self.workspace.categories), lacks)

    def tables_of(self, metric: str) -> tuple[str, ...]:
        """The raw tables behind a metric, facts resolved."""
        return self._numbers.tables_of(metric)

    def settings_of(self, metric: str) -> Mapping[str, Setting]:
        """The settings in force that touch a metric (R008)."""
        return self._numbers.settings_of(metric)

    # --- library ----------------------------------------------------------------------------
    def metric(self, metric: str) -> Metric:
        """A metric by id (with or without `.growth`); UsageError names the nearest ones, by id or by name."""
        known = self.workspace.metrics
        if metric.removesuffix(GROWTH_SUFFIX) in known:
            return known[metric.removesuffix(GROWTH_SUFFIX)]
        close = nearest(metric, known)
        near = [close] if close else [found.id for found in self.search(metric)[:3]]
        raise UsageError(
            say("there is no metric {metric!r}", metric=metric)
            + (say("; did you mean {near}?", near=either(repr(name) for name in near)) if near else "")
        )

    def search(self, query: str = "", category: str = "") -> list[Metric]:
        """Metrics in library order, or best match first over ids and names in both languages (R167)."""
        from kpi_tui.analysis.search import search

        shelves = list(self.workspace.categories)
        shown = (m for m in self.workspace.metrics.values() if m.category not in self.workspace.modules_off)
        kept = [m for m in shown if category in ("", m.category)]
        return search(query, sorted(kept, key=lambda m: shelves.index(m.category) if m.category in shelves else 99))

    def plan(self) -> dict[str, list[Metric]]:
        """The five planning dimensions in their order, each with its metrics in library order (R012)."""
        from kpi_tui.workspace.parse.metrics import DIMENSIONS

        metrics = self.search()
        return {dimension: [m for m in metrics if m.dimension == dimension] for dimension in DIMENSIONS}

    def off_focus(self, role: str, metric: str) -> bool:
        """Whether a metric serves another stage than the role's present aim (R024)."""
        from kpi_tui.workspace.check.lint import off_focus

        return off_focus(self.workspace.roles[role], self.metric(metric))

    def roles_of(self, metric: str) -> tuple[str, ...]:
        """Ids of the roles whose scorecards hold the metric."""
        roles = self.workspace.roles.values()
        return tuple(role.id for role in roles if any(line.metric == metric for line in role.lines))


def _judge(where: str) -> None:
    from kpi_tui.sql.guard import FragmentError, predicate

    try:
        fragment = predicate(where)
    except FragmentError as error:
        raise UsageError(say("--where {where!r}: {error}", where=where, error=error)) from None
    if fragment.tables:
        raise UsageError(say("--where {where!r}: a condition may not read other tables", where=where))
