"""What a person says of files on the command line: which table one fills, which of its columns fills a column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.setup import SetupAnswers, not_readable, part_id
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.table import SchemaColumn, TableSchema
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.definitions.written.status_words import MEANINGS
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.views.start.columns import TYPES_SAID, fitting, look_of, read_by

if TYPE_CHECKING:
    from kpi_tui.book.start.setup import Setup
    from kpi_tui.definitions.answers.proposal import FileLook, Proposal, TableProposal
    from kpi_tui.definitions.library.file_reading import FileReading

NONE = "none"
AS_THEY_STAND: Mapping[Path, FileReading] = MappingProxyType({})
Schemas = Mapping[str, TableSchema]


def proposed(
    folder: Path,
    files: Sequence[Path],
    timezone: str,
    *,
    tables: Sequence[str],
    columns: Sequence[str],
    take: Sequence[Path],
    words: Sequence[str] = (),
    rates: Path | None = None,
    readings: Mapping[Path, FileReading] = AS_THEY_STAND,
) -> Proposal:
    """What the files seem to fill, and what `--as`, `--column`, `--word` and `--take` say of it. UsageError.

    `readings`: how their cells are read.
    """
    setup = _setup(folder)
    zone = "" if setup.adds else timezone
    asked = SetupAnswers(
        folder,
        tuple(files),
        assigned_tables(tables, files),
        readings=readings,
        timezone=zone,
        rates=str(rates or ""),
    )
    found = setup.look(asked)
    said = said_words(words, found)
    if said and any(part.strange for part in (*found.tables, *found.others)):
        found = setup.look(replace(asked, words=said))
    answers = SetupAnswers(
        folder,
        columns=picked_columns(columns, found, setup.schemas),
        taken=taken_parts(take, found, adds=setup.adds),
        words=said,
    )
    return setup.decided(found, answers)


def said_words(said: Sequence[str], found: Proposal) -> dict[str, dict[str, dict[str, str]]]:
    """`WORD=MEANING`: of each file and status column that has the word. UsageError."""
    answers = SetupAnswers(Path())
    for one in said:
        word, _sign, meaning = one.rpartition("=")
        _expect(meaning, MEANINGS, _("--word {said}: {meaning} is no meaning", said=one, meaning=repr(meaning)))
        parts = [(part, column) for part in (*found.tables, *found.others) for column in part.asked_words]
        theirs = [(part, column) for part, column in parts if word in column.words]
        if not theirs:
            known = list(dict.fromkeys(known for _part, column in parts for known in column.words))
            _expect(word, known, _("--word {said}: no status column has {word}", said=one, word=repr(word)))
        for part, column in theirs:
            _expect(
                meaning, column.meanings, _("--word {said}: {meaning} is no meaning", said=one, meaning=repr(meaning))
            )
            answers = answers.meaning(part.path, column.name, word, meaning)
    return {file: {name: dict(some) for name, some in of.items()} for file, of in answers.words.items()}


def taken_parts(files: Sequence[Path], found: Proposal, *, adds: bool = False) -> frozenset[str]:
    """The tables of files that would be left out, for another tells of their rows, or read as one with another, of
    which each shall be a source of its own. UsageError.

    `adds`: to a workspace, which may refuse what it is told of for the first time here.
    """
    taken: set[str] = set()
    for file in files:
        parts = {part_id(one) for one in found.others if any(_is(file, path) for path in (one.path, *one.more))}
        parts |= {part_id(one) for one in found.tables if adds and _is(file, one.path)}
        parts |= {part_id(replace(one, path=path)) for one in found.tables for path in one.more if _is(file, path)}
        if not parts:
            raise UsageError(_("--take {file}: nothing of it was left out", file=str(file)))
        taken |= parts
    return frozenset(taken)


def with_taken(files: Sequence[Path], take: Sequence[Path]) -> tuple[Path, ...]:
    """The files, those that are only taken too. UsageError where there is no such file."""
    if gone := next((file for file in take if not file.exists()), None):
        raise UsageError(_("--take {file}: there is no such file", file=str(gone)))
    return (*files, *(one for one in dict.fromkeys(take) if not any(_is(one, file) for file in files)))


def _is(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def expect_readable(found: Proposal) -> None:
    """UsageError where a table that was said by hand lacks what it cannot be read without."""
    for part in found.tables:
        if lacks := not_readable(part, _setup(Path.cwd()).schemas[part.table]):
            one = f"{part.table}.{lacks[0]}"
            raise UsageError(
                _(
                    "{table} from {file} cannot be read without {columns}: --column {one}=NAME",
                    table=part.table,
                    file=part.path.name,
                    columns=listed(lacks),
                    one=one,
                )
            )


def assigned_tables(said: Sequence[str], files: Sequence[Path]) -> dict[Path, str]:
    """`FILE=TABLE`, or `TABLE` for the only file; `none` is "". UsageError."""
    schemas = _setup(Path.cwd()).schemas if said else {}
    found = {}
    for one in said:
        name, _sign, table = one.rpartition("=")
        if not name and len(files) != 1:
            raise UsageError(_("--as {table}: say of which file: --as FILE={table}", table=table))
        path = next((path for path in files if name in ("", str(path), path.name)), None)
        if path is None:
            raise UsageError(_("--as {said}: {file} is none of the files", said=one, file=repr(name)))
        if table != NONE:
            _expect(table, schemas, _("--as {said}: there is no table {table}", said=one, table=repr(table)))
        found[path] = "" if table == NONE else table
    return found


def picked_columns(said: Iterable[str], found: Proposal, schemas: Schemas) -> dict[str, dict[str, str]]:
    """`TABLE.COLUMN=NAME`: of each part whose file has it, the SQL that fills the column. UsageError."""
    picked: dict[str, dict[str, str]] = {}
    for one in said:
        place, _sign, name = one.partition("=")
        table, _dot, column = place.partition(".")
        _expect(table, schemas, _("--column {said}: there is no table {table}", said=one, table=repr(table)))
        columns = schemas[table].columns
        _expect(
            column,
            columns,
            _("--column {said}: {table} has no column {column}", said=one, table=table, column=repr(column)),
        )
        for part, sql in _fillings(
            one, name, [part for part in found.tables if part.table == table], found, columns[column]
        ):
            picked.setdefault(part_id(part), {})[column] = sql
    return picked


def _fillings(
    said: str, name: str, parts: Sequence[TableProposal], found: Proposal, column: SchemaColumn
) -> Iterable[tuple[TableProposal, str]]:
    """The parts that a filling is for: those whose file has what it reads."""
    looks = [(part, look) for part in parts if (look := look_of(found, part))]
    theirs = [
        (part, look)
        for part, look in looks
        if {*([name] if name in look.columns else read_by(name))} <= {*look.columns}
    ]
    if not theirs:
        known = list(dict.fromkeys(header for _part, look in looks for header in look.columns))
        hint = did_you_mean(name, known, _("they have {names}", names=listed(known)))
        raise UsageError(_("--column {said}: no file of that table has it; {hint}", said=said, hint=hint))
    return [(part, _sql(said, name, part, look, column)) for part, look in theirs]


def _sql(said: str, name: str, part: TableProposal, look: FileLook, column: SchemaColumn) -> str:
    """The SQL that reads the file's column as the type it must have; other SQL as it stands."""
    if name not in look.columns:
        return name
    ways = [sql for sql, _label, why in fitting(look, column, bool(part.group_by)) if not why and name in read_by(sql)]
    if not ways:
        kind = translate(TYPES_SAID[column.type.value])
        raise UsageError(_("--column {said}: its cells are not of the type {type}", said=said, type=kind))
    if len(ways) > 1:
        raise UsageError(
            _("--column {said}: a row is made of several lines; say which: {ways}", said=said, ways=" | ".join(ways))
        )
    return ways[0]


def _setup(folder: Path) -> Setup:
    from kpi_tui.book.start.setup import Setup
    from kpi_tui.views.data.proposal import with_questions

    return Setup(folder, with_questions)


def _expect(name: str, known: Iterable[str], why: str) -> None:
    if name not in (names := list(known)):
        raise UsageError(f"{why}; {did_you_mean(name, names, _('known: {names}', names=', '.join(names)))}")
