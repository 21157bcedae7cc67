"""`kpi-tui doctor`: versions, terminal, locale, paths, and which workspace would be opened, and why."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import click

import kpi_tui
from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.error_messages import log_folder
from kpi_tui.definitions.issue import KpiError, Severity
from kpi_tui.text.i18n import LANGUAGES, N_, _, is_translated, language
from kpi_tui.views.data.installation import installation

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.commands.base.session import Session

PACKAGES = ("textual", "rich", "polars", "sqlglot", "fastexcel", "tomli-w", "click")
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_TERMINAL = ("TERM", "COLORTERM", "NO_COLOR", "TMUX", "SSH_CONNECTION")
Facts = dict[str, object]


@click.command(cls=Command, name="doctor", help=N_("Versions, terminal, locale, paths, what would be opened and why."))
@click.pass_obj
def command(session: Session) -> None:
    """Show what this installation sees; never fails because of a bad workspace."""
    warnings: list[str] = []
    facts: dict[str, Facts] = {
        "versions": _versions(),
        "workspace": _workspace(session, warnings),
        "terminal": _terminal(session.environ, warnings),
        "language": _language(session.environ, warnings),
        "paths": _paths(session.environ),
        "limits": _limits(session.environ),
    }
    session.show(installation(facts, warnings))


def _versions() -> Facts:
    facts: Facts = {"kpi-tui": kpi_tui.__version__, "python": platform.python_version(), "system": platform.platform()}
    for name in PACKAGES:
        try:
            facts[name] = version(name)
        except PackageNotFoundError:
            facts[name] = None
    return facts


def _terminal(environ: Mapping[str, str], warnings: list[str]) -> Facts:
    size = shutil.get_terminal_size((0, 0))
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    encoding = (sys.stdout.encoding or "").lower()
    if terminal and "utf" not in encoding:
        warnings.append(_("The terminal does not speak UTF-8; bars and Chinese will be unreadable."))
    if terminal and 0 < size.columns < 60:
        warnings.append(_("The terminal is narrower than 60 cells; screens fall back to one column."))
    facts: Facts = {
        "stdin_is_terminal": sys.stdin.isatty(),
        "stdout_is_terminal": sys.stdout.isatty(),
        "columns": size.columns or None,
        "lines": size.lines or None,
        "encoding": encoding,
    }
    return facts | {name: environ.get(name) for name in _TERMINAL}


def _language(environ: Mapping[str, str], warnings: list[str]) -> Facts:
    catalogues = {name: is_translated(name) for name in LANGUAGES}
    if not all(catalogues.values()):
        warnings.append(_("The Chinese catalogue is not compiled, so English is shown; install kpi-tui again."))
    facts: Facts = {"spoken": language(), "preferred_encoding": locale.getpreferredencoding(False)}
    facts |= {f"catalogue_{name}": there for name, there in catalogues.items()}
    return facts | {name: environ.get(name) for name in _LOCALE}


def _limits(environ: Mapping[str, str]) -> Facts:
    """What a question may use before it is ended, and what this process holds."""
    from kpi_tui.book.person.personal_settings import PersonalSettings
    from kpi_tui.book.person.resource_watch import limits_of, machine_memory, resident_memory

    allowed = limits_of(PersonalSettings(environ))
    return {
        "machine_memory_mb": round(machine_memory()),
        "max_memory_mb": round(allowed.memory),
        "max_seconds": round(allowed.seconds) or None,
        "memory_now_mb": round(resident_memory()),
    }


def _paths(environ: Mapping[str, str]) -> Facts:
    return {
        "program": str(Path(kpi_tui.__file__).parent),
        "python": sys.executable,
        "working_folder": os.getcwd(),  # noqa: PTH109  a removed folder must not stop the doctor
        "logs": str(log_folder(environ)),
        "KPI_TUI_WORKSPACE": environ.get("KPI_TUI_WORKSPACE"),
    }


def _workspace(session: Session, warnings: list[str]) -> Facts:
    """Which workspace, why, and whether it can be read and written safely."""
    from kpi_tui.book import Book

    found = session.found()
    facts: Facts = {"root": str(found.root) if found.root else None, "why": found.why}
    if found.root is None:
        return facts
    try:
        book = Book.open(found.root, data=session.data, draft=False)
    except KpiError as error:
        warnings.append(str(error))
        return facts | {"readable": False}
    try:
        return facts | _opened(book.workspace.root, book.workspace.data, warnings) | _counted(book)
    finally:
        book.close()


def _opened(root: Path, data: Path, warnings: list[str]) -> Facts:
    from kpi_tui.book import disk_note

    targets = root / "targets"
    place = targets if targets.is_dir() else root
    if note := disk_note(place):
        warnings.append(note)
    writable = os.access(place, os.W_OK)
    if not writable:
        warnings.append(_("{folder} cannot be written: targets cannot be edited.", folder=str(place)))
    return {"readable": True, "data": str(data), "targets": str(targets), "writable": writable}


def _counted(book: Book) -> Facts:
    return {
        "language": book.workspace.language or None,
        "metrics": len(book.workspace.metrics),
        "roles": len(book.workspace.roles),
        "tables": len(book.workspace.tables),
        "errors": sum(issue.severity is Severity.ERROR for issue in book.issues),
    }
