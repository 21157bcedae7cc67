"""`kpi-tui init DIR FILE…`: a new workspace, its table mapping proposed from the columns of the files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import option
from kpi_tui.commands.base.session import Session, say
from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.definitions.answers.setup import PRESET, part_id
from kpi_tui.definitions.calendar import ISO, KINDS, MONTHS, WEEKDAYS, YEAR_ENDS, YEAR_NAMES, Calendar
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.text.i18n import N_, _, language

if TYPE_CHECKING:
    from kpi_tui.views.view import View

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


_ASKED = ("name", "timezone", "currency", "preset")
_CALENDAR = {
    "week_start": (WEEKDAYS, N_("Day on which a week begins.")),
    "fiscal_year": (MONTHS, N_("Month in which a year begins.")),
    "fiscal_year_name": (YEAR_NAMES, N_("A year that begins in another month is called by that of its end or start.")),
    "kind": (KINDS, N_("Calendar months, or months of whole weeks.")),
    "year_end": (YEAR_ENDS, N_("Where a year of whole weeks ends: nearest to the end of its month, or last in it.")),
}


def _calendar_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each word of the calendar."""
    for name, (words, told) in reversed(_CALENDAR.items()):
        flag = "--calendar" if name == "kind" else "--" + name.replace("_", "-")
        command = option(flag, name, type=click.Choice(words), default=getattr(ISO, name), help=told)(command)
    return command


@click.command(
    cls=Command,
    name="init",
    help=N_(
        "A new workspace in DIR, or more for one that is there; data files are mapped to our tables by a proposal."
    ),
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.argument("files", metavar="[FILE...]", nargs=-1, type=click.Path(path_type=Path))
@option("--name", default="", metavar="TEXT", help=N_("Name of the workspace (else that of the folder)."))
@option(
    "--preset",
    type=click.Choice(PRESETS),
    help=N_("Roles to begin with: a shipped preset, or none (else those of roles_000 that the data allow)."),
)
@option(
    "--timezone",
    default="",
    metavar="ZONE",
    help=N_("Time zone whose days count (else that of the files, or Asia/Shanghai)."),
)
@option("--currency", default="", metavar="CODE", help=N_("Currency of all amounts (else that of the files, or CNY)."))
@option(
    "--as",
    "tables",
    multiple=True,
    metavar="FILE=TABLE",
    help=N_("The one table that a file fills, by its columns: orders.csv=orders; TABLE alone for one file, or none."),
)
@option(
    "--column",
    "columns",
    multiple=True,
    metavar="TABLE.COLUMN=NAME",
    help=N_("The column of the file (or SQL over its columns) that fills a column; without NAME it stays empty."),
)
@option(
    "--word",
    "words",
    multiple=True,
    metavar="WORD=MEANING",
    help=N_(
        "What a word of a status column means: paid, closed (never paid), refunded, partly (refunded) or waiting "
        "(not paid yet)."
    ),
)
@option(
    "--fill-down",
    "down",
    multiple=True,
    metavar="COLUMN",
    help=N_("A column of a file that is written once and left blank below: empty cells take the one above."),
)
@option(
    "--year",
    "years",
    multiple=True,
    metavar="[FILE=]YEAR",
    help=N_("The year of the first row where days are written without one (10月1日)."),
)
@option(
    "--dates",
    "dates",
    multiple=True,
    metavar="[COLUMN=]FIRST",
    help=N_("What stands first in dates such as 03/04/2026: day or month."),
)
@option(
    "--all-sheets",
    "sheets",
    multiple=True,
    metavar="FILE",
    help=N_("Read all sheets of a workbook that have the columns of its first, not that one alone."),
)
@option(
    "--take",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_(
        "Add the orders of a file that would be left out, for they may be those of another; or read a file that would "
        "be joined with one of the same columns as a source of its own."
    ),
)
@option(
    "--rates",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("Exchange rates (currency, day, rate) by which amounts of other currencies are counted."),
)
@_calendar_options
@option("--yes", is_flag=True, help=N_("Write without asking."))
@click.pass_context
def command(
    ctx: click.Context,
    /,
    folder: Path | None,
    files: tuple[Path, ...],
    name: str,
    preset: str | None,
    timezone: str,
    currency: str,
    tables: tuple[str, ...],
    columns: tuple[str, ...],
    words: tuple[str, ...],
    down: tuple[str, ...],
    years: tuple[str, ...],
    dates: tuple[str, ...],
    sheets: tuple[str, ...],
    take: tuple[Path, ...],
    rates: Path | None,
    yes: bool,
    **_of_calendar: str,
) -> None:
    """On a terminal the wizard asks; else propose, and write with --yes."""
    from kpi_tui import book
    from kpi_tui.book.files.data_files import without_folders
    from kpi_tui.book.start.shipped import DEFAULT_ZONE, shipped_library
    from kpi_tui.commands.workspaces.app import on_terminal, start_wizard
    from kpi_tui.commands.workspaces.by_hand import expect_readable, proposed, with_taken
    from kpi_tui.commands.workspaces.file_readings import said_readings
    from kpi_tui.views.data.proposal import proposal as proposal_view
    from kpi_tui.views.data.proposal import with_questions

    session: Session = ctx.obj
    session.expect_writing()
    files = without_folders(with_taken(files, take))
    readings = said_readings(folder or Path.cwd(), files, down=down, years=years, sheets=sheets, dates=dates)
    if on_terminal() and not (yes or columns or words or take or readings):
        ctx.exit(start_wizard(session, (folder or Path.cwd()).resolve(), files, **_given(ctx, files)))
    if folder is None:
        raise click.MissingParameter(ctx=ctx, param=ctx.command.params[0])
    there = (folder / "workspace.toml").exists()
    found = (
        proposed(
            folder,
            files,
            timezone,
            tables=tables,
            columns=columns,
            words=words,
            take=take,
            rates=rates,
            readings=readings,
        )
        if files or rates
        else Proposal()
    )
    schemas = shipped_library().schemas
    proposal = with_questions(found.counted_in(currency), schemas)
    if files and not proposal.tables:
        session.show(proposal_view(proposal))
        say(
            "kpi-tui: " + _("no table fits any of the files; nothing was written. --as FILE=TABLE says which one fills")
        )
        ctx.exit(ExitCode.DATA)
    if (files or rates) and not yes:
        session.show(_with_money(proposal_view(proposal), folder, proposal, timezone, currency))
        say("kpi-tui: " + _("nothing was written; add --yes to accept this proposal"))
        ctx.exit(ExitCode.USAGE)
    expect_readable(proposal)
    roles = "" if preset == "none" else preset
    if there:
        mapped = map(part_id, proposal.tables if columns else ())
        proposal, written, changed = book.add_to_workspace(folder, proposal, preset=roles, mapped=frozenset(mapped))
    else:
        title = name or folder.resolve().name
        written, changed = book.create_workspace(
            folder,
            title,
            proposal,
            preset=roles,
            timezone=timezone or DEFAULT_ZONE,
            currency=currency,
            calendar=_calendar(ctx),
        )
    session.show(proposal_view(replace(proposal, notes=(*proposal.notes, *changed)), written))
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


def _calendar(ctx: click.Context) -> Calendar:
    return Calendar(**{name: ctx.params[name] for name in _CALENDAR})


def _given(ctx: click.Context, files: Sequence[Path]) -> dict[str, object]:
    """What the options answer already; the others are asked."""
    said = {name for name in ctx.params if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    given: dict[str, object] = {name: ctx.params[name] for name in _ASKED if name in said}
    if said & _CALENDAR.keys():
        given["calendar"] = _calendar(ctx)
    if ctx.params["rates"]:
        given["rates"] = str(ctx.params["rates"].absolute())
    if ctx.params["tables"]:
        from kpi_tui.commands.workspaces.by_hand import assigned_tables

        assigned = assigned_tables(ctx.params["tables"], files)
        given["assigned"] = {path.absolute(): table for path, table in assigned.items()}
    return {**given, "preset": PRESET, "roles": ()} if given.get("preset") == "none" else given


def _with_money(view: View, folder: Path, proposal: Proposal, timezone: str, currency: str) -> View:
    """What would be counted by month; the proposal alone where it cannot be tried."""
    from kpi_tui.book.start.setup import Setup
    from kpi_tui.definitions.answers.setup import SetupAnswers
    from kpi_tui.definitions.issue import KpiError
    from kpi_tui.views.data.proposal import with_questions
    from kpi_tui.views.start.money import months_said

    setup = Setup(folder, with_questions)
    try:
        trial = setup.try_out(setup.plan(proposal, SetupAnswers(folder, timezone=timezone, currency=currency)))
    except KpiError as error:
        say(f"kpi-tui: {error}")
        return view
    return months_said(view, trial, setup.schemas)
