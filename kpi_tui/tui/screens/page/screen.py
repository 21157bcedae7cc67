"""Pages: what a workspace puts together on one, section below section (pages/*.toml)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.answers.page import PageAnswer
from kpi_tui.definitions.library.page import FindingsPart, TextPart
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import Word, phrase, translate
from kpi_tui.tui.keys.action import PAGE
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.overlays.choice import named
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.page.beside import beside
from kpi_tui.tui.screens.page.boards_beside import BoardsBeside
from kpi_tui.tui.screens.page.notes import PageNotes, finding_line
from kpi_tui.tui.screens.page.questions import PageQuestion
from kpi_tui.tui.screens.page.segment_rows import SegmentRows
from kpi_tui.tui.screens.page.what_ifs import WhatIfs
from kpi_tui.tui.widgets.bars import HintBar
from kpi_tui.tui.widgets.charted_sheet import ChartedSheet
from kpi_tui.tui.widgets.period_head import PeriodHead
from kpi_tui.tui.widgets.places import put_if_any
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.page.boards import with_boards
from kpi_tui.views.page.one_sheet import one_sheet
from kpi_tui.views.view import METRIC, OWNER

FEW = 5
"""Findings that stand above the sheet; more of them stand in it."""


class PageScreen(KpiScreen):
    """One page: findings above, its sections in one sheet."""

    SCOPE = PAGE
    ASKS = (PageQuestion,)
    BINDINGS: ClassVar[list[Any]] = bindings(PAGE)
    AUTO_FOCUS = "#page"
    DEFAULT_CSS = """
    PageScreen #advice { height: auto; max-height: 5; padding: 0 1; margin: 0 0 1 0; }
    PageScreen #page > .sheet--cell { text-style: bold; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: PageAnswer | None = None
        self._segments = SegmentRows(self)
        self._boards, self._what_ifs = BoardsBeside(self), WhatIfs(self)
        self.parts = (self._segments, self._boards, self._what_ifs, self.common)
        self.at = ""  # the page in the sheet: on another one the cursor begins anew
        self._wanted: Word = ""  # the name of the page asked for

    def body(self) -> ComposeResult:
        """Head, findings, the sections."""
        yield PeriodHead()
        yield Static(id="advice", markup=False)
        yield ChartedSheet(SheetTable(header=False, by_section=True, id="page"), self.kpi.options.ascii_charts)

    # --- following the book ------------------------------------------------------------------
    def refresh_view(self) -> None:
        """Another page, period or language; targets do not matter here."""
        wanted, found = self.view.page or next(iter(self.kpi.workspace.pages), ""), self.found
        page = self.open_book.pages.all().get(wanted)  # what is pinned changes the page that shows it
        others = self._boards.of(wanted)
        if found is not None and (found.page, found.period, self._boards.shown) == (page, self.period, others):
            self._show(found)
            return
        self._boards.shown = others
        self._wanted = page.name if page is not None else ""
        self._show_head([self._wanted, phrase("being computed")])
        asked = PageQuestion(wanted, self.period, tuple(self._what_ifs.assumed.items()), others)
        self.answers.ask(asked, self._show, self._without_numbers)  # what is shown stays, dimmed, until then

    def _without_numbers(self, sentence: str) -> None:
        self.found = self.shown = None
        self.query_one("#page", SheetTable).show(())
        self.query_one(ChartedSheet).beside(None)
        put_if_any(self, "advice", Content(sentence))

    def stop_computing(self) -> bool:
        """The head says so too."""
        asked = self.answers.is_asking(PageQuestion)
        stopped = super().stop_computing()
        if stopped and asked:
            self._show_head([self._wanted, phrase("stopped")])
        return stopped

    def forget(self) -> None:
        """Compute anew."""
        self.found = None

    # --- showing -----------------------------------------------------------------------------
    def _show_head(self, said: Iterable[Word]) -> None:
        self.query_one(PeriodHead).show(" · ".join(clean(translate(word)) for word in said), self.period)

    def _show(self, found: PageAnswer) -> None:
        same = self.at == found.page.id
        self.found, self.shown, self.at = found, with_boards(found, self.kpi.workspace), found.page.id
        self._show_head([found.page.name, *(one.word for one in self.shown.sentences)])
        findings = self._sections(FindingsPart)
        lines = [row for one in self.shown.sheets if one.key in findings for row in one.rows]
        above = len(lines) <= FEW
        put_if_any(self, "advice", Content("\n").join(map(finding_line, lines if above else ())))
        aside = (*(findings if above else ()), *self._reminders())
        self.query_one("#page", SheetTable).show_sheet(one_sheet(self.shown, aside), keep=same)
        self._show_beside()

    @on(SheetTable.Moved, "#page")
    def _show_beside(self) -> None:
        """The chart of the line or its section, and what is to be known of them."""
        if self.shown is not None:
            self.query_one(HintBar).without = self._segments.useless
            told = beside(self.shown, self.query_one("#page", SheetTable), self.kpi.workspace)
            self.query_one(ChartedSheet).beside(*told, charted=bool(self.shown.charts))

    def _sections(self, kind: type) -> list[str]:
        sections = self.found.page.sections if self.found else ()
        return [one.id for one in sections if isinstance(one.part, kind)]

    def _reminders(self) -> list[str]:
        """Texts that list things to mind: they have a place of their own."""
        sections = self.found.page.sections if self.found else ()
        return [one.id for one in sections if isinstance(one.part, TextPart) and one.part.items]

    # --- commands ----------------------------------------------------------------------------
    def metric_here(self) -> str:
        """The metric under the cursor; "" on other rows."""
        key = self.query_one("#page", SheetTable).row_key
        return key.removeprefix(METRIC) if key.startswith(METRIC) else ""

    def why_not(self, command: str) -> str:
        """Explaining needs a metric, notes a page."""
        if why := super().why_not(command):
            return why
        if command in self._segments.useless:
            return _("This row is no metric of the library.")
        if command == "page.notes" and self.shown is None:
            return _("The page is still being computed.")
        if command == "page.choose" and len(self.open_book.pages.all()) < 2:
            return _("There is no other page; write one in pages/*.toml.")
        return self._what_ifs.why_not(command) or self._boards.why_not(command)

    @on(SheetTable.Selected, "#page")
    async def _enter(self) -> None:
        key = self.query_one("#page", SheetTable).row_key
        if role := "" if key.startswith(METRIC) else key.partition(OWNER)[2]:  # its own scorecard
            self.kpi.look(role=role)
            await self.kpi.action_go("scorecard")
            return
        await self.kpi.action_command("page.explain")

    def action_findings(self) -> None:
        """Every finding, what to mind, what stands below the tables, and what is missing."""
        if self.shown is not None:
            self.app.push_screen(PageNotes(self.shown, [*self._sections(FindingsPart), *self._sections(TextPart)]))

    def action_choose(self) -> None:
        """Another page."""
        choices = [named(one, one.about.get(self.kpi.language)) for one in self.open_book.pages.all().values()]
        self.app.push_screen(ChoiceScreen(_("Which page?"), choices, self.at), self._chosen)

    def _chosen(self, page: str | None) -> None:
        self.kpi.look(page=page or self.view.page)
