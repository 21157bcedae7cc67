"""`kpi-tui init DIR FILE…`: a new workspace, its table mapping proposed from the columns of the files."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option
from kpi_tui.commands.base.session import Session, say
from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.text.i18n import N_, _, language

ROLE_TABLES = ("none", "roles_000", "roles_003")
PRIVATE = (
    "purpose_gmv",
    "purpose_warmth",
    "stage_startup",
    "stage_mid",
    "stage_stable",
    "team_marketing",
    "team_growth",
    "team_efficiency",
)  # presets of the private domain, by purpose, stage and team (R097-R105)
PRESETS = (*ROLE_TABLES, *PRIVATE)


@click.command(
    cls=Command,
    name="init",
    help=N_(
        "A new workspace in DIR, or more for one that is there; data files are mapped to our tables by a proposal."
    ),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("files", metavar="[FILE...]", nargs=-1, type=click.Path(path_type=Path))
@option("--name", default="", metavar="TEXT", help=N_("Name of the workspace (else that of the folder)."))
@option(
    "--preset", type=click.Choice(PRESETS), default="none", help=N_("Roles to begin with: a shipped preset, or none.")
)
@option("--timezone", default="Asia/Shanghai", metavar="ZONE", help=N_("Time zone whose days count."))
@option("--currency", default="", metavar="CODE", help=N_("Currency of all amounts (else that of the files, or CNY)."))
@option("--yes", is_flag=True, help=N_("Write without asking."))
@click.pass_context
def command(
    ctx: click.Context,
    folder: Path,
    files: tuple[Path, ...],
    name: str,
    preset: str,
    timezone: str,
    currency: str,
    yes: bool,
) -> None:
    """Propose, ask, write."""
    from kpi_tui import book
    from kpi_tui.views.data.proposal import proposal as proposal_view
    from kpi_tui.views.data.proposal import with_questions

    session: Session = ctx.obj
    there = (folder / "workspace.toml").exists()
    proposal = with_questions(book.propose(files, timezone=timezone, folder=folder)) if files else Proposal()
    if files and not proposal.tables:
        session.show(proposal_view(proposal))
        say("kpi-tui: " + _("no table fits any of the files; nothing was written"))
        ctx.exit(ExitCode.DATA)
    if files and not yes and not _agreed(session, proposal, folder):
        say("kpi-tui: " + _("nothing was written; add --yes to accept this proposal"))
        ctx.exit(ExitCode.OK if _asked(yes) else ExitCode.USAGE)
    roles = "" if preset == "none" else preset
    if there:
        proposal, written, changed = book.add_to_workspace(folder, proposal, preset=roles)
    else:
        title = name or folder.resolve().name
        written, changed = book.create_workspace(
            folder, title, proposal, preset=roles, timezone=timezone, currency=currency
        )
    shown = Proposal() if _asked(yes) and files else proposal
    session.show(proposal_view(replace(shown, notes=(*shown.notes, *changed)), written))
    if preset in PRIVATE:
        _warn(folder)
    say(_("Next: kpi-tui -w {folder} check", folder=str(folder)))


def _warn(folder: Path) -> None:
    """What the page of the private domain asks to mind before one is built (R101)."""
    from kpi_tui.book import Book
    from kpi_tui.commands.scorecards.private import PAGE

    page = Book.open(folder, draft=False).workspace.pages.get(PAGE)
    for text in page.reminders() if page else ():
        say(f"☐ {text.get(language())}")


def _agreed(session: Session, proposal: Proposal, folder: Path) -> bool:
    """Show the proposal; True when a person says yes. Without a terminal nobody can."""
    from kpi_tui.views.data.proposal import proposal as proposal_view

    session.show(proposal_view(proposal))
    if not _asked(yes=False):
        return False
    question = _("Write this workspace to {folder}? (tables.toml can be edited afterwards)", folder=str(folder))
    return click.confirm(question, err=True)


def _asked(yes: bool) -> bool:
    """True when the person at the terminal is shown the proposal and asked."""
    return not yes and sys.stdin.isatty() and sys.stdout.isatty()
