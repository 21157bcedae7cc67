"""What the Excel reader does not tell of a cell: that its number is shown as percent, that its formula has no value."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from kpi_tui.tables.source.xlsx_error_cells import column_number, sheet_xml

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb'<(?:\w+:)?xf\s[^>]*?numFmtId="(\d+)"')
_OWN_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s[^>]*>")
_BUILT_IN = {9, 10}  # 0% and 0.00%
_STYLES = "xl/styles.xml"


@dataclass(frozen=True, slots=True)
class CellFormats:
    """Cells by (row, column), counted from 1."""

    percent: frozenset[tuple[int, int]] = frozenset()
    without_value: frozenset[tuple[int, int]] = frozenset()


def cell_formats(path: Path, index: int) -> CellFormats:
    """Look into the sheet's XML; a workbook of an unusual build tells nothing."""
    styles = _percent_styles(path)
    percent, without = set(), set()
    for attributes, content in _CELL.findall(sheet_xml(path, index)):
        place, style = _PLACE.search(attributes), _STYLE.search(attributes)
        if place is None:
            continue
        at = int(place[2]), column_number(place[1])
        if style and int(style[1]) in styles:
            percent.add(at)
        if re.search(rb"<(?:\w+:)?f\b", content) and not re.search(rb"<(?:\w+:)?v>.", content):
            without.add(at)
    return CellFormats(frozenset(percent), frozenset(without))


def _percent_styles(path: Path) -> set[int]:
    """Numbers of the cell styles whose number format has a percent sign."""
    with zipfile.ZipFile(path) as archive:
        content = archive.read(_STYLES) if _STYLES in archive.namelist() else b""
    own = {number for tag in _OWN_FORMAT.findall(content) if (number := _percent_format(tag)) is not None}
    formats = _CELL_FORMATS.search(content)
    ids = [int(found) for found in _FORMAT.findall(formats[0])] if formats else []
    return {at for at, id_ in enumerate(ids) if id_ in _BUILT_IN | own}


def _percent_format(tag: bytes) -> int | None:
    number = re.search(rb'numFmtId="(\d+)"', tag)
    code = re.search(rb'formatCode="([^"]*)"', tag)
    return int(number[1]) if number and code and b"%" in code[1] else None
