"""Rows that hardly mean what they should, as issues: how many, examples, and the line to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.library.doubt import DoubtfulRows
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import say


def doubt_issues(found: Iterable[DoubtfulRows], sources: Mapping[str, TableSource]) -> Iterable[Issue]:
    """One issue per doubt that some row raises."""
    for rows in found:
        if rows.error:
            message = say("doubt {name}: it cannot be asked: {why}", name=rows.doubt.id, why=rows.error)
            place = rows.doubt.place
            hint = say("correct its `where` or `example`")
            yield Issue(Severity.WARNING, message, hint, place.file, place.line, place.key, "doubt")
        elif rows.count:
            yield _doubtful(rows, sources[rows.table])


def _doubtful(rows: DoubtfulRows, source: TableSource) -> Issue:
    message = say(
        "{table}: {count:,} of {rows:,} rows: {about}",
        table=rows.table,
        count=rows.count,
        rows=rows.of,
        about=rows.doubt.about,
    )
    if named := ", ".join(repr(example) for example in rows.examples if example):
        message = say("{said}, e.g. {examples}", said=message, examples=named)
    place = source.place
    hint = say("{write}", write=rows.doubt.write)
    return Issue(rows.doubt.severity, message, hint, place.file, place.line, place.key, f"doubt:{rows.doubt.id}")
