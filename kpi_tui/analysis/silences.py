"""What `check` says of days without rows inside a table: nobody traded, or an export is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kpi_tui.analysis.health import places_of
from kpi_tui.definitions.answers.missing_days import missing_in_words
from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import say

_HINT = say("if nothing is missing write complete_until in tables.toml; else add the file of those days")


def hole_issues(holes: Mapping[str, Sequence[tuple[date, date]]], tables: Mapping[str, TableSource]) -> list[Issue]:
    """Days that are missing inside a table which is never so long silent: nobody traded, or an export is missing."""
    places = places_of(tables)
    found = []
    for table, ones in holes.items():
        for first, last in ones:
            message = say(
                "{table}: no rows from {first} to {last}, more than four times as long as it is usually silent",
                table=table,
                first=first,
                last=last,
            )
            place = places.get(table, ("", 0))
            found.append(Issue(Severity.WARNING, message, _HINT, *place, key=table, code="hole"))
    return found


def missing_issues(missing: Mapping[str, tuple[Sequence[date], int]], tables: Mapping[str, TableSource]) -> list[Issue]:
    """Single days without rows, by table or source, and of how many days, where a day without any is no chance."""
    places = places_of(tables)
    hint = say("{hint}; days on which you rest: rest_days of [settings] in workspace.toml", hint=_HINT)
    return [
        Issue(
            Severity.WARNING,
            missing_in_words(table, days, count),
            hint,
            *places.get(table, ("", 0)),
            key=table,
            code="missing-days",
        )
        for table, (days, count) in missing.items()
    ]
