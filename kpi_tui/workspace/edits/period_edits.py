"""The edits of targets and of numbers typed by hand: a file a period, a cell a role or owner and a metric."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.edit import Author, KeyPath
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.workspace.edits.draft import draft_path
from kpi_tui.workspace.edits.edits import Edits, never
from kpi_tui.workspace.edits.period_files import ACTUALS, PeriodFiles
from kpi_tui.workspace.edits.store import TargetStore

PeriodEdits = Edits[TargetKey]
"""Edits of what is kept per period: targets, and numbers typed by hand."""


def _target_key(path: KeyPath) -> TargetKey:
    return TargetKey(*path)


def open_edits(
    root: Path,
    folder: str,
    author: Author,
    environ: Mapping[str, str] | None,
    clock: Callable[[], datetime],
    is_over: Callable[[Period], bool] = never,
    calendar: Calendar = ISO,
) -> PeriodEdits:
    """The edits of targets, or of typed numbers, in a folder of a workspace; without `environ` they keep no draft."""
    kept_for = root / folder if folder == ACTUALS else root
    draft = None if environ is None else draft_path(kept_for, author.name, environ)
    files = PeriodFiles(root / folder, calendar)
    store = TargetStore(root / folder, author, clock, files=files)
    return Edits(store, _target_key, draft, is_over, calendar)
