"""`kpi-tui check`: every problem of a workspace and its data at once."""

from __future__ import annotations

import click

from kpi_tui.commands.failure import BAD_NEWS
from kpi_tui.commands.session import Session
from kpi_tui.commands.words import Command
from kpi_tui.definitions.issue import Severity, WorkspaceError
from kpi_tui.text.i18n import N_


@click.command(cls=Command, name="check", help=N_("Every problem of the workspace and its data; exit 1 for an error."))
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show all issues; exit 1 when one is an error."""
    from kpi_tui.report.lists import issues_report

    session: Session = ctx.obj
    try:
        with session.book(quiet=True) as book, session.progress() as progress:
            book.load(progress)
            issues = book.check()
    except WorkspaceError as error:
        if error.issues:
            session.show(issues_report(error.issues))
        raise
    session.show(issues_report(issues))
    if any(issue.severity is Severity.ERROR for issue in issues):
        ctx.exit(BAD_NEWS)
