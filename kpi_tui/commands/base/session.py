"""What every command shares: the global options, the open book, and where answers and words go."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import Severity
from kpi_tui.text.i18n import choose, n_, set_language, told

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.commands.base.progress_line import Ticker
    from kpi_tui.definitions.workspace import Found
    from kpi_tui.report.render import Format
    from kpi_tui.report.sheet import Report
    from kpi_tui.views.view import View


@dataclass(slots=True)
class Session:
    """One run of the command line. Global options may stand before or after the command; the last one counts."""

    environ: Mapping[str, str] = field(default_factory=dict)
    workspace: Path | None = None
    data: Path | None = None
    form: Format | None = None
    lang: str | None = None
    no_color: bool = False

    def speak(self, workspace_language: str | None = None) -> None:
        """Choose the language of everything that follows."""
        set_language(choose(self.lang, workspace_language, self.environ))

    def found(self) -> Found:
        """Which workspace is meant, and why."""
        from kpi_tui import book

        return book.find(self.workspace)

    def root(self) -> Path:
        """The folder of the workspace meant; the demo is copied first when it is the one."""
        from kpi_tui import book

        return self.found().root or book.create_demo(None)

    def open(self) -> Book:
        """The open book, its language spoken; problems of its definitions are announced on stderr."""
        from kpi_tui.book import Book

        opened = Book.open(self.root(), data=self.data, draft=False)
        self.speak(opened.workspace.language)
        return opened

    @contextmanager
    def book(self, *, quiet: bool = False) -> Iterator[Book]:
        """An open book, closed afterwards. Errors of its definitions are announced on stderr unless `quiet`."""
        opened = self.open()
        errors = sum(issue.severity is Severity.ERROR for issue in opened.issues)
        if errors and not quiet:
            say(
                n_(
                    "{count} error in this workspace was left out; `kpi-tui check` shows it.",
                    "{count} errors in this workspace were left out; `kpi-tui check` lists them.",
                    errors,
                )
            )
        try:
            yield opened
        finally:
            opened.close()

    @contextmanager
    def progress(self) -> Iterator[Ticker]:
        """A progress callback that draws one line on a terminal's stderr, and takes it away again."""
        from kpi_tui.commands.base.progress_line import Ticker

        ticker = Ticker(sys.stderr)
        try:
            yield ticker
        finally:
            ticker.clear()

    def show(self, view: View | Report) -> None:
        """The answer on stdout, in the format asked for: a table on a terminal, else JSON."""
        from kpi_tui.render.formats import render
        from kpi_tui.report.render import render as render_report
        from kpi_tui.views.view import View

        terminal = sys.stdout.isatty()
        width = terminal_width() if terminal else None
        colour = terminal and not self.no_color and not self.environ.get("NO_COLOR")
        form = self.form or ("table" if terminal else "json")
        if isinstance(view, View):
            write(render(view, form, width=width, colour=colour))
        else:
            write(render_report(view, form, width=width, colour=colour))


def write(text: str) -> None:
    """Text on stdout; a reader that went away, as `| head` does, is no failure."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would complain about the rest of the buffer at exit, so it goes nowhere instead.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """One line for a person, on stderr; nothing in it can control the terminal."""
    from kpi_tui.text.clean import clean

    print(clean(told(text)), file=sys.stderr)


def terminal_width() -> int:
    """Cells per line of the terminal."""
    import shutil

    return shutil.get_terminal_size((80, 24)).columns
