"""`kpi-tui FILE…`: data files opened in the wizard, which makes a workspace of them or adds them to theirs."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.session import Session, say
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.text.i18n import N_, _


@click.command(
    cls=Command,
    name="open",
    help=N_("Open data files: the wizard makes a workspace of them. `kpi-tui FILE` is the same."),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """The workspace that the files lie in, else one beside them."""
    from kpi_tui.commands.workspaces.app import on_terminal, start_wizard

    session: Session = ctx.obj
    if not on_terminal():
        say("kpi-tui: " + _("files are opened on a terminal; without one: kpi-tui init DIR FILE --yes"))
        ctx.exit(ExitCode.USAGE)
    session.expect_writing()
    ctx.exit(start_wizard(session, session.workspace or _folder(files), files))


def _folder(files: tuple[Path, ...]) -> Path:
    beside = Path(os.path.commonpath([path.absolute().parent for path in files]))
    above = (folder for folder in (beside, *beside.parents) if (folder / "workspace.toml").exists())
    return next(above, beside)
