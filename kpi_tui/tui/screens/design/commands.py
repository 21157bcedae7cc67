"""Runs the commands of the Design screen on the step in view, at the row under its cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kpi_tui.definitions.issue import KpiError
from kpi_tui.text.i18n import _
from kpi_tui.tui.editing.undo import do_again, take_back
from kpi_tui.tui.keys.registry import by_id, keys_of
from kpi_tui.tui.overlays.table import TableOverlay
from kpi_tui.tui.screens.design.step import DesignStep
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.edits.conflict import DEFINITIONS

FEW = 5
"""Points an arrow moves."""
RUNS: dict[str, tuple[Any, ...]] = {
    "design.open": ("open_row",),
    "design.edit": ("edit",),
    "design.take": ("take",),
    "design.add": ("add",),
    "design.remove": ("clear",),
    "design.method": ("method",),
    "design.more": ("weigh", FEW),
    "design.less": ("weigh", -FEW),
    "design.one_more": ("weigh", 1),
    "design.one_less": ("weigh", -1),
    "design.up": ("move", -1),
    "design.down": ("move", 1),
}
"""What a command calls of the step, behind the row under the cursor."""
WALKING = {"design.more": "sheet.right", "design.less": "sheet.left"}


class StepCommands:
    """What a step does not know, it says where it is done."""

    def __init__(self, screen: KpiScreen, step: Callable[[], DesignStep], show: Callable[[], None]) -> None:
        """`step`: the one in view; `show` shows it anew."""
        self._screen, self._step, self._show = screen, step, show

    @property
    def _sheet(self) -> SheetTable:
        return self._screen.query_one(f"#{self._step().id}", SheetTable)

    # --- at the row under the cursor -----------------------------------------------------------------
    def press(self, key: str) -> bool:
        """Run what a key does at a row, at once: the next key may move the cursor. False for any other key."""
        id_ = next((one for one in RUNS if key in self._keys(one)), "")
        name = RUNS[id_][0] if id_ else ""
        if not id_ or (name in ("weigh", "move") and not hasattr(self._step(), name)):
            return False
        if by_id()[id_].asks:
            self._screen.call_after_refresh(self._screen.kpi.release_keys)
        self.run(id_)
        return True

    def _keys(self, id_: str) -> list[str]:
        """The keys of a command; the arrows that walk over columns elsewhere shift weights."""
        keymap, known = self._screen.kpi.options.keymap, by_id()
        walking = WALKING.get(id_, "")
        return [*keys_of(known[id_], keymap), *(keys_of(known[walking], keymap) if walking else ())]

    def run(self, id_: str) -> None:
        """Run it on the step in view, or say why it cannot run."""
        (name, *values), row = RUNS[id_], self._sheet.row_key
        run: Callable[..., object] | None = getattr(self._step(), name, None)
        if why := self._screen.why_not(id_):
            self._screen.say(why, "warning")
        elif run is None:
            self._screen.say(_("That is done in another step."), "warning")
        else:
            try:
                run(row, *values)
            except KpiError as error:  # what may not be set says why, and stays as it was
                self._screen.kpi.say_error(error)

    def action_open_row(self) -> None:
        """Open what is under the cursor."""
        self.run("design.open")

    def action_edit(self) -> None:
        """Edit it."""
        self.run("design.edit")

    def action_turn(self) -> None:
        """Choose it or leave it."""
        self.run("design.take")

    def action_add(self) -> None:
        """Add something beside it."""
        self.run("design.add")

    def action_clear(self) -> None:
        """Take it out."""
        self.run("design.remove")

    def action_step(self, by: int) -> None:
        """The arrows of the allocation."""
        self.run("design.more" if by > 0 else "design.less")

    def action_weigh(self, by: int) -> None:
        """One point."""
        self.run("design.one_more" if by > 0 else "design.one_less")

    def action_move_line(self, by: int) -> None:
        """The order of the lines."""
        self.run("design.down" if by > 0 else "design.up")

    def action_method(self) -> None:
        """How a line is scored."""
        self.run("design.method")

    # --- of the step as a whole ----------------------------------------------------------------------
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

    def action_propose(self) -> None:
        """Targets for the post in hand; a post that is not saved has none yet."""
        run = getattr(self._step(), "propose", None)
        if run is None:
            self._screen.say(_("That is done in another step."), "warning")
        else:
            run()

    def action_undo(self) -> None:
        """Take the last edit back; where this sitting made none, what I saved of the definitions last."""
        take_back(self._screen.kpi, self._screen.prompt, DEFINITIONS)

    def action_redo(self) -> None:
        """Do again what undo took back."""
        do_again(self._screen.kpi, self._screen.prompt, DEFINITIONS)

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
