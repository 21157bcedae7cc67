"""`kpi-tui target import FILE`: targets from a workbook or a csv, the differences first; set when accepted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import WHY
from kpi_tui.commands.edits.imported_file import TARGETS, ImportWish, import_file, import_options
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session


@click.command(
    "import",
    cls=Command,
    help=N_("Targets from a workbook or a CSV, an export changed by others or a sheet of your own: shown, then set."),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@import_options(WHY)
@click.pass_obj
def import_(session: Session, file: Path, wish: ImportWish) -> None:
    """Show what would change; set it with --set."""
    with session.book() as book:
        import_file(session, book, file, TARGETS, wish)
