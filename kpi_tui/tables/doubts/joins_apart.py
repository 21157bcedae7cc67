"""Other files whose rows hardly meet those of the table: what they give is empty, and numbers of it are wrong."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import say, says
from kpi_tui.sql import guard
from kpi_tui.tables.source.raw_rows import MetJoin, Raw

_MEET = 0.5
"""Below this share of the keys of the shorter file two files are hardly of the same things."""


def joins_apart(raw: Raw, source: TableSource) -> list[FileDoubt]:
    """A doubt for every other file of which too few keys meet, at the columns that it gives."""
    return [_doubt(join, source) for join in raw.joined if join.rows and join.share < _MEET]


def never_found(raw: Raw, source: TableSource) -> frozenset[str]:
    """Columns of the table that come from nowhere but files of which no row met one of ours: nobody supplies them."""
    lost = {name for join in raw.joined if join.rows and not join.found for name in join.columns}
    return frozenset(key for key, names in made_of(source) if names and names <= lost)


def _doubt(join: MetJoin, source: TableSource) -> FileDoubt:
    said = (
        says(
            "join {name}: {found:,} of {rows:,} row has a match by {key}",
            "join {name}: {found:,} of {rows:,} rows have a match by {key}",
            join.rows,
            name=join.name,
            found=join.found,
            rows=join.rows,
            key=join.key,
        )
        if join.found
        else say("join {name}: no row has a match by {key}", name=join.name, key=join.key)
    )
    if join.example and join.beside:
        said = say("{said} ({ours!r} beside {theirs!r})", said=said, ours=join.example, theirs=join.beside)
    write = say("write the keys of both files alike, or name another in `on` of [tables.{table}.join.{name}]",
                table=source.id, name=join.name)  # fmt: skip
    given = tuple(key for key, names in made_of(source) if names & {*join.columns})
    return FileDoubt("join", said, write, columns=given or (join.key,))


def made_of(source: TableSource) -> Iterator[tuple[str, set[str]]]:
    """Column of the table -> the columns of files that it is made of."""
    for key, sql in source.columns.items():
        try:
            tree = guard.expression(sql).tree
        except guard.FragmentError:
            continue  # told where the mapping is judged
        yield key, {column.name for column in tree.find_all(exp.Column)}
