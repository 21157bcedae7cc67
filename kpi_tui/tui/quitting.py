"""Ways out of the app: leaving it, stopping it for a while, and what a defect leaves behind."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from contextlib import suppress
from math import inf
from typing import TYPE_CHECKING

from kpi_tui.definitions.written.secrets import without_secrets
from kpi_tui.text.i18n import n_, told

if TYPE_CHECKING:
    from textual.app import App

    from kpi_tui.book import Book
    from kpi_tui.tui.edit_session import EditSession
    from kpi_tui.tui.host import Host


def farewell(book: Book | None) -> tuple[str, ...]:
    """What is said when the terminal is its old self: how many unsaved edits stay as a draft, or are lost and why."""
    if book is None:
        return ()
    kept = lost = 0
    why = ""
    for edits in (book.targets, book.actuals, book.definitions):
        count, reason = len(edits.pending()), edits.draft_lost()
        kept, lost, why = (kept, lost + count, reason) if count and reason else (kept + count, lost, why)
    said = [n_("{count} unsaved edit is kept as a draft.", "{count} unsaved edits are kept as a draft.", kept)]
    gone = [n_("{count} unsaved edit is lost: {why}", "{count} unsaved edits are lost: {why}", lost, why=told(why))]
    return (*(said if kept else ()), *(gone if lost else ()))


def may_leave(app: Host, book: Book, session: EditSession) -> bool:
    """Whether leaving loses nothing, or was asked for again after this said what it loses."""
    places = [edits for edits in (book.targets, book.actuals, book.definitions) if edits.draft_lost()]
    lost, why = sum(len(edits.pending()) for edits in places), next((edits.draft_lost() for edits in places), "")
    if not lost or session.leaving.given(lost, inf):
        return True
    said = n_(
        "{count} unsaved edit could not be kept: save with w; q again leaves without it ({why})",
        "{count} unsaved edits could not be kept: save with w; q again leaves without them ({why})",
        lost,
        why=told(why),
    )
    app.say(said, "error")
    return False


def keep_typed(app: App[int]) -> None:
    """What is being typed into a cell goes into the draft. Safe in a signal handler, at any moment."""
    from kpi_tui.tui.widgets.target_sheet import TargetSheet

    with suppress(Exception):  # the app may be half made or half gone
        for screen in app.screen_stack:
            for sheet in screen.query(TargetSheet):
                sheet.keep_typed()


def unsafe(book: Book) -> str:
    """Why what is edited now cannot be saved, or would not outlive the program; empty where all is well."""
    lost = (edits.draft_lost() for edits in (book.targets, book.actuals, book.definitions))
    return book.files.unwritable() or next(filter(None, lost), "")


def log_error(error: BaseException) -> None:
    """The traceback without local variables, to the private log behind file descriptor 2."""
    sys.__stderr__.writelines(map(without_secrets, traceback.format_exception(error)))  # type: ignore[union-attr]
    sys.__stderr__.flush()  # type: ignore[union-attr]


def has_job_control() -> bool:
    """Whether a shell waits that sees us stop and can take us up again.

    It is in our session, in a process group other than ours. Where the leader of the session is of our group (started
    by `ssh host kpi-tui`, `xterm -e kpi-tui`, tmux) nobody would: the stop would be for ever.
    """
    if signal.getsignal(signal.SIGTSTP) is signal.SIG_IGN:
        return False
    session = os.getsid(0)
    return session != os.getpgrp() and os.getsid(os.getppid()) == session


def stop_with_group() -> None:
    """Stop as the terminal's own ctrl+z does: with whoever started us (`uv run`), else the shell waits for it in vain.

    Textual's driver takes the signal, restores the terminal, stops, and draws anew when it is continued.
    """
    os.killpg(os.getpgrp(), signal.SIGTSTP)
