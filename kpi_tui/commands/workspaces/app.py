"""Start the app: the only place of the command line that imports Textual, and only with a terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.commands.base.session import Session, say
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.text.i18n import _

if TYPE_CHECKING:
    from kpi_tui.book import Book


def start(session: Session, root: Path | None = None) -> int:
    """Open the app on `root` or on the workspace meant; the exit code."""
    if not on_terminal():
        say(
            "kpi-tui: " + _("the app needs a terminal; without one, ask a command, e.g. kpi-tui score --period current")
        )
        return ExitCode.USAGE
    import os

    from kpi_tui.tui.run import run

    if session.no_color:
        os.environ["NO_COLOR"] = "1"  # Textual and rich look nowhere else
    return run(lambda: _open(session, root), session.lang or "")


def start_wizard(session: Session, folder: Path, files: tuple[Path, ...], **given: object) -> int:
    """The wizard on files for the workspace that is or will be in `folder`, then the app on it; the exit code.

    `given`: what the command line has answered already, by the names of `SetupAnswers`.
    """
    import os

    from kpi_tui.tui.run import run
    from kpi_tui.tui.screens.wizard.opening import wizard_first

    if session.no_color:
        os.environ["NO_COLOR"] = "1"
    return run(lambda: _open(session, folder), session.lang or "", wizard_first(folder, files, given))


def on_terminal() -> bool:
    """Whether somebody can be shown something and asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _open(session: Session, root: Path | None) -> Book:
    """The book, opened beside the first picture (so that finding it costs no paint)."""
    from kpi_tui.book import Book

    return Book.open(root or session.root(), data=session.data, read_only=session.read_only, rows=False)
