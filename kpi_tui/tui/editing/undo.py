"""Undo and redo, told in a sentence; with a reason where a period that is over changes (R009)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kpi_tui.definitions.issue import KpiError, ReasonNeeded
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.edit_session import TARGETS, Stepped
from kpi_tui.tui.editing.save_dialog import ask_reason
from kpi_tui.tui.host import Host
from kpi_tui.tui.widgets.prompt import Prompt
from kpi_tui.views.edits.saved_or_undone import is_definition, step


def take_back(host: Host, prompt: Prompt, otherwise: str = TARGETS) -> None:
    """The last edit, on whichever screen it was made; else what was saved last in the place `otherwise`."""
    _stepped(host, prompt, partial(host.session.undo, otherwise), _("Taken back: {what}"), _("Nothing to undo."))


def do_again(host: Host, prompt: Prompt, otherwise: str = TARGETS) -> None:
    """What was taken back last."""
    _stepped(host, prompt, partial(host.session.redo, otherwise), _("Done again: {what}"), _("Nothing to redo."))


def _stepped(host: Host, prompt: Prompt, act: Callable[[str], Stepped], told: str, none: str) -> None:
    """Do it; what was saved in a period that is over, after a reason."""

    def reasoned(why: str) -> None:
        try:
            result = act(why)
        except ReasonNeeded:
            ask_reason(prompt, reasoned)
            return
        except KpiError as error:
            host.say_error(error)
            return
        if isinstance(result, list) and any(is_definition(change) for change in result):
            host.read_again()
        what = translate(step(result, host.session.space)) if result else ""
        host.say(told.replace("{what}", what) if result else none, "done" if result else "info")

    reasoned("")
