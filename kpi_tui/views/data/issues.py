"""Problems of a workspace and its data, the most severe first, each with its place and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.text.terms import SEVERITIES
from kpi_tui.views.cells import TextCell, Tone, text
from kpi_tui.views.reasons import term
from kpi_tui.views.record import record
from kpi_tui.views.view import Column, View, listed

_TONES: dict[Severity, Tone] = {Severity.ERROR: "weak", Severity.WARNING: "near", Severity.HINT: "muted"}


def issues(found: Sequence[Issue]) -> View:
    """One line per problem, and how many of each kind."""
    lines = listed(
        found,
        [
            (Column("severity"), _severity),
            (Column("place", phrase("Where")), lambda issue: text(place(issue))),
            (Column("key", phrase("Key"), drop=1), lambda issue: text(issue.key)),
            (Column("message", phrase("Problem")), lambda issue: text(issue.message)),
            (Column("hint", phrase("What to do")), lambda issue: text(issue.hint, "muted")),
        ],
        lambda issue: issue.code,
        notes=[_counted(found)],
        name="issues",
    )
    named = ("severity", "file", "line", "key", "message", "hint", "code")
    return View(sheets=(lines,), data=[record(issue, *named) for issue in found])


def _severity(issue: Issue) -> TextCell:
    return text(term(SEVERITIES, issue.severity), _TONES[issue.severity], issue.severity.value)


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
