"""`kpi-tui`: the app without a command, else the headless twin of every screen.

stdout is the answer, stderr is for people, the exit code says how it went.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from kpi_tui.commands.base.clean_streams import clean_streams
from kpi_tui.commands.base.click_classes import Group, session
from kpi_tui.commands.base.end_told import end_told
from kpi_tui.commands.base.error_messages import code_of, tell
from kpi_tui.commands.base.session import Session
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.garbage import collect_seldom
from kpi_tui.text.i18n import LANGUAGES, N_

MODULES = (
    "workspaces.demo",
    "workspaces.init",
    "workspaces.open",
    "workspaces.check",
    "workspaces.tables",
    "workspaces.metrics",
    "numbers.values",
    "numbers.compare",
    "numbers.explain",
    "numbers.rules",
    "numbers.top",
    "numbers.funnel",
    "numbers.cohort",
    "numbers.projection",
    "numbers.report",
    "scorecards.score",
    "scorecards.pack",
    "numbers.drivers",
    "numbers.baseline",
    "numbers.pace",
    "numbers.festival",
    "scorecards.page",
    "scorecards.board",
    "scorecards.private",
    "definitions.role",
    "definitions.person",
    "definitions.define",
    "scorecards.design",
    "scorecards.chain",
    "edits.target",
    "edits.actual",
    "workspaces.config",
    "workspaces.doctor",
    "workspaces.completion",
)
"""The commands in the order of use: the module below kpi_tui.commands that holds each."""


@click.group(
    cls=Group,
    name="kpi-tui",
    modules=MODULES,
    for_files="open",
    invoke_without_command=True,
    help=N_("A scorecard in the terminal: targets, weights, weak links. Without a command, the app opens."),
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Open the app when no command is named."""
    if ctx.invoked_subcommand is None:
        from kpi_tui.commands.workspaces.app import start

        ctx.exit(start(session(ctx)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    collect_seldom()
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    _prepare_streams()
    with clean_streams(), end_told():
        run = Session(environ=dict(os.environ), lang=_language_in(arguments))
        run.speak()
        sys.exit(_run(arguments, run))


def _run(arguments: list[str], run: Session) -> int:
    """The exit code; every failure becomes one sentence on stderr."""
    try:
        result = cli.main(args=arguments, prog_name="kpi-tui", obj=run, standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        return ExitCode.CANCELLED
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else ExitCode.OK
    except BaseException as error:  # noqa: BLE001  a polars panic is a BaseException; told and logged, not swallowed
        tell(error, run.environ)
        return code_of(error)
    return result if isinstance(result, int) else ExitCode.OK


def _language_in(arguments: list[str]) -> str | None:
    """The value of --lang wherever it stands, so that `--help --lang zh` speaks Chinese too."""
    for index, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--lang=") else None
        if word == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        if value in LANGUAGES:
            return value
    return None


def _prepare_streams() -> None:
    """UTF-8 for programs; a terminal with another encoding gets what it can show instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")
