"""The wizard: from files to a workspace, a step at a time; every answer is kept, nothing is written before the end."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.answers.setup import STEPS, SetupAnswers, part_id
from kpi_tui.definitions.issue import KpiError
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _, told
from kpi_tui.tui.jobs import Job
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.screens.wizard import changes, steps
from kpi_tui.tui.screens.wizard.state import Tried, WizardState
from kpi_tui.tui.widgets.prompt import Prompt
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.view_content import content, spoken
from kpi_tui.views.start.files import LIST
from kpi_tui.views.view import Sheet, View

if TYPE_CHECKING:
    from kpi_tui.book.start.setup import Setup
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.tui.host import Host


class WizardScreen(Overlay[Path]):
    """Answers the folder of the workspace that was written; None when it was left, with its answers kept."""

    BINDINGS: ClassVar[list[Any]] = [
        ("escape", "back", ""),
        ("q", "close", ""),
        ("space", "turn", ""),
        ("e", "change", ""),
        ("delete", "empty", ""),
        ("a", "add_file", ""),
        ("c", "preset", ""),
        *((str(n), f"step({n})", "") for n in range(1, 10)),
    ]
    AUTO_FOCUS = "#list"

    def __init__(self, setup: Setup, files: tuple[Path, ...], near: Path) -> None:
        """`near`: the folder whose files are offered where none is named."""
        super().__init__()
        self._setup = setup
        answers, self._resumed = setup.begun(files)
        candidates = changes.data_files(near) if not answers.files else ()
        self._state = WizardState(answers, setup.adds, candidates)
        self._busy = self._shown_step = ""

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
        if self._resumed and self._state.answers.step != STEPS[0]:
            self.say(_("It goes on where it was left; Esc goes back step by step."))
        self._show()
        if self._state.answers.files:
            self._read()

    # --- reading and trying out, beside the screen -------------------------------------------------
    @property
    def _kpi(self) -> Host:
        return cast("Host", self.app)

    def _read(self) -> None:
        """Look at the files where that is to be done, then try out what later steps show."""
        if self._state.found is None:
            self._run(partial(self._setup.look, self._state.answers), self._looked)
        elif self._state.answers.step != STEPS[0] and not self._state.is_tried:
            self._run(partial(_tried, self._setup, self._state), self._was_tried)

    def _run(self, work: Any, done: Any) -> None:
        self._busy = _("reading")
        self._kpi.jobs.submit(Job("wizard", self, work, done, self._failed, self._progressed))
        self._show()

    def _progressed(self, what: str, done: int, total: int) -> None:
        self._busy = f"{what or _('trying the mapping out')}  {done}/{total}" if total else what
        self._show_advice([self._busy])

    def _looked(self, found: Any) -> None:
        self._busy = ""
        self._state = replace(self._state, found=found)
        self._read()
        self._show()

    def _was_tried(self, tried: Tried) -> None:
        self._busy = ""
        self._state = replace(self._state, tried=tried)
        self._show()

    def _failed(self, error: BaseException) -> None:
        self._busy = ""
        self._state = replace(self._state, answers=self._state.answers.at(STEPS[0]))
        self._show()
        if isinstance(error, KpiError):
            self.say(str(error), "error")
        else:
            self._kpi.say_error(error)

    # --- showing ---------------------------------------------------------------------------------
    def _show(self) -> None:
        shown = steps.view(self._state, self._setup)
        self.query_one("#title", Static).update(Content(clean(steps.title(self._state))))
        self.query_one("#foot", Static).update(Content(clean(steps.foot(self._state, busy=bool(self._busy)))))
        self._show_advice([self._busy] if self._busy else [spoken(one) for one in shown.sentences])
        step = self._state.answers.step
        rows = shown.sheet(LIST) or Sheet(())
        self.query_one(f"#{LIST}", SheetTable).show_sheet(rows, keep=step == self._shown_step)
        self._shown_step = step
        self._show_detail()

    def _show_advice(self, sentences: list[str]) -> None:
        self.query_one("#advice", Static).update(Content("\n".join(clean(told(one)) for one in sentences)))

    @on(SheetTable.Moved, f"#{LIST}")
    def _show_detail(self) -> None:
        shown = steps.detail(self._state, self._setup, self._key) or View()
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
        return steps.view(self._state, self._setup)

    # --- answering -------------------------------------------------------------------------------
    def _answer(self, answers: SetupAnswers) -> None:
        """Keep an answer, and read or try out anew what rests on it."""
        self._state = self._state.answered(answers)
        self._setup.keep(answers)
        self._show()
        if answers.files and not (answers.step == STEPS[0] and self._state.candidates and self._state.found is None):
            self._read()

    @on(SheetTable.Selected, f"#{LIST}")
    def action_on(self) -> None:
        """The next step; at the end all is written."""
        answers = self._state.answers
        if self._busy:
            return
        if self._state.found is None:
            self._read() if answers.files else self.say(_("Take a file first: Space."))
        elif answers.step == STEPS[-1]:
            self._run(partial(_written, self._setup, self._state), self.dismiss)
        elif not any(part_id(one) not in answers.left_out for one in self._state.found.tables) and not answers.taken:
            self.say(_("Take at least one table first: Space."))
        else:
            self._answer(answers.moved(1))

    def action_back(self) -> None:
        """Stop reading; else the step before; before the first, leave."""
        if self._busy and self._kpi.jobs.cancel(self):
            self._busy = ""
            self._answer_quietly(self._state.answers.at(STEPS[0]))
        elif self._state.answers.step == STEPS[0]:
            self.dismiss(None)
        else:
            self._answer(self._state.answers.moved(-1))

    def _answer_quietly(self, answers: SetupAnswers) -> None:
        self._state = self._state.answered(answers)
        self._show()

    def action_step(self, number: int) -> None:
        """A step by its number, once the files have been read."""
        if self._state.found is not None and not self._busy and number <= len(STEPS):
            self._answer(self._state.answers.at(STEPS[number - 1]))

    def action_turn(self) -> None:
        """Take or leave what is under the cursor."""
        if turned := changes.turned(self._state, self._key):
            self._answer(turned)

    def action_change(self) -> None:
        """Another value for what is under the cursor."""
        changes.change(self, self._state, self._setup, self._key, self._answer)

    def action_empty(self) -> None:
        """Leave a column empty."""
        if self._state.answers.step == "columns":
            self._answer(changes.emptied(self._state, self._key))

    def action_add_file(self) -> None:
        """One more file."""
        if self._state.answers.step == STEPS[0]:
            self.query_one(Prompt).ask(changes.one_more_file(self._state, self._answer))

    def action_preset(self) -> None:
        """Roles of another preset."""
        if self._state.answers.step == "roles":
            self._kpi.push_screen(changes.pick_preset(self._state), self._preset_picked)

    def _preset_picked(self, name: str | None) -> None:
        if name:
            self._answer(replace(self._state.answers, preset=name, roles=None))

    @on(Prompt.Refused)
    def _refused(self, message: Prompt.Refused) -> None:
        self.say(message.why, "error")


def _tried(setup: Setup, state: WizardState, progress: Progress) -> Tried:
    """Runs on the computing thread."""
    assert state.found is not None, "files are looked at before they are tried"
    progress("", 0, 0)
    plan = setup.plan(state.found, state.answers)
    return Tried(plan, setup.try_out(plan, progress), state.answers)


def _written(setup: Setup, state: WizardState, _progress: Progress) -> Path:
    assert state.found is not None, "what is written was read"
    assert state.tried is not None, "and tried out"
    return setup.write(state.found, state.tried.trial, state.answers)
