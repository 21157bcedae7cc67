"""What a file of targets or typed numbers would change: differences first, then conflicts, then what is unclear."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_tui.definitions.answers.targets.imported_cells import FileDifference, FileTrouble, ImportedCells
from kpi_tui.definitions.change import changed
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import Cell, NumberCell, TextCell, change_cell, text
from kpi_tui.views.edits.edited_cell import cell_holder, cell_key, cell_name, cell_unit
from kpi_tui.views.edits.history import moment
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Columns, Row, Sentence, Sheet, View, listed

FAR = 10
"""A change by more than this factor is pointed at: the usual slip is a missing % or 万."""


def imported(found: ImportedCells, space: Workspace, *, how: Word = "") -> View:
    """The differences, the conflicts among them, what cannot be taken over; `how`: what takes them over."""
    clear = [one for one in found.differences if not one.is_conflict]
    sheets = [_differences(clear, space)] if clear else []
    if found.conflicts:
        sheets.append(_conflicts(found.conflicts, space))
    if found.troubles:
        sheets.append(_troubles(found.troubles))
    title = phrase("Import of {file}", file=found.file)
    return View(title, tuple(_sentences(found, how)), tuple(sheets), data=_data(found), name=f"import-{found.file}")


def _sentences(found: ImportedCells, how: Word) -> Iterable[Sentence]:
    parts = [
        phrases("{count} number read", "{count} numbers read", found.read),
        phrases("{count} differs", "{count} differ", len(found.differences)),
        phrases("{count} is as it stands", "{count} are as they stand", found.same),
    ]
    yield Sentence(joined(*parts, between=" · "), key="count")
    if found.conflicts:
        said = phrases(
            "{count} was changed here since the file was written: both sides stand below.",
            "{count} were changed here since the file was written: both sides stand below.",
            len(found.conflicts),
        )
        yield Sentence(said, "weak")
    if found.troubles:
        said = phrases(
            "{count} cell cannot be taken over; see below.",
            "{count} cells cannot be taken over; see below.",
            len(found.troubles),
        )
        yield Sentence(said, "weak")
    if found.doubtful:
        said = phrases(
            "{count} rate hardly is one (⚠): look at it.",
            "{count} rates hardly are any (⚠): look at them.",
            len(found.doubtful),
        )
        yield Sentence(said, "near")
    if found.locked:
        periods = ", ".join(found.locked)
        yield Sentence(phrase("Over, and changed only with a reason: {periods}.", periods=periods), "near")
    yield from (Sentence(note, "muted") for note in found.notes)
    if how and found.differences:
        yield Sentence(how, "muted")


def _differences(found: Iterable[FileDifference], space: Workspace) -> Sheet:
    columns: Columns[FileDifference] = [
        *_whose(space),
        (Column("now", phrase("Now"), right=True), lambda one: _number(one, one.now, space)),
        (Column("to", phrase("In the file"), right=True), lambda one: _wanted(one, space)),
        (Column("change", phrase("Change"), right=True, drop=2), lambda one: _change(one, space)),
        (Column("mark", width=1), lambda one: text(_mark(one), "near")),
        *_place(),
    ]
    return listed(found, columns, _row_key, phrase("Differences"), name="differences")


def _conflicts(found: Iterable[FileDifference], space: Workspace) -> Sheet:
    def who(one: FileDifference) -> Word:
        return joined(one.theirs.by, moment(one.theirs.at), one.theirs.why, between=" ") if one.theirs else ""

    columns: Columns[FileDifference] = [
        *_whose(space),
        (Column("exported", phrase("When written"), right=True), lambda one: _number(one, one.exported, space)),
        (Column("now", phrase("Now"), right=True), lambda one: _number(one, one.now, space)),
        (Column("to", phrase("In the file"), right=True), lambda one: _wanted(one, space)),
        (Column("who", phrase("Who"), least=8, flex=1, drop=1), lambda one: text(who(one), "muted")),
        *_place(),
    ]
    return listed(found, columns, _row_key, phrase("Changed on both sides"), name="conflicts")


def _troubles(found: Iterable[FileTrouble]) -> Sheet:
    columns: Columns[FileTrouble] = [
        (Column("cell", phrase("Cell")), lambda one: text(one.cell.place)),
        (Column("text", phrase("In the file"), most=20), lambda one: text(one.cell.text)),
        (Column("why", phrase("Why not"), flex=1, least=20), lambda one: text(joined(one.why, one.hint), "weak")),
    ]
    return listed(found, columns, lambda one: one.cell.place, phrase("Not understood"), name="troubles")


def _whose(space: Workspace) -> Columns[FileDifference]:
    return [
        (
            Column("role", phrase("Role"), least=6, most=16, drop=3),
            lambda one: text(cell_holder(space, one.key), "muted", one.key.role),
        ),
        (
            Column("metric", phrase("Metric"), least=12, flex=1),
            lambda one: text(cell_name(space, one.key), exact=one.key.metric),
        ),
        (Column("period", phrase("Period")), lambda one: text(one.period, "muted")),
    ]


def _place() -> Columns[FileDifference]:
    return [(Column("cell", phrase("Cell"), drop=4), lambda one: text(one.cell.place, "muted"))]


def _number(one: FileDifference, value: float | None, space: Workspace) -> NumberCell:
    return NumberCell(value, cell_unit(space, one.key))


def _wanted(one: FileDifference, space: Workspace) -> Cell:
    if one.to is None:
        return TextCell(phrase("cleared"), "changed")
    return NumberCell(one.to, cell_unit(space, one.key), "changed")


def _change(one: FileDifference, space: Workspace) -> Cell:
    if one.now is None or one.to is None:
        return TextCell()
    return change_cell(changed(one.now, one.to, cell_unit(space, one.key)), blank=True)


def _mark(one: FileDifference) -> str:
    """⚠ beside a rate that hardly is one, and a change by more than tenfold."""
    now, to = abs(one.now or 0.0), None if one.to is None else abs(one.to)
    far = bool(now) and to is not None and not now / FAR <= to <= now * FAR
    return "⚠" if one.doubtful or far else ""


def _row_key(one: FileDifference) -> str:
    return f"{one.period} {cell_key(one.key)}"


# --- on a screen -------------------------------------------------------------------------------------
def imported_rows(found: ImportedCells, space: Workspace) -> Sheet:
    """The same as one sheet under one cursor, a heading over each part."""
    columns = [
        Column("mark", width=1),
        Column("what", phrase("Metric"), least=16, flex=1),
        Column("period", phrase("Period"), drop=2),
        Column("now", phrase("Now"), most=13, right=True),
        Column("to", phrase("In the file"), most=13, right=True),
        Column("change", phrase("Change"), most=10, right=True, drop=1),
        Column("note", phrase("Cell"), least=4, most=30, drop=3),
    ]
    clear = [one for one in found.differences if not one.is_conflict]
    rows = [*_part(phrase("Differences"), [_row(one, space, one.cell.place) for one in clear])]
    rows += _part(
        phrase("Changed on both sides"), [_row(one, space, _both_sides(one, space)) for one in found.conflicts]
    )
    rows += _part(phrase("Not understood"), [_trouble_row(one) for one in found.troubles])
    return Sheet(tuple(columns), tuple(rows), phrase("Import of {file}", file=found.file), key="import")


def _part(title: Word, rows: list[Row]) -> list[Row]:
    return [Row(f"heading {rows[0].key}", heading=joined("──", title, between=" ")), *rows] if rows else []


def _row(one: FileDifference, space: Workspace, note: Word) -> Row:
    whose = joined(cell_name(space, one.key), cell_holder(space, one.key), between=" · ")
    numbers = (_number(one, one.now, space), _wanted(one, space), _change(one, space))
    return Row(
        _row_key(one), (text(_mark(one), "near"), text(whose), text(one.period, "muted"), *numbers, text(note, "muted"))
    )


def _both_sides(one: FileDifference, space: Workspace) -> Word:
    """`was 120, then bob 2026-10-31 09:00`: what the file was written with, and who changed it since."""
    was = Quantity(one.exported, cell_unit(space, one.key))
    who = joined(one.theirs.by, moment(one.theirs.at), between=" ") if one.theirs else phrase("cleared")
    return phrase("was {was}, then {who}", was=was, who=who)


def _trouble_row(one: FileTrouble) -> Row:
    said = joined(one.cell.place, joined(one.why, one.hint, between=" "), between=": ")
    cells = (
        text("✗", "weak"),
        text(said, "weak"),
        *(TextCell(),) * 2,
        text(one.cell.text, "muted"),
        TextCell(),
        TextCell(),
    )
    return Row(trouble_key(one), cells)


def trouble_key(one: FileTrouble) -> str:
    """Key of the row of a cell that is not understood."""
    return f"trouble {one.cell.place}"


# --- data --------------------------------------------------------------------------------------------
def _data(found: ImportedCells) -> Record:
    return {
        **record(found, "file", "folder", "read", "same"),
        "differences": [_difference_data(one) for one in found.differences],
        "troubles": [record(one, "cell=cell.place", "text=cell.text", "why") for one in found.troubles],
        "notes": [str(note) for note in found.notes],
        "locked": list(found.locked),
    }


def _difference_data(one: FileDifference) -> Record:
    named = ("cell=cell.place", "text=cell.text", "period", "role=key.role", "metric=key.metric", "now", "to")
    return {
        **record(one, *named),
        "conflict": one.is_conflict,
        **record(one, "exported", "set_by=theirs.by", "doubtful"),
    }
