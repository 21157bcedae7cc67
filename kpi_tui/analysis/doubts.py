"""Rows that hardly mean what they should, as issues: how many, examples, and the line to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kpi_tui.definitions.answers.key_overlap import KeyOverlap, MissingLines
from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.library.doubt import DoubtfulRows
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import both, listed, say, says


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


def key_issues(found: Iterable[KeyOverlap], sources: Mapping[str, TableSource]) -> Iterable[Issue]:
    """One warning per relation whose ids meet too seldom, with ids of either side."""
    for keys in found:
        message = says(
            "{said}, in {count:,} of {rows:,} row",
            "{said}, in {count:,} of {rows:,} rows",
            keys.rows,
            said=keys.in_words(),
            count=keys.rows_found,
            rows=keys.rows,
        )
        if keys.examples:
            message = say("{said}; e.g. {examples}", said=message, examples=_quoted(keys.examples))
        if keys.beside:
            message = say("{said} beside {examples}", said=message, examples=_quoted(keys.beside))
        place = sources[keys.table].place
        yield Issue(Severity.WARNING, message, _remedy(keys, sources), place.file, place.line, place.key, "keys")


def undated_issues(found: Iterable[KeyOverlap], sources: Mapping[str, TableSource]) -> Iterable[Issue]:
    """One warning per relation of which a few rows find nothing that says their day."""
    for keys in found:
        place = sources[keys.table].place
        hint = say("add the file with these rows of {table}", table=keys.other)
        yield Issue(Severity.WARNING, keys.undated(), hint, place.file, place.line, place.key, "undated")


def ended_issues(found: Iterable[MissingLines], sources: Mapping[str, TableSource]) -> Iterable[Issue]:
    """One warning per table that tells nothing of the later rows of another, or of one of its sources."""
    for lines in found:
        place = sources[lines.table].place
        hint = say("add the file with the rows of {table} that belong to them", table=lines.table)
        yield Issue(Severity.WARNING, lines.in_words(), hint, place.file, place.line, place.key, "lines-end")


def _remedy(keys: KeyOverlap, sources: Mapping[str, TableSource]) -> str:
    if keys.alike:
        lines = [
            _line(sources[table], column, keys.alike)
            for table, column in ((keys.table, keys.column), (keys.other, keys.target))
        ]
        return say("write the ids alike: {lines}", lines=both(lines))
    return say(
        "map the column with the same ids, or the file with the missing ones; keys_meet is the share that is enough"
    )


def _line(source: TableSource, column: str, function: str) -> str:
    """The line of tables.toml that maps a column through a function."""
    part = source.part_of(column)
    sql = function.replace("…", part.columns.get(column, column)).replace('"', '\\"')
    return f'[tables.{part.id}.columns] {column} = "{sql}"'


def _quoted(examples: Iterable[str]) -> str:
    return listed(map(repr, examples))


def _doubtful(rows: DoubtfulRows, source: TableSource) -> Issue:
    message = rows.told()
    place = source.place
    hint = say("{write}", write=rows.write)
    if source.sources:
        parts = listed(f"[tables.{part.id}]" for part in source.parts())
        hint = say("{write}; in the source it concerns: {sources}", write=rows.write, sources=parts)
    return Issue(rows.doubt.severity, message, hint, place.file, place.line, place.key, f"doubt:{rows.doubt.id}")
