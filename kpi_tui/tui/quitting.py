"""Ways out of the app: leaving it, stopping it for a while, and what a defect leaves behind."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING

from kpi_tui.text.i18n import n_

if TYPE_CHECKING:
    from kpi_tui.book import Book


def farewell(book: Book | None) -> tuple[str, ...]:
    """What is said when the terminal is its old self: how many unsaved edits stay as a draft."""
    count = sum(len(edits.pending()) for edits in (book.targets, book.actuals, book.definitions)) if book else 0
    return (
        (n_("{count} unsaved edit is kept as a draft.", "{count} unsaved edits are kept as a draft.", count),)
        if count
        else ()
    )


def log_error(error: BaseException) -> None:
    """The traceback without local variables, to the private log behind file descriptor 2."""
    traceback.print_exception(error, file=sys.__stderr__)


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
