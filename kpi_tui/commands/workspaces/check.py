"""`kpi-tui check`: every problem of a workspace and its data at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option
from kpi_tui.commands.base.session import Session, say
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.definitions.issue import Severity, UsageError, WorkspaceError
from kpi_tui.definitions.message import listed
from kpi_tui.text.i18n import N_, _, n_

if TYPE_CHECKING:
    from kpi_tui.book import Book

EVERY = "all"
"""What `--agree` says for: whatever is to be confirmed."""


@click.command(cls=Command, name="check", help=N_("Every problem of the workspace and its data; exit 1 for an error."))
@option("--coverage", is_flag=True, help=N_("How many metrics are live, and what one more table would unlock."))
@option("--seal", is_flag=True, help=N_("First keep a check sum of every data file: later checks tell changes."))
@option(
    "--agree",
    multiple=True,
    metavar="TEXT",
    help=N_("First take out what is to be confirmed and contains TEXT, or all of it: `--agree all`."),
)
@click.pass_context
def command(ctx: click.Context, coverage: bool, seal: bool, agree: tuple[str, ...]) -> None:
    """Show all issues; exit 1 when one is an error."""
    from kpi_tui.views.data.check import issues as issues_view

    session: Session = ctx.obj
    if seal or agree:
        session.expect_writing()
    if coverage:
        _show_coverage(session)
        return
    try:
        if agree:
            with session.book(quiet=True) as book:
                _agree(book, agree)
        with session.book(quiet=True) as book, session.progress() as progress:
            book.data.load(progress)
            if seal:
                _seal(book)
            issues, space = book.data.check(), book.workspace
    except WorkspaceError as error:
        if error.issues:
            session.show(issues_view(error.issues))
        raise
    session.show(issues_view(issues, space))
    if any(issue.severity is Severity.ERROR for issue in issues):
        ctx.exit(ExitCode.PROBLEM)


def _agree(book: Book, texts: Sequence[str]) -> None:
    from kpi_tui.text.phrase import translate
    from kpi_tui.views.data.agreed_with import agreed_with

    asked = [one for one in book.agreements.asked() if EVERY in texts or any(one.contains(text) for text in texts)]
    if not asked:
        raise UsageError(_("nothing to be confirmed contains {texts}", texts=listed(texts)))
    book.agreements.agree(asked)
    book.definitions.save()
    say(translate(agreed_with(len(asked))))
    for note in book.definitions.notes():
        say(note)


def _seal(book: Book) -> None:
    count = book.data.seal()
    say(n_("{count} file is sealed.", "{count} files are sealed.", count))


def _show_coverage(session: Session) -> None:
    from kpi_tui.views.data.check import coverage

    with session.book() as book, session.progress() as progress:
        book.data.load(progress)
        progress.clear()
        session.show(coverage(book.data.coverage(), book.workspace))
