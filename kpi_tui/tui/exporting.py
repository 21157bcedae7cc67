"""E: what stands on the screen written into a file; X: the pack of the period."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kpi_tui.book import write_file
from kpi_tui.definitions.answers.provenance import Pack, Provenance
from kpi_tui.definitions.issue import KpiError
from kpi_tui.render.formats import Format, document_bytes, file_bytes
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.text.paths import shown_path
from kpi_tui.text.phrase import translate
from kpi_tui.tui.computing.jobs import Job, Work
from kpi_tui.tui.computing.questions import SourcesQuestion
from kpi_tui.tui.host import Host
from kpi_tui.tui.overlays.export import OFFERED, TABLES, ExportScreen, ExportWish
from kpi_tui.tui.remembered_export import offered, remember
from kpi_tui.views.pack import pack_data, pack_title, pack_views
from kpi_tui.views.provenance import origin
from kpi_tui.views.view import View

Drawn = Callable[[Format, Provenance], bytes]


def export_view(app: Host, view: View | None, nothing: str) -> None:
    """Ask where and how, then write; the path is said. `nothing` is said where there is no view."""
    if view is None or app.book is None or app.view.period is None:
        app.say(nothing)
        return
    title = clean(translate(view.title or next((sheet.title for sheet in view.sheets if sheet.title), view.name)))
    wish = offered(view.name or title, os.environ, OFFERED)
    find = partial(app.computer.answer, SourcesQuestion(app.view.period), app.book)
    screen = ExportScreen(title, wish, app.exported)
    _ask(app, screen, find, lambda form, sources: file_bytes(view, form, origin(sources)))


def export_pack(app: Host, pack: Pack) -> None:
    """The same for the pack: a document of several parts, so in none of the formats that hold one table."""
    title = pack_title(pack.period, app.workspace)
    forms = tuple(form for form in OFFERED if form not in TABLES)
    wish = offered(f"pack {pack.period.id}", os.environ, forms)
    screen = ExportScreen(clean(translate(title)), wish, app.exported, forms)
    views = pack_views(pack, app.workspace)
    data = pack_data(pack.cards, views, pack.sources)
    find: Work = lambda _progress: pack.sources  # noqa: E731
    _ask(app, screen, find, lambda form, sources: document_bytes(title, views, form, data, origin(sources)))


def _ask(app: Host, screen: ExportScreen, find: Work, drawn: Drawn) -> None:
    """`find` where the numbers come from, on the computing thread: every file is read once for its digest."""

    def asked(wish: ExportWish | None) -> None:
        if wish is not None:
            app.say(_("writing {file}", file=shown_path(wish.file)))
            app.jobs.submit(Job(f"export {wish.file}", app, find, partial(write, wish), app.say_error))

    def write(wish: ExportWish, sources: Provenance) -> None:
        made = partial(drawn, wish.form, sources)
        app.run_worker(lambda: app.call_from_thread(done, _written(made, wish)), thread=True)

    def done(outcome: Path | KpiError) -> None:
        if isinstance(outcome, KpiError):
            app.say_error(outcome)
        else:
            app.exported.add(outcome)
            app.say(_("Written: {file}", file=shown_path(outcome)), "done")

    app.push_screen(screen, asked)


def _written(made: Callable[[], bytes], wish: ExportWish) -> Path | KpiError:
    """The file in full, or why it could not be written."""
    try:
        written = write_file(wish.file, made())
    except KpiError as error:
        return error
    remember(wish, os.environ)
    return written
