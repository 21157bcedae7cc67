"""Undo and redo, told in a sentence."""

from __future__ import annotations

from collections.abc import Callable

from kpi_tui.definitions.issue import KpiError
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.edit_session import TARGETS, Stepped
from kpi_tui.tui.host import Host
from kpi_tui.views.edits.saved_or_undone import is_definition, step


def take_back(host: Host, otherwise: str = TARGETS) -> None:
    """The last edit, on whichever screen it was made; else what was saved last in the place `otherwise`."""
    _stepped(host, lambda: host.session.undo(otherwise), _("Taken back: {what}"), _("Nothing to undo."))


def do_again(host: Host, otherwise: str = TARGETS) -> None:
    """What was taken back last."""
    _stepped(host, lambda: host.session.redo(otherwise), _("Done again: {what}"), _("Nothing to redo."))


def _stepped(host: Host, act: Callable[[], Stepped], told: str, none: str) -> None:
    try:
        result = act()
    except KpiError as error:
        host.say_error(error)
        return
    if isinstance(result, list) and any(is_definition(change) for change in result):
        host.read_again()
    what = translate(step(result, host.session.space)) if result else ""
    host.say(told.replace("{what}", what) if result else none, "done" if result else "info")
