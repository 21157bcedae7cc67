"""The wizard: from files to a workspace, a step at a time; every answer is kept, nothing is written before the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.book.files.data_files import data_files
from kpi_tui.definitions.answers.setup import STEPS
from kpi_tui.definitions.issue import KpiError
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _, told
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.screens.wizard import asked_files, changes, steps
from kpi_tui.tui.screens.wizard.conversation import Conversation
from kpi_tui.tui.widgets.prompt import Prompt
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.view_content import content, spoken
from kpi_tui.views.start.files import LIST
from kpi_tui.views.view import Sheet, View

if TYPE_CHECKING:
    from kpi_tui.book.start.setup import Setup
    from kpi_tui.tui.host import Host


class WizardScreen(Overlay[Path]):
    """Answers the folder of the workspace that was written; None when it was left, with its answers kept."""

    BINDINGS: ClassVar[list[Any]] = [
        ("escape", "leave", ""),
        ("q", "close", ""),
        ("space", "turn", ""),
        ("e", "edit", ""),
        ("delete", "clear", ""),
        ("O", "open_files", ""),
        ("c", "choose", ""),
        ("dollar_sign", "rates", ""),
        *((str(n), f"go('{n}')", "") for n in range(1, 10)),
    ]
    AUTO_FOCUS = "#list"

    def __init__(self, setup: Setup, files: tuple[Path, ...], near: Path, given: Mapping[str, Any]) -> None:
        """`near`: the folder whose files are offered where none is named; `given`: answers of the command line."""
        super().__init__()
        self._talk = Conversation(setup, files, partial(data_files, near), given)
        self._shown_step, self._left_row = "", ""

    def compose(self) -> ComposeResult:
        """Steps, sentences, the list of the step, what belongs to the row under the cursor, keys."""
        yield Static(id="title", markup=False)
        yield Static(id="advice", markup=False)
        yield SheetTable(id=LIST)
        yield Static(id="detail", markup=False)
        yield SheetTable(id="rows")
        yield Prompt()
        yield Static(id="foot", markup=False)

    def on_mount(self) -> None:
        """Go on where it was."""
        super().on_mount()
        self.query_one("#rows").can_focus = False
        if self._talk.goes_on:
            self.say(_("It goes on where it was left; Esc goes back step by step."))
        self.show()
        host = cast("Host", self.app)
        self._talk.start(host, self)
        if host.options.watch > 0:
            self.set_interval(host.options.watch, self._look)

    # --- what the conversation tells -------------------------------------------------------------
    def show(self) -> None:
        """The step as it stands now."""
        state, busy = self._talk.state, self._talk.busy
        shown = steps.view(state, self._talk.setup)
        self.query_one("#title", Static).update(Content(clean(steps.title(state, self.size.width - 2))))
        self.query_one("#foot", Static).update(Content(clean(steps.foot(state, busy=bool(busy)))))
        self._advise([busy] if busy else [spoken(one) for one in shown.sentences])
        step = state.answers.step
        self.set_class(step in steps.LONG, "-long")
        table, was = self.query_one(f"#{LIST}", SheetTable), self._left_row
        self._left_row = (was or table.row_key) if state.found is None else ""  # files are read again: it comes back
        table.show_sheet(shown.sheet(LIST) or Sheet(()), keep=step == self._shown_step)
        if was and state.found is not None:
            table.go(was)
        self.hush(of_another=self._shown_step not in ("", step))
        self._shown_step = step
        self._show_detail()

    def show_progress(self) -> None:
        """How far reading is."""
        self._advise([self._talk.busy])

    def _look(self) -> None:
        """Follow the files while nobody is typing or choosing."""
        if self.is_current and not self.query_one(Prompt).has_class("-open"):
            self._talk.follow()

    def failed(self, error: BaseException) -> None:
        """Say why; a defect goes to the log."""
        if isinstance(error, KpiError):
            self.say(str(error), "error")
        else:
            cast("Host", self.app).say_error(error)

    def ended(self, root: Path) -> None:
        """The workspace is written."""
        self.dismiss(root)

    def _advise(self, sentences: list[str]) -> None:
        self.query_one("#advice", Static).update(Content("\n".join(clean(told(one)) for one in sentences)))

    @on(SheetTable.Moved, f"#{LIST}")
    def _show_detail(self) -> None:
        shown = steps.detail(self._talk.state, self._talk.setup, self._key) or View()
        rows = shown.sheet("rows")
        self.query_one("#rows", SheetTable).display = rows is not None
        if rows is not None:
            self.query_one("#rows", SheetTable).show_sheet(rows)
            shown = replace(shown, sheets=())
        self.query_one("#detail", Static).update(content(shown))

    @property
    def _key(self) -> str:
        return self.query_one(f"#{LIST}", SheetTable).row_key

    def view_shown(self) -> View:
        """The step, for a file and the clipboard."""
        return steps.view(self._talk.state, self._talk.setup)

    # --- keys ------------------------------------------------------------------------------------
    @on(SheetTable.Selected, f"#{LIST}")
    def _on(self) -> None:
        """Enter: the next step; at the end all is written."""
        if self._talk.busy:
            return
        if why := self._talk.refusal():
            self.say(why)
        else:
            self._talk.go_on()

    def action_leave(self) -> None:
        """Stop reading; else the step before; before the first, leave."""
        if self._talk.stop():
            return
        if self._talk.state.answers.step == STEPS[0]:
            self.dismiss(None)
        else:
            self._talk.answer(self._talk.state.answers.moved(-1))

    def action_go(self, number: str) -> None:
        """A step by its number, once the files have been read."""
        if self._talk.state.found is not None and not self._talk.busy and int(number) <= len(STEPS):
            self._talk.answer(self._talk.state.answers.at(STEPS[int(number) - 1]))

    def action_turn(self) -> None:
        """Take or leave what is under the cursor."""
        if turned := changes.turned(self._talk.state, self._key):
            self._talk.answer(turned)

    def action_edit(self) -> None:
        """Another value for what is under the cursor."""
        changes.change(self, self._talk.state, self._talk.setup, self._key, self._talk.answer)

    def action_clear(self) -> None:
        """Leave a column empty."""
        if self._talk.state.answers.step == "columns":
            self._talk.answer(changes.emptied(self._talk.state, self._key))

    def action_open_files(self) -> None:
        """One more file."""
        if self._talk.state.answers.step == STEPS[0]:
            self.query_one(Prompt).ask(asked_files.one_more_file(self._talk.state, self._talk.answer))

    def action_rates(self) -> None:
        """The file of exchange rates."""
        if self._talk.state.answers.step == "money" and not self._talk.state.adds:
            self.query_one(Prompt).ask(asked_files.file_of_rates(self._talk.state, self._talk.answer))

    def action_choose(self) -> None:
        """Roles of another preset."""
        if self._talk.state.answers.step == "roles":
            cast("Host", self.app).push_screen(changes.pick_preset(self._talk.state), self._chosen)

    def _chosen(self, preset: str | None) -> None:
        if preset:
            self._talk.answer(replace(self._talk.state.answers, preset=preset, roles=None))

    @on(Prompt.Refused)
    def _refused(self, message: Prompt.Refused) -> None:
        self.say(message.why, "error")
