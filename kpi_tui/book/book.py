"""The Book itself: opens and closes a workspace, knows the time, and holds the parts that answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kpi_tui.book.asked_period import asked_period
from kpi_tui.book.editing.definitions import Definitions
from kpi_tui.book.editing.scored_periods import ScoredPeriods
from kpi_tui.book.files.changed_files import FilesSeen, definition_stamps
from kpi_tui.book.part import part
from kpi_tui.book.person.user_name import account, user_name
from kpi_tui.book.read_workspace import ReadWith, finish_saves, read_definitions, refuse_new_errors, sound
from kpi_tui.definitions.edit import Author
from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.period import Grain, Period

if TYPE_CHECKING:
    from kpi_tui.book.analyses.comparisons import Comparisons
    from kpi_tui.book.analyses.festivals import Festivals
    from kpi_tui.book.analyses.moving_parts import MovingParts
    from kpi_tui.book.analyses.sections import SectionAnalyses
    from kpi_tui.book.causes.baselines import Baselines
    from kpi_tui.book.causes.cohorts import Cohorts
    from kpi_tui.book.causes.drivers import DriverAnalysis
    from kpi_tui.book.causes.pace import Paces
    from kpi_tui.book.causes.projections import Projections
    from kpi_tui.book.causes.segments import SegmentAnalysis
    from kpi_tui.book.chain.chains import Chains
    from kpi_tui.book.chain.material import ChainMaterial
    from kpi_tui.book.data_quality import DataQuality
    from kpi_tui.book.design.steps import Design
    from kpi_tui.book.editing.agreements import Agreements
    from kpi_tui.book.editing.definition_keys import DefinitionKeys
    from kpi_tui.book.files.provenance import PageSources
    from kpi_tui.book.funnels import Funnels
    from kpi_tui.book.goods import Goods
    from kpi_tui.book.library import Library
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.book.packs import Packs
    from kpi_tui.book.pages import Pages
    from kpi_tui.book.person.board import Board
    from kpi_tui.book.rows import RowsBehind
    from kpi_tui.book.saved_reports import SavedReports
    from kpi_tui.book.scores import Scores
    from kpi_tui.book.targets.bulk_targets import BulkTargets
    from kpi_tui.book.targets.former_files import FormerFiles
    from kpi_tui.book.targets.sheet_import import SheetImport
    from kpi_tui.book.targets.target_proposals import TargetProposals
    from kpi_tui.book.targets.targets_of_metric import TargetsOfMetric
    from kpi_tui.book.targets.year_sheets import YearSheets
    from kpi_tui.book.targets.year_splits import YearSplits
    from kpi_tui.definitions.edit import Edit
    from kpi_tui.definitions.target import TargetKey
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


def _now() -> datetime:
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class BookSitting:
    """What another process must know to answer as a book does: what it was opened on, for whom, and what is unsaved."""

    root: Path
    data: Path | None
    who: str
    read_only: bool
    targets: Mapping[tuple[str, TargetKey], Edit]
    actuals: Mapping[tuple[str, TargetKey], Edit]
    definitions: tuple[Edit, ...]
    known: Mapping[str, Any]

    def open(self) -> Book:
        """One that reads rows and keeps no draft; the unsaved edits are still to be taken up."""
        return Book.open(
            self.root, data=self.data, who=self.who, draft=False, read_only=self.read_only, known=self.known
        )


class Book:
    """A workspace, its data and its targets, open for questions and edits; each family of them is a part."""

    library: Library = part("library:Library", "workspace")
    numbers: MetricNumbers = part("numbers:MetricNumbers", "workspace", "library", "_engine", "_material")
    rows: RowsBehind = part("rows:RowsBehind", "workspace", "library", "_engine")
    data: DataQuality = part(
        "data_quality:DataQuality", "workspace", "issues", "_engine", "library", "_cells", "definitions"
    )
    scores: Scores = part("scores:Scores", "workspace", "numbers", "targets", "definitions", "paces")
    paces: Paces = part("causes.pace:Paces", "workspace", "library", "numbers", "_engine", "targets")
    bulk_targets: BulkTargets = part("targets.bulk_targets:BulkTargets", "workspace", "targets")
    former_files: FormerFiles = part("targets.former_files:FormerFiles", "workspace", "_read.author", "_read.clock")
    sheet_import: SheetImport = part(
        "targets.sheet_import:SheetImport", "workspace", "targets", "actuals", "scores", "as_of", "_engine.expect_rows"
    )
    year_sheets: YearSheets = part(
        "targets.year_sheets:YearSheets", "workspace", "numbers", "scores", "targets", "as_of"
    )
    year_splits: YearSplits = part("targets.year_splits:YearSplits", "workspace", "numbers", "year_sheets", "targets")
    target_proposals: TargetProposals = part(
        "targets.target_proposals:TargetProposals", "definitions", "numbers", "targets"
    )
    targets_of_metric: TargetsOfMetric = part("targets.targets_of_metric:TargetsOfMetric", "scores", "targets")
    agreements: Agreements = part("editing.agreements:Agreements", "definitions")
    definition_keys: DefinitionKeys = part("editing.definition_keys:DefinitionKeys", "workspace", "definitions")
    design: Design = part("design.steps:Design", "numbers", "scores", "targets")
    chains: Chains = part(
        "chain.chains:Chains", "workspace", "_engine", "_material", "targets", "actuals", "paces.towards"
    )
    drivers: DriverAnalysis = part("causes.drivers:DriverAnalysis", "workspace", "library", "numbers")
    segments: SegmentAnalysis = part("causes.segments:SegmentAnalysis", "workspace", "library", "numbers")
    moving_parts: MovingParts = part("analyses.moving_parts:MovingParts", "segments", "drivers", "scores")
    baselines: Baselines = part("causes.baselines:Baselines", "workspace", "numbers")
    comparisons: Comparisons = part("analyses.comparisons:Comparisons", "numbers")
    cohorts: Cohorts = part("causes.cohorts:Cohorts", "numbers", "_engine")
    goods: Goods = part("goods:Goods", "workspace", "numbers", "_engine")
    funnels: Funnels = part("funnels:Funnels", "workspace", "numbers", "_engine")
    projections: Projections = part("causes.projections:Projections", "numbers", "_engine")
    festivals: Festivals = part("analyses.festivals:Festivals", "workspace", "library", "numbers", "_engine")
    saved_reports: SavedReports = part("saved_reports:SavedReports", "workspace", "numbers")
    provenance: PageSources = part("files.provenance:PageSources", "workspace", "_engine", "targets")
    board: Board = part("person.board:Board", "workspace", "library", "_read.environ")
    pages: Pages = part(
        "pages:Pages", "workspace", "library", "numbers", "drivers", "baselines", "_sections", "_engine", "board"
    )
    packs: Packs = part(
        "packs:Packs", "workspace", "numbers", "scores", "chains", "drivers", "moving_parts", "provenance", "pages"
    )
    _material: ChainMaterial = part("chain.material:ChainMaterial", "workspace", "_engine", "targets", "actuals")
    _sections: SectionAnalyses = part(
        "analyses.sections:SectionAnalyses",
        "numbers",
        "cohorts",
        "funnels",
        "goods",
        "projections",
        "scores",
        "festivals",
        "_engine",
    )

    def __init__(
        self,
        workspace: Workspace,
        issues: tuple[Issue, ...],
        engine: Numbers,
        targets: PeriodEdits,
        actuals: PeriodEdits,
        definitions: Definitions,
        read: ReadWith,
    ) -> None:
        self.workspace = workspace
        self.issues = issues
        self.targets = targets
        self.actuals = actuals
        self.definitions = definitions
        self._read = read
        self._engine = engine
        self._cells = (targets, actuals)

    @classmethod
    def open(
        cls,
        root: Path,
        *,
        data: Path | None = None,
        who: str = "",
        draft: bool = True,
        read_only: bool = False,
        rows: bool = True,
        known: Mapping[str, Any] = MappingProxyType({}),
        environ: Mapping[str, str] = os.environ,
        clock: Callable[[], datetime] = _now,
    ) -> Book:
        """Read the TOML of the workspace at `root` (no data yet, no polars).

        Definitions with errors are left out and listed in `issues`; WorkspaceError when
        workspace.toml itself cannot be read. With `draft` False unsaved edits leave no trace on disk
        (commands, which must not touch the draft of an open app). `read_only`: nothing in the workspace is changed.
        `rows` False: what is kept from earlier is answered, and RowsNeeded raised by what needs rows of the data.
        `known`: what the book in whose place this one answers has found out: that the definitions are sound.
        """
        from kpi_tui.engine.kept.cache import Cache, cache_file
        from kpi_tui.engine.numbers import Numbers
        from kpi_tui.workspace.definition_edits.edits import open_definition_edits
        from kpi_tui.workspace.edits.period_edits import open_edits
        from kpi_tui.workspace.edits.period_files import ACTUALS, TARGETS
        from kpi_tui.workspace.find import expect_workspace

        expect_workspace(root)
        author = Author(who or user_name(environ), account(), read_only)
        unfinished = () if read_only else finish_saves(root, author, clock)
        cache = Cache(cache_file(root, environ), writes=rows)
        cache.take(known)
        read = ReadWith(data, rows, cache, definition_stamps(root), author, clock, environ)
        loaded = read_definitions(root, read)
        workspace = sound(loaded, root)
        engine = Numbers(workspace, cache, rows=rows, definitions=read.kept_under)
        drafts, root, calendar = environ if draft else None, workspace.root, workspace.calendar
        targets = open_edits(root, TARGETS, author, drafts, clock, engine.is_over, calendar)
        actuals = open_edits(root, ACTUALS, author, drafts, clock, calendar=calendar)
        scored = ScoredPeriods(workspace, targets)
        edits = open_definition_edits(workspace, author, drafts, clock, scored.reached)
        definitions = Definitions(edits, scored)
        return cls(workspace, (*loaded.issues, *unfinished), engine, targets, actuals, definitions, read)

    def beside(self, folder: Path) -> Book:
        """Another workspace, read by the same rules and never changed."""
        read = self._read
        return type(self).open(
            folder, draft=False, read_only=True, rows=read.rows, environ=read.environ, clock=read.clock
        )

    def reopened(self) -> Book:
        """The workspace as its files are now, with the edits that are unsaved here.

        WorkspaceError names a definition that broke since this book was opened; this one stays as it is then.
        """
        from kpi_tui.engine.numbers import Numbers

        root, cache = self.workspace.root, self._read.cache
        read = replace(self._read, definitions=definition_stamps(root))
        loaded = read_definitions(root, read)
        refuse_new_errors(loaded.issues, self.issues)
        workspace = sound(loaded, root)
        for edits in (self.targets, self.actuals):
            edits.follow(workspace.calendar)
        engine = Numbers(workspace, cache, rows=read.rows, definitions=read.kept_under)
        self.targets.judge_over(engine.is_over)
        self.definitions.follow(workspace, ScoredPeriods(workspace, self.targets))
        return Book(workspace, loaded.issues, engine, self.targets, self.actuals, self.definitions, read)

    @property
    def sitting(self) -> BookSitting:
        """As what another process answers in its place."""
        root, read = self.workspace.root, self._read
        unsaved = self.targets.unsaved(), self.actuals.unsaved(), self.definitions.unsaved()
        return BookSitting(root, read.data, self.who, read.author.read_only, *unsaved, read.cache.untold)

    def take_up(self, sitting: BookSitting) -> None:
        """The unsaved edits of the book it answers for."""
        self.targets.take_up(sitting.targets)
        self.actuals.take_up(sitting.actuals)
        self.definitions.take_up(sitting.definitions)

    def news(self) -> Mapping[str, Any]:
        """What was found out since this was asked last, for `know` of another process."""
        return self._engine.data.news()

    def know(self, news: Mapping[str, Any]) -> None:
        """Answer from what another process has found out, too."""
        self._engine.data.know(news)

    def catch_up(self) -> None:
        """Answer from what another process has kept before it was ended, too."""
        self._read.cache.catch_up()

    def close(self) -> None:
        """Flush the drafts; safe to call from a signal handler."""
        self.targets.close()
        self.actuals.close()
        self.definitions.close()

    @cached_property
    def files(self) -> FilesSeen:
        """The files behind it; those of the data as they stand when this is asked first."""
        return FilesSeen(self.workspace, self._read.definitions)

    @property
    def who(self) -> str:
        """Whose edits these are."""
        return self.targets.who

    @property
    def read_only(self) -> str:
        """Why nothing is changed in the workspace; empty where it may be."""
        from kpi_tui.workspace.edits.recorded_writes import READ_ONLY

        return READ_ONLY if self._read.author.read_only else ""

    def as_of(self) -> date:
        """workspace.as_of, else the last day that has data. TableError when there is none."""
        return self._engine.as_of()

    def period(self, text: str, grain: Grain = Grain.MONTH) -> Period:
        """A period written out, or `current` / `previous` (`grain` around the as-of day).

        UsageError when it is none.
        """
        return asked_period(text, grain, self.workspace.calendar, self.as_of)
