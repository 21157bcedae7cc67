"""How much the parts of a workbook may unpack to: the reader unpacks some as soon as it opens it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.message import say

MOST_XML = 1 << 29
"""Bytes of one part: about 13 million cells."""
MOST_OF_OTHERS = 1 << 24
"""Bytes of one part that holds no cells: styles, names of sheets, what belongs to what."""
MOST_TEXTS = 15_000_000
MOST_OF_EACH = 1_000
"""Bytes for each cell or text of a part of more than `LARGE`: rows without cells, merged ranges and the like pack to
nothing, and take a minute."""
LARGE = 1 << 26
_MOST_DEFLATED = 1032  # bytes that one packed byte can stand for
_AT_ONCE = 1 << 20
_SHEETS, _TEXTS = "xl/worksheets/", "xl/sharedstrings.xml"
_OPENED = ("xl/workbook.xml", "xl/styles.xml", "[content_types].xml")
_CELLS, _TEXT = (b"<c ", b"<c>", b":c ", b":c>"), (b"<si", b":si")


def expect_readable_parts(path: Path) -> None:
    """TableError for a workbook with a part that unpacks to too much, or to too many texts.

    What a part says of its size is not believed where its bytes may unpack to more (of a sheet, when it is read).
    """
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            name = part.filename.replace("\\", "/").lower()
            most = MOST_OF_OTHERS if _is_of_others(name) else MOST_XML
            if part.file_size > most:
                raise TableError(
                    say("{path}: {part} has {size} MB when unpacked, more than {most}; save the sheet as CSV",
                        path=path.name, part=part.filename, size=part.file_size >> 20, most=most >> 20)
                )  # fmt: skip
            is_sheet = name.startswith(_SHEETS)
            is_doubtful = not is_sheet and part.compress_size * _MOST_DEFLATED > most
            if is_doubtful or ((is_sheet or name == _TEXTS) and part.file_size > LARGE):
                _expect_worth(path, archive, part, is_sheet=is_sheet, is_texts=name == _TEXTS)


def _is_of_others(name: str) -> bool:
    """Whether the reader opens it for what is not in cells; pictures and what pivot tables keep stay closed."""
    return name in _OPENED or name.endswith(".rels") or name.startswith("xl/tables/")


def _expect_worth(
    path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, is_sheet: bool, is_texts: bool
) -> None:
    """A part unpacked in pieces. BadZipFile where its size is not its own, TableError where it holds too many texts, or
    hardly a cell or text for its size."""
    count, marks = 0, _CELLS if is_sheet else _TEXT
    with archive.open(part) as unpacked:
        while content := unpacked.read(_AT_ONCE):
            count += sum(content.count(mark) for mark in marks)
    if is_texts and count > MOST_TEXTS:
        raise TableError(
            say("{path}: the workbook holds more texts than {most:,} ({texts:,}); save the sheet as CSV",
                path=path.name, texts=count, most=MOST_TEXTS)
        )  # fmt: skip
    if (is_sheet or is_texts) and part.file_size > max(LARGE, MOST_OF_EACH * count):
        raise TableError(
            say("{path}: {part} has {size} MB when unpacked and hardly a cell; copy the cells into a new workbook",
                path=path.name, part=part.filename, size=part.file_size >> 20)
        )  # fmt: skip
