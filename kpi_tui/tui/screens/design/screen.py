"""The Design screen: plan, library, posts, allocation, one after the other or as one likes (R012-R036)."""

from __future__ import annotations

import os
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from kpi_tui.definitions.workspace import Workspace
from kpi_tui.tui.keys.action import DESIGN
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.screens.design.allocation_step import AllocationStep
from kpi_tui.tui.screens.design.commands import StepCommands
from kpi_tui.tui.screens.design.display import DesignDisplay
from kpi_tui.tui.screens.design.edits import DesignEdits
from kpi_tui.tui.screens.design.known import KnownDesign
from kpi_tui.tui.screens.design.library_step import LibraryStep
from kpi_tui.tui.screens.design.place import DesignPlace, keep_place, read_place
from kpi_tui.tui.screens.design.plan_step import PlanStep
from kpi_tui.tui.screens.design.posts_step import PostsStep
from kpi_tui.tui.screens.design.sheet import StepSheet
from kpi_tui.tui.screens.design.step import DesignStep
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.view import View

REST = 0.5
"""Seconds the cursor rests on a row before it is kept for a second start."""


class DesignScreen(KpiScreen):
    """One step at a time; each keeps its cursor."""

    SCOPE = DESIGN
    BINDINGS: ClassVar[list[Any]] = bindings(DESIGN)
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    DesignScreen #steps { height: 1; padding: 0 1; }
    DesignScreen SheetTable { display: none; }
    DesignScreen SheetTable > .sheet--cell { text-style: bold; background: $panel; }
    DesignScreen SheetTable.-shown { display: block; }
    DesignScreen #said { height: auto; min-height: 4; max-height: 10; padding: 0 1; }
    DesignScreen.-low #said { min-height: 2; max-height: 4; }
    DesignScreen #side { width: 44; display: none; margin: 0 0 0 1; padding: 0 1; border-left: solid $panel; }
    DesignScreen.-wide #side.-full { display: block; }
    DesignScreen.-asking #said { min-height: 0; height: 3; }
    DesignScreen.-low.-asking #said { min-height: 0; height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._known = KnownDesign(self, self._arrived)
        self._display = DesignDisplay(self, self._known)
        edits = DesignEdits(self)
        self._steps: tuple[DesignStep, ...] = (
            PlanStep(self, self._known, edits),
            LibraryStep(self, self._known, edits),
            PostsStep(self, self._known, edits, lambda: self.action_method_step(1)),
            AllocationStep(self, self._known, edits),
        )
        self._place: DesignPlace | None = None
        self._rest: Timer | None = None
        self._commands = StepCommands(self, lambda: self.step, self.show_step)
        self.parts = (self._commands, self.common)

    def body(self) -> ComposeResult:
        """The steps in a line, the sheet of the one in view, what is said at its row."""
        yield Static(id="steps", markup=False)
        with Horizontal():
            with Vertical():
                for step in self._steps:
                    yield StepSheet(self._commands.press, id=step.id)
                yield Static(id="said", markup=False)
            with VerticalScroll(id="side", can_focus=False):
                yield Static(id="about", markup=False)

    # --- what is in view -----------------------------------------------------------------------
    @property
    def step(self) -> DesignStep:
        """The step in view."""
        name = self._place.step if self._place else ""
        return next((one for one in self._steps if one.id == name), self._steps[0])

    @property
    def sheet(self) -> SheetTable:
        """Its sheet."""
        return self.query_one(f"#{self.step.id}", SheetTable)

    @property
    def row(self) -> str:
        """Key of the row under its cursor."""
        return self.sheet.row_key

    @property
    def space(self) -> Workspace:
        """The definitions of the period in view, unsaved edits included."""
        return self._known.space

    def metric_here(self) -> str:
        """The metric under the cursor."""
        return self.step.metric(self.row) if self.book is not None else ""

    def why_not(self, command: str) -> str:
        """The step knows what its rows are."""
        return super().why_not(command) or self.step.why_not(command, self.row)

    # --- following the book --------------------------------------------------------------------
    def refresh_view(self) -> None:
        """Another period, role, language, target or definition."""
        first = self._place is None
        if self._place is None:
            self._place = read_place(self.kpi.workspace.root, os.environ)
            if not self._place.step and not self.space.roles:
                self._place.step = "posts"
        self._known.retarget()
        self._known.ask()
        self.show_step()
        if first and (row := self._place.rows.get(self.step.id)):
            self.sheet.go(row)
        if first:
            self._to_step(self.step)
        else:
            self.keep()

    def forget(self) -> None:
        """The data are other ones."""
        self._known.forget()

    def _arrived(self) -> None:
        self.show_step()

    def show_step(self) -> None:
        """The step in view anew, and what is said at its row."""
        self._display.show(self.step)
        self._display.show_row(self.step, self.row)
        self.step.shown()

    def view_shown(self) -> View | None:
        """The step in full."""
        return self.step.view() if self.book is not None else None

    @on(SheetTable.Moved)
    def _moved(self, message: SheetTable.Moved) -> None:
        if self.book is None or self._place is None or message.sheet is not self.sheet:
            return
        self._display.show_row(self.step, self.row)
        self._place.rows[self.step.id] = self.row
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self.keep)

    def keep(self) -> None:
        """Where one is, for a second start."""
        if self._place is not None:
            self._place.rows[self.step.id] = self.row
            keep_place(self.kpi.workspace.root, self._place, os.environ)

    # --- steps ---------------------------------------------------------------------------------
    def action_method_step(self, by: int) -> None:
        """The next step, or the one before."""
        place = self._steps.index(self.step) + by
        if 0 <= place < len(self._steps):
            self._to_step(self._steps[place])

    def _to_step(self, step: DesignStep) -> None:
        assert self._place is not None
        self._place.step = step.id
        self._display.only(step)
        row = self._place.rows.get(step.id, "")
        self.show_step()
        self.sheet.go(row)
        self.sheet.focus()
        self.keep()

    @on(SheetTable.Selected)
    async def _chosen(self) -> None:
        await self.kpi.action_command("design.open")
