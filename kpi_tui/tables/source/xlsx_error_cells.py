"""Error cells of a sheet (#N/A, #DIV/0!), which the Excel reader makes empty, and where the sheet begins."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

_FIRST = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*?(?<!/)>')
_COLUMN = re.compile(rb'<c r="([A-Z]+)\d+"[^>]*?(?<!/)>')
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*\bt="e"[^>]*>.*?<v>(.*?)</v>')
_SHEET = re.compile(rb"<sheet\s[^>]*?r:id=\"([^\"]+)\"")
_MOST = 1 << 29  # bytes of one sheet that are looked through


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """First used row and column (counted from 1), and error cells by (row, column)."""

    first_row: int
    first_column: int
    errors: Mapping[tuple[int, int], str]


def sheet_facts(path: Path, index: int) -> SheetFacts:
    """Look into the sheet's XML; a workbook of an unusual build gives the usual place, A1."""
    content = sheet_xml(path, index)
    first = _FIRST.search(content)
    if first is None:
        return SheetFacts(1, 1, {})
    columns = set(_COLUMN.findall(content))
    errors = (
        {
            (int(row), column_number(column)): html.unescape(text.decode())
            for column, row, text in _ERROR.findall(content)
        }
        if b't="e"' in content
        else {}
    )
    return SheetFacts(int(first[2]), min(column_number(name) for name in columns), errors)


def with_errors(frame: pl.DataFrame, facts: SheetFacts) -> pl.DataFrame:
    """Put #N/A and the like back where the reader made them null: they are unreadable, not empty."""
    for (row, column), text in facts.errors.items():
        index, name_index = row - facts.first_row - 1, column - facts.first_column
        if 0 <= index < frame.height and 0 <= name_index < frame.width:
            frame[index, name_index] = text
    return frame


def column_number(letters: bytes) -> int:
    """A = 1, Z = 26, AA = 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def sheet_xml(path: Path, index: int) -> bytes:
    """The XML of the sheet at that place of the workbook; empty where it is not found."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        book = archive.read("xl/workbook.xml") if "xl/workbook.xml" in names else b""
        ids = _SHEET.findall(book)
        links = "xl/_rels/workbook.xml.rels"
        relations = archive.read(links) if links in names else b""
        target = _target(relations, ids[index]) if index < len(ids) else ""
        if target not in names or archive.getinfo(target).file_size > _MOST:
            return b""
        return archive.read(target)


def _target(relations: bytes, key: bytes) -> str:
    for relation in re.findall(rb"<Relationship\s[^>]*>", relations):
        if b'Id="' + key + b'"' in relation:
            found = re.search(rb'Target="([^"]+)"', relation)
            name = found[1].decode().lstrip("/") if found else ""
            return name if name.startswith("xl/") else f"xl/{name}"
    return ""
