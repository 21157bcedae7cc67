"""`kpi-tui demo [DIR]`: the demo workspace, copied to a folder of the user's own, and opened."""

from __future__ import annotations

from pathlib import Path

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option
from kpi_tui.commands.base.session import Session, say
from kpi_tui.text.i18n import N_, _
from kpi_tui.text.paths import shown_path
from kpi_tui.views.cells import text
from kpi_tui.views.view import Column, View, sheet


@click.command(
    cls=Command, name="demo", help=N_("The demo shop, copied to DIR or to a folder of your own, and opened.")
)
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@option("--no-open", is_flag=True, help=N_("Only copy it and say where it is."))
@click.pass_context
def command(ctx: click.Context, folder: Path | None, no_open: bool) -> None:
    """Copy the demo unless it is there already, then open it."""
    from kpi_tui import book
    from kpi_tui.commands.workspaces.app import start

    session: Session = ctx.obj
    root = book.create_demo(folder)
    if no_open:
        place = sheet([Column("workspace")], [[text(str(root))]])
        session.show(View(sheets=(place,), data={"workspace": str(root)}))
        return
    code = start(session, root)
    if code:
        say(_("The demo is in {folder}.", folder=shown_path(root)))
    ctx.exit(code)
