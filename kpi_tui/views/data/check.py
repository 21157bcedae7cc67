"""What `check` finds: problems, the most severe first; how much of the library is live and what would unlock more."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.coverage import Coverage, Unlock
from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.library.procedure import EXTRA
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.text.terms import SEVERITIES
from kpi_tui.views.cells import NumberCell, TextCell, Tone, text
from kpi_tui.views.data.ids_in_words import in_words
from kpi_tui.views.reasons import known, term
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Sheet, View, listed

_TONES: dict[Severity, Tone] = {Severity.ERROR: "weak", Severity.WARNING: "near", Severity.HINT: "muted"}


def issues(found: Sequence[Issue], space: Workspace | None = None) -> View:
    """One line per problem, and how many of each kind; with `space` ids are told with their names."""
    lines = listed(
        found,
        [
            (Column("severity"), _severity),
            (Column("place", phrase("Where")), lambda issue: text(place(issue))),
            (Column("key", phrase("Key"), drop=1), lambda issue: text(issue.key)),
            (Column("message", phrase("Problem")), lambda issue: text(in_words(issue.message, space))),
            (Column("hint", phrase("What to do")), lambda issue: text(in_words(issue.hint, space), "muted")),
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


# --- coverage ------------------------------------------------------------------------------------------
_KINDS = {
    "column": N_("column"),
    "install": N_("to install"),
    "unreadable": N_("table that cannot be read"),
    "table": N_("table"),
}


def coverage(found: Coverage, space: Workspace) -> View:
    """Live metrics per category, then what would unlock most."""
    sheets = (_shelves(found, space), *([_unlocks(found, space)] if found.unlocks else []))
    return View(sheets=sheets, data=_data(found, space))


def _shelves(found: Coverage, space: Workspace) -> Sheet:
    def name(id_: str) -> Word:
        return space.categories[id_].name if id_ in space.categories else ""

    return listed(
        found.categories,
        [
            (Column("category", phrase("Category")), lambda shelf: text(shelf.category)),
            (Column("name"), lambda shelf: text(name(shelf.category), "muted")),
            (
                Column("live", phrase("Live"), right=True),
                lambda shelf: NumberCell(shelf.live, tone="good" if shelf.live == shelf.metrics else "near"),
            ),
            (Column("metrics", phrase("Metrics"), right=True), lambda shelf: NumberCell(shelf.metrics)),
        ],
        lambda shelf: shelf.category,
        notes=[
            phrases(
                "{live} of {all} metric is live.",
                "{live} of {all} metrics are live.",
                found.metrics,
                live=found.live,
                all=found.metrics,
            )
        ],
        name="shelves",
    )


def _unlocks(found: Coverage, space: Workspace) -> Sheet:
    return listed(
        found.unlocks,
        [
            (Column("wanted", phrase("One more")), lambda one: text(one.missing.name)),
            (Column("kind"), lambda one: text(known(_KINDS[_kind(one, space)]), "muted", _kind(one, space))),
            (Column("unlocks", phrase("Unlocks"), right=True), lambda one: NumberCell(len(one.metrics))),
            (Column("metrics", phrase("Metrics")), lambda one: text(", ".join(one.metrics), "muted")),
        ],
        lambda one: one.missing.name,
        phrase("What one more table or column would unlock"),
        name="unlocks",
    )


def _kind(unlock: Unlock, space: Workspace) -> str:
    if unlock.missing.column:
        return "column"
    if unlock.missing.table == EXTRA:
        return "install"
    return "unreadable" if unlock.missing.table in space.tables else "table"


def _data(found: Coverage, space: Workspace) -> Record:
    return {
        **record(found, "live", "metrics"),
        "categories": [record(shelf, "category", "live", "metrics") for shelf in found.categories],
        "unlocks": [_unlock_data(unlock, space) for unlock in found.unlocks],
        "missing": {metric: [lack.name for lack in lacks] for metric, lacks in found.missing},
    }


def _unlock_data(unlock: Unlock, space: Workspace) -> Record:
    named = {"table": unlock.missing.table, "column": unlock.missing.column or None, "kind": _kind(unlock, space)}
    return {**named, "unlocks": len(unlock.metrics), **record(unlock, "metrics")}
