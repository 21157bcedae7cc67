"""Saving as a person sees it: a reason where a period is over, both sides of a conflict, what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import ConflictError, KpiError
from kpi_tui.text.i18n import _, n_, told
from kpi_tui.text.phrase import translate
from kpi_tui.tui.editing.conflict import ConflictScreen
from kpi_tui.tui.widgets.prompt import Question
from kpi_tui.views.edits.conflict import Clash
from kpi_tui.views.edits.saved_or_undone import saved

if TYPE_CHECKING:
    from kpi_tui.tui.edit_session import EditSession
    from kpi_tui.tui.host import Host
    from kpi_tui.tui.widgets.prompt import Prompt


def ask_reason(prompt: Prompt, then: Callable[[str], None], offered: str = "") -> None:
    """Why a period that is over changes (R009); `then` goes on with the reason, Esc leaves all as it is."""

    def reasoned(text: str) -> str:
        if not text.strip():
            return _("A period that is over changes: say why (Esc: do not save).")
        then(text.strip())
        return ""

    prompt.ask(Question(_("A period that is over changes. Why?"), reasoned, offered))


class SaveDialog:
    """Writes what a session has edited; `reason` is offered where one is asked for."""

    def __init__(self, host: Host, session: EditSession, prompt: Prompt, reason: str = "") -> None:
        self._host, self._session, self._prompt, self._reason = host, session, prompt, reason

    def start(self) -> None:
        """Save; a period that is over needs a reason (R009)."""
        if not self._session.unsaved:
            self._host.say(_("Nothing to save."))
        elif self._session.needs_reason:
            ask_reason(self._prompt, self._write, self._reason)
        else:
            self._write("")

    def _write(self, why: str) -> None:
        before, defined = self._session.unsaved, self._session.defines
        try:
            changes = self._session.save(why)
        except ConflictError as error:
            self._contested(error, why)
        except KpiError as error:
            if done := before - self._session.unsaved:
                said = n_(
                    "{count} edit saved; {problem}", "{count} edits saved; {problem}", done, problem=told(str(error))
                )
                self._host.say(said, "error")
            else:
                self._host.say_error(error)
        else:
            notes = "".join(f" · {told(note)}" for note in self._session.notes())
            text = translate(saved(changes, self._session.space))
            self._host.say(text + notes, "warning" if notes else "done")
        if defined and not self._session.defines:
            self._host.read_again()

    def _contested(self, error: ConflictError, why: str) -> None:
        clashes = self._session.clashes()
        if not clashes:
            self._host.say_error(error)
            return
        screen = ConflictScreen(clashes, self._host.workspace)
        self._host.push_screen(screen, lambda choices: self._settled(clashes, choices, why))

    def _settled(self, clashes: list[Clash], choices: Mapping[str, str] | None, why: str) -> None:
        if choices is None:
            self._host.say(_("Not saved; your edits are kept."), "warning")
            return
        self._session.settle(clashes, choices)
        if self._session.unsaved:
            self._write(why)
        else:
            self._host.say(_("Their values stand; nothing of yours was left to save."), "done")
