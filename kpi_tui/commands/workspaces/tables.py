"""`kpi-tui tables [TABLE]`: what was read from each table, what was left out and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option
from kpi_tui.commands.base.row_options import row_options, rows_wish
from kpi_tui.commands.base.session import Session
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.names import nearest
from kpi_tui.text.i18n import N_, _

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.views.view import View


@click.command(
    cls=Command, name="tables", help=N_("What was read from each table: rows, days, rows left out and why, keys.")
)
@click.argument("table", required=False, default="", metavar="[TABLE]")
@option("--left-out", is_flag=True, help=N_("The rows of a table that did not arrive, with file, row and reason."))
@row_options
@click.pass_context
def command(ctx: click.Context, /, table: str, left_out: bool, **asked: Any) -> None:
    """The profile of every table, or everything about one; exit 4 when the one asked for cannot be read."""
    from kpi_tui.views.refused_rows import refused_rows

    session: Session = ctx.obj
    wish = rows_wish(ctx, asked, "--left-out", on=left_out)
    if left_out and not table:
        raise click.UsageError(_("--left-out is asked of one table"))
    with session.book() as book, session.progress() as progress:
        if left_out:
            found = book.rows.refused(table, wish=wish, progress=progress)
            progress.clear()
            session.show(refused_rows(found, book.workspace))
            return
        book.data.load(progress)
        progress.clear()
        session.show(_one(book, table) if table else _all(book))


def _all(book: Book) -> View:
    from kpi_tui.views.data.tables import TablesFound, tables

    lost = {id_: str(error) for id_, error in book.data.unreadable().items()}
    return tables(TablesFound(book.data.profiles(), lost, _as_of(book)), book.workspace)


def _one(book: Book, table: str) -> View:
    from kpi_tui.views.data.table_page import table as table_view

    if (error := book.data.unreadable().get(table)) is not None:
        raise error
    profiles = book.data.profiles()
    if table not in profiles:
        raise UsageError(_missing(book, table, list(profiles)))
    return table_view(profiles[table], book.workspace.schemas.get(table), _as_of(book))


def _missing(book: Book, table: str, known: list[str]) -> str:
    if table in book.workspace.schemas:
        return _("this workspace has no table {name}; tables.toml says where its rows are", name=table)
    near = nearest(table, [*known, *book.workspace.schemas])
    if near:
        return _("there is no table {name}; did you mean {near}?", name=repr(table), near=near)
    return _("there is no table {name}; there are {known}", name=repr(table), known=listed(known) or _("none"))


def _as_of(book: Book) -> date | None:
    """The day ages count from; None when no table has a day."""
    try:
        return book.as_of()
    except TableError:
        return None
