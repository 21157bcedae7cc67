"""The mapping column by column: what fills each, with cells as they would be read, and what a file has beside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from kpi_tui.definitions.answers.proposal import FileLook, Proposal, TableProposal
from kpi_tui.definitions.answers.setup import SetupAnswers, SetupTrial, not_readable, part_id
from kpi_tui.definitions.library.table import ColumnType, SchemaColumn, TableSchema
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.written.file_names import names_beside
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import text
from kpi_tui.views.named_ids import part_name, with_names
from kpi_tui.views.start.files import LIST
from kpi_tui.views.start.status_words import asked_files, word_rows
from kpi_tui.views.view import Column, Row, Sentence, View, pairs, sheet

BETWEEN = "\n"
"""Between the part and its column in the key of a row."""
_NAMED = ("table", "part")
_PLAIN = re.compile(r"\w+|\"[^\"]+\"")
_COLUMNS = (
    Column("column", phrase("Column"), most=18),
    Column("from", phrase("Taken from"), flex=1, least=16),
    Column("cells", phrase("As read"), flex=1, least=12, drop=1),
    Column("about", phrase("What it is"), flex=1, least=45, drop=2),
)


def told(
    parts: Iterable[TableProposal], refused: Iterable[str], schemas: Mapping[str, TableSchema]
) -> Iterator[Sentence]:
    """Why files are not added to a workspace, and which are read as those that are there."""
    names = {id_: schema.name for id_, schema in schemas.items()}
    yield from (Sentence(with_names(why, names, _NAMED), "weak") for why in refused)
    yield from (Sentence(with_names(note, names, _NAMED)) for part in parts if part.further for note in part.info)


def columns(
    parts: Iterable[TableProposal],
    trial: SetupTrial | None,
    schemas: Mapping[str, TableSchema],
    answers: SetupAnswers,
    proposed: Proposal,
    refused: Iterable[TableProposal] = (),
) -> View:
    """Every column of every part that is taken: those that are needed and empty first, other empty ones last.

    They stand as they were proposed: a column that a person fills or leaves empty keeps its place.
    """
    found = list(parts)
    files = names_beside(part.path for part in found)
    words = asked_files(proposed, found)
    times = Counter(part.table for part in found)
    rows = [
        row
        for part in found
        for row in _rows(
            part,
            part_name(part.table, schemas, part.source if times[part.table] > 1 else ""),
            trial,
            in_order(offered(proposed, part), schemas[part.table]),
            schemas[part.table],
            answers,
            files[part.path],
        )
    ]
    lacking = dict.fromkeys((part.table, name) for part in found for name in part.missing)
    empty = [
        phrase("{column} of {table}", column=schemas[table].columns[name].said, table=part_name(table, schemas))
        for table, name in lacking
    ]
    said = phrase("Every column is filled that its numbers need.")
    if empty:
        said = phrases(
            "{count} column is empty: {names}",
            "{count} columns are empty: {names}",
            len(empty),
            names=joined(*empty, between=", "),
        )
    sentences = [Sentence(said, "near" if empty else "", "advice")]
    if words:
        names = listed(dict.fromkeys(column.name for _path, column in words))
        sentences.insert(0, Sentence(phrase("First: is it right what the words of {columns} mean?", columns=names)))
    rows = [*_refused(refused, schemas), *word_rows(words, answers), *rows]
    return View(phrase("Columns"), tuple(sentences), (sheet(_COLUMNS, rows, key=LIST),))


def _refused(parts: Iterable[TableProposal], schemas: Mapping[str, TableSchema]) -> Iterable[Row]:
    """A line for what the workspace would not take, to be added all the same."""
    for part in parts:
        name, said = part_name(part.table, schemas), phrase("Space adds it as a source")
        yield Row(f"{part_id(part)}{BETWEEN}", (text(name), text(said, "near"), text(part.path.name), text("")))


def offered(proposed: Proposal, part: TableProposal) -> TableProposal:
    """The part as it was proposed, whatever a person changed."""
    every = (*proposed.tables, *proposed.others)
    return next((one for one in every if part_id(one) == part_id(part)), part)


def in_order(part: TableProposal, schema: TableSchema) -> list[SchemaColumn]:
    """The columns of a table as they stand below each other."""
    needed = _needed(part, schema)

    def place(column: SchemaColumn) -> tuple[bool, bool, bool]:
        return column.name not in needed, not _sql(part, column.name), (column.name in part.missing) != part.by_hand

    return sorted(schema.columns.values(), key=place)


def _needed(part: TableProposal, schema: TableSchema) -> list[str]:
    """Columns without which the part cannot be read, or its rows not be told apart, and which nothing fills."""
    needed = not_readable(part, schema)
    if part.by_hand:
        needed += [name for name in schema.key if not _sql(part, name) and name not in needed]
    return needed


def _rows(
    part: TableProposal,
    name: Word,
    trial: SetupTrial | None,
    ordered: Iterable[SchemaColumn],
    schema: TableSchema,
    answers: SetupAnswers,
    file: str,
) -> Iterable[Row]:
    cells = trial.examples.get(part_id(part), {}) if trial else {}
    yield Row("", heading=phrase("{table} from {file}", table=name, file=file))
    changed = answers.columns.get(part_id(part), {})
    needed = _needed(part, schema)
    for column in ordered:
        sql = _sql(part, column.name)
        filled = text(taken_from(sql, part), "changed" if column.name in changed else "")
        empty = text(phrase("empty"), "weak" if column.name in part.missing else "muted")
        if column.name in needed:
            empty = text(phrase("needed: e picks it"), "weak")
        shown = ", ".join(cells.get(column.name, ())) if sql else ""
        yield Row(
            f"{part_id(part)}{BETWEEN}{column.name}",
            (
                text(column.said, "", column.name),
                filled if sql else empty,
                text(shown, "muted"),
                text(column.about, "muted"),
            ),
        )


def _sql(part: TableProposal, column: str) -> str:
    sql = part.columns.get(column, column if column in part.same else "")
    return "" if sql == "null" else sql


def taken_from(sql: str, part: TableProposal) -> Word:
    """The column of the file; of what is worked out, the columns it is worked out from."""
    bare = sql.strip('"')
    if _PLAIN.fullmatch(sql) or bare in part.unmapped:
        return bare
    if '"kpi:row"' in sql:
        return phrase("file and row")
    if not (names := read_by(sql)):
        return sql
    return phrase("worked out from {columns}", columns=listed(names))


def read_by(sql: str) -> list[str]:
    """Names of the columns that SQL reads, each once: quoted ones, and words that are no word of SQL."""
    without_texts = re.sub(r"'(?:[^']|'')*'", " ", sql)
    quoted = re.findall(r'"([^"]+)"', without_texts)
    words = re.findall(r"[^\W\d]\w*", re.sub(r'"[^"]+"', " ", without_texts))
    return list(dict.fromkeys([*quoted, *(word for word in words if word.casefold() not in _WORDS)]))


_WORDS = frozenset(
    """case when then else end is not null and or in like coalesce nullif min max sum abs replace strptime cast as
    double varchar bigint date timestamp concat lower upper trim over partition by order row_number count distinct true
    false between substr substring round try_cast regexp_replace text interval at time zone""".split()
)


def column_at(key: str) -> tuple[str, str]:
    """The part and the canonical column of a row."""
    part, _, column = key.partition(BETWEEN)
    return part, column


def column_detail(part: TableProposal, schema: TableSchema, column: SchemaColumn, look: FileLook | None) -> View:
    """What a column is for, the SQL that fills it, and what the file has beside."""
    sql = _sql(part, column.name)
    lines: list[tuple[Word, Word]] = [
        (phrase("What it is"), phrase("{about} ({id})", about=column.about, id=column.name))
    ]
    if sql:
        lines.append((phrase("SQL"), sql))
    used = {name for one in part.columns.values() for name in read_by(one)}
    beside = [name for name in (look.columns if look else part.unmapped) if name not in used and name not in part.same]
    if beside:
        lines.append((phrase("Left unused"), listed(beside)))
    title = phrase("{column} of {table}", column=column.said, table=part_name(schema.id, {schema.id: schema}))
    return View(title, sheets=(pairs("", lines),))


TYPES_SAID: Mapping[str, Word] = {
    ColumnType.STR: phrase("text"),
    ColumnType.INT: phrase("whole number"),
    ColumnType.FLOAT: phrase("number"),
    ColumnType.BOOL: phrase("yes or no"),
    ColumnType.DATE: phrase("date"),
    ColumnType.DATETIME: phrase("date and time"),
}
"""What a column of a type holds, in words."""


def fitting(look: FileLook, column: SchemaColumn, grouped: bool) -> list[tuple[str, Word, str]]:
    """Ways to fill a column from the file: SQL, how it is called, and why it cannot be taken ("" where it can).

    A table that makes one row of several asks how: once an order, or added up.
    """
    found: list[tuple[str, Word, str]] = []
    for name in look.columns:
        sql = look.readings.get(name, {}).get(column.type.value, "")
        if not sql:
            found.append(("", name, column.type.value))
        elif not grouped:
            found.append((sql, name, ""))
        elif column.type.value in ("int", "float"):
            found.append((f"max({sql})", phrase("{column}, once of all lines", column=name), ""))
            found.append((f"sum({sql})", phrase("{column}, added up over the lines", column=name), ""))
        else:
            found.append((f"min({sql})", name, ""))
    return sorted(found, key=lambda one: bool(one[2]))


def look_of(found: Proposal, part: TableProposal) -> FileLook | None:
    """The file of a part."""
    return next((one for one in found.files if one.path == part.path), None)
