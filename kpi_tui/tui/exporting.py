"""What stands on the screen sent elsewhere: into a file, or as text to the clipboard."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from kpi_tui.book import Book, write_file
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.period import Period
from kpi_tui.render.copied_text import row_text, sheet_text
from kpi_tui.render.formats import Format, file_bytes
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.host import Host
from kpi_tui.tui.overlays.export import OFFERED, ExportScreen, ExportWish
from kpi_tui.tui.terminal.clipboard import copy
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.provenance import origin
from kpi_tui.views.view import View

_SIGNS = re.compile(r"[^\w.-]+")
MOST_NAME = 60


def export_view(app: Host, book: Book, view: View, when: Period | None) -> None:
    """Ask where and how, then write; the path is said."""
    name = clean(translate(view.title)) or "kpi-tui"

    def asked(wish: ExportWish | None) -> None:
        if wish is None:
            return
        app.say(_("writing {file}", file=str(wish.file)))
        # Beside the screen: the digest of the data reads every file once.
        app.run_worker(lambda: app.call_from_thread(done, _written(book, view, when, wish)), thread=True)

    def done(outcome: Path | KpiError) -> None:
        if isinstance(outcome, KpiError):
            app.say_error(outcome)
        else:
            app.say(_("Written: {file}", file=str(outcome)), "done")

    app.push_screen(ExportScreen(name, offered(name, os.environ)), asked)


def _written(book: Book, view: View, when: Period | None, wish: ExportWish) -> Path | KpiError:
    """The file in full, or why it could not be written."""
    try:
        written = write_file(wish.file, file_bytes(view, wish.form, origin(book.provenance.of(when))))
    except KpiError as error:
        return error
    remember(wish, os.environ)
    return written


def copy_row(app: Host, sheet: SheetTable | None) -> None:
    """The row under the cursor."""
    if sheet is None or sheet.row is None:
        app.say(_("There is no row to copy."))
    else:
        _copy(app, row_text(sheet.row, sheet.columns), _("The row is copied."))


def copy_sheet(app: Host, sheet: SheetTable | None) -> None:
    """Every row of the sheet, with its titles."""
    if sheet is None or not sheet.rows:
        app.say(_("There is no sheet to copy."))
    else:
        _copy(app, sheet_text(sheet.rows, sheet.columns), _("The sheet is copied."))


def _copy(app: Host, text: str, told: str) -> None:
    if copy(app, text, os.environ):
        app.say(told, "done")
    else:
        app.say(_("That is too long for a clipboard over the terminal; E writes a file."), "warning")


# --- the place and format of the last time -------------------------------------------------------------
def offered(name: str, environ: Mapping[str, str]) -> ExportWish:
    """The folder and format of the last time, else the present folder and html."""
    folder, form = Path.cwd(), OFFERED[0]
    try:
        kept = json.loads(_memory(environ).read_text(encoding="utf-8"))
        form = kept["format"] if kept["format"] in OFFERED else form
        folder = Path(kept["folder"]) if Path(kept["folder"]).is_dir() else folder
    except (OSError, ValueError, TypeError, KeyError):
        pass  # nothing was exported yet, or the note about it is unreadable: a default serves as well
    return ExportWish(folder / f"{file_name(name)}.{form}", form)


def remember(wish: ExportWish, environ: Mapping[str, str]) -> None:
    """Keep folder and format for the next time; that it cannot be kept spoils nothing."""
    note: dict[str, str | Format] = {"folder": str(wish.file.expanduser().resolve().parent), "format": wish.form}
    memory = _memory(environ)
    try:
        memory.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_file(memory, json.dumps(note).encode())
    except (OSError, KpiError):
        return


def file_name(title: str) -> str:
    """A title as a name every file system takes."""
    return _SIGNS.sub("-", title).strip("-.")[:MOST_NAME] or "kpi-tui"


def _memory(environ: Mapping[str, str]) -> Path:
    base = environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base, "kpi-tui", "export.json")
