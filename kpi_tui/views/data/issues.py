"""Problems of a workspace and its data, the most severe first, each with its place and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import Cell, Tone, text
from kpi_tui.views.reasons import known
from kpi_tui.views.view import Column, View, sheet

SEVERITIES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.HINT: N_("hint")}
_TONES: dict[Severity, Tone] = {Severity.ERROR: "weak", Severity.WARNING: "near", Severity.HINT: "muted"}


def issues(found: Sequence[Issue]) -> View:
    """One line per problem, and how many of each kind."""
    columns = [
        Column("severity"),
        Column("place", phrase("Where")),
        Column("key", phrase("Key"), drop=1),
        Column("message", phrase("Problem")),
        Column("hint", phrase("What to do")),
    ]
    rows = [_row(issue) for issue in found]
    return View(sheets=(sheet(columns, rows, notes=[_counted(found)]),), data=[_data(issue) for issue in found])


def _row(issue: Issue) -> list[Cell]:
    return [
        text(known(SEVERITIES[issue.severity]), _TONES[issue.severity], issue.severity.value),
        text(place(issue)),
        text(issue.key),
        text(issue.message),
        text(issue.hint, "muted"),
    ]


def place(issue: Issue) -> str:
    """`roles/shop.toml:12`, or as much of it as is known."""
    return f"{issue.file}:{issue.line}" if issue.file and issue.line else issue.file


def _counted(found: Sequence[Issue]) -> Word:
    """How many problems of each kind, in a sentence."""
    if not found:
        return phrase("No problem found.")
    kinds = [issue.severity for issue in found]
    return joined(
        phrases("{count} error", "{count} errors", kinds.count(Severity.ERROR)),
        phrases("{count} warning", "{count} warnings", kinds.count(Severity.WARNING)),
        phrases("{count} hint", "{count} hints", kinds.count(Severity.HINT)),
        between=", ",
    )


def _data(issue: Issue) -> dict[str, object]:
    return {
        "severity": issue.severity.value,
        "file": issue.file,
        "line": issue.line,
        "key": issue.key,
        "message": issue.message,
        "hint": issue.hint,
        "code": issue.code,
    }
