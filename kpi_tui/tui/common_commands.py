"""What can be done on every screen with what stands under its cursor: explain, find, sort, copy, export, save."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.period import Period
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.answers import Answers, Asker
from kpi_tui.tui.computing.questions import ExplainQuestion, PackQuestion
from kpi_tui.tui.editing.save_dialog import SaveDialog
from kpi_tui.tui.rows_wanted import RowsWanted
from kpi_tui.tui.sort_choice import sort_sheet
from kpi_tui.tui.widgets.charted_sheet import SHOWN
from kpi_tui.tui.widgets.prompt import Prompt, Question
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.names import metric_name
from kpi_tui.views.view import Sheet, View

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Explanation


class ScreenInUse(Asker, Protocol):
    """A main screen, as far as these commands know it."""

    answers: Answers

    @property
    def period(self) -> Period:
        """The period in view."""

    @property
    def prompt(self) -> Prompt:
        """Where a question is asked in a line."""

    def metric_here(self) -> str:
        """The metric under the cursor; empty when there is none."""

    def sheet_in_use(self) -> SheetTable | None:
        """The sheet with the cursor."""

    def view_shown(self) -> View | None:
        """What stands on the screen."""

    def say(self, text: str, kind: str = "info") -> None:
        """A sentence in the status line."""

    def toggle_class(self, *names: str) -> object:
        """A class of the screen that style sheets know, on or off."""


class CommonCommands:
    """Runs what a screen does not do in its own way (`tui/command_runner.py` asks the screen first)."""

    def __init__(self, screen: ScreenInUse) -> None:
        self._screen = screen
        self._query = ""  # what was looked for last

    # --- the metric under the cursor ---------------------------------------------------------
    def action_explain(self) -> None:
        """Where the number under the cursor comes from."""
        if metric := self._screen.metric_here():
            self.explain(metric, self._screen.period)

    def explain(self, metric: str, period: Period, where: str = "", scored: Sheet | None = None) -> None:
        """Lay over the screen where a number comes from; `where`: the condition of a segment.

        `scored`: how a scorecard reads it.
        """
        explained = partial(self._explained, RowsWanted(metric, period, where), scored)
        self._screen.answers.ask(ExplainQuestion(metric, period, where), explained)

    def _explained(self, behind: RowsWanted, scored: Sheet | None, found: Explanation) -> None:
        from kpi_tui.tui.overlays.explain import ExplainScreen

        self._screen.kpi.push_screen(ExplainScreen(found, self._screen.open_book.workspace, behind, scored))

    def action_chart(self) -> None:
        """Show the chart of the line under the cursor, or take it away."""
        self._screen.toggle_class(SHOWN)

    def action_rows(self) -> None:
        """The rows behind the number under the cursor."""
        if metric := self._screen.metric_here():
            self.rows(metric, self._screen.period)
        else:
            self._screen.say(_("There is no metric here."))

    def rows(self, metric: str, period: Period, where: str = "") -> None:
        """Lay them over the screen; `where`: the condition of a segment."""
        self._screen.kpi.show_rows(RowsWanted(metric, period, where))

    def action_definition(self) -> None:
        """Every key of the role or person in view; of the workspace where there is neither."""
        from kpi_tui.tui.overlays.definition_keys import edit_definition

        role, space = self._screen.kpi.view.role, self._screen.kpi.workspace
        section = "roles" if role in space.roles else "people" if role in space.people else ""
        edit_definition(self._screen.kpi, (section, role) if section else ())

    def action_workspace(self) -> None:
        """Every key of the workspace."""
        from kpi_tui.tui.overlays.definition_keys import edit_definition

        edit_definition(self._screen.kpi, ())

    async def action_drivers(self) -> None:
        """What moved the number under the cursor."""
        await self.drivers()

    async def drivers(self, within: str = "") -> None:
        """The same; `within`: of the rows of one value of a role alone."""
        metric = self._screen.metric_here()
        if not metric:
            self._screen.say(_("There is no metric here."))
            return
        self._screen.kpi.look(metric=metric, within=within)
        await self._screen.kpi.action_go("drivers")

    async def action_break_down(self) -> None:
        """Which segments moved the number under the cursor."""
        await self.break_down()

    async def break_down(self, within: str = "") -> None:
        """The same; `within` as of drivers."""
        await self.drivers(within)
        if self._screen.metric_here():
            await self._screen.kpi.action_command("drivers.break_down")

    def action_pin(self) -> None:
        """Put the metric under the cursor on the board, or take it off."""
        metric, board = self._screen.metric_here(), self._screen.open_book.board
        if not metric:
            self._screen.say(_("There is no metric here."))
            return
        name = clean(translate(metric_name(self._screen.kpi.workspace, metric)))
        try:
            if metric in board.metrics:
                board.take_off(metric)
                told = _("{metric} is no longer on your board.", metric=name)
            else:
                board.pin(metric)
                told = _("{metric} is on your board; gb shows it.", metric=name)
        except KpiError as error:
            self._screen.kpi.say_error(error)
            return
        self._screen.kpi.edited()  # a page that shows the board shows it anew
        self._screen.say(told, "done")

    # --- the sheet in use --------------------------------------------------------------------
    def action_sort(self) -> None:
        """By a column, the other way round, as it came."""
        sort_sheet(self._screen.kpi, self._screen.sheet_in_use())

    def action_copy_row(self) -> None:
        """The row under the cursor to the clipboard."""
        from kpi_tui.tui.copying import copy_row

        copy_row(self._screen.kpi, self._screen.sheet_in_use())

    def action_copy_sheet(self) -> None:
        """The whole sheet to the clipboard."""
        from kpi_tui.tui.copying import copy_sheet

        copy_sheet(self._screen.kpi, self._screen.sheet_in_use())

    def action_find(self) -> None:
        """Ask what to find in the sheet."""
        self._screen.prompt.ask(Question(_("Find"), self._find, self._query))

    def _find(self, text: str) -> str:
        self._query = text.strip()
        sheet = self._screen.sheet_in_use()
        found = not self._query or (sheet is not None and sheet.find(self._query, 1, here=True))
        return "" if found else self._not_found()

    def action_find_next(self, step: int) -> None:
        """The next line that matches what was looked for (-1: the one before)."""
        sheet = self._screen.sheet_in_use()
        if not self._query:
            self._screen.say(_("Nothing was looked for yet; / finds."))
        elif sheet is None or not sheet.find(self._query, step):
            self._screen.say(self._not_found())

    def _not_found(self) -> str:
        return _("“{text}” stands nowhere in this sheet.", text=clean(self._query))

    # --- the whole screen --------------------------------------------------------------------
    def action_export(self) -> None:
        """Write what stands on the screen to a file."""
        from kpi_tui.tui.exporting import export_view

        export_view(self._screen.kpi, self._screen.view_shown(), _("There is nothing to export yet."))

    def action_pack(self) -> None:
        """Everything about the period in view as one document for others."""
        from kpi_tui.tui.exporting import export_pack

        self._screen.answers.ask(PackQuestion(self._screen.period), lambda pack: export_pack(self._screen.kpi, pack))

    def action_save(self) -> None:
        """Write pending edits; where a period is over a reason is asked for (R009)."""
        SaveDialog(self._screen.kpi, self._screen.kpi.session, self._screen.prompt).start()
