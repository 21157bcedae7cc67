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


def export_view(app: Host, view: View | None, nothing: str) -> None:
    """Ask where and how, then write; the path is said. `nothing` is said where there is no view."""
    if view is None or app.book is None:
        app.say(nothing)
    else:
        _ask(app, app.book, view, app.view.period)


def _ask(app: Host, book: Book, view: View, when: Period | None) -> None:
    title = clean(translate(view.title or next((sheet.title for sheet in view.sheets if sheet.title), view.name)))

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
            app.exported.add(outcome)
            app.say(_("Written: {file}", file=str(outcome)), "done")

    app.push_screen(ExportScreen(title, offered(view.name or title, os.environ), app.exported), asked)


def _written(book: Book, view: View, when: Period | None, wish: ExportWish) -> Path | KpiError:
    """The file in full, or why it could not be written."""
    try:
        written = write_file(wish.file, file_bytes(view, wish.form, origin(book.provenance.of(when))))
    except KpiError as error:
        return error
    remember(wish, os.environ)
    return written
