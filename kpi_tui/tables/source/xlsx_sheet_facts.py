"""What the Excel reader does not tell of a sheet: how far it reaches, errors, formulas without value, percents, merges.

The extent is looked up before the reader sees the sheet: it keeps a place for every cell of the rectangle, so that one
stray cell in the last corner takes all memory. The XML is read by a parser that knows name spaces; a sheet without
formulas, errors and merged cells whose every cell bears a plain address is not read twice.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

import polars as pl

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.message import say

MOST_CELLS = 15_000_000
MOST_EMPTY = 50
"""Cells of the rectangle for each cell that stands in it, in a sheet of more than `FEW` cells."""
FEW = 5_000_000
FORMULA_SHOWN = 40

_CELL_AT = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
"""As nearly every program writes a cell; nothing else may stand where one of them is counted."""
_LOST_TEXT = re.compile(rb"""\st=["']s["'][^>]*>\s*<v>(?!\s*[0-9]{1,9}\s*</v>)""")
"""A cell whose shared text has no number: the reader takes it for an empty one."""
_PLACE = re.compile("[0-9]{1,9}")
_PREFIX = rb"<(?:[^\s<>/!?:=]+:)?"
_ODD_CELL = re.compile(rb"<c[>/\t\r\n]|<[^\s<>/!?:=]+:c[\s/>]")
_ANY_CELL = re.compile(_PREFIX + rb"c[\s/>]")
_TOLD_APART = re.compile(rb"""\st\s*=\s*["']e["']|""" + _PREFIX + rb"(?:f|mergeCell)[\s/>]")
_ADDRESS = re.compile(r"([A-Za-z]+)([0-9]+)")
_BUILT_IN_PERCENT = {9, 10}  # 0% and 0.00%
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")  # UTF-16: only the parser reads it

Cell = tuple[int, int]
"""(row, column), counted from 1."""


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """The used rectangle, how many cells stand in it, and cells that are not what the reader makes of them."""

    first_row: int = 1
    first_column: int = 1
    last_row: int = 1
    last_column: int = 1
    cells: int = 0
    errors: Mapping[Cell, str] = field(default_factory=dict)
    without_value: Mapping[Cell, str] = field(default_factory=dict)
    """The formula of a cell whose value was never stored."""
    percent: frozenset[Cell] = frozenset()
    merged: tuple[str, ...] = ()
    """Ranges of merged cells, as `A2:A4`."""


def sheet_facts(path: Path, index: int, *, percents: bool = False) -> SheetFacts:
    """Of the sheet at that place of the workbook. TableError for a sheet that reaches too far or is too large.

    `percents`: whether cells shown as percent are looked for too.
    """
    with zipfile.ZipFile(path) as archive:
        content = _sheet_xml(archive, index)
        styles = _percent_styles(archive) if percents else frozenset[int]()
    is_plain = not (content.startswith(_WIDE_TEXT) or _ODD_CELL.search(content))
    cells = content.count(b"<c ") if is_plain else sum(1 for _ in _ANY_CELL.finditer(content))
    if cells > MOST_CELLS:
        raise TableError(
            say("{path}: the sheet has more cells than {most:,} ({cells:,}); save the sheet as CSV",
                path=path.name, cells=cells, most=MOST_CELLS)
        )  # fmt: skip
    if is_plain and (lost := _LOST_TEXT.search(content)):
        raise _lost_text(content[: lost.start()].rpartition(b'r="')[2].partition(b'"')[0].decode("ascii", "replace"))
    facts = _extent(content) if is_plain else SheetFacts()
    is_plain = is_plain and facts.cells == cells
    if not is_plain:
        facts = _Reading(styles).of(content)
    if facts.last_row * facts.last_column > max(FEW, MOST_EMPTY * facts.cells):
        at = f"{column_letters(facts.last_column)}{facts.last_row}"
        raise TableError(
            say("{path}: the sheet reaches to {at} with {cells:,} filled cells; delete the stray cells at its end"
                " (Ctrl+End shows the last one) and save it", path=path.name, at=at, cells=facts.cells)
        )  # fmt: skip
    return _Reading(styles).of(content) if is_plain and (styles or _TOLD_APART.search(content)) else facts


def with_told_apart(frame: pl.DataFrame, facts: SheetFacts) -> pl.DataFrame:
    """Put #N/A and formulas back where the reader made them null: they are unreadable, not empty."""
    for (row, column), text in [*facts.errors.items(), *facts.without_value.items()]:
        index, name_index = row - facts.first_row - 1, column - facts.first_column
        if 0 <= index < frame.height and 0 <= name_index < frame.width:
            frame[index, name_index] = text
    return frame


def sheet_notes(path: Path, facts: SheetFacts, merged: Sequence[str]) -> Iterator[str]:
    """What a person should know of cells that cannot be read as they are shown; `merged`: ranges among the records."""
    if facts.without_value:
        (row, column), formula = min(facts.without_value.items())
        at = f"{column_letters(column)}{row}"
        yield say(
            "{path}: {count} formulas have no stored value, first {at} {formula!r}; open and save it in a spreadsheet",
            path=path.name, count=len(facts.without_value), at=at, formula=formula,
        )  # fmt: skip
    if merged:
        yield say(
            "{path}: {count} merged ranges, first {first}; only the first cell of each has a value",
            path=path.name, count=len(merged), first=merged[0],
        )  # fmt: skip


def column_number(letters: bytes) -> int:
    """A = 1, Z = 26, AA = 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> str:
    """1 = A, 26 = Z, 27 = AA."""
    letters = ""
    while number:
        number, at = divmod(number - 1, 26)
        letters = chr(65 + at) + letters
    return letters


def _lost_text(at: str) -> ValueError:
    return ValueError(say("cell {at} refers to a text that is not in it; open and save it in a spreadsheet", at=at))


def _extent(content: bytes) -> SheetFacts:
    """Where the cells stand that say it as nearly every program does."""
    columns, cells, last = set[bytes](), 0, 0
    first = None
    for found in _CELL_AT.finditer(content):
        columns.add(found[1])
        cells += 1
        row = int(found[2])
        last = max(last, row)
        first = row if first is None else min(first, row)
    if first is None:
        return SheetFacts()
    numbers = [column_number(name) for name in columns]
    return SheetFacts(first, min(numbers), last, max(numbers), cells)


class _Reading:
    """One pass of the parser over a sheet."""

    def __init__(self, percent_styles: frozenset[int]) -> None:
        self._styles = percent_styles
        self._rows, self._columns, self._cells = set[int](), set[int](), 0
        self._row = self._column = 0
        self._is_error = self._is_text = self._is_shared = False
        self._formula: list[str] | None = None
        self._text: list[str] = []
        self._errors: dict[Cell, str] = {}
        self._without: dict[Cell, str] = {}
        self._percent: set[Cell] = set()
        self._merged: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start

    def of(self, content: bytes) -> SheetFacts:
        """The facts with what the XML says. ValueError where it is no XML."""
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from None
        self._end_cell()
        rows, columns = self._rows or {1}, self._columns or {1}
        return SheetFacts(
            min(rows), min(columns), max(rows), max(columns), self._cells,
            self._errors, self._without, frozenset(self._percent), tuple(self._merged),
        )  # fmt: skip

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "c":
                self._end_cell()
                self._begin_cell(attributes)
            case "row":
                self._end_cell()
                self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            case "f":
                self._formula = []
                self._parser.CharacterDataHandler = self._formula.append
            case "v" | "t":
                wanted = self._is_error or self._is_shared or self._formula is not None
                self._parser.CharacterDataHandler = self._text.append if wanted else None
            case "mergeCell":
                self._merged.append(attributes.get("ref", ""))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = _ADDRESS.fullmatch(attributes.get("r", ""))
        if place:
            self._row, self._column = int(place[2]), column_number(place[1].upper().encode())
        else:
            self._column += 1
        self._cells += 1
        self._rows.add(self._row)
        self._columns.add(self._column)
        self._is_error = attributes.get("t") == "e"
        self._is_shared = attributes.get("t") == "s"
        self._is_text = attributes.get("t") == "str"  # a formula that gave "" has a value
        if (style := attributes.get("s", "")).isdigit() and int(style) in self._styles:
            self._percent.add((self._row, self._column))

    def _end_cell(self) -> None:
        at, text = (self._row, self._column), "".join(self._text).strip()
        if self._is_shared and text and not _PLACE.fullmatch(text):
            raise _lost_text(f"{column_letters(at[1])}{at[0]}")
        if self._is_error and text:
            self._errors[at] = text
        elif self._formula is not None and not (text or self._is_text):
            self._without[at] = f"={''.join(self._formula).strip()}"[:FORMULA_SHOWN]
        self._is_error = self._is_shared = False
        self._formula, self._text = None, []
        self._parser.CharacterDataHandler = None


def _sheet_xml(archive: zipfile.ZipFile, index: int) -> bytes:
    """The XML of the sheet at that place of the workbook. ValueError where it is not found: nothing is read unseen."""
    book, links = _elements(archive, "xl/workbook.xml"), _elements(archive, "xl/_rels/workbook.xml.rels")
    ids = [_attribute(one, "id") for one in book if _local(one.tag) == "sheet"]
    targets = {one.get("Id", ""): one.get("Target", "") for one in links if _local(one.tag) == "Relationship"}
    target = targets.get(ids[index], "").lstrip("/") if index < len(ids) else ""
    name = _member(archive, target if target.startswith("xl/") else f"xl/{target}")
    if not name:
        raise ValueError(say("the part of sheet {number} is not in it", number=index + 1))
    return archive.read(name)


def _member(archive: zipfile.ZipFile, name: str) -> str:
    """The part of that name as the Excel reader finds it, in capitals or with backslashes too; "" for none."""
    wanted = name.replace("\\", "/").lower()
    return next((one for one in archive.namelist() if one.replace("\\", "/").lower() == wanted), "")


def _elements(archive: zipfile.ZipFile, name: str) -> list[ElementTree.Element]:
    """Of a small part, in their order; none where the workbook has no such part. ValueError where it is no XML."""
    member = _member(archive, name)
    if not member:
        return []
    try:
        return list(ElementTree.fromstring(archive.read(member)).iter())
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attribute(element: ElementTree.Element, name: str) -> str:
    """In whatever name space: a strict workbook has others. That of a relation, not the plain one of the same name."""
    found = [value for key, value in element.attrib.items() if _local(key) == name]
    return found[0] if found else ""


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Numbers of the cell styles whose number format has a percent sign."""
    elements = _elements(archive, "xl/styles.xml")
    percent = {
        int(one.get("numFmtId", -1))
        for one in elements
        if _local(one.tag) == "numFmt" and "%" in one.get("formatCode", "")
    }
    cell_styles = next((one for one in elements if _local(one.tag) == "cellXfs"), ())
    ids = [int(one.get("numFmtId", -1)) for one in cell_styles]
    return frozenset(at for at, id_ in enumerate(ids) if id_ in _BUILT_IN_PERCENT | percent)
