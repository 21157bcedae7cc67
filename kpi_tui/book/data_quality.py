"""What the data of a workspace are fit for: tables read and not read, coverage of the library, every problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kpi_tui.book.design.preset_lines import PresetLines
from kpi_tui.definitions.issue import Issue, Severity, TableError, severest_first
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, Measure, Metric
from kpi_tui.definitions.message import say, says, several
from kpi_tui.definitions.text import Text

if TYPE_CHECKING:
    from kpi_tui.book.editing.definitions import Definitions
    from kpi_tui.book.library import Library
    from kpi_tui.definitions.answers.coverage import Coverage
    from kpi_tui.definitions.answers.key_overlap import KeyOverlap
    from kpi_tui.definitions.answers.value import Profile
    from kpi_tui.definitions.library.chain import Chain
    from kpi_tui.definitions.library.funnel import Funnel
    from kpi_tui.definitions.library.saved_report import SavedReport
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.role import Role
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


class DataQuality:
    """Tables, coverage and checks. `issues`: what was found when the definitions were read."""

    def __init__(
        self,
        workspace: Workspace,
        issues: tuple[Issue, ...],
        engine: Numbers,
        library: Library,
        edited: Sequence[PeriodEdits],
        definitions: Definitions | None = None,
    ) -> None:
        self._workspace = workspace
        self._issues = issues
        self._engine = engine
        self._library = library
        self._edited = edited
        self._definitions = definitions

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

    def keys_apart(self) -> tuple[KeyOverlap, ...]:
        """Relations between the tables whose ids are found too seldom on the other side."""
        return self._engine.questions.relations_that_do_not_meet(list(self.profiles()))

    def seal(self) -> int:
        """Keep the check sums of all data files, so that `check` tells a changed one; how many files."""
        from kpi_tui.book.files.seals import seal

        return seal(self._workspace)

    def check(self) -> tuple[Issue, ...]:
        """Every problem of definitions, targets and data at once, most severe first."""
        from kpi_tui.workspace.check.held_roles import roles_held_in_vain
        from kpi_tui.workspace.check.lint import advice
        from kpi_tui.workspace.check.targets import stray_targets
        from kpi_tui.workspace.week_names import weeks_of_another_start

        presets, lasting = PresetLines(), self._workspace.lasting
        advised = [
            *presets.without_its_choices(advice(lasting), lasting),
            *presets.advice(lasting, self._engine.missing_of),
        ]
        found = [*self._issues, *(one.issue() for one in advised), *stray_targets(self._workspace)]
        found += roles_held_in_vain(self._workspace)
        found += weeks_of_another_start(self._workspace)
        found += self._definitions.history_issues() if self._definitions else ()
        found += [issue for edits in self._edited for issue in edits.issues()]
        found += self._table_issues()
        found += self._engine.sql_issues()
        found += [issue for role in self._workspace.roles.values() for issue in self._lines_without_data(role)]
        found += [issue for chain in self._workspace.chains.values() for issue in self._links_without_data(chain)]
        found += self._own_metrics_without_data()
        return severest_first(found)

    def _table_issues(self) -> Iterable[Issue]:
        from kpi_tui.analysis.doubts import doubt_issues, ended_issues, key_issues, undated_issues
        from kpi_tui.analysis.health import (
            data_issues,
            hole_issues,
            missing_issues,
            stale_issues,
            tables_missing,
            timeless_issues,
        )
        from kpi_tui.book.files.data_files import unread_data
        from kpi_tui.book.files.seals import seal_issues

        for table, error in self.unreadable().items():
            if table not in self._workspace.broken_tables:  # those stand among the issues already
                yield from error.issues or [Issue(Severity.ERROR, str(error), file="tables.toml")]
        profiles = self.profiles()
        yield from tables_missing(self._workspace)
        yield from unread_data(self._workspace)
        yield from seal_issues(self._workspace)
        yield from data_issues(profiles, self._workspace.tables, self._workspace.currency)
        yield from timeless_issues(profiles, self._workspace.schemas)
        if any(profile.last_day for profile in profiles.values()):
            yield from stale_issues(self._engine.silent_days(), self._workspace.tables)
            gaps = self._engine.gaps()
            yield from hole_issues({part: found.holes for part, found in gaps.items()}, self._workspace.tables)
            missing = {part: (found.missing, found.days) for part, found in gaps.items()}
            yield from missing_issues(missing, self._workspace.tables)
            declared = {part: (found.declared, found.days) for part, found in gaps.items()}
            yield from missing_issues(declared, self._workspace.tables, by_hand=True)
            yield from doubt_issues(self._engine.questions.doubtful_rows(), self._workspace.tables)
            yield from self._condition_issues()
        yield from key_issues(self.keys_apart(), self._workspace.tables)
        yield from undated_issues(self._engine.questions.rows_without_a_day(list(profiles)), self._workspace.tables)
        yield from ended_issues(self._engine.questions.lines_that_end(list(profiles)), self._workspace.tables)

    def _condition_issues(self) -> Iterable[Issue]:
        """Conditions of the measures in use, and of the workspace's own, that find nothing in the data."""
        from kpi_tui.analysis.conditions import (
            lacking_issues,
            nothing_kept_issues,
            other_case_issues,
            shared_row_issues,
            step_issues,
            unheard_issues,
        )

        funnels = [funnel for funnel in self._workspace.funnels.values() if self._is_own(funnel)]
        steps = {step.id: step for step in self._engine.questions.conditions.measures_of_steps(funnels)}
        used = {**self._measures_in_use(), **steps}
        unheard = self._engine.questions.unheard_words([*self._workspace.measures.values(), *steps.values()])
        yield from unheard_issues(unheard, used, self._workspace.tables)
        cased = self._engine.questions.words_in_another_case([*self._workspace.measures.values(), *steps.values()])
        yield from other_case_issues(cased, self._workspace.tables)
        explained = {measure for word in unheard for measure in word.measures}
        asked = [
            measure
            for measure in used.values()
            if measure.id not in explained and (measure.table in self._workspace.tables or self._is_own(measure))
        ]
        yield from nothing_kept_issues(self._engine.questions.that_keep_nothing(asked))
        yield from lacking_issues(self._engine.questions.lacking_inside(used.values()))
        reports = [report for report in self._workspace.reports.values() if report.where and self._is_own(report)]
        empty = self._engine.questions.reports_that_keep_nothing(reports, self._measures_of)
        yield from nothing_kept_issues(empty)
        yield from shared_row_issues(self._engine.questions.steps_sharing_rows())
        yield from step_issues(self._engine.questions.steps_without_data(funnels))

    def _measures_of(self, metric: str) -> tuple[Measure, ...]:
        """The base measures of a metric; none of one that is defined with an error."""
        return () if self._library.error_of(metric) else self._engine.measures_of(metric)

    def _measures_in_use(self) -> dict[str, Measure]:
        """Base measures that posts, chains and reports of the workspace rest on, and those it defines itself."""
        space = self._workspace
        metrics = [line.metric for role in space.roles.values() for line in role.lines if line.weight]
        metrics += [metric for report in space.reports.values() if self._is_own(report) for metric in report.metrics]
        metrics += [space.north_star, *(metric.id for metric in space.metrics.values() if self._is_own(metric))]
        links = [link for chain in space.chains.values() if self._is_own(chain) for link in chain.active]
        counts = [name for link in links for name in link.counts]
        known = [metric for metric in metrics if metric.removesuffix(GROWTH_SUFFIX) in space.metrics]
        found = {m.id: m for metric in dict.fromkeys(known) for m in self._engine.measures_of(metric)}
        found |= {name: space.measures[name] for name in counts if name in space.measures}
        return found | {measure.id: measure for measure in space.measures.values() if self._is_own(measure)}

    def _is_own(self, item: Measure | Metric | Chain | Funnel | SavedReport) -> bool:
        """Whether the workspace defines it itself; the library looked at by itself has nothing of its own."""
        from kpi_tui.workspace.find import shipped_config

        return not item.place.is_shipped and self._workspace.root != shipped_config().resolve()

    def _links_without_data(self, chain: Chain) -> Iterable[Issue]:
        """The links of a chain without a number; a shipped chain of which nothing is mapped is not in use."""
        from kpi_tui.engine.measure_metrics import metric_for

        lacks = {}
        names = {
            link.id: Text(f"{link.name.get('en')} ({link.id})", f"{link.name.get('zh')} ({link.id})")
            for link in chain.active
        }
        for link in chain.active:
            found = (self._engine.missing_of(metric_for(self._workspace, name)) for name in link.counts)
            lacks[link.id] = next((lack for lack in found if lack), "")
        lacking = {link: lack for link, lack in lacks.items() if lack}
        if not lacking or not (self._is_own(chain) or len(lacking) < len(lacks)):
            return
        which = several(say("{link} {lack}", link=names[link], lack=lack) for link, lack in lacking.items())
        message = says(
            "chain {chain}: no number for its only link: {which}",
            "chain {chain}: no number for {count} of {links} links: {which}",
            len(lacks),
            chain=chain.id,
            count=len(lacking),
            links=len(lacks),
            which=which,
        )
        hint = say("map it in tables.toml, type the counts by hand, or switch the link off")
        severity = Severity.WARNING if self._is_own(chain) else Severity.HINT
        yield Issue(severity, message, hint, chain.place.file, chain.place.line, chain.place.key, "no-table")

    def _lines_without_data(self, role: Role) -> Iterable[Issue]:
        for line in role.lines:
            lack = self._engine.missing_of(line.metric) if line.metric in self._workspace.metrics else ""
            if lack and line.weight:
                message = say("{role}: {metric} has no number: {lack}", role=role.id, metric=line.metric, lack=lack)
                hint = say("map it in tables.toml, or choose another metric")
                yield Issue(Severity.WARNING, message, hint, line.place.file, line.place.line, line.metric, "no-table")

    def _own_metrics_without_data(self) -> Iterable[Issue]:
        """The workspace's own metrics that rest on a table or column which no file supplies."""
        for metric in self._workspace.metrics.values() if self._workspace.tables else ():
            lack = self._engine.missing_of(metric.id) if self._is_own(metric) else ""
            if lack:
                message = say("metric {metric} has no number: {lack}", metric=metric.id, lack=lack)
                hint = say("map it in tables.toml, or correct what the metric reads")
                place = metric.place
                yield Issue(Severity.WARNING, message, hint, place.file, place.line, f"metrics.{metric.id}", "no-table")
