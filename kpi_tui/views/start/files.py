"""Which table each file fills, and the first rows of a file as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kpi_tui.definitions.answers.proposal import FileLook, Proposal, TableProposal
from kpi_tui.definitions.answers.setup import SetupAnswers, part_id, parts_apart
from kpi_tui.definitions.library.recipe import MONEY
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.written.file_names import names_beside
from kpi_tui.text.format import decimals
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import Cell, text
from kpi_tui.views.named_ids import part_name, with_names
from kpi_tui.views.start.file_questions import LEFT, TAKEN, file_at, question_at, question_rows
from kpi_tui.views.view import Column, Row, Sentence, Sheet, View, sheet

LIST = "list"
_COLUMNS = (
    Column("taken", width=1),
    Column("table", phrase("Table"), most=34),
    Column("file", phrase("File"), least=12, most=26),
    Column("rows", phrase("Rows"), right=True, drop=1),
    Column("recipe", phrase("Read as"), flex=1, least=12, drop=2),
)


def files(found: Proposal, answers: SetupAnswers, schemas: Mapping[str, TableSchema]) -> View:
    """The tables the files fill, taken or left; then files that fill none, with the reason."""
    read = [(one, part) for one in found.tables for part in parts_apart(one, answers)]
    taken = [part for one, part in read if part_id(one) not in answers.left_out]
    taken += [one for one in found.others if part_id(one) in answers.taken]
    times = Counter(one.table for one in taken)
    shown = (*(part for _one, part in read), *found.others)
    rows = [_row(one, found, one in taken, times, schemas) for one in shown]
    rows += [_skipped(path, names_of(found).get(path, path.name), why) for path, why in _of_no_table(found)]
    rows = [*question_rows(found, answers), *rows]
    count = len({path for one in taken for path in (one.path, *one.more)})
    said = phrases("{count} file fills {tables}", "{count} files fill {tables}", count, tables=_listed(times, schemas))
    sentence = said if taken else phrase("No table is taken: Space takes the one under the cursor.")
    if not (found.tables or found.others):
        sentence = phrase("No table fits any of these files: e says which table one fills, O adds another.")
    sentences = [Sentence(sentence, "" if taken else "weak", "advice")]
    if joined_files := dict.fromkeys(names_of(found)[one.path] for one in taken if one.more):
        said = phrase(
            "Read as one table with others of the same columns: {files}; e makes each a source (another shop).",
            files=listed(joined_files),
        )
        sentences.append(Sentence(said))
    if left := dict.fromkeys(
        names_of(found)[one.path] for one in found.others if one not in taken and one.table in MONEY
    ):
        sentences.append(
            Sentence(phrase("Not counted: {files} (○); Space on it takes it.", files=listed(left)), "near")
        )
    return View(phrase("Files"), tuple(sentences), (sheet(_COLUMNS, rows, key=LIST),))


def names_of(found: Proposal) -> dict[Path, str]:
    """What the files are called beside each other."""
    every = (*found.tables, *found.others)
    return names_beside(
        (*(look.path for look in found.files), *(path for one in every for path in (one.path, *one.more)))
    )


def _listed(times: Counter[str], schemas: Mapping[str, TableSchema]) -> Word:
    tables = ((part_name(id_, schemas), count) for id_, count in times.items())
    names = (phrase("{table} from {count} sources", table=name, count=n) if n > 1 else name for name, n in tables)
    return joined(*names, between=", ")


def _row(
    part: TableProposal, found: Proposal, taken: bool, times: Counter[str], schemas: Mapping[str, TableSchema]
) -> Row:
    name = part_name(part.table, schemas, part.source if times[part.table] > 1 else "")
    rows = sum(one.rows for one in found.files if one.path in (part.path, *part.more))
    file = names_of(found)[part.path] + (f" + {len(part.more)}" if part.more else "")
    cells: list[Cell] = [
        text(TAKEN if taken else LEFT, "good" if taken else "muted"),
        text(name, "" if taken else "muted", part.table),
        text(file),
        text(decimals(rows, 0)),
        text(_read_as(part), "" if part.recipe else "muted"),
    ]
    return Row(part_id(part), tuple(cells))


def _read_as(part: TableProposal) -> Word:
    if part.by_hand:
        return phrase("what you said")
    return part.recipe_name if part.recipe else phrase("its columns")


def _skipped(path: Path, name: str, why: str) -> Row:
    return Row(
        str(path), (text("–", "muted"), text(phrase("no table"), "muted"), text(name), text(""), text(why, "weak"))
    )


def _of_no_table(found: Proposal) -> Iterable[tuple[Path, str]]:
    used = {path for one in (*found.tables, *found.others) for path in (one.path, *one.more)}
    return ((path, why) for path, why in found.skipped if path not in used)


def part_of(found: Proposal, key: str) -> TableProposal | None:
    """The part of a row; of a further file that was made a source of its own the part it was read with."""
    every = (*found.tables, *found.others)
    files = ((one, path) for one in every for path in (one.path, *one.more))
    return next((one for one, path in files if part_id(replace(one, path=path)) == key), None)


def first_rows(found: Proposal, answers: SetupAnswers, key: str, schemas: Mapping[str, TableSchema]) -> View:
    """The file under the cursor: how it was read, and its first rows."""
    names = {id_: one.name for id_, one in schemas.items()}
    read = [part for one in (*found.tables, *found.others) for part in parts_apart(one, answers)]
    part = next((one for one in read if part_id(one) == key), None)
    path = part.path if part else file_at(key) or Path(key)
    look = next((one for one in found.files if one.path == path), None)
    said = [
        Sentence(with_names(why, names, ("table",)), "weak")
        for other, why in found.skipped
        if other == path and (part is None or part in found.others)
    ]
    if asked := question_at(found, key):
        said.append(Sentence(asked[1].said))
    said += [Sentence(note) for note in (part.how_read if part else ())]
    if part and part.unmapped:
        said.append(Sentence(phrase("Not used: {columns}", columns=listed(part.unmapped)), "muted"))
    title = phrase("{file}, its first rows", file=names_of(found).get(path, path.name))
    return View(title, tuple(said), (_as_table(look),) if look else ())


def _as_table(look: FileLook) -> Sheet:
    columns = [Column(f"c{n}", name, most=22) for n, name in enumerate(look.columns)]
    return sheet(columns, [[text(cell) for cell in row] for row in look.head], key="rows")


def candidates(paths: Sequence[Path], chosen: Iterable[Path]) -> View:
    """Files of the folder to choose from, where none was named."""
    wanted = set(chosen)
    names = names_beside(paths)
    columns = [
        Column("taken", width=1),
        Column("file", phrase("File"), flex=1),
        Column("size", phrase("Size"), right=True),
    ]
    rows = [
        Row(str(path), (text(TAKEN if path in wanted else LEFT), text(names[path]), text(_size(path.stat().st_size))))
        for path in paths
    ]
    said = phrase("Which files are yours? Space takes one, Enter goes on.")
    if not paths:
        said = phrase("No csv, xlsx or parquet file lies here: start as `kpi-tui FILE`.")
    return View(phrase("Files"), (Sentence(said, key="advice"),), (sheet(columns, rows, key=LIST),))


def _size(count: int) -> str:
    return f"{decimals(count / 1024, 0)} KB" if count < 1 << 20 else f"{decimals(count / (1 << 20), 1)} MB"
