"""The Drivers screen: what moved a number, factor by factor and down the tree (R166), or segment by segment (R026)."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kpi_tui.definitions.answers.drivers import Drivers
from kpi_tui.definitions.answers.segments import SegmentDrivers
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _, told
from kpi_tui.text.phrase import translate
from kpi_tui.tui.keys.action import DRIVERS
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.overlays.choice import named
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.screens.drivers.by_column import ByColumn
from kpi_tui.tui.screens.drivers.by_factor import ByFactor
from kpi_tui.tui.screens.drivers.number_here import NumberHere
from kpi_tui.tui.screens.drivers.questions import DriversQuestion, SegmentsQuestion
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.widgets.charted_sheet import ChartedSheet
from kpi_tui.tui.widgets.period_head import PeriodHead
from kpi_tui.tui.widgets.places import put, put_sentences
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.causes.drivers import drivers
from kpi_tui.views.causes.drivers_board import TREE, board
from kpi_tui.views.causes.segments import segments, trail

WIDE = 140
"""Cells from which the bars are twice as long."""
_NEEDS_ANSWER = ("drivers.drill", "drivers.expand", "drivers.explain")


class DriversScreen(KpiScreen):
    """One number, taken apart; Enter goes down to a factor or into a segment, Backspace back up."""

    SCOPE = DRIVERS
    ASKS = (DriversQuestion, SegmentsQuestion)
    BINDINGS: ClassVar[list[Any]] = bindings(DRIVERS)
    AUTO_FOCUS = "#drivers"
    DEFAULT_CSS = """
    DriversScreen #advice { height: auto; max-height: 3; padding: 0 1; margin: 0 0 1 0; }
    DriversScreen #method { height: auto; max-height: 3; padding: 0 1; text-style: dim; }
    DriversScreen.-low #method { display: none; }
    DriversScreen #drivers > .sheet--cell { text-style: bold; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._begun = ("", "")  # the metric, and within which value of a role
        self._answer: Drivers | SegmentDrivers | None = None
        self._factors, self._columns = ByFactor(self), ByColumn(self)
        self.parts = (NumberHere(self), self._factors, self.common)

    def body(self) -> ComposeResult:
        """Head, sentence, factors and tree, how it was computed."""
        yield PeriodHead()
        yield Static(id="advice", markup=False)
        sheet = SheetTable(id="drivers")
        sheet.trees = (TREE,)
        yield ChartedSheet(sheet, self.kpi.options.ascii_charts)
        yield Static(id="method", markup=False)

    # --- following the book ------------------------------------------------------------------
    @property
    def subject(self) -> str:
        """The metric or tree in view; the north star until one is chosen."""
        return self._factors.trail[-1] if self._factors.trail else self.book.workspace.north_star if self.book else ""

    def refresh_view(self) -> None:
        """Another period, language or metric."""
        if self.view.metric and (self.view.metric, self.view.within) != self._begun:
            self._begun = (self.view.metric, self.view.within)
            self._begin(self.view.metric)
        self._show_head()
        if not self.subject:
            self._say(_("No north star in workspace.toml: c chooses a metric."))
            return
        if self._columns.is_on:
            self.answers.ask(self._columns.question(self.period), self._answered, self._without_numbers)
        else:
            self.answers.ask(self._factors.question(self.subject, self.period), self._answered, self._without_numbers)

    def _answered(self, answer: Drivers | SegmentDrivers) -> None:
        same = self._answer is not None and _about(self._answer) == _about(answer)
        self._answer = answer
        self._columns.segments = () if isinstance(answer, Drivers) else answer.segments
        self._show(keep=same)

    def _without_numbers(self, sentence: str) -> None:
        self._answer = self.shown = None
        self.query_one("#drivers", SheetTable).show(())
        self._say(sentence)

    def _say(self, text: str) -> None:
        put(self, "advice", text)
        put(self, "method", "")

    def _show_head(self) -> None:
        way = self._columns.way
        deeper = "… › " if len(self._factors.trail) > 1 and not way.by else ""
        name = clean(translate(trail(self._columns.subject, way.path, way.by, self.kpi.workspace, self.view.within)))
        against = _("against {period}", period=told(self.period.previous().said))
        how = () if way.by else (self._factors.how,)
        self.query_one(PeriodHead).show(deeper + name, self.period, against, *how)

    def _show(self, keep: bool = True) -> None:
        if self._answer is None:
            return
        self._show_head()
        space = self.kpi.workspace
        if isinstance(self._answer, Drivers):
            self.shown = drivers(self._answer, space)
            table = board(self._answer, space, wide=self.size.width >= WIDE)
        else:
            self.shown = segments(self._answer, space)
            table = self.shown.sheets[0].bare()
        put_sentences(self, self.shown, "advice", "method")
        self.query_one("#drivers", SheetTable).show_sheet(table, keep=keep)
        self.query_one(ChartedSheet).beside(next(iter(self.shown.charts), None))

    def on_resize(self) -> None:
        """Bars as wide as the room allows."""
        super().on_resize()
        self._show()

    # --- commands ----------------------------------------------------------------------------
    @property
    def row_key(self) -> str:
        """The key of the row under the cursor."""
        return self.query_one("#drivers", SheetTable).row_key

    @property
    def here(self) -> tuple[str, str]:
        """The metric or base measure under the cursor, and the condition of its segment."""
        if self._columns.is_on:
            return self._columns.here
        return self._factors.below or (self._answer.now.metric if self._answer else ""), self._columns.kept

    def why_not(self, command: str) -> str:
        """Drilling needs a metric under the cursor."""
        if why := super().why_not(command):
            return why
        if command in _NEEDS_ANSWER and self._answer is None:
            return _("There are no factors here.")
        if not isinstance(self._answer, Drivers):
            return self._columns.why_not(command)
        return self._factors.why_not(command, self._answer)

    @on(SheetTable.Selected, "#drivers")
    async def _enter(self) -> None:
        await self.kpi.action_command("drivers.drill")

    def action_drill(self) -> None:
        """Take the factor under the cursor apart, a base measure by a column; go into the segment."""
        if self._columns.is_on:
            self._columns.go_in()
        elif measure := self._factors.measure:
            self._columns.begin(measure)
        else:
            self._factors.go_in()

    async def action_back(self) -> None:
        """Back to what was taken apart before; where nothing was, to the screen before."""
        if self._columns.is_on:
            self._columns.go_back()
        elif not self._factors.go_back():
            await self.kpi.action_back()

    def action_break_down(self) -> None:
        """Which segments moved it: by a column; of a tree what stands under the cursor."""
        self._columns.begin(self.here[0] if self.subject in self.kpi.workspace.trees else "")

    def action_choose(self) -> None:
        """Another metric or tree."""
        choices = [named(tree, _("Tree")) for tree in self.kpi.workspace.trees.values()]
        choices += [named(metric, metric.id) for metric in self.open_book.library.search()]
        screen = ChoiceScreen(_("What moved which number?"), choices, self.subject)
        self.app.push_screen(screen, self._chosen)
        screen.call_after_refresh(self.kpi.release_keys)  # what was typed right behind / is meant for the picker

    def _chosen(self, subject: str | None) -> None:
        if subject is not None:
            self._begin(subject)
            self.compute_again()

    def _begin(self, subject: str) -> None:
        """Another number, by its factors."""
        self._factors.begin(subject)
        self._columns.leave()


def _about(answer: Drivers | SegmentDrivers) -> tuple[object, ...]:
    """What an answer takes apart: with another, the cursor begins anew."""
    return (answer.subject,) if isinstance(answer, Drivers) else (answer.now.metric, answer.by, answer.path)
