"""The Targets screen: targets edited in place, with what each edit does to the score at once (R009, R038)."""

from __future__ import annotations

from textual import on

from kpi_tui.definitions.issue import ConflictError, KpiError
from kpi_tui.definitions.period import Period
from kpi_tui.text.amounts import AmountError, edit_text, parse_amount, parse_factor
from kpi_tui.text.i18n import _, language, n_, told
from kpi_tui.tui.overlays.table import diff_overlay, history_overlay
from kpi_tui.tui.screens.targets.board import TargetBoard
from kpi_tui.tui.screens.targets.conflict import Choices, ConflictScreen, clashes_of, settle
from kpi_tui.tui.screens.targets.rows import TARGET
from kpi_tui.tui.screens.targets.words import saved_words
from kpi_tui.tui.widgets.prompt import Prompt
from kpi_tui.tui.widgets.sheet import Sheet
from kpi_tui.tui.widgets.target_sheet import TargetSheet

_NEEDS_CELL = ("targets.edit", "targets.clear", "targets.raise", "targets.history", "targets.explain")
WHY, RAISE = "why", "raise"


class TargetsScreen(TargetBoard):
    """Every role's lines; digits, Enter or e edit the cell under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._everyone = False  # the raise asked for is meant for all roles

    def why_not(self, command: str) -> str:
        """Commands on a cell need one; some need something to do."""
        if why := super().why_not(command):
            return why
        if command in _NEEDS_CELL and self._key is None:
            return _("There is no target line here.")
        return ""

    # --- editing a cell ----------------------------------------------------------------------------
    def action_edit(self) -> None:
        """Edit the value as it stands."""
        if not self.query_one(Prompt).is_open:
            self._sheet.edit(edit_text(self._value(), self._unit))

    @on(TargetSheet.Turned)
    def _left_cell(self) -> None:
        """A sentence about the typed text goes with it."""
        if not self._sheet.editing and self.status.kind == "error":
            self.say("")

    def commit(self, text: str) -> bool:
        """Set the cell; False keeps its editor open, with a sentence."""
        try:
            current = self._value()
            if text.strip() == edit_text(current, self._unit):
                return True
            self._set(parse_amount(text, self._unit, current) if text.strip() else None)
        except (AmountError, KpiError) as error:
            self.say(str(error), "error")
            return False
        return True

    def _set(self, value: float | None) -> None:
        assert self.book is not None and self.view.period is not None and self._key is not None
        self.book.targets.set(self._key, self.view.period, value)
        self.say("")
        self._show_edits()

    # --- commands ----------------------------------------------------------------------------------
    @on(Sheet.Selected, "#targets")
    async def _chosen(self) -> None:
        await self.kpi.action_command("targets.edit")

    def action_next_target(self, step: int) -> None:
        """The target of the next line."""
        self._sheet.action_move(step)
        self._sheet.go("", TARGET)

    def action_clear(self) -> None:
        """No target for this line."""
        if self._value() is None:
            self.say(_("There is no target to clear."))
            return
        self._set(None)
        self.say(_("Cleared; u takes it back."), "done")

    def action_copy_last(self) -> None:
        """Fill cells without a target from the last period."""
        book, period = self.book, self.view.period
        assert book is not None and period is not None
        last = period.previous()
        self._many(book.target_rules.copy(period, last), _("No empty target that {period} could fill.", period=last.id))

    def _many(self, count: int, none: str) -> None:
        self._show_edits()
        told = n_("Changed {count} target; u takes it back.", "Changed {count} targets; u takes them back.", count)
        self.say(told if count else none, "done" if count else "info")

    def action_raise(self) -> None:
        """Ask by how much."""
        self._everyone = False
        self._ask(RAISE, self._raise_label(), "+5%")

    def _raise_label(self) -> str:
        assert self.book is not None and self._key is not None
        roles = self.book.workspace.roles
        name = roles[self._key.role].name.both(language()) if self._key.role in roles else self._key.role
        whose = _("all roles") if self._everyone else name
        return _("Raise {whose} by (Tab: one or all)", whose=whose)

    @on(Prompt.Turned)
    def _turned(self, message: Prompt.Turned) -> None:
        if message.question == RAISE:
            self._everyone = not self._everyone
            self.query_one(Prompt).label(self._raise_label())

    def _ask(self, question: str, label: str, text: str = "") -> None:
        self.add_class("-asking")
        self.query_one(Prompt).ask(question, label, text)

    @on(Prompt.Left)
    def _unasked(self) -> None:
        self.remove_class("-asking")
        self.query_one(Prompt).close()
        self._sheet.focus()

    @on(Prompt.Answered)
    def _answered(self, message: Prompt.Answered) -> None:
        if message.question == WHY:
            if not message.text.strip():
                self.say(_("This period is over: say why its target changes (Esc: do not save)."), "error")
                return
            self._unasked()
            self._save(message.text.strip())
        else:
            self._raise(message.text)

    def _raise(self, text: str) -> None:
        book, period, key = self.book, self.view.period, self._key
        assert book is not None and period is not None and key is not None
        try:
            count = book.target_rules.raise_(period, parse_factor(text), None if self._everyone else key.role)
        except (AmountError, KpiError) as error:
            self.say(str(error), "error")
            return
        self._unasked()
        self._many(count, _("There are no targets to raise."))

    def action_diff(self) -> None:
        """What differs from the file."""
        assert self.book is not None
        if not self.book.targets.pending():
            self.say(_("Nothing differs from the saved targets."))
            return

        def chosen(key: str | None) -> None:
            period, _space, row = (key or "").partition(" ")
            if row:
                self.kpi.look(period=Period.parse(period))
                self._sheet.go(row, TARGET)

        self.app.push_screen(diff_overlay(self.book.targets.pending(), self.book.workspace), chosen)

    def action_history(self) -> None:
        """Who changed this target."""
        key = self._key
        assert self.book is not None and key is not None
        changes = self.book.targets.history(key.role, key.metric)
        if changes:
            self.app.push_screen(history_overlay(changes, key, self.book.workspace))
        else:
            self.say(_("Nobody has changed this target yet."))

    def action_explain(self) -> None:
        """Where the actual value comes from."""
        key, book, period = self._key, self.book, self.view.period
        if key is not None and book is not None and period is not None:
            self.compute("explain", lambda _progress: book.numbers.explain(key.metric, period))

    def action_cancel(self) -> None:
        """Leave the target's cell, so that digits switch screens again; else stop computing."""
        if self._sheet.column_key == TARGET and not self.kpi.jobs.busy:
            self._sheet.go("", "metric")
            self.say(_("Digits switch screens now; e, Enter or → go back to the target."))
        else:
            super().action_cancel()

    # --- saving ------------------------------------------------------------------------------------
    def action_save(self) -> None:
        """Write; a period that is over needs a reason (R009)."""
        assert self.book is not None
        pending = self.book.targets.pending()
        if not pending:
            self.say(_("Nothing to save."))
        elif any(self.book.targets.is_locked(Period.parse(period)) for period in {period for period, _key in pending}):
            self._ask(WHY, _("The period is over. Why does its target change?"))
        else:
            self._save("")

    def _save(self, why: str) -> None:
        book = self.book
        assert book is not None
        try:
            changes = book.targets.save(why)
        except ConflictError as error:
            if not (clashes := clashes_of(book)):
                self.kpi.say_error(error)
                return
            screen = ConflictScreen(clashes, book.workspace)
            self.app.push_screen(screen, lambda choices: self._settled(choices, why))
        except KpiError as error:
            self.kpi.say_error(error)
        else:
            self._show_edits()
            notes = "".join(f" · {told(note)}" for note in book.targets.notes())
            self.say(saved_words(changes, book.workspace) + notes, "warning" if notes else "done")

    def _settled(self, choices: Choices | None, why: str) -> None:
        assert self.book is not None
        if choices is None:
            self._show_edits()
            self.say(_("Not saved; your edits are kept."), "warning")
            return
        settle(self.book, choices)
        self._show_edits()
        if self.book.targets.pending():
            self._save(why)
        else:
            self.say(_("Their values stand; nothing of yours was left to save."), "done")
