"""What every command shares: the global options, the open book, and where answers and words go."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.message import shortened
from kpi_tui.text.i18n import _, choose, n_, set_language, told
from kpi_tui.text.number_form import write_numbers_as
from kpi_tui.text.paths import shown_path

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.commands.base.progress_line import Ticker
    from kpi_tui.definitions.answers.provenance import Provenance
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.workspace import Found
    from kpi_tui.render.formats import Format
    from kpi_tui.text.phrase import Word
    from kpi_tui.views.view import Sheet, View


_MOST_OF_A_LINE = 4_000


@dataclass(slots=True)
class Session:
    """One run of the command line. Global options may stand before or after the command; the last one counts."""

    environ: Mapping[str, str] = field(default_factory=dict)
    workspace: Path | None = None
    data: Path | None = None
    form: Format | None = None
    lang: str | None = None
    no_color: bool = False
    read_only: bool = False
    out: Path | None = None
    delivered: bool = False
    _opened: Book | None = None

    def speak(self, workspace_language: str | None = None, root: Path | None = None) -> None:
        """Choose the language of everything that follows: --lang, else the person's own, else the workspace's."""
        from kpi_tui.book.person.personal_settings import PersonalSettings

        own = "" if self.lang else str(PersonalSettings(self.environ, root).value("language") or "")
        set_language(choose(self.lang or own, workspace_language, self.environ))

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

        opened = Book.open(self.root(), data=self.data, draft=False, read_only=self.read_only)
        self.speak(opened.workspace.language, opened.workspace.root)
        write_numbers_as(opened.workspace)
        self._opened = opened
        return opened

    def expect_writing(self) -> None:
        """UsageError where --read-only was given to a command that does nothing but write."""
        from kpi_tui.definitions.issue import UsageError

        if self.read_only:
            raise UsageError(_("this command makes or changes a workspace; leave out --read-only"))

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
            with self._watched(opened.workspace.root):
                yield opened
        finally:
            opened.close()

    @contextmanager
    def _watched(self, root: Path) -> Iterator[None]:
        """What is computed inside may use the memory and time of the person's settings; more ends the command."""
        from kpi_tui.book.person.personal_settings import PersonalSettings
        from kpi_tui.book.person.resource_watch import exceeded, limits_of, watched

        allowed = limits_of(PersonalSettings(self.environ, root))

        def ended(what: str) -> None:
            why = told(exceeded(what, allowed))
            say(f"\nkpi-tui: {why}" if sys.stderr.isatty() else f"kpi-tui: {why}")
            os._exit(ExitCode.PROBLEM)

        with watched(allowed, ended):
            yield

    @contextmanager
    def progress(self) -> Iterator[Ticker]:
        """A progress callback that draws one line on a terminal's stderr, and takes it away again."""
        from kpi_tui.commands.base.clean_streams import unfiltered
        from kpi_tui.commands.base.progress_line import Ticker

        ticker = Ticker(unfiltered(sys.stderr))
        try:
            yield ticker
        finally:
            ticker.clear()

    def show(self, view: View, when: Period | None = None) -> None:
        """The answer on stdout, or in the file of `-o`, in the format asked for: a table on a terminal, else JSON.

        `when`: the period that the answer is about, for the origin a document states.
        """
        from kpi_tui.render.formats import render

        form = self.wanted_format()
        terminal = sys.stdout.isatty()
        width = terminal_width() if terminal else None
        colour = terminal and not self.no_color and not self.environ.get("NO_COLOR")
        if self.out is not None or form == "xlsx":
            self._deliver(view, form, when)
        else:
            origin = self._origin(form, view, when)
            write(render(view, form, width=width, colour=colour, ascii_only=self._ascii(form), origin=origin))

    def _ascii(self, form: Format) -> bool:
        """Whether the person's charts on a terminal keep to ASCII."""
        from kpi_tui.book.person.personal_settings import PersonalSettings

        return form == "table" and bool(PersonalSettings(self.environ).value("ascii"))

    def wanted_format(self) -> Format:
        """--format, else what the name of the file asks for, else a table on a terminal and JSON elsewhere."""
        from kpi_tui.definitions.issue import UsageError
        from kpi_tui.render.formats import format_of

        if self.form:
            return self.form
        if self.out is None:
            return "table" if sys.stdout.isatty() else "json"
        if found := format_of(self.out):
            return found
        raise UsageError(_("{file}: its ending names no format; add --format", file=str(self.out)))

    def deliver(self, data: bytes) -> None:
        """A document into the file of `-o`, which is announced; else onto stdout, when that is no terminal."""
        from kpi_tui.book import write_file
        from kpi_tui.definitions.issue import UsageError

        if self.out is not None:
            self.delivered = True
            say(_("Written: {file}", file=shown_path(write_file(self.out, data))))
        elif sys.stdout.isatty():
            raise UsageError(_("a document of this format does not fit a terminal; name a file with -o FILE"))
        else:
            sys.stdout.buffer.write(data)

    def show_document(self, title: Word, views: Sequence[View], data: object, found: Provenance) -> None:
        """Several views as one document: html, xlsx, md or svg, or as JSON; a table where people read along."""
        from kpi_tui.definitions.issue import UsageError
        from kpi_tui.render.formats import document_bytes
        from kpi_tui.views.provenance import origin

        form = self.wanted_format()
        if form == "csv":
            raise UsageError(_("a pack is html, xlsx, md, svg or json; {format} holds one table", format=form))
        data_ = document_bytes(title, views, form, data, origin(found))
        if self.out is None and form != "xlsx":
            write(data_.decode("utf-8"))
        else:
            self.deliver(data_)

    def _deliver(self, view: View, form: Format, when: Period | None) -> None:
        from kpi_tui.render.formats import file_bytes

        self.deliver(file_bytes(view, form, self._origin(form, view, when)))

    def _origin(self, form: Format, view: View, when: Period | None) -> Sheet | None:
        """Where the numbers come from, for formats that leave the program."""
        from kpi_tui.render.formats import DOCUMENTS
        from kpi_tui.views.provenance import origin

        if self._opened is None or form not in DOCUMENTS or (form == "md" and self.out is None):
            return None
        period = when or (view.headline.period if view.headline else None)
        return origin(self._opened.provenance.of(period))


def write(text: str) -> None:
    """Text on stdout; a reader that went away, as `| head` does, is no failure."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would complain about the rest of the buffer at exit, so it goes nowhere instead.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """One line for a person, on stderr; nothing in it can control the terminal, and it does not fill it."""
    from kpi_tui.text.clean import clean

    with suppress(OSError):  # where stderr takes nothing, the exit code says it alone
        print(shortened(clean(told(text)), _MOST_OF_A_LINE), file=sys.stderr)


def terminal_width() -> int:
    """Cells per line of the terminal."""
    import shutil

    return shutil.get_terminal_size((80, 24)).columns
