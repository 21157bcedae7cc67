"""Start the app on a terminal and leave the terminal as it was, whatever happens."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from kpi_tui.book.person.personal_settings import PersonalSettings
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.definitions.issue import KpiError
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _, choose, set_language, told
from kpi_tui.tui.quitting import keep_typed, log_error

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.tui.app import KpiApp


def run(open_book: Callable[[], Book], language: str = "", first: Callable[[KpiApp], None] | None = None) -> int:
    """Run the app until it is left; the exit code of the program.

    `language`: --lang, empty: the workspace's. `first`: what is shown before a workspace is opened (a wizard).
    """
    own = str(PersonalSettings(os.environ).value("language") or "")
    set_language(choose(language or own, None, os.environ))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        _tell(_("kpi-tui needs a terminal on stdin and stdout; `kpi-tui score` answers without one."))
        return ExitCode.USAGE
    if (kind := os.environ.get("TERM", "")) in ("dumb", "unknown"):
        _tell(_("this terminal (TERM={kind}) cannot show the app; `kpi-tui score` answers in it.", kind=kind))
        return ExitCode.USAGE
    # Imported late: without a terminal Textual is not needed.
    from kpi_tui.tui.app import KpiApp
    from kpi_tui.tui.computing.worker import Worker
    from kpi_tui.tui.terminal.config_file import load_options
    from kpi_tui.tui.terminal.driver import SafeDriver
    from kpi_tui.tui.terminal.safety import guarded, log_file, stderr_to

    options = load_options(os.environ)
    app = KpiApp(open_book, first=first, options=options, spoken=language, computer=Worker(), driver_class=SafeDriver)
    log = log_file(os.environ)
    with stderr_to(log), guarded(lambda: _close(app), lambda: getattr(app._driver, "output", None)):
        _drive(app, options.mouse)
        _close(app)
    for sentence in app.farewell:
        _tell(sentence)
    return _code(app, str(log))


def _drive(app: KpiApp, mouse: bool) -> None:
    """Run; what Textual itself lets through is logged like any other defect."""
    try:
        app.run(mouse=mouse)
    except Exception as error:  # noqa: BLE001  told in one sentence, with the log's path
        app.error = error
        log_error(error)


def _close(app: KpiApp) -> None:
    if app.book is not None:
        keep_typed(app)
        app.book.close()


def _code(app: KpiApp, log: str) -> int:
    """What ended the app, said in one sentence."""
    error = app.error
    if error is None:
        return app.return_code or ExitCode.OK
    if isinstance(error, KpiError):
        for sentence in dict.fromkeys((str(error), *(issue.message for issue in error.issues))):
            _tell(sentence)
        return ExitCode.of(error)
    _tell(_("kpi-tui stopped on an internal error; unsaved edits are kept. Details: {log}", log=log))
    return ExitCode.PROBLEM


def _tell(sentence: str) -> None:
    print(clean(told(sentence)), file=sys.stderr)
