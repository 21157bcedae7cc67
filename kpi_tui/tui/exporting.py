"""E: what stands on the screen written into a file."""

from __future__ import annotations

import os
from pathlib import Path

from kpi_tui.book import Book, write_file
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.period import Period
from kpi_tui.render.formats import file_bytes
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.host import Host
from kpi_tui.tui.overlays.export import ExportScreen, ExportWish
from kpi_tui.tui.remembered_export import offered, remember
from kpi_tui.views.provenance import origin
from kpi_tui.views.view import View


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
