"""The Chain screen: which link is weak and why, its targets and typed numbers, and the roll-over (spec R039–R084)."""

from __future__ import annotations

from typing import Any

from textual import on

from kpi_tui.definitions.issue import ConflictError, KpiError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import Change, TargetKey
from kpi_tui.text.amounts import AmountError, edit_text, parse_amount
from kpi_tui.text.i18n import _, n_, told
from kpi_tui.tui.names import link_unit
from kpi_tui.tui.screens import chain_overlays as overlays
from kpi_tui.tui.screens.chain_board import ChainBoard
from kpi_tui.tui.screens.chain_rows import ABOVE, BELOW, COUNTS, TARGET
from kpi_tui.tui.screens.chain_words import saved_words
from kpi_tui.tui.screens.conflict import Choices, ConflictScreen, clashes_of, settle
from kpi_tui.tui.screens.overlay import Choice, ChoiceScreen
from kpi_tui.tui.widgets.prompt import Prompt
from kpi_tui.tui.widgets.sheet import Sheet

_NEEDS_LINK = ("chain.explain", "chain.edit", "chain.actuals", "chain.drivers", "chain.panes")
_NEEDS_CARD = (*_NEEDS_LINK, "chain.roll", "chain.diagnosis", "chain.weak")
WHY = "why"
TARGETS, ACTUALS = "targets", "actuals"  # the two desks an edit can lie on


class ChainScreen(ChainBoard):
    """Links above, weeks below; digits, Enter or e edit the week under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[str] = []  # the desk of every edit made here, the last one last
        self._undone: list[str] = []

    def why_not(self, command: str) -> str:
        """Commands on a link need one; targets need a rule, the roll-over links with targets."""
        if why := super().why_not(command):
            return why
        book, link = self.book, self.link
        if book is not None and not book.workspace.chains and (command in _NEEDS_CARD or command == "chain.choose"):
            return _("There is no chain in this workspace.")
        if command in _NEEDS_CARD and self._answer is None:
            return _("The chain is still being computed.")
        if command in _NEEDS_LINK and link is None:
            return _("There is no link here.")
        if command == "chain.edit" and link is not None and TARGET not in self._weeks.can_change:
            return _("This link has no target: it is only looked at.")
        if command == "chain.weak" and self._answer is not None and not self._answer.card.weak.named:
            return _("No link is weak: none has fallen by more than its usual swing.")
        if command == "grain":
            return _("A chain is read by month; its weeks stand below.")
        return ""

    # --- looking -----------------------------------------------------------------------------
    def action_period(self, step: int) -> None:
        """The month before or after."""
        if self.month is not None:
            self.kpi.look(period=self.month.shift(step))

    def action_choose(self) -> None:
        """Another chain."""
        book = self.book
        assert book is not None
        choices = [
            Choice(chain.id, chain.name.both(self.kpi.language), chain.about.get(self.kpi.language), chain.id)
            for chain in book.workspace.chains.values()
        ]
        current = book.chain_of(self._chain).id
        self.app.push_screen(ChoiceScreen(_("Which chain?"), choices, current), self._chosen)

    def _chosen(self, chain: str | None) -> None:
        if chain is not None and chain != self._chain:
            self._chain, self._answer = chain, None
            self.action_reload()

    def action_weak(self) -> None:
        """The weak link."""
        assert self._answer is not None
        sheet = self.query_one("#links", Sheet)
        sheet.go(self._answer.card.weak.named)
        sheet.focus()

    def action_panes(self) -> None:
        """Links or weeks."""
        (self.query_one("#links", Sheet) if self._weeks.has_focus else self._weeks).focus()
        self.call_after_refresh(self._show_cell)

    def action_explain(self) -> None:
        """Where the link's number comes from: at once what the card knows, behind it the metric's own explanation."""
        book, month, link = self.book, self.month, self.link
        assert book is not None and month is not None and link is not None
        metric = link.link.ratio
        if metric in book.workspace.metrics:
            self.compute("explain", lambda _progress: book.explain(metric, month))
        else:
            self._explained(None)

    def computed(self, key: str, result: Any) -> None:
        """The chain, an explanation, or a proposal."""
        if key == "explain":
            self._explained(result)
        elif key == "roll":
            self._proposed(result)
        else:
            super().computed(key, result)

    def _explained(self, found: Any) -> None:
        if self._answer is not None and self.link is not None and self.book is not None:
            self.app.push_screen(overlays.LinkScreen(self._answer.card, self.link, self.book.workspace, found))

    def action_diagnosis(self) -> None:
        """Every finding, the order of the links, the platforms."""
        assert self._answer is not None and self.book is not None
        self.app.push_screen(overlays.DiagnosisScreen(self._answer.card, self.book.workspace))

    async def action_drivers(self) -> None:
        """What moved the link's number."""
        link, book = self.link, self.book
        assert link is not None and book is not None
        if link.link.ratio not in book.workspace.metrics:
            self.say(_("This link names no metric of the library."), "warning")
            return
        self.kpi.look(metric=link.link.ratio)
        await self.kpi.action_go("drivers")

    # --- typing into the weeks ---------------------------------------------------------------
    @on(Sheet.Selected, "#links")
    async def _open_link(self) -> None:
        await self.kpi.action_command("chain.explain")

    @on(Sheet.Selected, "#weeks")
    def _open_cell(self) -> None:
        if self._weeks.on_cell:
            self._weeks.edit(self._text())
        else:
            self.say(_("This is computed; type into the target or the counts."))

    def action_edit(self) -> None:
        """Edit the target of a week."""
        self._type_into(TARGET)

    def action_actuals(self) -> None:
        """Type the number of a week."""
        self._type_into(ABOVE)

    def _type_into(self, row: str) -> None:
        sheet, link = self._weeks, self.link
        assert link is not None
        if not sheet.display:
            self.say(_("Make the terminal taller to see the weeks."), "warning")
            return
        here = sheet.column_key if sheet.has_focus else _week_to_type(row, link)
        sheet.focus()
        sheet.go(row, here)
        if row == TARGET:
            sheet.edit(self._text())
        self.call_after_refresh(self._show_cell)

    def _text(self) -> str:
        """The number under the cursor as text to edit."""
        cell, link, row = self.cell, self.link, self._weeks.row_key
        assert link is not None and self.book is not None
        if cell is None:
            return ""
        if row == TARGET:
            agreed, unit = self._target(cell.period), link_unit(link.link)
            derived = None if cell.target is None else round(cell.target, 4 if unit == "percent" else 1)
            return edit_text(derived if agreed is None else agreed, unit)
        typed = self.book.typed(Period.parse(cell.period)).get(self._measure(row))
        return edit_text(typed.value if typed else None, "count")

    def _measure(self, row: str) -> str:
        assert self.link is not None
        link = self.link.link
        return link.denominator if row == BELOW else link.numerator or link.absolute

    def _target(self, period: str) -> float | None:
        """The target agreed for the link in a week, unsaved ones included."""
        view, link, book = self._view_now, self.link, self.book
        assert view is not None and link is not None and book is not None
        found = book.targets(Period.parse(period)).get(view.target_key(link.link.id))
        return found.value if found else None

    def commit(self, text: str) -> bool:
        """Agree a target or keep a typed number; False keeps the editor open, with a sentence."""
        cell, row = self.cell, self._weeks.row_key
        assert cell is not None
        if text.strip() == self._text():
            return True
        try:
            if row == TARGET:
                self._agree(cell.period, text)
            else:
                self._keep(cell.period, self._measure(row), text)
        except (AmountError, KpiError) as error:
            self.say(str(error), "error")
            return False
        return True

    def _agree(self, period: str, text: str) -> None:
        link, book, answered = self.link, self.book, self._answer
        assert link is not None and book is not None and answered is not None
        value = parse_amount(text, link_unit(link.link), self._target(period)) if text.strip() else None
        book.set_link_target(answered.card.chain.id, link.link.id, Period.parse(period), value)
        self._edited(TARGETS)

    def _keep(self, period: str, measure: str, text: str) -> None:
        book = self.book
        assert book is not None
        value = parse_amount(text, "count", None) if text.strip() else None
        if value is not None and value < 0:
            raise AmountError(_("A count cannot be negative."))
        book.enter_all({period: {TargetKey(COUNTS, measure): value}})
        self._edited(ACTUALS)

    def _edited(self, desk: str) -> None:
        self._steps.append(desk)
        self._undone.clear()
        self.say("")
        self.call_after_refresh(self.kpi.edited)

    def action_cancel(self) -> None:
        """Leave the weeks, so that digits switch screens again; else stop computing."""
        if self._weeks.has_focus and not self.kpi.jobs.busy:
            self.action_panes()
        else:
            super().action_cancel()

    # --- roll-over ---------------------------------------------------------------------------
    def action_roll(self) -> None:
        """Ask the rules what comes next."""
        book, month, answered = self.book, self.month, self._answer
        assert book is not None and month is not None and answered is not None
        chain = answered.card.chain.id
        self.compute("roll", lambda _progress: book.roll(chain, month))

    def _proposed(self, rolls: Any) -> None:
        if self._answer is None or self.book is None:
            return
        if not rolls:
            self.say(_("Nothing to roll over: no week is over yet."))
            return
        chain = self._answer.card.chain
        screen = overlays.roll_overlay(chain, rolls, self.book.workspace)
        self.app.push_screen(screen, lambda taken: self._take(chain.id, rolls) if taken else None)

    def _take(self, chain: str, rolls: Any) -> None:
        assert self.book is not None
        count = self.book.take_roll(chain, rolls)
        if not count:
            self.say(_("These targets stand already."))
            return
        self._edited(TARGETS)
        periods = ", ".join(dict.fromkeys(roll.period for roll in rolls))
        told = n_(
            "Rolled over {count} target into {periods}; w writes, u takes it back.",
            "Rolled over {count} targets into {periods}; w writes, u takes them back.",
            count,
            periods=periods,
        )
        self.say(told, "done")

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
        steps = {"undo": (self.book.undo, self.book.undo_actuals), "redo": (self.book.redo, self.book.redo_actuals)}
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
        self.say(told.replace("{what}", overlays.step_words(result, self.book.workspace)), "done")

    # --- saving ------------------------------------------------------------------------------
    def action_save(self) -> None:
        """Write targets and typed numbers; a period that is over needs a reason (R009)."""
        book = self.book
        assert book is not None
        if not self._unsaved:
            self.say(_("Nothing to save."))
        elif any(book.is_locked(Period.parse(period)) for period in {period for period, _key in book.pending()}):
            self.add_class("-asking")
            self.query_one(Prompt).ask(WHY, _("The period is over. Why does its target change?"))
        else:
            self._save("")

    @on(Prompt.Left)
    def _unasked(self) -> None:
        self.remove_class("-asking")
        self.query_one(Prompt).close()
        self.query_one("#links", Sheet).focus()

    @on(Prompt.Answered)
    def _answered(self, message: Prompt.Answered) -> None:
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
                (TARGETS, book.pending(), book.save),
                (ACTUALS, book.pending_actuals(), book.save_actuals),
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
        self.kpi.edited()
        notes = "".join(f" · {told(note)}" for note in book.notes())
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


def _week_to_type(row: str, link: Any) -> str:
    """The first week that lacks what is to be typed, else the last one."""
    lacking = [cell for cell in link.weeks if (not cell.agreed if row == TARGET else cell.numerator.value is None)]
    return (lacking or link.weeks)[0 if lacking and row != TARGET else -1].period if link.weeks else ""
