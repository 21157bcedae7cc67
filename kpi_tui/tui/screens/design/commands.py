"""Runs the commands of the Design screen on the step in view, at the row under its cursor."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable

from kpi_tui.text.i18n import _
from kpi_tui.tui.overlays.table import TableOverlay
from kpi_tui.tui.screens.design.step import DesignStep
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.widgets.sheet import SheetTable


class StepCommands:
    """What a step does not know, it says where it is done."""

    def __init__(self, screen: KpiScreen, step: Callable[[], DesignStep], show: Callable[[], None]) -> None:
        """`step`: the one in view; `show` shows it anew."""
        self._screen, self._step, self._show = screen, step, show

    @property
    def _sheet(self) -> SheetTable:
        return self._screen.query_one(f"#{self._step().id}", SheetTable)

    async def _run(self, name: str, *values: object) -> None:
        run: Callable[..., object] | None = getattr(self._step(), name, None)
        if run is None:
            self._screen.say(_("That is done in another step."), "warning")
        elif isawaitable(done := run(self._sheet.row_key, *values)):
            await done

    async def action_open_row(self) -> None:
        """Open what is under the cursor."""
        await self._run("open_row")

    async def action_edit(self) -> None:
        """Edit it."""
        await self._run("edit")

    async def action_take(self) -> None:
        """Choose it or leave it."""
        await self._run("take")

    async def action_add(self) -> None:
        """Add something beside it."""
        await self._run("add")

    async def action_clear(self) -> None:
        """Take it out."""
        await self._run("clear")

    async def action_step(self, by: int) -> None:
        """The arrows of the allocation."""
        await self._run("weigh", by * 5)

    async def action_weigh(self, by: int) -> None:
        """One point."""
        await self._run("weigh", by)

    async def action_method(self) -> None:
        """How a line is scored."""
        await self._run("method")

    def action_filter(self) -> None:
        """Which metrics are listed."""
        run = getattr(self._step(), "filter", None)
        if run is None:
            self._screen.say(_("That is done in another step."), "warning")
            return
        run()
        self._show()

    def action_next_place(self, by: int) -> None:
        """The next post, else the next section."""
        run = getattr(self._step(), "next_place", None)
        if run is not None:
            run(by)
        else:
            _to_section(self._sheet, by)

    def action_differences(self) -> None:
        """What is not saved yet."""
        from kpi_tui.views.edits.definitions import unsaved_definitions

        pending = self._screen.open_book.definitions.pending()
        if not pending:
            self._screen.say(_("Nothing differs from the saved definitions."))
            return
        shown = unsaved_definitions(pending, self._screen.open_book.definitions.workspace())
        self._screen.kpi.push_screen(TableOverlay(shown, _("↑↓ scroll   Esc back   (w saves, u undoes)")))

    def action_history(self) -> None:
        """Who changed definitions, when and why."""
        from kpi_tui.views.edits.definitions import definition_changes

        changes = self._screen.open_book.definitions.history()
        if not changes:
            self._screen.say(_("Nobody has changed a definition here yet."))
            return
        shown = definition_changes(changes[::-1], self._screen.open_book.definitions.workspace()).sheets[0]
        self._screen.kpi.push_screen(TableOverlay(shown, _("↑↓ scroll   Esc back")))


def _to_section(sheet: SheetTable, by: int) -> None:
    """The first row below the next heading, or the one before."""
    heads = [n for n, row in enumerate(sheet.rows) if row.kind == "heading"]
    own = max((n for n in heads if n < sheet.cursor), default=-1)
    wanted = [n for n in heads if n > sheet.cursor] if by > 0 else [n for n in heads if n < own]
    if wanted:
        sheet.action_move((wanted[0] if by > 0 else wanted[-1]) + 1 - sheet.cursor)
    elif by < 0:
        sheet.action_move(-len(sheet.rows))
