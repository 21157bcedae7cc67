"""Failures become one sentence on stderr and at most a private log. Their exit codes: definitions/exit_code.py."""

from __future__ import annotations

import errno
import os
import traceback
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from kpi_tui.commands.base.session import say
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.progress import Cancelled
from kpi_tui.definitions.user_folders import make_private_folder, state_folder
from kpi_tui.definitions.written.secrets import without_secrets
from kpi_tui.text.i18n import _, told

_NOT_WRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
"""Of a disk or a standard output that is full, or may not be written."""
MAX_ISSUES = 20  # behind a sentence; `kpi-tui check` lists all


def code_of(error: BaseException) -> ExitCode:
    """The exit code of a failure; a command line that click does not understand is wrong usage too."""
    return ExitCode.USAGE if isinstance(error, click.UsageError) else ExitCode.of(error)


def tell(error: BaseException, environ: Mapping[str, str]) -> None:
    """Say on stderr what went wrong: one sentence, and the places of the issues behind it."""
    if environ.get("KPI_TUI_DEBUG") == "1":
        traceback.print_exception(error)
    if isinstance(error, KpiError):
        say(f"kpi-tui: {told(str(error))}")
        told_already = len(error.issues) == 1 and all(
            part in str(error) for part in (error.issues[0].file, error.issues[0].message)
        )
        for issue in () if told_already else error.issues[:MAX_ISSUES]:
            where = ":".join(str(part) for part in (issue.file, issue.line or "") if part)
            say("  " + ": ".join(part for part in (where, issue.key, told(issue.message), told(issue.hint)) if part))
    elif isinstance(error, click.ClickException):
        say(f"kpi-tui: {_wrong_usage(error)}")
    elif isinstance(error, OSError) and error.errno in _NOT_WRITTEN:
        say("kpi-tui: " + _("it cannot be written: {why}", why=error.strerror or str(error.errno)))
    elif isinstance(error, OSError) and error.errno and error.filename:
        file = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else str(error.filename)
        say("kpi-tui: " + _("{file} cannot be read or written: {why}", file=file, why=os.strerror(error.errno)))
    elif isinstance(error, Cancelled):
        say("kpi-tui: " + _("stopped"))
    else:
        say("kpi-tui: " + _unexpected(error, environ))


def log_folder(environ: Mapping[str, str]) -> Path:
    """Where private logs of unexpected errors go."""
    return state_folder(environ)


def _wrong_usage(error: click.ClickException) -> str:
    near = listed(getattr(error, "possibilities", None) or ())
    hint = _("; did you mean {name}?", name=near) if near else ""
    if isinstance(error, click.NoSuchOption):
        return _("there is no option {name}", name=error.option_name) + hint
    if name := getattr(error, "command_name", ""):  # click.NoSuchCommand, since 8.4
        return _("there is no command {name}", name=name) + hint
    if isinstance(error, click.MissingParameter) and error.param is not None:
        is_option = isinstance(error.param, click.Option)
        name = " / ".join(error.param.opts) if is_option else error.param.human_readable_name
        return _("{name} is missing; see {command} --help", name=name, command=_path(error))
    return error.format_message()


def _path(error: click.UsageError) -> str:
    return error.ctx.command_path if error.ctx else "kpi-tui"


def _unexpected(error: BaseException, environ: Mapping[str, str]) -> str:
    name = type(error).__name__
    try:
        file = _log(error, log_folder(environ))
    except OSError as problem:
        return _(
            "an unexpected error ({name}) stopped this, and no log could be written: {why}",
            name=name,
            why=str(problem.strerror or problem),
        )
    return _("an unexpected error ({name}) stopped this; the details are in {file}", name=name, file=str(file))


def _log(error: BaseException, folder: Path) -> Path:
    """Write the traceback where only its owner can read it."""
    make_private_folder(folder)
    file = folder / f"error-{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}.log"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as out:
        out.writelines(map(without_secrets, traceback.format_exception(error)))
    return file
