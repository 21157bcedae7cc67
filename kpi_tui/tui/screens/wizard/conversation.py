"""The state of the wizard and the work it waits for: files looked at, a mapping tried out, a workspace written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kpi_tui.book.files.changed_files import differing
from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.definitions.answers.setup import STEPS, SetupAnswers, not_readable, part_id
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.message import listed
from kpi_tui.text.i18n import _, language, n_, told
from kpi_tui.text.phrase import translate
from kpi_tui.tui.computing.computer import Computer, LongQuestion
from kpi_tui.tui.computing.jobs import Job, JobOwner, Jobs
from kpi_tui.tui.screens.wizard.state import Tried, WizardState
from kpi_tui.views.named_ids import part_name

if TYPE_CHECKING:
    from kpi_tui.book.files.changed_files import Stamps
    from kpi_tui.book.start.setup import Setup
    from kpi_tui.definitions.progress import Progress


@dataclass(frozen=True, slots=True)
class LookQuestion:
    """Which tables the files fill."""

    answers: SetupAnswers

    def ask(self, setup: Setup, progress: Progress, /) -> Proposal:
        """Look at them."""
        return setup.look(self.answers, progress)


@dataclass(frozen=True, slots=True)
class TryQuestion:
    """What would come of the proposal as it was answered."""

    found: Proposal
    answers: SetupAnswers
    files: Stamps = field(default_factory=dict)

    def ask(self, setup: Setup, progress: Progress, /) -> Tried:
        """Read, map and compute; nothing is written."""
        plan = setup.plan(self.found, self.answers)
        return Tried(plan, setup.try_out(plan, progress), self.answers, self.files)


class WorkHost(Protocol):
    """Who waits for work and has it done: the app."""

    jobs: Jobs
    computer: Computer


class Listener(JobOwner, Protocol):
    """The screen that shows it."""

    def show(self) -> None:
        """Something changed."""

    def show_progress(self) -> None:
        """Only how far the work is."""

    def say(self, text: str, kind: str = "info", /) -> None:
        """A sentence."""

    def failed(self, error: BaseException) -> None:
        """The work came to nothing."""

    def ended(self, root: Path) -> None:
        """A workspace was written."""


class Conversation:
    """One at a time is worked at; a newer answer replaces what was begun for the one before."""

    def __init__(
        self,
        setup: Setup,
        files: tuple[Path, ...],
        candidates: Callable[[], tuple[Path, ...]],
        given: Mapping[str, Any],
    ) -> None:
        """`candidates`: files to choose from, asked for where none is named; `given`: answers of the command line."""
        self.setup = setup
        answers, resumed = setup.begun(files, **given)
        self.goes_on = resumed and answers.step != STEPS[0]
        self.state = WizardState(answers, setup.adds, () if answers.files else candidates())
        self.busy = ""
        self._host: WorkHost | None = None
        self._screen: Listener | None = None

    def start(self, host: WorkHost, screen: Listener) -> None:
        """From now on work is done, and told to the screen."""
        self._host, self._screen = host, screen
        if self.state.answers.files:
            self.read()

    # --- answers ---------------------------------------------------------------------------------
    def answer(self, answers: SetupAnswers) -> None:
        """Keep an answer, and read or try out anew what rests on it."""
        choosing = self.state.found is None and bool(self.state.candidates)
        self.state = self.state.answered(answers)
        refused: KpiError | None = None
        try:
            self.setup.keep(answers)  # before it is shown: what is seen outlives a kill
        except KpiError as error:  # they hold for this sitting all the same
            refused = error
        self._shown().show()
        if refused is not None:
            self._shown().failed(refused)
        if not choosing:
            self.read()

    def refusal(self) -> str:
        """Why it cannot go on to the next step; empty when it can."""
        answers, found = self.state.answers, self.state.found
        if found is None:
            return "" if answers.files else _("Take a file first: Space.")
        taken = answers.taken or any(part_id(one) not in answers.left_out for one in found.tables)
        if not taken:
            return _("Take at least one table first: Space. `e` says which table a file fills.")
        return self._unreadable() if answers.step != STEPS[0] else ""

    def _unreadable(self) -> str:
        """What a table that was said by hand still lacks."""
        for part in self.state.parts:
            schema = self.setup.schemas[part.table]
            if lacks := not_readable(part, schema):
                return _(
                    "{table} from {file} cannot be read without {columns}: `e` on that line picks a column.",
                    table=translate(part_name(part.table, self.setup.schemas)),
                    file=part.path.name,
                    columns=listed(schema.columns[one].said.get(language()) for one in lacks),
                )
        return ""

    def go_on(self) -> None:
        """The next step; at the end all is written."""
        if self.state.found is None or self._changed():
            self.read()
        elif self.state.answers.step == STEPS[-1]:
            self._run(partial(_written, self.setup, self.state), self._shown().ended)
        else:
            self.answer(self.state.answers.moved(1))

    # --- work beside the screen --------------------------------------------------------------------
    def read(self) -> None:
        """Look at files that nobody has looked at or somebody changed, then try out what later steps show."""
        if changed := self._changed():
            self.state = replace(self.state, found=None)
            said = n_(
                "{files} changed, and is read again.",
                "{files} changed, and are read again.",
                len(changed),
                files=listed(changed),
            )
            self._shown().say(said, "lasting")  # whoever hurries through the steps sees it too
        if self.state.found is None:
            self.state = replace(self.state, files=self.setup.stamps(self.state.answers))
            self._ask(LookQuestion(self.state.answers), self._looked)
        elif self.state.answers.step != STEPS[0] and not self.state.is_tried:
            self._ask(TryQuestion(self.state.found, self.state.answers, self.state.files), self._was_tried)

    def follow(self) -> None:
        """Read again what somebody changed, from time to time."""
        if not self.busy and self._changed():
            self.read()

    def _changed(self) -> list[str]:
        """Names of the files that are not as they were when they were looked at."""
        if self.state.found is None:
            return []
        return sorted(path.name for path in differing(self.state.files, self.setup.stamps(self.state.answers)))

    def stop(self) -> bool:
        """Work no longer, and stand at the files again; False when nothing was worked at."""
        if not self.busy or self._host is None or not self._host.jobs.cancel(self._screen):
            return False
        self._back_to_files()
        return True

    def _ask(self, question: LongQuestion[Setup, Any], done: Callable[[Any], None]) -> None:
        if self._host is not None:
            self._run(partial(self._host.computer.answer, question, self.setup), done)

    def _run(self, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        self.busy = _("reading")
        if self._host is not None:
            self._host.jobs.submit(Job("wizard", self._shown(), work, done, self._failed, self._progressed))
        self._shown().show()

    def _progressed(self, what: str, done: int, total: int) -> None:
        said = told(what) if what else _("trying the mapping out")
        self.busy = f"{said}  {done}/{total}" if total else said
        self._shown().show_progress()

    def _looked(self, found: Proposal) -> None:
        self.busy = ""
        self.state = replace(self.state, found=found)
        self.read()
        self._shown().show()

    def _was_tried(self, tried: Tried) -> None:
        self.busy = ""
        self.state = replace(self.state, tried=tried)
        if self.goes_on and tried.plan.there and self.state.answers.step == STEPS[-1]:
            self.setup.forget()  # it was killed when all was written
            self._shown().ended(tried.plan.folder)
        else:
            self._shown().show()

    def _failed(self, error: BaseException) -> None:
        self._back_to_files()
        self._shown().failed(error)

    def _back_to_files(self) -> None:
        self.busy = ""
        self.state = replace(self.state, answers=self.state.answers.at(STEPS[0]))
        self._shown().show()

    def _shown(self) -> Listener:
        assert self._screen is not None, "it is started by the screen that shows it"
        return self._screen


def _written(setup: Setup, state: WizardState, _progress: Progress) -> Path:
    assert state.found is not None, "what is written was read"
    assert state.tried is not None, "and tried out"
    return setup.write(state.found, state.tried.trial, state.answers)
