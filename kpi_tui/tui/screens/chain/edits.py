"""The two desks of a chain, agreed targets and typed numbers, as one: undo, redo, save, and a conflict settled."""

from __future__ import annotations

from textual import on

from kpi_tui.definitions.issue import ConflictError, KpiError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import Change
from kpi_tui.text.i18n import _, told
from kpi_tui.tui.screens.chain.board import ChainBoard
from kpi_tui.tui.screens.chain.overlays import step_words
from kpi_tui.tui.screens.chain.words import saved_words
from kpi_tui.tui.screens.targets.conflict import Choices, ConflictScreen, clashes_of, settle
from kpi_tui.tui.widgets.prompt import Prompt
from kpi_tui.tui.widgets.sheet import Sheet

WHY = "why"
TARGETS, ACTUALS = "targets", "actuals"  # the two desks an edit can lie on


class ChainDesk(ChainBoard):
    """Keeps what was edited here, whichever desk it lies on."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[str] = []  # the desk of every edit made here, the last one last
        self._undone: list[str] = []
        self._why = ""  # a reason already given, offered where one is asked for

    def _edited(self, desk: str) -> None:
        self._steps.append(desk)
        self._undone.clear()
        self.say("")
        self.call_after_refresh(self.kpi.edited)

    # --- undo --------------------------------------------------------------------------------
    def action_undo(self) -> None:
        """Take back the last edit, on whichever desk it lies."""
        self._step(self._steps, self._undone, "undo", _("Taken back: {what}"), _("Nothing to undo."))

    def action_redo(self) -> None:
        """Do it again."""
        self._step(self._undone, self._steps, "redo", _("Done again: {what}"), _("Nothing to redo."))

    def _step(self, take: list[str], give: list[str], act: str, told: str, none: str) -> None:
        assert self.book is not None
        desk = take.pop() if take else TARGETS
        steps = {
            "undo": (self.book.targets.undo, self.book.actuals.undo),
            "redo": (self.book.targets.redo, self.book.actuals.redo),
        }
        try:
            result = steps[act][desk == ACTUALS]()
        except KpiError as error:
            take.append(desk)
            self.kpi.say_error(error)
            return
        if not result:
            self.say(none)
            return
        give.append(desk)
        self.kpi.edited()
        self.say(told.replace("{what}", step_words(result, self.book.workspace)), "done")

    # --- saving ------------------------------------------------------------------------------
    def action_save(self) -> None:
        """Write targets and typed numbers; a period that is over needs a reason (R009)."""
        book = self.book
        assert book is not None
        if not self._unsaved:
            self.say(_("Nothing to save."))
        elif any(
            book.targets.is_locked(Period.parse(period))
            for period in {period for period, _key in book.targets.pending()}
        ):
            self._ask(WHY, _("The period is over. Why does its target change?"), self._why)
        else:
            self._save("")

    def _ask(self, question: str, label: str, text: str = "") -> None:
        self.add_class("-asking")
        self.query_one(Prompt).ask(question, label, text)

    @on(Prompt.Left)
    def _unasked(self) -> None:
        self.remove_class("-asking")
        self.query_one(Prompt).close()
        self.query_one("#links", Sheet).focus()

    @on(Prompt.Answered)
    def _reasoned(self, message: Prompt.Answered) -> None:
        if message.question != WHY:
            return
        if not message.text.strip():
            self.say(_("This period is over: say why its target changes (Esc: do not save)."), "error")
            return
        self._unasked()
        self._save(message.text.strip())

    def _save(self, why: str) -> None:
        book = self.book
        assert book is not None
        saved: list[Change] = []
        try:
            for desk, pending, save in (
                (TARGETS, book.targets.pending(), book.targets.save),
                (ACTUALS, book.actuals.pending(), book.actuals.save),
            ):
                if pending:
                    saved += save(why)
                    self._steps = [*(step for step in self._steps if step != desk), desk]
        except ConflictError as error:
            self._clashed(error, why)
            return
        except KpiError as error:
            self.kpi.say_error(error)
            return
        self._undone.clear()
        self._why = ""
        self.kpi.edited()
        notes = "".join(f" · {told(note)}" for note in book.targets.notes())
        self.say(saved_words(saved, book.workspace) + notes, "warning" if notes else "done")

    def _clashed(self, error: ConflictError, why: str) -> None:
        assert self.book is not None
        if not (clashes := clashes_of(self.book)):
            self.kpi.say_error(error)
            return
        screen = ConflictScreen(clashes, self.book.workspace)
        self.app.push_screen(screen, lambda choices: self._settled(choices, why))

    def _settled(self, choices: Choices | None, why: str) -> None:
        assert self.book is not None
        if choices is None:
            self.say(_("Not saved; your edits are kept."), "warning")
            return
        settle(self.book, choices)
        self.kpi.edited()
        if self._unsaved:
            self._save(why)
        else:
            self.say(_("Their values stand; nothing of yours was left to save."), "done")
